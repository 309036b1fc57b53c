"""domain §3.5: who may enter alone: 民发〔2012〕220号 10, 民发〔2018〕90号, 民发〔2021〕57号 8, 民发〔2022〕83号 一."""

from dataclasses import replace
from fractions import Fraction

import pytest
from tests.policy.eligibility.households import (
    EARNER,
    ON,
    RS2021,
    RS2022,
    RS2026,
    SPOUSE,
    at,
    decided_on,
    facts,
    person,
)

from eligibility import rules
from eligibility.rules.single import (
    Asked,
    adult_severely_disabled,
    basis_of,
    in_margin_household,
    poverty_registry,
    registered_apart,
    single_entry,
)

M3 = person("m3", "1993-01-01", "NONE", severely_disabled=True, disability="LIMB", grade=2, applies_alone=True)
"""27, limb grade 2, no capacity, asked for himself (E08)."""
REGISTERED = replace(M3, registered_apart=True)
UNABLE = replace(M3, cannot_register_apart=True)


def asked(who, on, *, y=45_000, registry="NOT_OUT"):
    return Asked(who, facts(EARNER, SPOUSE, who, registry=registry), Fraction(y), at(on), on)


@pytest.mark.parametrize(
    ("change", "met"),
    [
        ({}, True),
        ({"born": "2002-03-02"}, True),  # 18 today
        ({"born": "2002-03-03"}, False),  # tomorrow
        ({"grade": 0, "disability": ""}, True),  # recorded as severe before certificates were
        ({"grade": 1, "severely_disabled": False}, True),
        ({"grade": 2, "severely_disabled": False}, True),
        ({"grade": 3, "severely_disabled": False}, False),
        ({"grade": 0, "severely_disabled": False}, False),
        ({"labour": "PARTIAL"}, False),
        ({"registered_apart": False}, False),
    ],
)
def test_十_of_age_severely_disabled_without_capacity_and_registered_apart(change, met):
    assert registered_apart(asked(replace(REGISTERED, **change), ON)) is met


@pytest.mark.parametrize(("y", "met"), [(56_999, True), (57_000, False)])
def test_十_in_a_hardship_family(y, met):
    assert registered_apart(asked(REGISTERED, ON, y=y)) is met


@pytest.mark.parametrize(
    ("change", "registry", "met"),
    [
        ({}, "NOT_OUT", True),
        ({}, "OUT", False),
        ({}, "RETURNED", False),
        ({}, "NONE", False),
        ({"labour": "PARTIAL"}, "NOT_OUT", True),
        ({"labour": "FULL"}, "NOT_OUT", False),
        ({"cannot_register_apart": False}, "NOT_OUT", False),
        ({"grade": 3, "severely_disabled": False}, "NOT_OUT", False),
        ({"grade": 3, "severely_disabled": False, "disability": "MENTAL"}, "NOT_OUT", True),
        ({"grade": 3, "severely_disabled": False, "disability": "INTELLECTUAL"}, "NOT_OUT", True),
        ({"grade": 4, "severely_disabled": False, "disability": "MENTAL"}, "NOT_OUT", False),
        ({"grade": 0, "severely_disabled": False, "disability": "", "seriously_ill": True}, "NOT_OUT", True),
        ({"grade": 0, "severely_disabled": False, "disability": ""}, "NOT_OUT", False),
    ],
)
def test_90_in_a_household_not_yet_out_of_poverty_and_unable_to_register_apart(change, registry, met):
    assert poverty_registry(asked(replace(UNABLE, **change), ON, registry=registry)) is met


@pytest.mark.parametrize(
    ("change", "y", "met"),
    [
        ({}, 56_999, True),
        ({}, 57_000, False),
        ({"grade": 3, "severely_disabled": False}, 45_000, False),
        ({"grade": 3, "severely_disabled": False, "disability": "INTELLECTUAL"}, 45_000, True),
        ({"grade": 4, "severely_disabled": False, "seriously_ill": True}, 45_000, True),
        ({"born": "2015-01-01"}, 45_000, True),  # a child too
    ],
)
def test_八_in_a_margin_household(change, y, met):
    assert in_margin_household(asked(replace(M3, **change), RS2021, y=y)) is met


@pytest.mark.parametrize(
    ("change", "met"),
    [
        ({}, True),
        ({"earns": True}, False),
        ({"born": "2004-11-07"}, True),  # 18 today
        ({"born": "2004-11-08"}, False),
        ({"grade": 3, "disability": "MENTAL", "severely_disabled": False}, False),
    ],
)
def test_一_一_of_age_without_work_and_severely_disabled_in_whatever_household(change, met):
    assert adult_severely_disabled(asked(replace(M3, **change), RS2022, y=999_999)) is met


def decided(on, who, income="16200.00", **more):
    """Three people, 450.00 a head unless said otherwise."""
    return decided_on(on, facts(EARNER, SPOUSE, who, income=income, **{"registry": "NOT_OUT", **more}))


@pytest.mark.parametrize(
    ("on", "who", "income", "route"),
    [
        (ON, UNABLE, "16200.00", "SINGLE"),  # E08
        (ON, M3, "16200.00", "NONE"),
        (ON, REGISTERED, "16200.00", "SINGLE"),
        (RS2021, M3, "16200.00", "SINGLE"),
        (RS2021, UNABLE, "21600.00", "NONE"),  # 600.00: no margin household
        (RS2022, M3, "21600.00", "SINGLE"),
        (RS2026, M3, "99999.00", "SINGLE"),
        (RS2022, replace(M3, earns=True), "21600.00", "NONE"),
    ],
)
def test_三_五_who_may_enter_depends_on_the_rule_set(on, who, income, route):
    assert decided(on, who, income).route == route


def test_E08_that_member_alone_gets_the_full_standard_and_the_others_nothing():
    made = decided(ON, UNABLE)
    assert (made.eligible, made.assistance_class, made.size, made.insured) == (True, "A", 1, ("m3",))
    assert [(line.person_id, line.item, str(line.amount)) for line in made.lines] == [("m3", "BASE", "380.00")]
    assert (made.per_capita_income, made.outcome, made.approvable) == ("0.00", "DIBAO", True)
    entry = next(f for f in made.findings if "单人户" in f.because)
    assert entry.clause == "民发〔2018〕90号 单人户"
    assert entry.because == "符合单人户条件，只计算本人月收入 0.00 元，低于标准 380.00 元"


def test_三_八_a_household_that_is_in_need_itself_is_taken_whole():
    made = decided(RS2022, M3, "13679.64")
    assert (made.route, made.insured) == ("NORMAL", ("m1", "m2", "m3"))


def test_三_五_nobody_enters_unasked_but_is_told_that_he_may_ask():
    made = decided(RS2022, replace(M3, applies_alone=False), "21600.00")
    assert made.route == "NONE"
    assert [f.because for f in made.findings if "本人提出申请" in f.because] == [
        "有成员符合单人户条件，须由本人提出申请"
    ]


def test_三_五_who_asks_and_does_not_fit_is_told_so():
    found = decided(ON, M3).findings[-1]
    assert (found.met, found.because) == (False, "本人申请按单人户纳入，但不符合单人户条件")


@pytest.mark.parametrize(
    ("fen", "route", "amount"), [(455_988, "SINGLE", "0.01"), (455_999, "SINGLE", "0.00"), (456_000, "NONE", "0.00")]
)
def test_三_五_ones_own_income_is_held_against_the_standard(fen, route, amount):
    items = (rules.Item("WAGES", "m1", 1_400_000), rules.Item("PENSION", "m3", fen))
    able = replace(M3, labour="PARTIAL")
    made = decided(RS2021, able, items=items, income="0.00")
    assert (made.route, str(made.amount)) == (route, amount)  # 455,999 a year is a twelfth of a fen below the line


def test_三_五_what_earns_and_was_not_itemised_is_not_taken_for_nothing():
    made = decided(RS2021, replace(M3, earns=True))
    assert (made.route, made.findings[-2].because) == ("NONE", "本人收入未分项核实，不能按单人户认定")


def test_三_五_a_car_of_another_member_is_not_ones_own_but_a_car_of_ones_own_is():
    car = rules.Thing("CAR", "m1", 0, True)
    assert decided(RS2022, M3, things=(car,)).route == "SINGLE"
    assert decided(RS2022, M3, things=(replace(car, person_id="m3"),)).route == "NONE"
    assert decided(RS2022, M3, verified_breaches=("房产",)).route == "NONE"


@pytest.mark.parametrize(
    ("on", "dwellings", "route"), [(RS2021, 1, "SINGLE"), (RS2021, 2, "NONE"), (RS2022, 2, "SINGLE")]
)
def test_八_a_margin_household_is_one_whose_property_is_within_the_limits(on, dwellings, route):
    """Two houses of the father: no margin household; by the notice of 2022 one without work enters from anywhere."""
    houses = tuple(rules.Thing("DWELLING", "m1", i, True) for i in range(dwellings))
    made = decided(on, M3, things=houses)
    assert (made.route, made.outcome) == (route, "DIBAO" if route == "SINGLE" else "NONE")


def test_八_property_that_nobody_verified_keeps_nobody_out():
    houses = tuple(rules.Thing("DWELLING", "m1", i, verified=False) for i in range(2))
    assert decided(RS2021, M3, things=houses).route == "SINGLE"


def test_三_五_of_two_who_ask_the_order_of_members_decides_nothing_about_what_they_get():
    other = replace(M3, person_id="m4")
    of = facts(EARNER, SPOUSE, M3, other, income="26400.00")
    made = decided_on(RS2022, of)
    assert (made.insured, made.size) == (("m3",), 1)
    alone, found = single_entry(of, of, at(RS2022), on=RS2022, within=True)
    assert alone is not None
    assert (alone.unit, [f.met for f in found]) == ((M3,), [True])


def test_三_五_where_the_first_who_asks_does_not_fit_the_next_one_does():
    earning, other = replace(M3, earns=True), replace(M3, person_id="m4")
    of = facts(EARNER, SPOUSE, earning, other, income="26400.00", rigid="100.00", labour_missing=True)
    alone, found = single_entry(of, of, at(RS2022), on=RS2022, within=True)
    assert alone == facts(other)  # nothing of the household goes with him
    assert [f.met for f in found] == [False, True]


@pytest.mark.parametrize(
    ("on", "who", "income", "basis"),
    [
        (ON, REGISTERED, "14400.00", "REGISTERED_APART"),
        (ON, UNABLE, "14400.00", "POVERTY_REGISTRY"),
        (RS2021, UNABLE, "14400.00", "MARGIN"),
        (RS2022, UNABLE, "90000.00", "ADULT_SEVERELY_DISABLED"),
        (RS2026, UNABLE, "90000.00", "ADULT_SEVERELY_DISABLED"),
    ],
)
def test_三_五_the_determination_names_the_entry(on, who, income, basis):
    made = decided(on, who, income=income, registry="NOT_OUT")
    assert (made.route, made.single_basis) == ("SINGLE", basis)
    entered = next(f for f in made.findings if f.met and f.because.startswith("符合单人户条件"))
    assert basis_of(entered, at(on)) == basis
    assert "single_basis" not in made.as_json()  # a kept determination of before gives the same bytes


def test_三_五_a_household_that_is_in_need_is_not_single():
    made = decided(RS2021, M3, income="0.00")
    assert (made.route, made.single_basis) == ("NORMAL", None)
