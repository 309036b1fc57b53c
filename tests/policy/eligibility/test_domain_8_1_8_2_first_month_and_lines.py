"""domain.md §8.1, §8.2: the first month of a programme, and that money follows only when everything is met."""

from datetime import date

import pytest

from doudi.calendar import Month
from doudi.law import Finding
from doudi.money import Money
from eligibility.rules.amount import Line
from eligibility.rules.programmes.common import conclude, month_after
from eligibility.rules.programmes.numbers import ProgrammeNumbers
from eligibility.rules.rule_sets import RuleSetNotImplemented, rule_set


@pytest.mark.parametrize(
    ("on", "first"),
    [(date(2020, 3, 1), "2020-04"), (date(2020, 3, 31), "2020-04"), (date(2020, 12, 31), "2021-01")],
)
def test_八_1_the_month_after_the_decision(on, first):
    assert str(month_after(on)) == first


@pytest.mark.parametrize(("met", "eligible"), [((True, True), True), ((True, False), False), ((False, False), False)])
def test_八_2_money_only_when_everything_is_met_and_no_line_of_nothing(met, eligible):
    findings = [Finding(clause="x", met=m, because="y") for m in met]
    lines = [Line("a", "BASE", Money(5)), Line("a", "CARE", Money(0))]
    found = conclude("TEKUN", findings, lines, ProgrammeNumbers("RS2019"), Month(2020, 4))
    assert (found.eligible, len(found.lines), found.amount) == (eligible, int(eligible), Money(5 * eligible))
    assert {f.rule_set for f in found.findings} == {"RS2019"}


@pytest.mark.parametrize(
    ("on", "name"),
    [
        (date(2019, 3, 11), "RS2019"), (date(2021, 6, 30), "RS2019"), (date(2021, 7, 1), "RS2021"),
        (date(2022, 10, 19), "RS2021"), (date(2022, 10, 20), "RS2022"), (date(2026, 6, 30), "RS2022"),
        (date(2026, 7, 1), "RS2026"),
    ],
)  # fmt: skip
def test_〇_1_the_rule_set_of_the_decision_date(on, name):
    assert rule_set(on) == name


def test_〇_1_before_the_first_rule_set_nothing_is_decided():
    with pytest.raises(RuleSetNotImplemented):
        rule_set(date(2019, 3, 10))
