"""卫民发〔2019〕21号 二(三)8: staff to 失能, 半失能 and 完全自理 as 1:3, 1:6 and 1:10, strictly (E17)."""

from datetime import date, timedelta
from fractions import Fraction

import pytest

from care_institutions import rules
from care_institutions.rules import Post, Residents

ON = date(2020, 3, 2)


@pytest.mark.parametrize(
    ("residents", "exact", "required", "planned"),
    [
        (Residents(7, 10, 23), (189, 30), 7, 8),  # E17
        (Residents(3, 6, 10), (90, 30), 3, 3),  # a whole number is not rounded up
        (Residents(1, 1, 1), (18, 30), 1, 3),
        (Residents(0, 0, 0), (0, 30), 0, 0),
        (Residents(3, 0, 0), (30, 30), 1, 1),
        (Residents(4, 0, 0), (40, 30), 2, 2),
        (Residents(0, 6, 0), (30, 30), 1, 1),
        (Residents(0, 7, 0), (35, 30), 2, 2),
        (Residents(0, 0, 10), (30, 30), 1, 1),
        (Residents(0, 0, 11), (33, 30), 2, 2),
        (Residents(300, 600, 1000), (9000, 30), 300, 300),
    ],
)
def test_二_三_8_the_sum_is_exact_and_rounded_up_once(residents, exact, required, planned):
    assert rules.exact_staff(residents, on=ON) == exact
    assert rules.required_staff(residents, on=ON) == required
    assert rules.planned_staff(residents, on=ON) == planned
    assert sum(rules.shares(residents, on=ON)) == Fraction(*exact)


@pytest.mark.parametrize(("staff", "met"), [(600, False), (699, False), (700, True), (701, True), (800, True)])
def test_二_三_8_full_time_equivalents_reach_the_required_people(staff, met):
    found = rules.staff_suffice(Residents(7, 10, 23), staff, on=ON)
    assert found.met is met
    assert found.clause == "卫民发〔2019〕21号 二(三)8"
    assert "189/30" in found.because
    assert "不少于7人" in found.because


@pytest.mark.parametrize(("care", "met"), [(699, False), (700, True)])
def test_二_三_8_care_staff_only_stands_beside_it(care, met):
    assert rules.care_staff_beside(Residents(7, 10, 23), care, on=ON).met is met


def test_7_4_whom_nobody_assessed_counts_as_disabled():
    assert rules.counts_as(None) == "DISABLED"
    assert rules.counts_as("SELF_CARING") == "SELF_CARING"


def days(count):
    return ON - timedelta(days=count - 1)


@pytest.mark.parametrize(
    ("post", "counts"),
    [
        (Post(ON, None, None, None), True),
        (Post(ON + timedelta(days=1), None, None, None), False),
        (Post(days(9), ON, None, None), False),  # the first day without them
        (Post(days(9), ON + timedelta(days=1), None, None), True),
        (Post(days(99), None, days(30), None), True),  # the thirtieth day of leave
        (Post(days(99), None, days(31), None), False),  # the thirty-first
        (Post(days(99), None, ON, ON + timedelta(days=29)), True),  # thirty days in all
        (Post(days(99), None, ON, ON + timedelta(days=30)), False),  # thirty-one, not counted from the first
        (Post(days(99), None, ON + timedelta(days=1), None), True),  # not begun
        (Post(days(99), None, days(60), ON), False),  # the last day of a long leave
        (Post(days(99), None, days(60), ON - timedelta(days=1)), True),  # back
    ],
)
def test_7_4_leave_of_more_than_thirty_days_is_not_staff(post, counts):
    assert rules.on_the_roster(post, on=ON) is counts
