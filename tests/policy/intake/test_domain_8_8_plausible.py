"""domain §8.8, §11: amounts, births and deaths that cannot be are refused; what is merely unusual is not."""

from datetime import date

import pytest

from doudi.money import Money
from intake import rules

TODAY = date(2020, 3, 2)


@pytest.mark.parametrize(
    ("of", "last"), [("household_year", "100000000.00"), ("person_month", "10000000.00"), ("asset", "10000000000.00")]
)
def test_八_八_an_amount_up_to_its_limit_and_no_fen_more(of, last):
    limit = Money.yuan(last)
    assert rules.amount_is_plausible(limit, of, on=TODAY).met
    over = rules.amount_is_plausible(limit + Money(1), of, on=TODAY)
    assert (over.met, last in over.because) == (False, True)


@pytest.mark.parametrize(
    ("born", "met"),
    [(TODAY, True), (date(2020, 3, 3), False), (date(1869, 3, 3), True), (date(1869, 3, 2), False)],
)
def test_十一_nobody_is_born_tomorrow_or_older_than_anybody_was(born, met):
    assert rules.birth_is_plausible(born, on=TODAY).met is met


@pytest.mark.parametrize(("died_on", "met"), [(date(1970, 4, 30), False), (date(1970, 5, 1), True), (TODAY, True)])
def test_十一_nobody_dies_before_being_born(died_on, met):
    assert rules.death_is_plausible(died_on, date(1970, 5, 1)).met is met
