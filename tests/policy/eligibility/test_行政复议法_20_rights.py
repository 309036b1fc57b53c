"""行政复议法, 行政诉讼法, 国务院令649号 art. 65 (domain §4.6): what every notice tells the family it can do."""

from datetime import date

import pytest

from doudi.dated import MissingParameter
from eligibility.rules.appeal import hotline, review, rights, suit, suit_after_review

ON = date(2020, 3, 12)


def test_20_a_review_within_sixty_days():
    assert "60 日内" in review(ON)
    assert "行政复议" in review(ON)


@pytest.mark.parametrize(
    ("on", "by"),
    [
        (date(2023, 12, 31), "向本级人民政府或者上一级民政部门申请"),
        (date(2024, 1, 1), "内向本级人民政府申请"),
    ],
)
def test_24_from_2024_the_government_alone_reviews(on, by):
    assert by in review(on)


def test_46_a_suit_within_six_months():
    assert "6 个月内" in suit(ON)
    assert "行政诉讼" in suit(ON)


def test_45_or_within_fifteen_days_after_the_review():
    assert "15 日内" in suit_after_review(ON)


def test_65_all_in_one_paragraph():
    assert rights(ON) == f"{review(ON)}；{suit(ON)}；{suit_after_review(ON)}。"


@pytest.mark.parametrize(("on", "known"), [(date(2015, 4, 30), False), (date(2015, 5, 1), True)])
def test_a_term_holds_from_its_day_on(on, known):
    if known:
        assert suit(on)
    else:
        with pytest.raises(MissingParameter):
            suit(on)


def test_4_8_whom_to_call():
    assert hotline(ON) == "12349"
