"""民发〔2021〕57号 art. 8, 民发〔2022〕83号 一(四), 社会救助法 art. 21: the margin household, below 1.5 x."""

import pytest
from tests.policy.eligibility.households import ON, RS2021, RS2022, RS2026, at, decided_on, family

from eligibility.rules.need import margin_household


@pytest.mark.parametrize(
    ("income", "met"),
    [("20519.64", True), ("20519.99", True), ("20520.00", False), ("20520.01", False)],  # E04: 569.99 and 570.00
)
def test_八_below_one_and_a_half_times_the_standard(income, met):
    assert margin_household(family(income), at(RS2021)).met is met


@pytest.mark.parametrize(
    ("income", "outcome"),
    [
        ("13679.64", "DIBAO"),  # 379.99
        ("13680.00", "MARGIN"),  # 380.00: not below the standard
        ("20519.99", "MARGIN"),
        ("20520.00", "NONE"),
    ],
)
@pytest.mark.parametrize("on", [RS2021, RS2022])
def test_八_who_is_not_in_dibao_and_near_it(on, income, outcome):
    made = decided_on(on, family(income))
    assert (made.outcome, made.eligible) == (outcome, outcome == "DIBAO")
    assert str(made.amount) == ("0.03" if outcome == "DIBAO" else "0.00")


def test_八_under_RS2019_there_is_no_margin_household():
    made = decided_on(ON, family("13680.00"))
    assert made.outcome == "NONE"
    assert "outcome" not in made.as_json()
    assert len(made.findings) == 3


def test_八_with_property_above_the_limits_there_is_none_either():
    assert decided_on(RS2021, family("13680.00", verified_breaches=("小轿车",))).outcome == "NONE"


def test_八_the_finding_has_the_figures_and_the_law_of_its_day():
    found = [decided_on(on, family("99999.00")).findings[-1] for on in (RS2021, RS2026)]
    assert found[0].because == "人均月收入 2777.75 元，不低于标准的 1.5 倍 570.00 元"
    assert decided_on(RS2021, family("13680.00")).as_json()["outcome"] == "MARGIN"
    margin = [margin_household(family("0.00"), at(on)).clause for on in (RS2021, RS2022, RS2026)]
    assert margin == ["民发〔2021〕57号 8", "民发〔2021〕57号 8", "社会救助法 21"]
