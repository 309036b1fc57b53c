"""domain §5.3: the result categories, what follows, by whom and by when; §2.2 for two programmes of one person."""

from datetime import date
from fractions import Fraction

import pytest

from eligibility.rules.ledger import (
    action,
    born_by,
    conflict,
    members_differ,
    next_screening,
    one_says_gone,
    progress,
    stopped_lately,
    stopped_since,
)

ON = date(2020, 2, 28)


@pytest.mark.parametrize(("shared", "left", "right", "met"), [(3, 3, 3, False), (3, 3, 4, True), (2, 3, 2, True)])
def test_五_三_member_gap(shared, left, right, met):
    assert members_differ(shared, left, right).met is met


@pytest.mark.parametrize(
    ("left", "right", "met"),
    [("NORMAL", "DEAD", True), ("MOVED", "NORMAL", True), ("NORMAL", "IN_CUSTODY", True), ("DEAD", "DEAD", False),
     ("DEAD", "MOVED", False), ("NORMAL", "NORMAL", False)],
)  # fmt: skip
def test_五_三_status_conflict_in_one_register_only(left, right, met):
    assert one_says_gone(left, right).met is met


@pytest.mark.parametrize(
    ("stopped", "status", "met"),
    [
        (date(2019, 2, 28), "NOT_OUT", False),  # twelve months ago to the day
        (date(2019, 3, 1), "NOT_OUT", True),
        (date(2020, 2, 28), "NOT_OUT", True),
        (date(2020, 2, 29), "NOT_OUT", False),  # after the snapshot
        (date(2019, 9, 1), "OUT", False),
        (date(2019, 9, 1), "RETURNED", False),  # that is 返贫, another code
        (None, "NOT_OUT", False),
    ],
)
def test_五_三_stopped_still_poor(stopped, status, met):
    assert stopped_lately(stopped, status, ON).met is met


@pytest.mark.parametrize(
    ("on", "since"),
    [
        (date(2020, 2, 29), date(2019, 2, 28)),
        (date(2019, 3, 31), date(2018, 3, 31)),
        (date(2019, 3, 15), date(2018, 3, 15)),
        (date(2020, 3, 1), date(2019, 3, 1)),
    ],
)
def test_五_三_twelve_months_back_over_a_leap_day(on, since):
    assert stopped_since(on) == since


@pytest.mark.parametrize(
    ("one", "other", "met"),
    [("DIBAO_R", "TEKUN", True), ("DIBAO_R", "ORPHAN", True), ("TEKUN", "ORPHAN", True), ("DIBAO_R", "ELDER", True),
     ("TEKUN", "ELDER", False), ("ELDER", "ORPHAN", False), ("DIBAO_R", "DIBAO_R", True), ("ELDER", "ELDER", True)],
)  # fmt: skip
def test_二_二_two_programmes_of_one_person_whatever_the_order(one, other, met):
    assert conflict(one, other, ON).met is met
    assert conflict(other, one, ON).met is met


@pytest.mark.parametrize(
    ("code", "owner", "due"),
    [
        ("BOTH", "CIVIL_AFFAIRS", date(2020, 3, 16)),
        ("CA_ONLY", "POVERTY_OFFICE", date(2020, 3, 30)),
        ("PR_ONLY_LIKELY", "CIVIL_AFFAIRS", date(2020, 3, 16)),
        ("MEMBER_GAP", "CIVIL_AFFAIRS", date(2020, 3, 30)),
        ("ID_CONFLICT", "CIVIL_AFFAIRS", date(2020, 3, 16)),
        ("STATUS_CONFLICT", "CIVIL_AFFAIRS", date(2020, 3, 9)),
        ("EXITED_STILL_CA", "CIVIL_AFFAIRS", date(2020, 3, 30)),
        ("STOPPED_STILL_POOR", "CIVIL_AFFAIRS", date(2020, 3, 16)),
        ("DUPLICATE_CA", "CIVIL_AFFAIRS", date(2020, 3, 16)),
        ("RETURNED", "CIVIL_AFFAIRS", date(2020, 3, 9)),
    ],
)
def test_五_三_owner_and_term_in_working_days(code, owner, due):
    assert action(code, date(2020, 3, 2)) == (owner, due)


def test_五_三_a_term_over_the_first_of_may():
    assert action("STATUS_CONFLICT", date(2020, 4, 29)) == ("CIVIL_AFFAIRS", date(2020, 5, 9))


def test_五_三_who_did_not_pass_is_screened_again():
    assert next_screening(date(2020, 2, 28)) == date(2020, 5, 1)


@pytest.mark.parametrize(
    ("on", "day"), [(date(2020, 2, 28), date(2002, 2, 28)), (date(2020, 2, 29), date(2002, 2, 28))]
)
def test_五_四_who_is_of_age(on, day):
    assert born_by("ledger.adult_age", on) == day


@pytest.mark.parametrize(
    ("closed", "total", "share"),
    [(0, 8, Fraction(0)), (7, 8, Fraction(7, 8)), (8, 8, Fraction(1)), (0, 0, Fraction(1))],
)
def test_五_五_progress_is_closed_over_all(closed, total, share):
    assert progress(closed, total) == share
