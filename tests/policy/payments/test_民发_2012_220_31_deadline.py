"""民发〔2012〕220号 art. 31: every month, by the 10th; and which month may be opened (domain §8.1)."""

from datetime import date

import pytest

from doudi.calendar import Month
from payments import rules

ON = date(2020, 3, 1)


@pytest.mark.parametrize(
    ("month", "last"), [("2020-03", date(2020, 3, 10)), ("2020-02", date(2020, 2, 10)), ("2021-01", date(2021, 1, 10))]
)
def test_三十一_the_tenth_is_the_last_day_in_time(month, last):
    assert rules.deadline(Month.parse(month), on=ON) == last


@pytest.mark.parametrize(
    ("today", "month", "may"),
    [
        (date(2020, 2, 29), "2020-03", True),
        (date(2020, 2, 29), "2020-04", False),
        (date(2020, 3, 1), "2020-04", True),
        (date(2020, 12, 31), "2021-01", True),
        (date(2020, 12, 31), "2021-02", False),
        (date(2020, 3, 1), "2019-03", True),
    ],
)
def test_8_1_a_month_is_opened_at_the_earliest_in_the_month_before(today, month, may):
    found = rules.may_be_opened(Month.parse(month), today=today)
    assert found.met is may
    assert month in found.because
