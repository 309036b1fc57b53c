"""民发〔2021〕43号 art. 20-23: six items, three grades, anew after a change."""

from datetime import date

import pytest
from tests.policy.eligibility.programmes import numbers

from eligibility.rules.programmes.numbers import TekunNumbers
from eligibility.rules.programmes.self_care import ITEMS, reassessment_due, self_care_assessed, self_care_grade


@pytest.mark.parametrize(
    ("failed", "grade"), [(0, "SELF"), (1, "HALF"), (3, "HALF"), (4, "FULL"), (5, "FULL"), (6, "FULL")]
)
def test_二十二_the_grade_by_the_number_of_items_not_achieved(failed, grade):
    assert self_care_grade(tuple(ITEMS)[:failed], numbers(TekunNumbers)) == grade


def test_二十二_an_item_counts_once():
    assert self_care_grade(("EAT", "EAT", "EAT", "EAT"), numbers(TekunNumbers)) == "HALF"


@pytest.mark.parametrize(
    ("failed", "met", "words"),
    [
        (None, False, "尚未"),
        ((), True, "全部达到"),
        (("BATHE",), True, "未达到：洗澡；部分丧失"),
        (tuple(ITEMS), True, "完全丧失"),
    ],
)
def test_二十一_nothing_is_set_before_the_assessment(failed, met, words):
    found = self_care_assessed(failed, numbers(TekunNumbers))
    assert (found.met, words in found.because) == (met, True)


@pytest.mark.parametrize(
    ("reported", "due"), [(date(2020, 3, 2), date(2020, 3, 16)), (date(2020, 4, 30), date(2020, 5, 18))]
)
def test_二十三_anew_within_ten_working_days(reported, due):  # E16
    assert reassessment_due(reported) == due
