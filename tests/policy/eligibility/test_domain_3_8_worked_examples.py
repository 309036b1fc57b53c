"""domain §3.8 and examples.md: the order of a decision, to the fen (parameter set PX, 2020-03)."""

from uuid import UUID

import pytest
from tests.policy.eligibility.households import ELDER, ON, PUPIL, decided, facts, family, person, px

from eligibility import rules
from eligibility.rules.determine import determine

COUPLE = (person("m1", "1946-01-01", "NONE"), person("m2", "1949-01-01", "NONE"))


def summary(made):
    return (made.eligible, made.route, made.assistance_class, str(made.amount))


def test_E01_class_A_elderly_couple():
    made = decided(facts(*COUPLE))
    assert summary(made) == (True, "NORMAL", "A", "760.00")
    assert [str(line.amount) for line in made.lines] == ["380.00", "380.00"]


@pytest.mark.parametrize("income", ["13680.00", "13716.00"])
def test_E03_E04a_at_the_line_or_a_yuan_over_is_nothing(income):
    assert summary(decided(family(income))) == (False, "NONE", None, "0.00")


@pytest.mark.parametrize(("minimum", "amount"), [(0, "0.02"), (5_000, "100.00")])
def test_E04b_a_fen_under_with_the_needier_two(minimum, amount):
    of = family("13679.64")
    two = tuple(rules.needier_first(of, on=ON)[:2])
    assert summary(decided(of, px(min_payment=minimum), insured=two)) == (True, "NORMAL", "C", amount)


def test_E05_one_insured_of_a_C_household_is_computed_and_blocked():
    able = [person("m1", "1975-01-01"), person("m2", "1977-01-01"), person("m3", "2000-01-01", earns=True)]
    of = facts(*able, person("m4", "1944-01-01", "PARTIAL"), income="14400.00")
    made = decided(of, insured=("m4",))
    assert (*summary(made), made.approvable) == (True, "NORMAL", "C", "80.00", False)
    assert decided(of, insured=("m3", "m4")).approvable
    assert decided(of, insured=("m4",), special_case=rules.SPECIAL_CASES["COLLECTIVE_DECISION"]).approvable
    assert str(decided(of).amount) == "320.00"


@pytest.mark.parametrize(
    ("bill", "expected"),
    [
        ("30000.00", (True, "RIGID", "B", "1140.00")),
        ("28800.00", (True, "RIGID", "B", "1140.00")),
        ("28799.00", (False, "NONE", None, "0.00")),
    ],
)
def test_E09_rigid_expenditure(bill, expected):
    unit = (person("m1", "1975-01-01", "PARTIAL", seriously_ill=True), person("m2", earns=True), PUPIL)
    of = facts(*unit, income="24000.00", rigid=bill, rigid_cause="SERIOUS_ILLNESS", labour_missing=True)
    assert summary(decided(of)) == expected


def test_E13_ten_percent_more_for_one_of_two():
    made = decided(facts(*COUPLE), extras=(rules.Extra("m1", "ELDERLY", "生活仍有困难"),))
    assert [(x.person_id, x.item, str(x.amount)) for x in made.lines] == [
        ("m1", "BASE", "380.00"), ("m2", "BASE", "380.00"), ("m1", "EXTRA", "38.00"),
    ]  # fmt: skip
    assert str(made.amount) == "798.00"


def test_E22_after_a_death_two_are_left_with_the_same_income():
    three = tuple(person(str(UUID(int=i)), earns=i == 1) for i in (1, 2, 3))
    of = facts(*three, income="6480.00")
    assert str(decided(of).amount) == "600.00"
    assert str(decided(of.without(UUID(int=2))).amount) == "220.00"


def test_3_8_every_determination_says_all_that_it_looked_at():
    refused = [f.clause for f in decided(family("13680.00")).findings]
    assert refused == ["民发〔2012〕220号 17", "国务院令649号 9", "卫民发〔2019〕21号 二(一)1"]
    made = determine(facts(ELDER), px(), on=ON)
    assert len(made.findings) == 9
    assert {f.rule_set for f in made.findings} == {"RS2019"}


def test_3_8_a_determination_is_made_again_from_what_was_kept():
    of, choice = family("13679.64"), rules.Choice(("m2", "m3"), None, (rules.Extra("m3", "MINOR", "仍有困难"),))
    kept = (of.as_json(), px().as_json(), choice.as_json())
    again = determine(
        rules.Facts.from_json(kept[0]), rules.Numbers(**kept[1]), on=ON, choice=rules.Choice.from_json(kept[2])
    )
    assert again.sha256 == determine(of, px(), on=ON, choice=choice).sha256
