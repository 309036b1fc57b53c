"""刚性支出困难家庭认定办法 art. 4, 社会救助法 art. 22: a status from 2025, no monthly money."""

from datetime import date

import pytest
from tests.policy.eligibility.households import RS2025, RS2026, at, decided_on, family

from doudi.dated import MissingParameter
from eligibility.rules.need import rigid_household, rigid_status_ends

INCOME = "36000.00"
"""1,000.00 a head: above 1.5 x 510.00, below last year's local mean of 18,000 a year."""


@pytest.mark.parametrize(
    ("rigid", "met"),
    [("28799.99", False), ("28800.00", False), ("28800.01", True)],  # 0.8 x 36,000, and more
)
def test_四_the_share_must_be_exceeded(rigid, met):
    assert rigid_household(family(INCOME, rigid=rigid), at(RS2025)).met is met


@pytest.mark.parametrize(("income", "met"), [("53999.99", True), ("54000.00", False)])  # 3 x 18,000
def test_四_income_per_head_below_last_years_local_mean(income, met):
    assert rigid_household(family(income, rigid="99999.00"), at(RS2025)).met is met


@pytest.mark.parametrize(
    ("on", "outcome"),
    [(date(2024, 12, 31), "NONE"), (date(2025, 1, 1), "RIGID"), (RS2025, "RIGID"), (RS2026, "RIGID")],
)
def test_四_from_2025(on, outcome):
    made = decided_on(on, family(INCOME, rigid="30000.00"))
    assert (made.outcome, made.eligible, str(made.amount)) == (outcome, False, "0.00")


@pytest.mark.parametrize(
    ("income", "outcome"),
    [
        ("18359.99", "DIBAO"),  # 509.99
        ("18360.00", "MARGIN"),  # 510.00
        ("27539.99", "MARGIN"),
        ("27540.00", "RIGID"),  # 765.00 is 1.5 x 510.00
    ],
)
def test_四_neither_dibao_nor_margin(income, outcome):
    assert decided_on(RS2025, family(income, rigid="30000.00")).outcome == outcome


def test_四_property_above_the_limits_gives_no_status():
    made = decided_on(RS2025, family(INCOME, rigid="30000.00", verified_breaches=("小轿车",)))
    assert made.outcome == "NONE"


def test_四_the_finding_has_the_figures_and_the_law_of_its_day():
    found = rigid_household(family(INCOME, rigid="30000.00"), at(RS2025))
    assert found.because == (
        "家庭年收入 36000.00 元，低于 3 人的上年度人均可支配收入（每人 18000.00 元）；"
        "刚性支出 30000.00 元，超过收入的 0.8"
    )
    clauses = [rigid_household(family("0.00"), at(on)).clause for on in (RS2025, RS2026)]
    assert clauses == ["刚性支出困难家庭认定办法 4", "社会救助法 22"]


@pytest.mark.parametrize(
    ("decided", "last"),
    [
        (date(2025, 3, 1), date(2026, 3, 1)),
        (date(2025, 3, 3), date(2026, 3, 3)),
        (date(2025, 3, 31), date(2026, 3, 31)),
        (date(2027, 2, 28), date(2028, 2, 28)),
        (date(2028, 2, 29), date(2029, 2, 28)),
    ],
)
def test_十_the_status_lasts_twelve_months_and_not_a_day_more(decided: date, last: date):
    assert rigid_status_ends(decided) == last


def test_十_the_status_is_unknown_before_2025():
    with pytest.raises(MissingParameter):
        rigid_status_ends(date(2024, 12, 31))


@pytest.mark.parametrize(
    ("income", "deductions", "rigid", "met"),
    [
        ("36000.00", 600_000, "24000.00", False),  # 0.8 x 30,000
        ("36000.00", 600_000, "24000.01", True),
        ("54000.00", 1, "99999.00", True),  # a fen below 3 x 18,000
        ("5000.00", 600_000, "0.00", False),  # what exceeds the income makes no spending out of none
    ],
)
def test_四_income_is_what_the_deductions_leave(income, deductions, rigid, met):
    assert rigid_household(family(income, rigid=rigid, deductions_year=deductions), at(RS2025)).met is met
