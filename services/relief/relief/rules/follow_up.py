"""民发〔2018〕23号 二(四) 一次审批、分阶段救助 (approved once, given in stages): what follows an advance."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date

from doudi.division import Division
from doudi.law import Finding, clause, finding
from doudi.money import Money
from relief.rules.advance import Registry, per_capita_floor
from relief.rules.numbers import DESIGN


@clause("民发〔2018〕23号", "二(四)", "对于急难型救助对象，可采取一次审批、分阶段救助的方式")
def follow_up_reaches_floor(
    registry: Registry, persons: int, advance: Money, more: Money, *, on: date, division: Division
) -> Finding:
    """Whether the advance and what follows it reach the floor together. `on`: the day of the advance, whose year's
    mean was told as owed and does not change by the time that the county takes."""
    owed = per_capita_floor(registry, persons, advance + more, on=on, division=division).owed
    because = f"先行救助{advance}元，后续救助{more}元，合计{advance + more}元"
    return finding(
        follow_up_reaches_floor, not owed, f"{because}，尚差{owed}元" if owed else because, follow_up_owed=owed
    )


@clause(DESIGN, "§8.5", "提出、审批由不同人员承担")
def follow_up_by_another(granter: str, hands: Collection[str]) -> Finding:
    """Whether whoever grants had no hand in the case: neither verified, nor granted the advance, nor proposed this."""
    met = granter not in hands
    because = "后续救助由未经手本案的人员审批" if met else "审批人员经手过本案，应由他人审批"
    return finding(follow_up_by_another, met, because)
