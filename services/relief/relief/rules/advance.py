"""卫民发〔2019〕21号 二(二)6 先行救助 (advance relief): on the spot, urgent, by whom, how much."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Literal

from doudi.division import Division
from doudi.law import Finding, clause, finding
from doudi.money import Money
from relief.rules.numbers import DESIGN, NUMBERS, SEED, hours, integer, months_later

Level = Literal["TOWNSHIP", "COUNTY"]
Registry = Literal["NONE", "NOT_OUT", "OUT", "RETURNED"]
Threat = Literal["LIFE", "HEALTH", "SHELTER", "SUBSISTENCE"]


@dataclass(frozen=True, slots=True)
class Urgency:
    """What was seen. `threatens`: which loss nobody could make good later; empty when there is none."""

    urgent: bool
    needed_now: bool
    threatens: Sequence[Threat]


@clause(
    SEED,
    "二(二)6",
    "对于情况紧急、需立即采取措施以防造成无法挽回损失或者无法改变的严重后果的，可先行救助",
)
def may_pay_first(urgency: Urgency) -> Finding:
    """Whether the three conditions of advance relief are there together: urgent, at once, irretrievable."""
    lacking = [
        word
        for there, word in (
            (urgency.urgent, "情况紧急"),
            (urgency.needed_now, "需立即采取措施"),
            (bool(urgency.threatens), "否则将造成无法挽回的损失或者无法改变的严重后果"),
        )
        if not there
    ]
    because = (
        "不具备先行救助条件：未见" + "、".join(lacking) if lacking else "情况紧急，需立即采取措施以防无法挽回的损失"
    )
    return finding(may_pay_first, not lacking, because)


@dataclass(frozen=True, slots=True)
class Floor:
    """The floor of a case: what was found, and how much is still owed after this amount."""

    finding: Finding
    owed: Money


@clause(
    SEED,
    "二(二)6",
    "脱贫再返贫建档立卡贫困人口…人均救助标准不低于上年度本县(区)平均救助标准",
)
def per_capita_floor(registry: Registry, persons: int, amount: Money, *, on: date, division: Division) -> Floor:
    """How the amount stands to last year's county mean times persons (domain §6.5, D-11).

    An advance may be below the floor, since it is the first of the help; then the finding says what follow-up is owed.
    """
    if registry != "RETURNED":
        return Floor(finding(per_capita_floor, True, "非脱贫再返贫建档立卡贫困人口，不适用人均下限"), Money.zero())
    mean = NUMBERS.at("relief.mean_last_year", on=on, division=division).money
    least = mean * persons
    owed = max(least - amount, Money.zero())
    because = f"上年度人均救助水平{mean}元，{persons}人不低于{least}元；救助{amount}元"
    because += f"，后续尚应救助{owed}元" if owed else "，已达到"
    return Floor(finding(per_capita_floor, not owed, because, mean=mean, floor=least, follow_up_owed=owed), owed)


@clause("国务院令649号", "48", "救助金额较小的，县级人民政府民政部门可以委托乡镇人民政府、街道办事处审批")
def within_level(level: Level, amount: Money, *, on: date, division: Division) -> Finding:
    """Whether this level may grant the amount to one household for one event."""
    if level == "COUNTY":
        return finding(within_level, True, "由县级民政部门审批")
    limit = NUMBERS.at("relief.township_limit", on=on, division=division).money
    because = f"乡镇（街道）审批限额{limit}元，本次{amount}元"
    return finding(within_level, amount <= limit, because, limit=limit)


@clause("宁夏临时救助规定（2019年，C28）", "同一事由", "同一事由原则上一年内救助一次，再次救助须经县级民政部门批准")
def same_cause_again(level: Level, earlier: Collection[date], *, on: date) -> Finding:
    """Whether this level may grant, when the person had relief for the same cause on the `earlier` days.

    A year ends with the same day of the next year (民法典 art. 201, 202): that day still counts as within it.
    """
    months = integer("relief.same_cause_months", on)
    within = sorted(day for day in earlier if on <= months_later(day, months))
    if not within:
        return finding(same_cause_again, True, f"{months}个月内未因同一事由获得临时救助")
    because = f"{within[-1]}已因同一事由获得临时救助，{months}个月内再次救助须经县级民政部门批准"
    return finding(same_cause_again, level == "COUNTY", because)


@clause(DESIGN, "§6.4(2)", "现场核实不少于2人")
def seen_by_enough(officers: Sequence[str], *, on: date) -> Finding:
    """Whether enough different officers were on the spot."""
    least = integer("advance.officers_least", on)
    there = len(set(officers))
    return finding(seen_by_enough, there >= least, f"现场核实{there}人，不得少于{least}人")


@clause(DESIGN, "§6.4(2)", "接到报告后24小时内现场核实")
def check_due(reported_at: datetime) -> datetime:
    """By when officers are to be on the spot."""
    return reported_at + hours("advance.check_hours", reported_at.date())


@clause(DESIGN, "§6.4(3)", "受理后48小时内支付")
def pay_due(accepted_at: datetime) -> datetime:
    """By when the money is to be there."""
    return accepted_at + hours("advance.pay_hours", accepted_at.date())


@clause(DESIGN, "§6.4(3)", "以受理至到账的小时数衡量")
def hours_to_pay(accepted_at: datetime, paid_at: datetime) -> int:
    """Hours from acceptance to the money; a begun hour counts whole, and nothing is paid before it is accepted."""
    begun, hour = paid_at - accepted_at, timedelta(hours=1)
    return max(0, -(-begun // hour))


@clause(DESIGN, "§8.5", "经办、审核、审批由不同人员承担")
def granted_by_another(granter: str, officers: Collection[str]) -> Finding:
    """Whether whoever grants was not among those who verified."""
    met = granter not in officers
    return finding(
        granted_by_another, met, "核实与审批由不同人员承担" if met else "审批人员参加了现场核实，应由他人审批"
    )
