"""国务院令649号 art. 13, 卫民发〔2019〕21号 二(一)5: for what an award is stopped; out of poverty is not off dibao."""

from __future__ import annotations

from doudi.law import Finding, clause, finding
from eligibility.rules.numbers import RELIEF, SEED

REGISTRY = {"NONE": "未建档立卡", "NOT_OUT": "未脱贫", "OUT": "已脱贫", "RETURNED": "返贫"}
"""Status in the poverty registry, or in its successor."""

GROUNDS = {
    "INCOME_OVER": "家庭人均收入不低于保障标准",
    "PROPERTY_OVER": "经核实家庭财产超出规定",
    "REFUSED_COOPERATION": "无正当理由拒绝配合核查",
    "WITHDRAWAL": "本人申请退出",
    "MOVED": "迁出本辖区",
    "TO_OTHER_PROGRAMME": "转入其他救助供养",
    "REFUSED_WORK": "无正当理由连续拒绝介绍的工作",
}
"""Why an award may be stopped by decision. 脱贫 is not among them: poverty exit never is a reason."""


@clause(RELIEF, "13 (stop)", "决定停发的，应当有法定事由并书面说明理由")
@clause(SEED, "二(一)5", "收入超过扶贫标准但仍低于低保标准的，宣布脱贫后可继续享受低保：脱贫不是停发的理由")
def stop_is_grounded(
    ground: str, *, income_below: bool | None, property_within: bool | None, registry: str = "NONE"
) -> Finding:
    """Whether this is a reason to stop, whatever the poverty registry says (脱贫不脱保).

    `None`: not examined. `income_below`, `property_within`: what a fresh determination found; only its answer counts.
    """
    if ground not in GROUNDS:
        because = "脱贫不是停发的理由（脱贫不脱保）" if ground == "POVERTY_EXIT" else f"{ground} 不是停发的法定事由"
        return finding(stop_is_grounded, False, because)
    if ground == "INCOME_OVER" and income_below is not False:
        because = "未经核查认定家庭人均收入不低于标准，不得以收入为由停发"
        if income_below:
            because = f"{REGISTRY[registry]}；家庭人均收入仍低于标准，不得停发（脱贫不脱保）"
        return finding(stop_is_grounded, False, because)
    if ground == "PROPERTY_OVER" and property_within is not False:
        return finding(stop_is_grounded, False, "未经核实家庭财产超出规定，不得以财产为由停发")
    return finding(stop_is_grounded, True, GROUNDS[ground])
