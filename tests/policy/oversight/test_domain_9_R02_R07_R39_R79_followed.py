"""domain §9 R02, R07, R39, R79: deaths not followed, cars not verified, long tapers, overpayments not decided on."""

from datetime import date

import pytest

from doudi.calendar import Month
from doudi.money import Money
from oversight import rules

DIED = date(2020, 5, 15)  # E22


@pytest.mark.parametrize(
    ("followed_on", "on", "met", "severity"),
    [
        (None, date(2020, 6, 14), True, "M"),
        (None, date(2020, 6, 15), False, "M"),
        (None, date(2020, 8, 15), False, "M"),
        (None, date(2020, 8, 16), False, "H"),
        (date(2020, 6, 14), date(2020, 12, 1), True, "M"),
        (date(2020, 7, 20), date(2020, 7, 20), False, "M"),
        (date(2020, 8, 16), date(2020, 8, 16), False, "H"),
    ],
)
def test_R02_an_award_follows_a_death_in_thirty_days_and_at_the_latest_in_three_months(followed_on, on, met, severity):
    found, weight = rules.death_followed(DIED, followed_on, on=on)
    assert (found.met, weight) == (met, severity)
    assert "最迟应于2020-08-15办结" in found.because


@pytest.mark.parametrize(
    ("died_on", "thirty", "three"),
    [
        (DIED, date(2020, 6, 14), date(2020, 8, 15)),
        (date(2019, 11, 30), date(2019, 12, 30), date(2020, 2, 29)),  # no 30 February: the month's last day
        (date(2022, 12, 31), date(2023, 1, 30), date(2023, 3, 31)),
    ],
)
def test_R02_the_days_are_counted_from_the_day_after_the_death(died_on, thirty, three):
    assert (rules.death_followed_by(died_on), rules.death_settled_by(died_on)) == (thirty, three)


@pytest.mark.parametrize(
    ("kind", "verified", "met"),
    [
        ("CAR", False, False),
        ("CAR", True, True),
        ("TRUCK", False, False),
        ("ASSISTIVE_VEHICLE", False, True),
        ("MOTORCYCLE", False, True),
    ],
)
def test_R07_a_car_is_a_question_until_somebody_verified_it(kind, verified, met):
    assert rules.without_a_vehicle(kind, verified, on=date(2020, 3, 2)).met is met


@pytest.mark.parametrize(
    ("first", "last", "granted_on", "met"),
    [
        ("2020-03", "2021-02", date(2020, 2, 20), True),  # E11: twelve months
        ("2020-03", "2021-03", date(2020, 2, 20), False),
        ("2022-12", "2023-05", date(2022, 11, 5), True),  # E11 under RS2022: six
        ("2022-12", "2023-06", date(2022, 11, 5), False),
        ("2022-11", "2023-10", date(2022, 10, 19), True),
        ("2022-11", "2023-05", date(2022, 10, 20), False),
    ],
)
def test_R39_a_taper_has_twelve_months_and_from_2022_six(first, last, granted_on, met):
    assert rules.taper_short_enough(Month.parse(first), Month.parse(last), granted_on=granted_on).met is met


@pytest.mark.parametrize(("month", "met"), [("2021-01", True), ("2021-02", True), ("2021-03", False)])
def test_R39_nothing_is_paid_after_the_last_month(month, met):
    found = rules.paid_within_the_taper(Month.parse(month), Month.parse("2021-02"), Money.yuan("200.00"))
    assert (found.met, "200.00" in found.because) == (met, True)


@pytest.mark.parametrize(
    ("decided_on", "on", "met"),
    [
        (None, date(2020, 8, 19), True),
        (None, date(2020, 8, 20), False),
        (date(2020, 8, 19), date(2020, 9, 30), True),
        (date(2020, 8, 20), date(2020, 8, 20), False),
    ],
)
def test_R79_an_overpayment_is_decided_on_in_thirty_days(decided_on, on, met):
    found = rules.overpayment_followed(date(2020, 7, 20), Money.yuan("760.00"), decided_on, on=on)
    assert (found.met, "760.00" in found.because) == (met, True)


def test_R79_the_last_day():
    assert rules.recovery_decided_by(date(2020, 7, 20)) == date(2020, 8, 19)
