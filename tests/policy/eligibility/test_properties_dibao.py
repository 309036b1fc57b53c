"""domain §3.8, §3.9, §8.8: what holds for every household under each rule set, class table and amount mode."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date
from random import Random
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.policy.eligibility.households import ON, RS2021, RS2022, RS2025, RS2026, at

from eligibility import rules

DAYS = {"RS2019": ON, "RS2021": RS2021, "RS2022": RS2022, "RS2022 in 2025": RS2025, "RS2026": RS2026}
SETS = pytest.mark.parametrize("on", DAYS.values(), ids=DAYS)
LAWFUL = settings(deadline=None, max_examples=20)
CERTIFICATES = st.sampled_from([("", 0), ("", 0), ("LIMB", 2), ("MENTAL", 3), ("HEARING", 4)])
KINDS = ["WAGES", "BUSINESS", "BASIC_RESIDENT_PENSION", "GOVERNMENT_ASSISTANCE", "TAX", "WORK_COST", "SUPPORT"]
MODES = [("FULL", "DIFF", "DIFF"), ("DIFF", "DIFF", "DIFF"), ("FULL", "BAND", "BAND"), ("BAND", "BAND", "BAND")]


@st.composite
def people(draw, number):
    category, grade = draw(CERTIFICATES)
    return rules.Person(
        person_id=f"p{number}",
        born=draw(st.dates(date(1930, 1, 1), date(2020, 1, 1))).isoformat(),
        labour=draw(st.sampled_from(["FULL", "PARTIAL", "NONE"])),
        student=draw(st.booleans()),
        earns=draw(st.booleans()),
        seriously_ill=draw(st.booleans()),
        severely_disabled=0 < grade <= 2,
        disability=category,
        grade=grade,
        cannot_register_apart=draw(st.booleans()),
        applies_alone=draw(st.sampled_from([False, False, False, True])),
    )


@st.composite
def households(draw, single=True):
    """A unit and its means, in totals or itemised; `single`: somebody may ask for himself."""
    unit = tuple(draw(people(i)) for i in range(draw(st.integers(1, 8))))
    if not single:
        unit = tuple(replace(p, applies_alone=False) for p in unit)
    one = st.builds(
        rules.Item, st.sampled_from(KINDS), st.sampled_from([p.person_id for p in unit]), st.integers(0, 1_500_000)
    )
    things = st.builds(
        rules.Thing,
        st.sampled_from(["DEPOSIT", "CAR", "DWELLING"]),
        st.just("p0"),
        st.integers(0, 900_000),
        st.booleans(),
    )
    return rules.Facts(
        unit=unit,
        income_year=draw(st.one_of(st.integers(0, 4_000_000), st.integers(1_367_900, 1_368_100))),
        deductions_year=draw(st.sampled_from([0, 0, 120_000])),
        rigid_year=draw(st.one_of(st.just(0), st.integers(0, 8_000_000))),
        rigid_cause=draw(st.sampled_from([None, "SERIOUS_ILLNESS"])),
        deposits=draw(st.sampled_from([0, 100_000])),
        effective_assets=draw(st.booleans()),
        verified_breaches=draw(st.sampled_from([(), (), (), ("小轿车",)])),
        labour_missing=draw(st.booleans()),
        registry=draw(st.sampled_from(["NONE", "NOT_OUT", "OUT"])),
        items=tuple(draw(st.lists(one, max_size=4))) if draw(st.booleans()) else (),
        supporters=draw(st.sampled_from([(), (rules.Support(90_000, 2, 1),)])),
        things=tuple(draw(st.lists(things, max_size=2))),
    )


@st.composite
def numbers(draw, on):
    """The numbers of a day with another standard, class table, amount mode, minimum and rounding."""
    standard = draw(st.integers(100_000, 900_000))
    top = draw(st.integers(10_000, 60_000))
    return at(
        on,
        standard_year=standard,
        min_payment=draw(st.sampled_from([0, 0, 5_000])),
        classifier=draw(st.sampled_from(["BY_CAPACITY", "BY_SHARE"])),
        amount_mode=draw(st.sampled_from(MODES)),
        bands=(top, top // 2, top // 4),
        round_to_yuan=draw(st.booleans()),
    )


@st.composite
def proposals(draw, on, single=True):
    """A household, the numbers of a day, and what an officer may choose."""
    facts = draw(households(single=single))
    some = st.lists(st.sampled_from([p.person_id for p in facts.unit]), unique=True).map(tuple)
    insured = draw(st.one_of(st.none(), some))
    extras = tuple(rules.Extra(p, "ELDERLY", "仍有困难") for p in draw(some) if insured is None or p in insured)
    return facts, draw(numbers(on)), rules.Choice(insured, None, extras)


def made(on: date, facts: rules.Facts, n: rules.Numbers, choice: rules.Choice) -> rules.Determination:
    """What the rules of a day say of a proposal."""
    return rules.determine(facts, n, on=on, choice=choice)


def without_full_beside_bands(n):
    """FULL for A beside bands: a band above the standard would pay B more than A; no county may set that."""
    return (
        n
        if n.amount_mode != ("FULL", "BAND", "BAND")
        else replace(n, bands=tuple(min(b, n.standard_year // 12) for b in n.bands))
    )


@SETS
@LAWFUL
@given(data=st.data(), more=st.integers(0, 3_000_000))
def test_more_income_never_raises_the_amount(on: date, data: Any, more: int):
    """Of a household; a member who asks for himself may enter alone just when the household is over the line (E08)."""
    facts, n, choice = data.draw(proposals(on, single=False))
    n = without_full_beside_bands(n)
    items = (*facts.items, rules.Item("WAGES", "p0", more)) if facts.items else ()
    richer = replace(facts, income_year=facts.income_year + more, items=items)
    assert made(on, richer, n, choice).amount <= made(on, facts, n, choice).amount


@SETS
@LAWFUL
@given(data=st.data(), more=st.integers(0, 300_000))
def test_a_higher_standard_never_lowers_anyone(on: date, data: Any, more: int):
    """By difference or in full; a band is the county's own figure and is raised beside the standard."""
    facts, n, choice = data.draw(proposals(on, single=False))
    n = replace(n, amount_mode=("FULL", "DIFF", "DIFF"))
    before = made(on, facts, n, choice)
    after = made(on, facts, replace(n, standard_year=n.standard_year + more), choice)
    now = {(line.person_id, line.item): line.amount for line in after.lines}
    assert all(now[line.person_id, line.item] >= line.amount for line in before.lines)


@SETS
@LAWFUL
@given(data=st.data())
def test_the_parts_add_up_to_the_household_total_and_go_to_the_insured(on: date, data: Any):
    facts, n, choice = data.draw(proposals(on))
    found = made(on, facts, n, choice)
    assert sum(line.amount.fen for line in found.lines) == found.amount.fen >= 0
    assert {line.person_id for line in found.lines} <= set(found.insured) <= {p.person_id for p in facts.unit}
    base = [line.amount.fen for line in found.lines if line.item == "BASE"]
    assert not base or max(base) - min(base) <= 1


@SETS
@LAWFUL
@given(data=st.data())
def test_who_gets_money_is_in_dibao_and_who_is_not_gets_none(on: date, data: Any):
    facts, n, choice = data.draw(proposals(on))
    found = made(on, facts, n, choice)
    assert found.eligible == (found.outcome == "DIBAO") == (found.route != "NONE")
    assert found.eligible or not found.lines
    assert found.route != "SINGLE" or found.size == 1
    assert n.margin_factor or found.outcome != "MARGIN"


@SETS
@LAWFUL
@given(data=st.data())
def test_from_2022_nobody_of_an_eligible_household_is_left_out(on: date, data: Any):
    facts, n, choice = data.draw(proposals(on))
    found = made(on, facts, n, choice)
    if on >= RS2022 and found.approvable:
        assert len(found.insured) == found.size
    assert found.route == "SINGLE" or found.size == len(facts.unit)


@SETS
@LAWFUL
@given(data=st.data(), random=st.randoms(use_true_random=False))
def test_the_order_of_what_was_chosen_and_itemised_changes_nothing(on: date, data: Any, random: Random):
    facts, n, choice = data.draw(proposals(on))
    extras, items, things = list(choice.extras), list(facts.items), list(facts.things)
    insured = None if choice.insured is None else list(choice.insured)
    for some in (extras, items, things, insured or []):
        random.shuffle(some)
    other = rules.Choice(None if insured is None else tuple(insured), None, tuple(extras))
    shuffled = replace(facts, items=tuple(items), things=tuple(things))
    assert made(on, shuffled, n, other).sha256 == made(on, facts, n, choice).sha256


@SETS
@LAWFUL
@given(data=st.data(), random=st.randoms(use_true_random=False))
def test_the_order_of_members_changes_nothing(on: date, data: Any, random: Random):
    facts, n, choice = data.draw(proposals(on, single=False))
    unit = list(facts.unit)
    random.shuffle(unit)
    assert made(on, replace(facts, unit=tuple(unit)), n, choice).sha256 == made(on, facts, n, choice).sha256


@SETS
@LAWFUL
@given(data=st.data())
def test_a_determination_is_made_again_from_what_was_kept_as_json(on: date, data: Any):
    facts, n, choice = data.draw(proposals(on))
    kept = json.loads(json.dumps([facts.as_json(), n.as_json(), choice.as_json()]))
    again = rules.determine(
        rules.Facts.from_json(kept[0]), rules.Numbers(**kept[1]), on=on, choice=rules.Choice.from_json(kept[2])
    )
    assert again.sha256 == made(on, facts, n, choice).sha256


@SETS
@LAWFUL
@given(data=st.data())
def test_every_finding_says_by_which_rules_and_why(on: date, data: Any):
    facts, n, choice = data.draw(proposals(on))
    found = made(on, facts, n, choice)
    assert {f.rule_set for f in found.findings} == {found.rule_set}
    assert all(f.because and f.clause for f in found.findings)


@SETS
@LAWFUL
@given(data=st.data())
def test_who_may_be_approved_is_in_need_and_insures_somebody(on: date, data: Any):
    found = made(on, data.draw(households()), at(on), rules.Choice())
    assert found.approvable == found.eligible
    assert not found.approvable or found.insured
