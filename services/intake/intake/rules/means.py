"""民发〔2012〕220号 art. 12, 16, 17: income and property, stated as a whole, by item, or both; they must agree."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import get_args

from doudi.events.parts import CostKind
from doudi.law import Finding, clause, finding
from doudi.money import Money
from intake.rules.numbers import C2

COSTS = frozenset(get_args(CostKind))
_DEPOSIT = "DEPOSIT"


@dataclass(frozen=True, slots=True)
class Stated:
    """What somebody stated of a household, in fen per year; None: not as a whole. Items and assets: (kind, fen)."""

    income: int | None
    deductions: int | None
    deposits: int | None
    items: Sequence[tuple[str, int]] = ()
    assets: Sequence[tuple[str, int]] = ()


@clause(C2, "12", "书面声明家庭收入和财产状况（分项或者合计）")
def income_is_stated(stated: Stated) -> Finding:
    """Whether income is stated at all, as a sum for the year or by item. To say nothing is not to have nothing."""
    met = stated.income is not None or bool(stated.items)
    because = "已声明家庭收入" if met else "未声明家庭收入：应当填写全年收入，或者分项填写"
    return finding(income_is_stated, met, because)


@clause(C2, "16", "家庭收入按工资性、经营净、财产性、转移性和其他收入分项合计")
def itemised(stated: Stated) -> tuple[int, int]:
    """Income and costs by item, added up, in fen per year."""
    costs = sum(fen for kind, fen in stated.items if kind in COSTS)
    return sum(fen for kind, fen in stated.items if kind not in COSTS), costs


@clause(C2, "17", "家庭财产包括存款、有价证券、机动车辆、船舶、房屋等，逐项填写的存款应当与合计一致")
def deposits_itemised(stated: Stated) -> int:
    """Money in the bank by item, added up, in fen."""
    return sum(fen for kind, fen in stated.assets if kind == _DEPOSIT)


@clause(C2, "12", "承诺所提供的信息真实、完整（合计与分项一致）")
def agrees(what: str, total: int | None, by_item: int | None) -> Finding:
    """Whether a sum is that of its items, where both are stated. `by_item`: None: no items were stated."""
    if total is None or by_item is None or total == by_item:
        return finding(agrees, True, f"{what}合计与分项一致")
    return finding(agrees, False, f"{what}合计 {Money(total)} 元，分项之和 {Money(by_item)} 元，应当一致")


@clause(C2, "16", "法定赡养、抚养、扶养义务人给付的费用计入转移性收入（义务人供养人数应当如实填写）")
def support_is_possible(supported: int, here: int, size: int) -> Finding:
    """Whether the people whom a supporter is said to support can be so many: those here among all, and members."""
    if here > supported:
        return finding(support_is_possible, False, f"本户被供养 {here} 人，多于其供养总人数 {supported} 人")
    met = here <= size
    because = "供养人数合理" if met else f"本户被供养 {here} 人，多于家庭成员 {size} 人"
    return finding(support_is_possible, met, because)
