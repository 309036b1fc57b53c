"""domain §0.2, §2.4, §8.8, §11: what cannot be is refused; what is merely unusual is not."""

from datetime import date

import pytest

from doudi.money import Money
from eligibility.rules import plausible

TODAY = date(2020, 3, 2)


@pytest.mark.parametrize(
    ("of", "last"),
    [
        ("household_year", "100000000.00"),
        ("person_month", "10000000.00"),
        ("asset", "10000000000.00"),
        ("standard_month", "100000.00"),
    ],
)
def test_八_八_an_amount_up_to_its_limit_and_no_fen_more(of, last):
    limit = Money.yuan(last)
    assert plausible.amount_is_plausible(Money(0), of, on=TODAY).met
    assert plausible.amount_is_plausible(limit, of, on=TODAY).met
    over = plausible.amount_is_plausible(limit + Money(1), of, on=TODAY)
    assert (over.met, last in over.because) == (False, True)


@pytest.mark.parametrize(
    ("key", "month", "before", "met"),
    [
        ("dibao.rural", "3800.00", "380.00", True),
        ("dibao.rural", "3800.01", "380.00", False),
        ("dibao.rural", "38.00", "380.00", True),
        ("dibao.rural", "37.99", "380.00", False),
        ("dibao.rural", "4560.00", "380.00", False),  # the year's amount, entered as the month's
        ("dibao.rural", "31.67", "380.00", False),  # the month's, entered as the year's
        ("dibao.rural", "100000.00", None, True),
        ("dibao.rural", "100000.01", None, False),
        ("elder.old", "500.00", "0.00", True),
        ("dibao.min_payment", "20.00", "0.01", True),
        ("living.registered_poor_top_up", "50.00", "0.01", True),
    ],
)
def test_二_四_a_standard_follows_the_one_before_it(key, month, before, met):
    former = None if before is None else Money.yuan(before)
    found = plausible.standard_is_plausible(key, Money.yuan(month), former, on=TODAY)
    assert found.met is met


@pytest.mark.parametrize(
    ("day", "met"),
    [
        (date(1999, 9, 30), False),
        (date(1999, 10, 1), True),
        (date(2023, 3, 31), True),
        (date(2023, 4, 1), False),
    ],
)
def test_二_四_a_standard_holds_from_no_day_before_dibao_and_none_far_ahead(day, met):
    assert plausible.standard_day_is_plausible(day, on=TODAY).met is met


@pytest.mark.parametrize(
    ("day", "met"),
    [(date(2020, 1, 9), False), (date(2020, 1, 10), True), (TODAY, True), (date(2020, 3, 3), False)],
)
def test_零_二_a_day_lies_between_what_it_follows_and_today(day, met):
    assert plausible.day_is_plausible(day, after=date(2020, 1, 10), what="给予保障之日", on=TODAY).met is met


def test_零_二_a_day_that_follows_nothing_lies_before_tomorrow():
    assert plausible.day_is_plausible(date(1950, 1, 1), after=None, what="", on=TODAY).met


@pytest.mark.parametrize(
    ("day", "born", "met"),
    [
        (date(1999, 9, 30), None, False),
        (date(1999, 10, 1), None, True),
        (TODAY, None, True),
        (date(2020, 3, 3), None, False),
        (date(1999, 9, 30), date(1950, 1, 1), False),
        (date(1999, 10, 1), date(1950, 1, 1), True),
        (date(2010, 1, 1), date(2010, 1, 2), False),
        (date(2010, 1, 2), date(2010, 1, 2), True),
    ],
)
def test_四_七_a_household_changes_since_there_is_dibao_and_since_the_member_was_born(day, born, met):
    assert plausible.change_is_plausible(day, born, on=TODAY).met is met


@pytest.mark.parametrize(
    ("day", "met"), [(date(2019, 3, 11), True), (date(2030, 3, 31), True), (date(2030, 4, 1), False)]
)
def test_零_一_the_rules_of_a_day_far_ahead_are_not_tried(day, met):
    assert plausible.trial_day_is_plausible(day, on=TODAY).met is met


@pytest.mark.parametrize(
    ("born", "by_number", "met"),
    [
        (TODAY, None, True),
        (date(2020, 3, 3), None, False),
        (date(1870, 3, 1), None, True),
        (date(1870, 2, 28), None, False),
        (date(1946, 1, 1), date(1946, 1, 1), True),
        (date(1946, 1, 2), date(1946, 1, 1), False),
    ],
)
def test_十一_nobody_is_born_tomorrow_or_on_another_day_than_the_number_says(born, by_number, met):
    assert plausible.birth_is_plausible(born, by_number, on=TODAY).met is met
