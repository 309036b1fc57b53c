"""国务院令649号 art. 13: a stop is decided in writing; a changed standard only lists who is to be reviewed."""

import pytest

from eligibility.rules import standards


@pytest.mark.parametrize(("outcome", "met"), [("GAINS", True), ("SAME", True), ("LOSES", False), ("LEAVES", True)])
def test_13_who_would_get_less_is_listed_with_the_amount(outcome, met):
    found = standards.a_change_lowers_nobody_by_itself(standards.Change(outcome, 10_000, 9_999, ()))
    assert found.met is met
    assert ("99.99 元" in found.because) is not met


@pytest.mark.parametrize(("outcome", "met"), [("GAINS", True), ("SAME", True), ("LOSES", True), ("LEAVES", False)])
def test_13_who_leaves_is_listed_with_the_reason(outcome, met):
    found = standards.a_change_stops_nobody(standards.Change(outcome, 100, 100, ("人均月收入 400.00 元",)))
    assert found.met is met
    assert ("列入核查：人均月收入 400.00 元" in found.because) is not met
