"""domain.md §9.2: R39, tapers, by 卫民发〔2019〕21号 二(一)5 and 民发〔2022〕83号 一(三)."""

from __future__ import annotations

from datetime import date

from doudi.calendar import Month
from doudi.law import Finding, clause, finding
from doudi.money import Money
from oversight.rules.numbers import APPROVAL_2022, SEED, integer


@clause(SEED, "二(一)5", "渐退期不超过1年")
@clause(APPROVAL_2022, "一(三) (taper)", "渐退期原则上不超过6个月")
def taper_short_enough(first: Month, last: Month, *, granted_on: date) -> Finding:
    """R39 渐退期超长: a taper of more months than the rules of the day of its decision allow: 12, from 2022-10-20 6."""
    longest = integer("r39.months", granted_on)
    met, because = last < first.plus(longest), f"渐退期{first}至{last}"
    return finding(taper_short_enough, met, because if met else f"{because}，超过{longest}个月")


@clause(SEED, "二(一)5 (end)", "渐退期满，不再发放")
def paid_within_the_taper(month: Month, last: Month, amount: Money) -> Finding:
    """R39 渐退期满仍发放: a payment for a month after the taper's last."""
    met = month <= last
    because = f"渐退期最后一个月{last}，发放月份{month}，金额{amount}元"
    return finding(paid_within_the_taper, met, because if met else f"{because}，渐退期已满")
