"""民发〔2012〕220号 art. 19: matching with the departments; both sides sign."""

from datetime import date
from uuid import UUID

import pytest

from intake import rules

ONE, TWO = UUID(int=1), UUID(int=2)


def test_十九_the_departments_of_the_law_are_asked():
    named = {"PUBLIC_SECURITY", "SOCIAL_SECURITY", "HOUSING", "TAX", "BANKS", "MARKET_REGULATION", "HOUSING_FUND"}
    assert named <= set(rules.sources_to_ask(on=date(2020, 3, 2)))


@pytest.mark.parametrize(
    ("surveyors", "applicant", "met"),
    [(True, True, True), (True, False, False), (False, True, False), (False, False, False)],
)
def test_十九_both_sides_sign(surveyors, applicant, met):
    assert rules.both_sides_signed(surveyors, applicant).met is met


@pytest.mark.parametrize(("found", "met"), [([ONE, TWO], True), ([ONE], False), ([], False)])
def test_十九_each_member_of_the_unit_was_seen(found, met):
    assert rules.everyone_was_seen([ONE, TWO], found).met is met
