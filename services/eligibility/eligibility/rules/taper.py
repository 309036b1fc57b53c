"""卫民发〔2019〕21号 二(一)5 and 民发〔2022〕83号 一(三): the taper of those who found work (domain §3.11, D-06)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from doudi.calendar import Month
from doudi.law import Finding, clause, finding
from doudi.money import Money, round_half_up
from eligibility.rules.amount import Line
from eligibility.rules.numbers import CONFIRMATION, DESIGN, NOTICE_2022, SEED, Numbers, integer
from eligibility.rules.rule_sets import rules_of


@clause(SEED, "二(一)5", "对实现就业的低保对象，给予不超过一年的渐退期")
@clause(CONFIRMATION, "33", "就业后人均收入超过标准的，可以给予一定时间的渐退期")
@clause(NOTICE_2022, "一(三)", "就业后渐退期原则上不超过6个月")
def longest(decided_on: date) -> int:
    """The most months of a taper that is decided on a day."""
    return integer("taper.max_months", decided_on)


@clause(SEED, "二(一)5", "渐退期自决定次月起计算，最后一月照发，次月停发")
def last_paid(decided_on: date, months: int) -> Month:
    """The last month of a taper of so many months: the first is the month after the decision."""
    return Month.of(decided_on).plus(months)


@clause(SEED, "二(一)5", "渐退期适用于因就业收入超过标准的低保对象；同一工作不再给予")
def may_taper(
    decided_on: date, months: int, *, income_below: bool, found_work: bool, had_for_this_job: bool
) -> Finding:
    """Whether a taper may be decided: for work, once for one job, not longer than the rule set of the day allows."""
    most, rules = longest(decided_on), rules_of(decided_on)
    lacks = []
    if income_below:
        lacks.append("人均收入仍低于标准，继续享受，不适用渐退")
    if not found_work:
        lacks.append("收入增加并非因就业")
    if had_for_this_job:
        lacks.append("同一工作已给予过渐退期")
    if not 1 <= months <= most:
        lacks.append(f"渐退期 {months} 个月，应为 1 至 {most} 个月")
    because = "；".join(lacks) or f"因就业收入超过标准，渐退 {months} 个月（最长 {most} 个月）"
    return finding(may_taper, not lacks, because, rule_set=rules.name, documents=rules.documents, taper_max_months=most)


@clause(DESIGN, "§3.11 D-06", "渐退期内按原金额发放，以标准乘以人数为限")
def taper_amount(before: Money, persons: int, n: Numbers) -> Money:
    """What a month of the taper pays: what was paid before, at most standard x persons."""
    return min(before, round_half_up(n.standard * persons))


@clause(DESIGN, "§3.11 D-06 (lines)", "超过限额的，先减额外增发部分，再减个人高于标准的部分")
def taper_lines(paid: Sequence[Line], n: Numbers) -> tuple[Line, ...]:
    """The lines of a month of the taper: unchanged up to the cap for the people that they insure.

    What is above it is taken from the ten percent more first, then from what somebody gets above the standard; the
    largest first. A line of nothing is left out.
    """
    total = sum((line.amount for line in paid), Money.zero())
    over = (total - taper_amount(total, len({line.person_id for line in paid}), n)).fen
    kept = []
    for line in sorted(paid, key=lambda x: (x.item == "BASE", -x.amount.fen, x.person_id)):
        least = int(n.standard) if line.item == "BASE" else 0
        off = min(over, max(0, line.amount.fen - least))
        over -= off
        kept.append(replace(line, amount=Money(line.amount.fen - off)))
    return tuple(sorted((x for x in kept if x.amount.fen), key=lambda x: (x.person_id, x.item)))
