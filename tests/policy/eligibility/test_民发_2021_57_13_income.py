"""民发〔2021〕57号 art. 13 beside 民发〔2012〕220号 art. 16: what is income, by kind and rule set (domain §3.2)."""

from fractions import Fraction

import pytest
from tests.policy.eligibility.households import ON, RS2021, RS2022, RS2026, at, decided_on, facts, person

from eligibility import rules
from eligibility.rules.income import as_counted, counted, imputed_support, own_income

DAYS = (ON, RS2021, RS2022, RS2026)
M1, M2 = person("m1", earns=True), person("m2", "1950-01-01", "NONE")


def income(kind, on, **how):
    return counted([rules.Item(kind, "m1", 10_000)], at(on), **{"registered": False, **how}).income


def taken_off(kind, on):
    return counted([rules.Item(kind, "m1", 10_000)], at(on), registered=False).deductions


@pytest.mark.parametrize(
    "kind", ["WAGES", "BUSINESS", "PROPERTY", "SUPPORT", "PENSION", "SURVIVOR_PAY", "SOMETHING_NEW"]
)
def test_十三_what_no_list_names_is_income(kind):
    assert [income(kind, on) for on in DAYS] == [10_000] * 4


@pytest.mark.parametrize(
    ("kind", "counts"),
    [
        ("GOVERNMENT_ASSISTANCE", [10_000, 0, 0, 0]),  # art. 16(四) counted 社会救济金, art. 13(二) does not
        ("BASIC_RESIDENT_PENSION", [10_000, 0, 0, 0]),
        ("CITY_ADDITION", [10_000, 0, 0, 0]),
        ("PREFERENTIAL_PAY", [0, 0, 0, 0]),
        ("FAMILY_PLANNING_AWARD", [0, 0, 0, 0]),
        ("SCHOLARSHIP", [0, 0, 0, 0]),
        ("BRAVERY_AWARD", [0, 0, 0, 0]),
        ("LIVING_SUBSIDY", [0, 0, 0, 0]),
        ("CARE_SUBSIDY", [0, 0, 0, 0]),
        ("DEFACTO_ALLOWANCE", [0, 0, 0, 0]),
        ("SUPPORT_SIBLING_OR_AGED", [10_000] * 4),
    ],
)
def test_十三_what_is_left_out_by_rule_set(kind, counts):
    assert [income(kind, on) for on in DAYS] == counts


def test_十三_until_2021_the_basic_pension_is_left_out_for_the_registered_poor_only():
    assert [income("BASIC_RESIDENT_PENSION", ON, registered=known) for known in (True, False)] == [0, 10_000]


def test_一_一_support_from_siblings_or_the_aged_is_not_counted_for_a_single_person_from_2022():
    assert [income("SUPPORT_SIBLING_OR_AGED", on, single=True) for on in DAYS] == [10_000, 10_000, 0, 0]


@pytest.mark.parametrize(
    ("kind", "off"),
    [
        ("TAX", [10_000] * 4),
        ("SOCIAL_INSURANCE", [10_000] * 4),
        ("BUSINESS_COST", [10_000] * 4),
        ("PROPERTY_COST", [10_000] * 4),
        ("WORK_COST", [0, 10_000, 10_000, 10_000]),
        ("SUPPORT_PAID", [0, 10_000, 10_000, 10_000]),
        ("DISABILITY_OR_ILLNESS_COST", [0, 10_000, 10_000, 10_000]),
    ],
)
def test_十三_what_is_taken_off_by_rule_set(kind, off):
    assert [taken_off(kind, on) for on in DAYS] == off
    assert [income(kind, on) for on in DAYS] == [0] * 4


def test_十三_items_take_the_place_of_the_totals_and_the_finding_says_what_was_left_out():
    items = (rules.Item("WAGES", "m1", 900_000), rules.Item("BASIC_RESIDENT_PENSION", "m2", 100_000))
    of = facts(M1, M2, income="99999.00", items=items)
    household, said = as_counted(of, at(RS2021))
    assert household.income_year == 900_000
    assert said is not None
    assert (said.clause, said.because) == (
        "民发〔2021〕57号 13",
        "计入收入 9000.00 元，扣减 0.00 元；不计入：城乡居民基础养老金",
    )
    assert as_counted(of, at(ON))[0].income_year == 1_000_000


def test_十三_without_items_the_totals_stand_and_nothing_is_said():
    of = facts(M1, M2, income="99999.00")
    assert as_counted(of, at(RS2021)) == (of, None)


@pytest.mark.parametrize(
    ("per_capita", "supported", "here", "month"),
    [
        (57_000, 1, 1, 0),  # 1.5 x 380.00: at the line nothing
        (57_001, 1, 1, Fraction(1, 2)),
        (77_000, 1, 1, 10_000),  # (770 - 570) x 0.5
        (77_000, 2, 1, 5_000),
        (77_000, 2, 2, 10_000),
        (0, 1, 1, 0),
    ],
)
def test_三_二_support_of_adult_children_by_the_formula(per_capita, supported, here, month):
    of = facts(M2, supporters=(rules.Support(per_capita, supported, here),))
    assert imputed_support(of, at(ON)) == month * 12
    assert imputed_support(facts(M2), at(ON)) == 0


def test_三_二_imputed_support_is_counted_beside_the_verified_income():
    of = facts(M2, income="1200.00", supporters=(rules.Support(77_000, 2, 1),))
    household, said = as_counted(of, at(ON))
    assert household.income_year == 120_000 + 60_000
    assert said is not None
    assert "推算赡养费 600.00 元" in said.because


@pytest.mark.parametrize(
    ("items", "earns", "own"),
    [
        ((), False, 0),
        ((), True, None),  # nobody verified what is his
        ((rules.Item("WAGES", "m1", 50_000), rules.Item("PENSION", "m2", 70_000)), False, 70_000),
        ((rules.Item("PENSION", "m2", 10_000), rules.Item("TAX", "m2", 20_000)), False, 0),
    ],
)
def test_三_五_of_a_single_person_only_the_own_income_counts(items, earns, own):
    of = facts(M1, person("m2", "1950-01-01", "NONE", earns=earns), items=items)
    assert own_income(of, "m2", at(RS2022)) == own


def test_十三_one_household_under_two_laws():
    """A pension of 200.00 a month more or less: counted it is over the line, left out it is under."""
    items = (rules.Item("WAGES", "m1", 800_000), rules.Item("BASIC_RESIDENT_PENSION", "m2", 240_000))
    of = facts(M1, M2, items=items)
    assert [decided_on(on, of).eligible for on in (ON, RS2021)] == [False, True]


def test_十三_of_a_registered_household_other_income_counts_as_ever():
    assert [income("WAGES", on, registered=True) for on in DAYS] == [10_000] * 4


def test_十三_a_kind_that_is_left_out_is_named_once_and_in_order():
    kinds = ("SCHOLARSHIP", "PREFERENTIAL_PAY", "LIVING_SUBSIDY", "CARE_SUBSIDY", "BRAVERY_AWARD", "SCHOLARSHIP")
    found = counted([rules.Item(kind, "m1", 1) for kind in kinds], at(RS2021), registered=False)
    assert found.excluded == tuple(sorted(set(kinds)))


def test_十三_what_was_counted_is_told_and_is_no_obstacle():
    _, said = as_counted(facts(M1, M2, items=(rules.Item("WAGES", "m1", 900_000),)), at(RS2021))
    assert said is not None
    assert (said.met, said.because) == (True, "计入收入 9000.00 元，扣减 0.00 元")


@pytest.mark.parametrize(("registry", "fen"), [("NOT_OUT", 0), ("RETURNED", 0), ("OUT", 10_000), ("NONE", 10_000)])
def test_三_五_ones_own_basic_pension_is_counted_by_the_households_registry(registry, fen):
    of = facts(M1, M2, items=(rules.Item("BASIC_RESIDENT_PENSION", "m2", 10_000),), registry=registry)
    assert own_income(of, "m2", at(ON)) == fen


@pytest.mark.parametrize(("on", "fen"), [(RS2021, 10_000), (RS2022, 0)])
def test_一_一_of_ones_own_income_the_support_from_siblings_is_left_out_from_2022(on, fen):
    of = facts(M1, M2, items=(rules.Item("SUPPORT_SIBLING_OR_AGED", "m2", 10_000),))
    assert own_income(of, "m2", at(on)) == fen
