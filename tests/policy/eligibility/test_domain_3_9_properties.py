"""domain §3.9, §8.8: what holds for every household."""

from dataclasses import replace
from datetime import date
from random import Random

from hypothesis import given, settings
from hypothesis import strategies as st
from tests.policy.eligibility.households import ON, decided, px

from eligibility import rules

PEOPLE = st.builds(
    rules.Person,
    person_id=st.uuids().map(str),
    born=st.dates(date(1930, 1, 1), date(2020, 1, 1)).map(date.isoformat),
    labour=st.sampled_from(["FULL", "PARTIAL", "NONE"]),
    student=st.booleans(),
    earns=st.booleans(),
    seriously_ill=st.booleans(),
    severely_disabled=st.booleans(),
)
INCOMES = st.one_of(st.integers(0, 6_000_000), st.integers(1_367_900, 1_368_100))
FACTS = st.builds(
    rules.Facts,
    unit=st.lists(PEOPLE, min_size=1, max_size=8, unique_by=lambda p: p.person_id).map(lambda u: tuple(sorted(u))),
    income_year=INCOMES,
    deductions_year=st.sampled_from([0, 0, 120_000]),
    rigid_year=st.one_of(st.just(0), st.integers(0, 8_000_000)),
    rigid_cause=st.sampled_from([None, "SERIOUS_ILLNESS", "SEVERE_DISABILITY"]),
    deposits=st.sampled_from([0, 100_000]),
    effective_assets=st.booleans(),
    verified_breaches=st.sampled_from([(), (), (), ("小轿车",)]),
    labour_missing=st.booleans(),
)
NUMBERS = st.builds(px, standard_year=st.integers(100_000, 900_000), min_payment=st.sampled_from([0, 0, 5_000]))


@st.composite
def proposals(draw):
    """A household, numbers, and what an officer may choose in it."""
    facts, numbers = draw(FACTS), draw(NUMBERS)
    names = [p.person_id for p in facts.unit]
    some = st.lists(st.sampled_from(names), unique=True).map(lambda chosen: tuple(sorted(chosen)))
    insured = draw(st.one_of(st.none(), some))
    extras = tuple(rules.Extra(p, "ELDERLY", "仍有困难") for p in draw(some) if insured is None or p in insured)
    return facts, numbers, rules.Choice(insured, None, extras)


@settings(deadline=None)
@given(proposals(), st.integers(0, 3_000_000))
def test_more_income_never_raises_the_amount(proposal, more):
    facts, n, choice = proposal
    richer = replace(facts, income_year=facts.income_year + more)
    assert (
        rules.determine(richer, n, on=ON, choice=choice).amount
        <= rules.determine(facts, n, on=ON, choice=choice).amount
    )


@settings(deadline=None)
@given(proposals(), st.integers(0, 300_000))
def test_a_higher_standard_never_lowers_anyone(proposal, more):
    facts, n, choice = proposal
    before = rules.determine(facts, n, on=ON, choice=choice)
    after = rules.determine(facts, replace(n, standard_year=n.standard_year + more), on=ON, choice=choice)
    now = {(line.person_id, line.item): line.amount for line in after.lines}
    assert all(now[line.person_id, line.item] >= line.amount for line in before.lines)


@settings(deadline=None)
@given(proposals())
def test_the_lines_add_up_to_the_household_total_and_go_to_the_insured(proposal):
    facts, n, choice = proposal
    made = rules.determine(facts, n, on=ON, choice=choice)
    assert sum(line.amount.fen for line in made.lines) == made.amount.fen >= 0
    assert {line.person_id for line in made.lines} <= set(made.insured) <= {p.person_id for p in facts.unit}
    base = [line.amount.fen for line in made.lines if line.item == "BASE"]
    assert not base or max(base) - min(base) <= 1
    assert made.eligible or not made.lines


@settings(deadline=None)
@given(proposals(), st.randoms(use_true_random=False))
def test_the_order_of_members_and_of_what_is_chosen_changes_nothing(proposal, random: Random):
    facts, n, choice = proposal
    unit, extras = list(facts.unit), list(choice.extras)
    insured = None if choice.insured is None else list(choice.insured)
    for some in (unit, extras, insured or []):
        random.shuffle(some)
    shuffled = rules.Choice(None if insured is None else tuple(insured), None, tuple(extras))
    again = rules.determine(replace(facts, unit=tuple(unit)), n, on=ON, choice=shuffled)
    made = rules.determine(facts, n, on=ON, choice=choice)
    assert again.sha256 == made.sha256


@settings(deadline=None)
@given(proposals())
def test_what_was_kept_gives_the_same_bytes_again(proposal):
    facts, n, choice = proposal
    again = rules.determine(
        rules.Facts.from_json(facts.as_json()),
        rules.Numbers(**n.as_json()),
        on=ON,
        choice=rules.Choice.from_json(choice.as_json()),
    )
    assert again.sha256 == rules.determine(facts, n, on=ON, choice=choice).sha256


@settings(deadline=None)
@given(FACTS)
def test_who_may_be_approved_is_in_need_and_insures_somebody(facts):
    made = decided(facts)
    assert made.approvable == made.eligible
    assert not made.approvable or made.insured
