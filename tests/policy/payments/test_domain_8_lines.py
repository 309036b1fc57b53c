"""Domain §8.1 (death), §8.2 (the name of the money), §8.4 (returned money)."""

from datetime import date, timedelta
from uuid import UUID

import pytest

from doudi.calendar import Month
from payments import rules

PERSON = UUID(int=7)


@pytest.mark.parametrize(
    ("died", "last"), [(date(2020, 3, 1), "2020-03"), (date(2020, 3, 31), "2020-03"), (date(2020, 2, 29), "2020-02")]
)
def test_8_1_the_month_of_death_is_the_last(died, last):
    assert rules.last_month_after_death(died) == Month.parse(last)


def test_8_2_five_parts_name_the_money():
    key = rules.payment_key("DIBAO_R", PERSON, Month(2020, 4), "BASE", 1)
    assert key == "DIBAO_R/00000000-0000-0000-0000-000000000007/2020-04/BASE/1"


def test_8_4_after_sixty_days_returned_money_lies_too_long():
    back = date(2020, 3, 2)
    assert not rules.lies_too_long(back, on=back + timedelta(days=60))
    assert rules.lies_too_long(back, on=back + timedelta(days=61))
