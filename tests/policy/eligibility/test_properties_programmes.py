"""domain §2.1, §2.2, §7.1: what holds for every person and programme under each of the four rule sets."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date
from random import Random
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.policy.eligibility.programmes import HAIYUAN, born, numbers

from doudi.money import Money
from eligibility import rules
from eligibility.rules import programmes as p

DAYS = {
    "RS2019": date(2020, 3, 2),
    "RS2021": date(2021, 8, 2),
    "RS2022": date(2024, 3, 4),
    "RS2026": date(2026, 8, 3),
}
SETS = pytest.mark.parametrize("on", DAYS.values(), ids=DAYS)
CODES = tuple(p.PROGRAMMES)
LAWFUL = settings(deadline=None, max_examples=30)

AGES = st.integers(0, 100)
CERTIFICATES = st.one_of(
    st.none(),
    st.builds(
        p.Disability, st.sampled_from(["VISUAL", "HEARING", "LIMB", "INTELLECTUAL", "MENTAL"]), st.integers(1, 4)
    ),
    st.builds(
        p.Disability,
        st.just("MULTIPLE"),
        st.integers(1, 4),
        st.lists(st.tuples(st.sampled_from(["LIMB", "MENTAL"]), st.integers(1, 4)), max_size=2).map(tuple),
    ),
)
FLAG = st.booleans()
INCOMES = st.lists(
    st.tuples(
        st.sampled_from(["WAGES", "RENT", "BASIC_RESIDENT_PENSION", "ELDERLY_ALLOWANCE"]), st.integers(0, 60_000)
    ),
    max_size=3,
).map(tuple)
MONTHS = st.integers(0, 12)


PARENTS = st.builds(
    p.defacto.Parent, st.sampled_from([None, "DEAD", "DECLARED_MISSING"]), CERTIFICATES, FLAG, MONTHS, MONTHS
)
LOST = st.sampled_from(["DEAD", "CANNOT_BE_FOUND", "PRESENT"])
HUKOU = st.sampled_from(["640522105201", "620102001001"])
ITEMS = st.lists(st.sampled_from(["EAT", "DRESS", "BED", "TOILET"]), unique=True).map(tuple)
SUBSIDY = {
    "disability": CERTIFICATES,
    "valid_until": st.sampled_from([None, "2019-01-01", "2030-01-01"]),
    "expired_on": st.sampled_from([None, "2019-12-31"]),
    "work_injury_pay": FLAG,
    "serving_sentence": FLAG,
    "registered_poor": FLAG,
}
TEKUN = {
    "form": st.sampled_from(["CENTRALISED", "SCATTERED"]),
    "disability": CERTIFICATES,
    "incomes": INCOMES,
    "verified_breaches": st.sampled_from([(), (), ("小轿车",)]),
    "failed_items": st.one_of(st.none(), ITEMS),
    "school": st.sampled_from(["NONE", "SENIOR_HIGH"]),
    "held": FLAG,
}
KINDS = st.sampled_from(["DIBAO_R", "LOW_INCOME", "OTHER"])
ASKED: dict[str, dict[str, Any]] = {
    "TEKUN": TEKUN,
    "LIVING_SUB": {**SUBSIDY, "in_dibao": FLAG, "in_extended_scope": FLAG},
    "CARE_SUB": {**SUBSIDY, "care_needed_months": MONTHS, "elder_nursing": st.sampled_from([0, 8_000, 20_000])},
    "ORPHAN": {
        "parents": st.tuples(LOST, LOST),
        "placement": st.sampled_from(["INSTITUTION", "COMMUNITY"]),
        "adopted": FLAG,
        "at_school": FLAG,
        "held": FLAG,
    },
    "DEFACTO": {"parents": st.tuples(PARENTS, PARENTS), "adopted": FLAG},
    "ELDER": {
        "hukou": HUKOU,
        "area": st.sampled_from(["RURAL", "URBAN"]),
        "incomes": st.lists(st.sampled_from(list(p.elder.INCOMES)), max_size=2).map(tuple),
    },
    "ELDER_2023": {"hukou": HUKOU, "has_elder": FLAG, "enterprise_supplement": FLAG},
    "PRICE_SUB": {"holds": st.lists(st.sampled_from(CODES), max_size=2).map(tuple), "paid_already": FLAG},
    "ENTRUST": {**TEKUN, "household_kind": KINDS, "tekun_waiting": st.integers(0, 1)},
    "SEVERE_CARE": {**TEKUN, "registered_poor": FLAG, "long_term_care": FLAG},
}


@st.composite
def facts_of(draw: Any, code: str, on: date) -> Any:
    """Facts of a person as one programme asks them."""
    told: dict[str, Any] = {name: draw(strategy) for name, strategy in ASKED[code].items()}
    if "school" in told:
        old = st.integers(20, 90).map(lambda age: born(age, on))
        supporter = st.builds(p.tekun.Supporter, old, CERTIFICATES, FLAG, FLAG, FLAG, FLAG)
        told["supporters"] = tuple(draw(st.lists(supporter, max_size=2)))
    if "work_injury_pay" in told:
        told["applied_on"] = on.isoformat()
    return p.PROGRAMMES[code].facts(person_id="m1", born=born(draw(AGES), on, days=draw(st.integers(0, 300))), **told)


def determined(code: str, facts: p.PersonFacts, on: date, n: p.ProgrammeNumbers | None = None) -> Any:
    """What the rules of the day say in 海原县."""
    return p.PROGRAMMES[code].determine(facts, n or numbers(p.PROGRAMMES[code].numbers, on), on=on)


KNOWN = [(code, on) for code in CODES for on in DAYS.values() if code != "ELDER_2023" or on.year >= 2023]
EACH = pytest.mark.parametrize(("code", "on"), KNOWN, ids=[f"{code}-{rules.rule_set(on)}" for code, on in KNOWN])


@EACH
@LAWFUL
@given(data=st.data())
def test_the_parts_add_up_and_every_finding_says_by_which_rules_and_why(code: str, on: date, data: Any):
    found = determined(code, data.draw(facts_of(code, on)), on)
    assert sum((line.amount for line in found.lines), Money.zero()) == found.amount >= Money.zero()
    assert found.eligible == all(f.met for f in found.findings)
    assert found.eligible or not found.lines
    assert {line.person_id for line in found.lines} <= {"m1"}
    assert {f.rule_set for f in found.findings} == {rules.rule_set(on)}
    assert all(f.because and f.clause for f in found.findings)


@EACH
@LAWFUL
@given(data=st.data())
def test_a_determination_is_made_again_from_what_was_kept_as_json(code: str, on: date, data: Any):
    made, facts = p.PROGRAMMES[code], data.draw(facts_of(code, on))
    n = numbers(made.numbers, on)
    kept = json.loads(json.dumps([facts.as_json(), n.as_json()]))
    again = made.determine(made.facts.from_json(kept[0]), made.numbers.from_json(kept[1]), on=on)
    assert again.sha256 == determined(code, facts, on, n).sha256


@SETS
@LAWFUL
@given(data=st.data(), more=st.integers(0, 80_000))
def test_more_income_never_raises_what_a_tekun_person_gets(on: date, data: Any, more: int):
    facts = data.draw(facts_of("TEKUN", on))
    richer = replace(facts, incomes=(*facts.incomes, ("WAGES", more)))
    assert determined("TEKUN", richer, on).amount <= determined("TEKUN", facts, on).amount


@SETS
@LAWFUL
@given(data=st.data(), more=st.integers(0, 600_000))
def test_a_higher_standard_never_lowers_anyone_s_tekun_money(on: date, data: Any, more: int):
    facts, n = data.draw(facts_of("TEKUN", on)), numbers(p.numbers.TekunNumbers, on)
    raised = replace(n, dibao_year=n.dibao_year + more)
    before, after = determined("TEKUN", facts, on, n), determined("TEKUN", facts, on, raised)
    now = {line.item: line.amount for line in after.lines}
    assert all(now[line.item] >= line.amount for line in before.lines)


@SETS
@LAWFUL
@given(data=st.data(), random=st.randoms(use_true_random=False))
def test_the_order_of_what_was_told_changes_nothing(on: date, data: Any, random: Random):
    tekun, defacto = data.draw(facts_of("TEKUN", on)), data.draw(facts_of("DEFACTO", on))
    told = [list(tekun.incomes), list(tekun.supporters), list(tekun.failed_items or ())]
    for some in told:
        random.shuffle(some)
    failed = None if tekun.failed_items is None else tuple(told[2])
    other = replace(tekun, incomes=tuple(told[0]), supporters=tuple(told[1]), failed_items=failed)
    for code, one, same in (
        ("TEKUN", tekun, other),
        ("DEFACTO", defacto, replace(defacto, parents=defacto.parents[::-1])),
    ):
        found, again = determined(code, one, on), determined(code, same, on)
        assert (found.eligible, found.lines) == (again.eligible, again.lines)


@pytest.mark.parametrize("one", p.compatibility.PROGRAMMES)
@SETS
@LAWFUL
@given(data=st.data())
def test_of_every_pair_in_conflict_the_second_is_refused_whatever_it_would_pay(one: str, on: date, data: Any):
    """Also where it would be granted by its own conditions, and whichever of the two is held."""
    other = data.draw(st.sampled_from(CODES))
    found = determined_or_none(other, data, on)
    if found is None or p.MATRIX.at(one, other, on=on, division=HAIYUAN).relation != "NOT_TOGETHER":
        return
    held = p.Holding(one, Money(data.draw(st.integers(1, 99_999))), HAIYUAN.code, "a", True)
    beside = p.beside(found, [held], on=on, division=HAIYUAN.code)
    assert (beside.eligible, beside.lines, beside.amount) == (False, (), Money.zero())
    assert not found.eligible or any(not f.met and p.WORDS[one] in f.because for f in beside.findings)


def determined_or_none(code: str, data: Any, on: date) -> Any:
    """None where the programme is not known yet on the day."""
    return determined(code, data.draw(facts_of(code, on)), on) if (code, on) in KNOWN else None
