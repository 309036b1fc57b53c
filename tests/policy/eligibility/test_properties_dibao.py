"""domain §3.8, §3.9, §8.8: what holds for every household under every rule set, class table and amount mode."""

import json
from dataclasses import replace
from datetime import date
from random import Random

from hypothesis import given, settings
from hypothesis import strategies as st
from tests.policy.eligibility.households import ON, RS2021, RS2022, RS2025, RS2026, at

from eligibility import rules

DAYS = st.sampled_from([ON, RS2021, RS2022, RS2025, RS2026])
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
    unit = tuple(draw(people(i)) for i in range(draw(st.integers(1, 6))))
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
def proposals(draw, single=True):
    """A day, a household, numbers, and what an officer may choose."""
    on, facts = draw(DAYS), draw(households(single=single))
    some = st.lists(st.sampled_from([p.person_id for p in facts.unit]), unique=True).map(tuple)
    insured = draw(st.one_of(st.none(), some))
    extras = tuple(rules.Extra(p, "ELDERLY", "仍有困难") for p in draw(some) if insured is None or p in insured)
    return on, facts, draw(numbers(on)), rules.Choice(insured, None, extras)


def made(proposal):
    on, facts, n, choice = proposal
    return rules.determine(facts, n, on=on, choice=choice)


LAWFUL = settings(deadline=None)


def without_full_beside_bands(n):
    """FULL for A beside bands: a band above the standard would pay B more than A; no county may set that."""
    return (
        n
        if n.amount_mode != ("FULL", "BAND", "BAND")
        else replace(n, bands=tuple(min(b, n.standard_year // 12) for b in n.bands))
    )


@LAWFUL
@given(proposals(single=False), st.integers(0, 3_000_000))
def test_more_income_never_raises_the_amount(proposal, more):
    """Of a household; a member who asks for himself may enter alone just when the household is over the line (E08)."""
    on, facts, n, choice = proposal
    n = without_full_beside_bands(n)
    items = (*facts.items, rules.Item("WAGES", "p0", more)) if facts.items else ()
    richer = replace(facts, income_year=facts.income_year + more, items=items)
    assert made((on, richer, n, choice)).amount <= made((on, facts, n, choice)).amount


@LAWFUL
@given(proposals(single=False), st.integers(0, 300_000))
def test_a_higher_standard_never_lowers_anyone(proposal, more):
    """By difference or in full; a band is the county's own figure and is raised beside the standard."""
    on, facts, n, choice = proposal
    n = replace(n, amount_mode=("FULL", "DIFF", "DIFF"))
    before = made((on, facts, n, choice))
    after = made((on, facts, replace(n, standard_year=n.standard_year + more), choice))
    now = {(line.person_id, line.item): line.amount for line in after.lines}
    assert all(now[line.person_id, line.item] >= line.amount for line in before.lines)


@LAWFUL
@given(proposals())
def test_the_parts_add_up_to_the_household_total_and_go_to_the_insured(proposal):
    found = made(proposal)
    assert sum(line.amount.fen for line in found.lines) == found.amount.fen >= 0
    assert {line.person_id for line in found.lines} <= set(found.insured) <= {p.person_id for p in proposal[1].unit}
    base = [line.amount.fen for line in found.lines if line.item == "BASE"]
    assert not base or max(base) - min(base) <= 1


@LAWFUL
@given(proposals())
def test_who_gets_money_is_in_dibao_and_who_is_not_gets_none(proposal):
    found = made(proposal)
    assert found.eligible == (found.outcome == "DIBAO") == (found.route != "NONE")
    assert found.eligible or not found.lines
    assert found.route != "SINGLE" or found.size == 1
    assert proposal[2].margin_factor or found.outcome != "MARGIN"


@LAWFUL
@given(proposals())
def test_from_2022_nobody_of_an_eligible_household_is_left_out(proposal):
    on, facts, _, _ = proposal
    found = made(proposal)
    if on >= RS2022 and found.approvable:
        assert len(found.insured) == found.size
    assert found.route == "SINGLE" or found.size == len(facts.unit)


@LAWFUL
@given(proposals(), st.randoms(use_true_random=False))
def test_the_order_of_what_was_chosen_and_itemised_changes_nothing(proposal, random: Random):
    on, facts, n, choice = proposal
    extras, items, things = list(choice.extras), list(facts.items), list(facts.things)
    insured = None if choice.insured is None else list(choice.insured)
    for some in (extras, items, things, insured or []):
        random.shuffle(some)
    other = rules.Choice(None if insured is None else tuple(insured), None, tuple(extras))
    shuffled = replace(facts, items=tuple(items))
    assert made((on, shuffled, n, other)).sha256 == made(proposal).sha256


@LAWFUL
@given(proposals(single=False), st.randoms(use_true_random=False))
def test_the_order_of_members_changes_nothing(proposal, random: Random):
    on, facts, n, choice = proposal
    unit = list(facts.unit)
    random.shuffle(unit)
    assert made((on, replace(facts, unit=tuple(unit)), n, choice)).sha256 == made(proposal).sha256


@LAWFUL
@given(proposals())
def test_a_determination_is_made_again_from_what_was_kept_as_json(proposal):
    on, facts, n, choice = proposal
    kept = json.loads(json.dumps([facts.as_json(), n.as_json(), choice.as_json()]))
    again = rules.determine(
        rules.Facts.from_json(kept[0]), rules.Numbers(**kept[1]), on=on, choice=rules.Choice.from_json(kept[2])
    )
    assert again.sha256 == made(proposal).sha256


@LAWFUL
@given(proposals())
def test_every_finding_says_by_which_rules_and_why(proposal):
    found = made(proposal)
    assert {f.rule_set for f in found.findings} == {found.rule_set}
    assert all(f.because and f.clause for f in found.findings)
