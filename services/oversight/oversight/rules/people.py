"""domain.md §9.1: people and property."""

from __future__ import annotations

from datetime import date

from doudi.calendar import Month
from doudi.law import Finding, clause, finding
from doudi.money import Money
from oversight.rules.numbers import RELIEF


@clause(RELIEF, "13", "人口状况发生变化的，应当及时决定增发、减发或者停发最低生活保障金")
def paid_to_the_living(month: Month, died_on: date, amount: Money) -> Finding:
    """R01 死亡仍领: the benefit month lies after the month of death. The month of death itself is paid (D-15)."""
    met = month <= Month.of(died_on)
    because = f"登记死亡日期{died_on}，发放月份{month}，金额{amount}元"
    return finding(paid_to_the_living, met, because if met else f"{because}，晚于死亡当月")
