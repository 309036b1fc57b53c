"""domain.md §6.4: the steps for which law and seed name no number; each a proposal, in parameters.yaml."""

from datetime import date, datetime, timedelta

import pytest

from doudi.clock import SHANGHAI
from relief import rules

AT = datetime(2020, 3, 5, 9, tzinfo=SHANGHAI)


@pytest.mark.parametrize(
    ("officers", "met"), [([], False), (["a"], False), (["a", "a"], False), (["a", "b"], True), (["a", "b", "c"], True)]
)
def test_2_two_different_officers_on_the_spot(officers, met):
    assert rules.seen_by_enough(officers, on=AT.date()).met is met


def test_2_within_twenty_four_hours():
    assert rules.check_due(AT) == AT + timedelta(hours=24)


def test_3_paid_within_forty_eight_hours_of_acceptance():
    assert rules.pay_due(AT) == AT + timedelta(hours=48)


@pytest.mark.parametrize(
    ("minutes", "hours"), [(-60, 0), (0, 0), (1, 1), (60, 1), (61, 2), (24 * 60, 24), (24 * 60 + 1, 25)]
)
def test_3_a_begun_hour_counts_whole(minutes, hours):
    assert rules.hours_to_pay(AT, AT + timedelta(minutes=minutes)) == hours


@pytest.mark.parametrize(
    ("ended", "met"),
    [
        (date(2020, 3, 4), False),
        (date(2020, 3, 5), True),
        (date(2020, 3, 11), True),
        (date(2020, 3, 12), False),
    ],
)
def test_4_an_emergency_ends_between_its_report_and_today(ended, met):
    found = rules.end_is_possible(ended, reported_on=date(2020, 3, 5), on=date(2020, 3, 11))
    assert found.met is met


def test_an_end_that_nobody_records_is_assumed_after_thirty_days():
    reported = date(2020, 3, 5)
    assert rules.assumed_end(reported, granted_on=date(2020, 3, 6)) == date(2020, 4, 4)
    assert rules.assumed_end(reported, granted_on=date(2020, 4, 4)) == date(2020, 4, 4)
    assert rules.assumed_end(reported, granted_on=date(2020, 4, 5)) == date(2020, 4, 5)


@pytest.mark.parametrize(("granter", "met"), [("a", False), ("b", False), ("c", True)])
def test_8_5_whoever_verified_does_not_grant(granter, met):
    assert rules.granted_by_another(granter, ["a", "b"]).met is met
