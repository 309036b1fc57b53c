"""domain.md §9: how soon a flag is answered, who sees it (D-18), its states, and the catalogue that is raised here."""

from datetime import date

import pytest

from doudi.calendar import Calendar
from doudi.division import Level
from doudi.law import cited_by
from oversight import rules
from oversight.model import State, leads

WAYS = {
    ("OPEN", "ASSIGNED"),
    ("ASSIGNED", "ASSIGNED"),
    ("ASSIGNED", "VERIFIED"),
    ("ASSIGNED", "FALSE_POSITIVE"),
    ("VERIFIED", "RECTIFIED"),
    ("FALSE_POSITIVE", "CLOSED"),
    ("RECTIFIED", "CLOSED"),
}


@pytest.mark.parametrize("state", State)
@pytest.mark.parametrize("to", State)
def test_9_the_ways_of_a_flag(state, to):
    assert leads(state, to) is ((state, to) in WAYS)


@pytest.mark.parametrize(
    ("severity", "due"), [("H", date(2020, 4, 9)), ("M", date(2020, 4, 23)), ("L", date(2020, 5, 15))]
)
def test_9_working_days_to_answer(severity, due):
    # From 1 April 2020: 6 April off (清明), 26 April and 9 May worked, 1 to 5 May off (劳动节).
    assert rules.answer_due(severity, date(2020, 4, 1), Calendar.load()) == due


def test_9_without_a_holiday_plan_only_weekends_are_left_out():
    bare = Calendar(frozenset(), frozenset(), frozenset())
    assert rules.answer_due("H", date(2031, 1, 3), bare) == date(2031, 1, 10)  # a Friday, to the next


@pytest.mark.parametrize("level", Level)
def test_13_D18_flags_about_officials_are_the_citys_to_see(level):
    assert rules.may_see(True, level).met is (level in (Level.PROVINCE, Level.CITY))
    assert rules.may_see(False, level).met


def test_9_the_catalogue_of_this_version():
    money, rest = ["R71", "R72", "R74", "R79"], ["R24", "R25", "R39", "R51", "R53"]
    relief = ["R80", "R81", "R82", "R83", "R84", "R85"]
    assert list(rules.INDICATORS) == ["R01", "R02", "R07", *rest, *money, *relief, "R88"]
    assert {i.id for i in rules.INDICATORS.values() if i.about_officials} == {"R74"}
    keys = {parameter.key for parameter in rules.NUMBERS}
    for indicator in rules.INDICATORS.values():
        assert indicator.severity == ("M" if indicator.id in ("R02", "R79", "R83", "R84", "R85") else "H")
        assert cited_by(indicator.rule).id
        assert set(indicator.parameters) <= keys
