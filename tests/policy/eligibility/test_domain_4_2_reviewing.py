"""domain.md §4.2: ACTIVE 享受 → REVIEWING 复核 → ACTIVE, SUSPENDED, TAPER, STOPPED; it is paid as before meanwhile."""

from datetime import date

import pytest
from tests.policy.eligibility.test_社会救助法_48_all_paths import start

from doudi.calendar import Month
from eligibility.model import Award, AwardState, Permit
from eligibility.model.refusals import AwardNotInThisState

ON = date(2026, 7, 6)


def award(status: str) -> Award:
    made = start("STOP", "收入变化").award
    made.status = status
    made.reviewing_since = ON if status == "REVIEWING" else None
    if status == "SUSPENDED":
        made.held_from = "2026-07"
    return made


@pytest.mark.parametrize(
    ("status", "begins"),
    [("ACTIVE", True), ("REVIEWING", False), ("SUSPENDED", False), ("TAPER", False), ("STOPPED", False)],
)
def test_4_2_a_review_begins_in_an_award_that_is_paid(status, begins):
    one = award(status)
    if begins:
        one.begin_review(ON)
        assert (one.status, one.reviewing_since) == (AwardState.REVIEWING, ON)
        return
    with pytest.raises(AwardNotInThisState):
        one.begin_review(ON)
    assert one.status == status


@pytest.mark.parametrize(
    ("verb", "status"),
    [
        (lambda a: a.reviewed(date(2027, 7, 31)), "ACTIVE"),
        (lambda a: a.hold("ALIVE_CHECK_MISSED", ON), "SUSPENDED"),
        (lambda a: a.taper(Month(2026, 9), Permit("TAPER", frozenset({a.id}), "就业")), "TAPER"),
        (lambda a: a.stop(Month(2026, 7), Permit("STOP", frozenset({a.id}), "收入")), "STOPPED"),
        (lambda a: a.change_reported(ON), "REVIEWING"),
    ],
)
def test_4_2_where_it_goes_from_a_review(verb, status):
    one = award("REVIEWING")
    paid = one.amount_fen
    verb(one)
    assert (one.status, one.amount_fen) == (status, paid)
    assert (one.reviewing_since is not None) is (status == "REVIEWING")
