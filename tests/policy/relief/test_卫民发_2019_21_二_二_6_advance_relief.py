"""卫民发〔2019〕21号 二(二)6: urgent, then pay first; a floor for those who fell back; papers afterwards."""

from datetime import date

import pytest

from doudi.calendar import Calendar
from doudi.division import Division
from doudi.money import Money
from relief import rules

HAIYUAN = Division("640522101000")
ON = date(2020, 3, 6)


@pytest.mark.parametrize(
    ("urgent", "needed_now", "threatens", "met"),
    [
        (True, True, ["SHELTER"], True),
        (False, True, ["SHELTER"], False),
        (True, False, ["SHELTER"], False),
        (True, True, [], False),
        (False, False, [], False),
    ],
)
def test_二_二_6_advance_relief_needs_all_three_conditions(urgent, needed_now, threatens, met):
    found = rules.may_pay_first(rules.Urgency(urgent, needed_now, threatens))
    assert found.met is met
    assert found.clause == "卫民发〔2019〕21号 二(二)6"


def test_二_二_6_the_finding_names_every_condition_that_is_lacking():
    found = rules.may_pay_first(rules.Urgency(False, False, []))
    assert [word in found.because for word in ("情况紧急", "立即", "无法挽回")] == [True] * 3


@pytest.mark.parametrize(
    ("amount", "met", "owed"),
    [
        ("2000.00", False, "1548.00"),  # E25a
        ("3547.99", False, "0.01"),
        ("3548.00", True, "0.00"),
        ("3548.01", True, "0.00"),
    ],
)
def test_二_二_6_the_re_impoverished_get_last_years_county_mean_per_head(amount, met, owed):
    floor = rules.per_capita_floor("RETURNED", 4, Money.yuan(amount), on=ON, division=HAIYUAN)
    assert (floor.finding.met, str(floor.owed)) == (met, owed)
    assert "3548.00" in floor.finding.because
    assert floor.finding.parameters["mean"] == "887.00"


@pytest.mark.parametrize("registry", ["NONE", "NOT_OUT", "OUT"])
def test_二_二_6_others_have_no_floor(registry):
    floor = rules.per_capita_floor(registry, 4, Money.yuan("1.00"), on=ON, division=HAIYUAN)
    assert floor.finding.met
    assert not floor.owed


@pytest.mark.parametrize(
    ("ended", "due"),
    [
        (date(2020, 3, 11), date(2020, 3, 25)),  # E25a, a Wednesday
        (date(2020, 3, 13), date(2020, 3, 27)),  # a Friday
        (date(2020, 3, 14), date(2020, 3, 27)),  # a Saturday
        (date(2020, 4, 24), date(2020, 5, 11)),  # Sunday 26 Apr and Saturday 9 May work; 1-5 May do not
    ],
)
def test_二_二_6_papers_are_due_ten_working_days_after_the_end(ended, due):
    assert rules.paperwork_due(ended, Calendar.load()) == due


@pytest.mark.parametrize(
    ("on", "overdue"), [(date(2020, 3, 24), False), (date(2020, 3, 25), False), (date(2020, 3, 26), True)]
)
def test_二_二_6_the_last_day_is_still_in_time(on, overdue):
    assert rules.is_overdue(date(2020, 3, 25), on=on) is overdue
