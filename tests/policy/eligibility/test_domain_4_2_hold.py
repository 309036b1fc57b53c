"""domain §4.2, SUSPENDED: held for the listed reasons, three months at most, and what was held is owed."""

from datetime import date

import pytest

from doudi.calendar import Month
from eligibility.rules.life import HOLD_REASONS, decide_by, hold_horizon, hold_is_grounded, months_owed

MARCH = Month(2020, 3)


def test_held_for_the_listed_reasons_only():
    assert all(hold_is_grounded(reason).met for reason in HOLD_REASONS)
    assert set(HOLD_REASONS) == {"ACCOUNT_RETURNED", "PERSON_NOT_FOUND", "ALIVE_CHECK_MISSED"}
    assert not hold_is_grounded("INCOME_OVER").met


@pytest.mark.parametrize(
    ("first", "last_day"),
    [(MARCH, date(2020, 5, 31)), (Month(2020, 12), date(2021, 2, 28)), (Month(2020, 1), date(2020, 3, 31))],
)
def test_the_third_month_is_the_last_that_may_be_held(first, last_day):
    assert decide_by(first, on=first.first_day) == last_day


def test_its_end_is_near_in_the_last_fifteen_days():
    assert hold_horizon(date(2020, 5, 16)) == date(2020, 5, 31)


@pytest.mark.parametrize(
    ("resumed", "owed"),
    [
        (date(2020, 3, 31), []),
        (date(2020, 4, 1), ["2020-03"]),
        (date(2020, 6, 1), ["2020-03", "2020-04", "2020-05"]),
        (date(2021, 1, 1), [str(MARCH.plus(i)) for i in range(10)]),
        (date(2020, 2, 1), []),  # a suspension that was to begin with March
    ],
)
def test_the_months_before_the_resumption_are_owed(resumed, owed):
    assert [str(m) for m in months_owed(MARCH, resumed)] == owed
