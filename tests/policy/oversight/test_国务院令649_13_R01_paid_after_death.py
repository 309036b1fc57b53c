"""国务院令649号 art. 13 and domain §9.1 R01: nobody is paid for a month after the month of death."""

from datetime import date

import pytest

from doudi.calendar import Month
from doudi.money import Money
from oversight import rules


@pytest.mark.parametrize(
    ("died_on", "month", "met"),
    [
        (date(2020, 3, 31), "2020-02", True),
        (date(2020, 3, 1), "2020-03", True),
        (date(2020, 3, 31), "2020-03", True),
        (date(2020, 3, 31), "2020-04", False),
        (date(2020, 12, 31), "2021-01", False),
        (date(2020, 12, 1), "2020-12", True),
    ],
)
def test_13_the_month_of_death_is_the_last_that_is_paid(died_on, month, met):
    assert rules.paid_to_the_living(Month.parse(month), died_on, Money.yuan("380.00")).met is met


def test_13_the_reason_has_the_figures():
    because = rules.paid_to_the_living(Month(2020, 4), date(2020, 3, 5), Money.yuan("380.00")).because
    assert because == "登记死亡日期2020-03-05，发放月份2020-04，金额380.00元，晚于死亡当月"
