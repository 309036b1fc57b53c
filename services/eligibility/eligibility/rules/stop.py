"""卫民发〔2019〕21号 二(一)5 and 国务院令649号 art. 13: out of poverty is not off dibao (脱贫不脱保)."""

from __future__ import annotations

from doudi.law import Finding, clause, finding
from eligibility.rules.numbers import SEED, Numbers

REGISTRY = {"NONE": "未建档立卡", "NOT_OUT": "未脱贫", "OUT": "已脱贫", "RETURNED": "返贫"}
"""Status in the poverty registry, or in its successor."""


@clause(SEED, "二(一)5", "收入超过扶贫标准但仍低于低保标准的，宣布脱贫后可继续享受低保")
def poverty_exit_stops_nothing(registry: str) -> bool:
    """Leaving the poverty registry is never a reason to stop (脱贫不脱保): the answer is true for every status."""
    return registry in REGISTRY


@clause(SEED, "二(一)5", "脱贫不脱保：停发须因收入不低于低保标准或者财产超出规定，脱贫不是停发的理由")
def stop_needs_income_at_the_line(*, in_need: bool, registry: str, n: Numbers) -> Finding:
    """Whether an award may be stopped because of the household's means, whatever the poverty registry says.

    `in_need`: whether a fresh determination finds the household eligible; only its answer counts.
    """
    because = f"{REGISTRY[registry]}；" + (
        "仍符合低保条件，不得停发（脱贫不脱保）" if in_need else "收入或者财产已不符合低保条件"
    )
    return finding(stop_needs_income_at_the_line, not in_need, because, rule_set=n.rule_set, documents=n.documents)
