"""国务院令649号 art. 13: whoever's money changes with the standard is told in writing, with both standards and why."""

from datetime import date

import pytest
from tests.policy.eligibility.households import decided, family, px

from doudi.money import Money
from eligibility.rules import standards
from eligibility.rules.notice import Told, wording


@pytest.mark.parametrize(
    ("year", "because"),
    [
        (456_012, "农村低保标准由每人每月 380.00 元调整为每人每月 380.01 元，重新核定"),
        (456_000, "农村低保标准为每人每月 380.00 元，重新核定"),  # the same standard: nothing is said to have changed
        (528_000, "农村低保标准由每人每月 380.00 元调整为每人每月 440.00 元，重新核定"),
    ],
)
def test_13_both_standards_are_told(year, because):
    assert standards.told_because(px(), px(standard_year=year)) == because


def test_13_the_notice_has_the_amounts_the_month_the_clauses_and_the_right_of_appeal():
    made = decided(family("13392.00"), px(standard_year=528_000))
    said = wording(
        Told(
            kind="CHANGE",
            on=date(2020, 4, 1),
            findings=made.findings,
            because=standards.told_because(px(), px(standard_year=528_000)),
            amount=made.amount,
            before=Money.yuan("24.00"),
            from_month="2020-04",
        )
    )
    assert f"自2020年4月起由每月 24.00 元调整为每月 {made.amount} 元" in said.lead
    assert "380.00 元调整为每人每月 440.00 元" in said.lead
    assert said.clauses
    assert len(said.clauses) == len(said.reasons)
    assert "行政复议" in said.rights
