"""examples.md E01, E03, E04, E05, E08, E09, E13 under the later rule sets, rural and urban, to the fen."""

from datetime import date

import pytest
from tests.policy.eligibility.households import (
    HAIYUAN,
    ON,
    PUPIL,
    RS2021,
    RS2022,
    RS2026,
    decided_on,
    facts,
    family,
    person,
)

from eligibility import rules

COUPLE = (person("m1", "1946-01-01", "NONE"), person("m2", "1949-01-01", "NONE"))
PENSIONS = tuple(rules.Item("BASIC_RESIDENT_PENSION", who.person_id, 170_000) for who in COUPLE)


def summary(made):
    return (made.outcome, made.route, made.assistance_class, str(made.amount))


@pytest.mark.parametrize(
    ("on", "amount"),
    [(ON, "760.00"), (RS2021, "760.00"), (RS2022, "760.00"), (date(2024, 1, 2), "1020.00"), (RS2026, "1120.00")],
)
def test_E01_the_elderly_couple_whose_basic_pension_does_not_count(on, amount):
    made = decided_on(on, facts(*COUPLE, items=PENSIONS, registry="NOT_OUT"))
    assert summary(made) == ("DIBAO", "NORMAL", "A", amount)


def test_E01_in_town_by_the_urban_standard():
    n = rules.numbers(ON, HAIYUAN, programme="DIBAO_U")
    made = decided_on(ON, facts(*COUPLE), n)
    assert (made.programme, str(made.amount), str(made.standard)) == ("DIBAO_U", "1200.00", "600.00")
    assert made.as_json()["programme"] == "DIBAO_U"
    assert "programme" not in decided_on(ON, facts(*COUPLE)).as_json()


@pytest.mark.parametrize(
    ("on", "income", "outcome"),
    [
        (ON, "13680.00", "NONE"),
        (RS2021, "13680.00", "MARGIN"),
        (RS2022, "13716.00", "MARGIN"),
        (RS2022, "20519.64", "MARGIN"),
        (RS2022, "20520.00", "NONE"),
        (RS2026, "20160.00", "MARGIN"),  # 560.00 is the line of 2026
        (RS2026, "30239.99", "MARGIN"),
        (RS2026, "30240.00", "NONE"),  # 840.00
    ],
)
def test_E03_E04a_at_the_line_and_at_one_and_a_half_of_it(on, income, outcome):
    assert summary(decided_on(on, family(income))) == (outcome, "NONE", None, "0.00")


@pytest.mark.parametrize(("on", "amount"), [(ON, "0.02"), (RS2021, "0.02"), (RS2022, "0.03")])
def test_E04b_a_fen_under_is_two_fen_for_two_and_three_for_all(on, amount):
    of = family("13679.64")
    two = None if on == RS2022 else tuple(rules.needier_first(of, on=on)[:2])
    made = decided_on(on, of, insured=two)
    assert (made.approvable, *summary(made)) == (True, "DIBAO", "NORMAL", "C", amount)


E05 = facts(
    person("m1", "1975-01-01"),
    person("m2", "1977-01-01"),
    person("m3", "2000-01-01", earns=True),
    person("m4", "1944-01-01", "PARTIAL"),
    income="14400.00",
)


@pytest.mark.parametrize(
    ("on", "insured", "approvable", "amount"),
    [
        (RS2021, ("m4",), False, "80.00"),
        (RS2021, ("m3", "m4"), True, "160.00"),
        (RS2022, ("m4",), False, "80.00"),
        (RS2022, ("m3", "m4"), False, "160.00"),
        (RS2022, None, True, "320.00"),
    ],
)
def test_E05_one_of_four_and_two_of_four(on, insured, approvable, amount):
    made = decided_on(on, E05, insured=insured)
    assert (made.approvable, str(made.amount)) == (approvable, amount)


M3 = person(
    "m3", "1993-01-01", "NONE", severely_disabled=True, disability="LIMB", grade=2,
    cannot_register_apart=True, applies_alone=True,
)  # fmt: skip
E08 = facts(person("m1", earns=True), person("m2"), M3, person("m4", earns=True), income="21600.00", registry="NOT_OUT")
"""Four people, 450.00 a head."""


@pytest.mark.parametrize(
    ("on", "clause", "amount"),
    [
        (ON, "民发〔2018〕90号 单人户", "380.00"),
        (RS2021, "民发〔2021〕57号 8", "380.00"),
        (RS2022, "民发〔2022〕83号 一(四)", "380.00"),
    ],
)
def test_E08_one_of_four_is_treated_as_single_by_the_law_of_the_day(on, clause, amount):
    made = decided_on(on, E08)
    assert summary(made) == ("DIBAO", "SINGLE", "A", amount)
    assert (made.insured, made.size) == (("m3",), 1)
    assert clause in [f.clause for f in made.findings]


def test_E08_by_2026_the_household_itself_is_below_the_line_and_is_taken_whole():
    made = decided_on(RS2026, E08)  # 450.00 < 560.00
    assert summary(made) == ("DIBAO", "NORMAL", "C", "440.00")


@pytest.mark.parametrize("on", [ON, RS2021, RS2022])
@pytest.mark.parametrize(("bill", "amount"), [("30000.00", "1140.00"), ("28800.00", "1140.00"), ("28799.00", "0.00")])
def test_E09_rigid_expenditure(on, bill, amount):
    unit = (person("m1", "1975-01-01", "PARTIAL", seriously_ill=True), person("m2", earns=True), PUPIL)
    of = facts(*unit, income="24000.00", rigid=bill, rigid_cause="SERIOUS_ILLNESS", labour_missing=True)
    made = decided_on(on, of)
    assert (made.route, str(made.amount)) == ("NONE" if amount == "0.00" else "RIGID", amount)


def test_E09_from_2021_what_an_illness_costs_may_be_taken_off_the_income():
    """Itemised, 12,000 of costs leave 333.33 a head: below the line without the rigid route; not so under RS2019."""
    unit = (person("m1", "1975-01-01", "PARTIAL", seriously_ill=True), person("m2", earns=True), PUPIL)
    items = (rules.Item("WAGES", "m2", 2_400_000), rules.Item("DISABILITY_OR_ILLNESS_COST", "m1", 1_200_000))
    of = facts(*unit, items=items)
    assert [decided_on(on, of).route for on in (ON, RS2021)] == ["NONE", "NORMAL"]
    assert str(decided_on(RS2021, of).amount) == "140.00"  # (380.00 - 333.33…) x 3, rounded once


@pytest.mark.parametrize(
    ("on", "amount"), [(ON, "798.00"), (RS2021, "798.00"), (RS2022, "798.00"), (RS2026, "1176.00")]
)
def test_E13_ten_percent_more_follows_the_base(on, amount):
    made = decided_on(on, facts(*COUPLE), extras=(rules.Extra("m1", "ELDERLY", "生活仍有困难"),))
    assert (str(made.amount), made.approvable) == (amount, True)


def test_3_8_one_decision_shown_under_another_rule_set():
    """The same facts and choice: what it was, and what it would be today."""
    insured = ("m3", "m4")
    shown = [decided_on(on, E05, insured=insured) for on in (ON, RS2022)]
    assert [(d.rule_set, d.approvable) for d in shown] == [("RS2019", True), ("RS2022", False)]
