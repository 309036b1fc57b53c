"""民发〔2021〕43号 art. 20-23: six items, three grades, again within ten working days of a change (E16)."""

from datetime import date

import pytest

from care_institutions import rules
from doudi.calendar import Calendar
from doudi.law import Finding

ON = date(2020, 3, 2)


def seen(failed):
    return {item: index >= failed for index, item in enumerate(rules.ITEMS)}


@pytest.mark.parametrize(
    ("assessors", "met"),
    [([], False), (["a"], False), (["a", "a"], False), (["a", "b"], True), (["a", "b", "c"], True)],
)
def test_二十_two_different_assessors(assessors, met):
    assert rules.enough_assessors(assessors, on=ON).met is met


@pytest.mark.parametrize("failed", range(7))
def test_二十一_each_of_the_six_items_counts(failed):
    assert rules.items_failed(seen(failed)) == failed


def test_二十一_an_item_that_nobody_looked_at_is_no_assessment():
    with pytest.raises(KeyError):
        rules.items_failed({"eat": True})


@pytest.mark.parametrize(
    ("failed", "grade"),
    [
        (0, "SELF_CARING"),
        (1, "PARTLY_DISABLED"),
        (2, "PARTLY_DISABLED"),
        (3, "PARTLY_DISABLED"),
        (4, "DISABLED"),
        (5, "DISABLED"),
        (6, "DISABLED"),
    ],
)
def test_二十二_none_up_to_three_four_and_more(failed, grade):
    assert rules.grade(failed, on=ON) == grade


@pytest.mark.parametrize(
    ("reported", "due"),
    [
        (date(2020, 3, 2), date(2020, 3, 16)),  # E16
        (date(2020, 3, 6), date(2020, 3, 20)),
        (date(2019, 9, 27), date(2019, 10, 16)),  # Sunday 29 Sep and Saturday 12 Oct work; 1-7 Oct do not
    ],
)
def test_二十三_a_change_is_assessed_within_ten_working_days(reported, due):
    assert rules.reassessment_due(reported, Calendar.load()) == due


@pytest.mark.parametrize(
    ("assessed", "wished", "due"),
    [
        (ON, None, date(2021, 3, 2)),
        (ON, date(2020, 3, 3), date(2020, 3, 3)),
        (ON, date(2021, 3, 2), date(2021, 3, 2)),
        (ON, date(2021, 3, 3), None),
        (ON, ON, None),
        (ON, date(2020, 3, 1), None),
        (date(2020, 2, 29), None, date(2021, 2, 28)),
    ],
)
def test_7_2_the_next_assessment_is_at_most_twelve_months_on(assessed, wished, due):
    found = rules.next_assessment_due(assessed, wished, on=ON)
    assert (None if isinstance(found, Finding) else found) == due
