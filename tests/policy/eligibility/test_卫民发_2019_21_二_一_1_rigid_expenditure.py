"""卫民发〔2019〕21号 二(一)1: rigid spending that clearly exceeds income (ratio by D-07, domain §3.4)."""

from fractions import Fraction

import pytest
from tests.policy.eligibility.households import decided, family, px

from eligibility.rules.need import counted_income, rigid_expenditure

ILL = {"rigid_cause": "SERIOUS_ILLNESS"}


@pytest.mark.parametrize(
    ("bill", "met"), [("28799.00", False), ("28799.99", False), ("28800.00", True), ("28800.01", True)]
)
def test_二_一_1_clearly_more_begins_at_the_ratio(bill, met):  # E09: 28,800 is exactly 1.2
    assert rigid_expenditure(family("24000.00", rigid=bill, **ILL), px()).met is met


@pytest.mark.parametrize(
    ("deposits", "effective_assets", "met"),
    [(0, False, True), (0, True, True), (1, False, True), (1, True, False)],
)
def test_二_一_1_without_deposits_or_without_effective_assets(deposits, effective_assets, met):
    of = family("24000.00", rigid="30000.00", deposits=deposits, effective_assets=effective_assets, **ILL)
    assert rigid_expenditure(of, px()).met is met


@pytest.mark.parametrize(
    ("cause", "met"),
    [("SERIOUS_ILLNESS", True), ("SEVERE_DISABILITY", True), ("OTHER_NON_SUBJECTIVE", True), (None, False)],
)
def test_二_一_1_the_cause_lies_outside_the_familys_will(cause, met):
    assert rigid_expenditure(family("24000.00", rigid="30000.00", rigid_cause=cause), px()).met is met


def test_二_一_1_no_spending_is_no_rigid_spending():
    assert not rigid_expenditure(family("0.00", rigid="0.00", **ILL), px()).met


def test_二_一_1_the_finding_says_all_four_conditions_with_their_figures():
    found = rigid_expenditure(family("24000.00", rigid="28799.00", **ILL), px())
    assert found.because == (
        "无存款或无有效资产；原因：重病；刚性支出 28799.00 元，低于收入 24000.00 元的 1.2 倍；"
        "扣除后人均月收入 0.00 元，标准 380.00 元"
    )


def test_二_一_1_what_the_bill_leaves_is_counted():
    of = family("24000.00", rigid="30000.00", **ILL)
    assert counted_income(of, rigid_expenditure(of, px())) == 0
    of = family("24000.00", rigid="28799.00", **ILL)
    assert counted_income(of, rigid_expenditure(of, px())) == Fraction(2_400_000, 36)


def test_二_一_1_of_two_households_with_one_bill_the_poorer_does_not_get_less():
    """Just below the line income alone opens the door, just above it the bill does: both count what the bill leaves."""
    below, above = (decided(family(year, rigid="30000.00", **ILL)) for year in ("13679.00", "13681.00"))
    assert [(d.route, str(d.amount)) for d in (below, above)] == [("NORMAL", "1140.00"), ("RIGID", "1140.00")]


@pytest.mark.parametrize(
    ("income", "met"),
    [
        ("73679.99", True),  # 13,679.99 are left to three, whose standards are 13,680.00 a year
        ("73680.00", False),  # what is left is at the line, and not below it
        ("73680.01", False),
    ],
)
def test_二_一_1_what_the_bill_leaves_is_below_the_line(income, met):
    of = family(income, rigid="60000.00", **ILL)
    assert rigid_expenditure(of, px(rigid_ratio="0.5")).met is met


def test_二_一_1_a_fen_of_rigid_spending_exceeds_no_income():
    assert rigid_expenditure(family("0.00", rigid="0.01", **ILL), px()).met
