"""Ningxia's elderly allowances (C25, C26): ELDER and, from 2023, the universal form."""

from datetime import date

import pytest
from tests.policy.eligibility.programmes import ON, born, numbers, shown

from doudi.dated import MissingParameter
from eligibility.rules.programmes.elder import (
    INCOMES,
    Elder2023Facts,
    ElderFacts,
    determine_elder,
    determine_elder_2023,
    first_month_of_an_elder,
    has_no_fixed_income,
    has_no_other_supplement,
    is_eighty,
    is_registered_here,
)
from eligibility.rules.programmes.numbers import Elder2023Numbers, ElderNumbers

LATER = date(2023, 1, 1)
N = numbers(ElderNumbers)


def elder(**more):
    return ElderFacts(**{"person_id": "e", "born": born(85), "hukou": "640522105201", "area": "RURAL", **more})


@pytest.mark.parametrize(("age", "days", "met"), [(79, 300, False), (80, -1, False), (80, 0, True), (90, 0, True)])
def test_一_eighty(age, days, met):
    facts = elder(born=born(age, days=days))
    assert is_eighty(facts, N, on=ON).met is met
    assert determine_elder(facts, N, on=ON).eligible is met


@pytest.mark.parametrize(("hukou", "met"), [("640522105201", True), ("620102000000", False)])
def test_一_registered_in_the_region(hukou, met):
    assert is_registered_here(elder(hukou=hukou), N).met is met
    assert determine_elder(elder(hukou=hukou), N, on=ON).eligible is met


@pytest.mark.parametrize("kind", list(INCOMES))
def test_二_what_is_a_fixed_income_and_what_is_not(kind):
    met = kind in ("BASIC_RESIDENT_PENSION", "GIFTS_FROM_CHILDREN", "SURVIVOR_PAY", "VETERANS_PAY")
    assert has_no_fixed_income(elder(incomes=(kind,)), N).met is met
    assert determine_elder(elder(incomes=(kind,)), N, on=ON).eligible is met


@pytest.mark.parametrize(
    ("birth", "rural", "urban"),
    [
        ("1940-03-02", "270.00", "450.00"),  # 80 today
        ("1930-04-01", "270.00", "450.00"),  # 90 in the first month: higher from the month after
        ("1930-03-31", "500.00", "500.00"),  # 90 in the month before the first
        ("1930-03-02", "500.00", "500.00"),
    ],
)
def test_四_the_amount_by_area_and_age_in_the_first_month(birth, rural, urban):
    assert shown(determine_elder(elder(born=birth), N, on=ON)) == [("BASE", rural)]
    assert shown(determine_elder(elder(born=birth, area="URBAN"), N, on=ON)) == [("BASE", urban)]


@pytest.mark.parametrize(
    ("birth", "first"), [("1940-03-02", "2020-04"), ("1935-01-01", "2020-04"), ("1940-05-20", "2020-06")]
)
def test_三_from_the_month_after_the_birthday_or_the_decision_whichever_is_later(birth, first):
    assert str(first_month_of_an_elder(elder(born=birth), N, on=ON)) == first


@pytest.mark.parametrize(("month", "amount"), [("2020-04", "270.00"), ("2020-05", "500.00")])
def test_四_a_later_month_is_paid_by_the_age_in_it(month, amount):
    facts = elder(born="1930-04-20", month=month)
    assert shown(determine_elder(facts, N, on=date(2020, 5, 1))) == [("BASE", amount)]


def later(**more):
    return Elder2023Facts(**{"person_id": "e", "born": born(85, LATER), "hukou": "640522105201", **more})


@pytest.mark.parametrize(
    ("more", "met"), [({}, True), ({"has_elder": True}, False), ({"enterprise_supplement": True}, False)]
)
def test_三_the_universal_form_is_for_those_without_another_supplement(more, met):
    assert has_no_other_supplement(later(**more)).met is met
    assert determine_elder_2023(later(**more), numbers(Elder2023Numbers, LATER), on=LATER).eligible is met


@pytest.mark.parametrize(("age", "days", "amount"), [(80, 0, "100.00"), (89, 0, "100.00"), (90, 1, "200.00")])
def test_四_a_hundred_and_from_ninety_two_hundred(age, days, amount):
    found = determine_elder_2023(later(born=born(age, LATER, days=days)), numbers(Elder2023Numbers, LATER), on=LATER)
    assert shown(found) == [("BASE", amount)]


def test_四_there_is_none_before_2023():
    with pytest.raises(MissingParameter):
        numbers(Elder2023Numbers, date(2022, 12, 31))


def test_facts_are_read_again():
    facts = elder(incomes=("PENSION", "SURVIVOR_PAY"))
    assert ElderFacts.from_json(facts.as_json()) == facts
    assert Elder2023Facts.from_json(later().as_json()) == later()
