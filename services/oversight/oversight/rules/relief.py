"""domain.md §9.6: relief, by 卫民发〔2019〕21号 二(二)6 and what stands around it."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from doudi.calendar import Month
from doudi.division import Division
from doudi.law import Finding, clause, finding
from doudi.money import Money
from oversight.rules.numbers import DESIGN, NUMBERS, RELIEF, SEED, integer

NINGXIA = "宁夏临时救助规定（2019年，C28）"

_ONE_MATTER: dict[str, tuple[str, ...]] = {
    "MEDICAL": ("MEDICAL", "SUDDEN_ILLNESS"),
    "SUDDEN_ILLNESS": ("MEDICAL", "SUDDEN_ILLNESS"),
}


@dataclass(frozen=True, slots=True)
class Helped:
    """Money that was granted on a day."""

    on: date
    amount: Money


@clause(SEED, "二(二)6", "先行救助，急难情况缓解后补办手续")
def papers_in_time(due_on: date, on: date) -> Finding:
    """R80 手续逾期: the papers came, or were still missing, after their last day (10 working days after the end)."""
    met, because = on <= due_on, f"补办手续期限{due_on}，至{on}"
    return finding(papers_in_time, met, f"{because}未逾期" if met else f"{because}已逾期{(on - due_on).days}天")


@clause(RELIEF, "48", "救助金额较小的，委托乡镇人民政府、街道办事处审批")
def within_township_limit(level: str, amount: Money, *, on: date, division: Division) -> Finding:
    """R81 超限额先行救助: the township alone granted more than it may."""
    limit = NUMBERS.at("r81.limit", on=on, division=division).money
    met = level != "TOWNSHIP" or amount <= limit
    because = f"乡镇（街道）审批限额{limit}元，救助{amount}元"
    return finding(within_township_limit, met, because if met else f"{because}，未经县级审批")


@clause(DESIGN, "9.6 R82", "同一家庭30日内由乡镇两次以上救助，合计超过限额")
def not_split(earlier: Sequence[Helped], now: Helped, *, division: Division) -> Finding:
    """R82 拆分救助: grants of the township to one household within thirty days, which together need the county.

    What the county granted is no way around the county, and is not given here.
    """
    since = now.on - timedelta(days=integer("r82.days", now.on))
    near = [one for one in earlier if since <= one.on <= now.on]
    total = sum((one.amount for one in near), now.amount)
    limit = NUMBERS.at("r81.limit", on=now.on, division=division).money
    because = f"同一家庭{since}至{now.on}由乡镇（街道）救助{len(near) + 1}次，合计{total}元，限额{limit}元"
    return finding(not_split, not near or total <= limit, because, times=len(near) + 1)


@clause(DESIGN, "9.6 R83", "突发重大疾病与其后的医疗支出为同一事由")
def one_matter(cause: str) -> tuple[str, ...]:
    """The causes that count as the same one."""
    return _ONE_MATTER.get(cause, (cause,))


@clause(NINGXIA, "同一事由", "同一事由一年内再次救助，须经县级民政部门批准")
def again_with_consent(level: str, earlier: Collection[date], *, on: date) -> Finding:
    """R83 同一事由重复救助: the township granted for a cause that was helped within twelve months; the last day counts
    (民法典 art. 201, 202)."""
    months = integer("r83.months", on)
    within = sorted(day for day in earlier if day <= on <= _later(day, months))
    if not within:
        return finding(again_with_consent, True, f"{months}个月内未因同一事由获得临时救助")
    because = f"{within[-1]}已因同一事由救助，{on}再次救助"
    met = level != "TOWNSHIP"
    return finding(again_with_consent, met, because if met else f"{because}，未经县级批准")


@clause(SEED, "二(二)6", "脱贫再返贫建档立卡贫困人口的人均救助标准不低于上年度本县(区)平均救助标准")
def at_the_floor(registry: str, persons: int, total: Money, *, on: date, division: Division) -> Finding:
    """R84 低于人均下限: all that a household of those who fell back was granted in the case, by head."""
    if registry != "RETURNED":
        return finding(at_the_floor, True, "非脱贫再返贫建档立卡贫困人口，不适用人均下限")
    mean = NUMBERS.at("r84.mean", on=on, division=division).money
    because = f"救助合计{total}元、{persons}人，上年度人均救助水平{mean}元，不低于{mean * persons}元"
    return finding(at_the_floor, total >= mean * persons, because)


@clause(DESIGN, "9.6 R85", "一个乡镇先行救助占临时救助的比例超过40%")
def urgent_in_measure(advances: int, grants: int, *, on: date) -> Finding:
    """R85 先行救助过多: how many of a township's grants of the year went the advance way. A few grants show nothing."""
    share, least = NUMBERS.at("r85.share", on=on).number, integer("r85.least", on)
    met = grants < least or Decimal(advances) <= share * grants
    because = f"{on.year}年临时救助{grants}次，其中先行救助{advances}次，比例上限{share:%}"
    return finding(urgent_in_measure, met, because)


def _later(day: date, months: int) -> date:
    month = Month.of(day).plus(months)
    return month.first_day.replace(day=min(day.day, month.last_day.day))
