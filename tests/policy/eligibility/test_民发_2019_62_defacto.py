"""民发〔2019〕62号: (bad and bad) or (gone and bad); the top-up (domain §2.3)."""

from itertools import product

import pytest
from tests.policy.eligibility.programmes import ON, born, dis, numbers, shown

from doudi.money import Money
from eligibility.rules.programmes import topped_up
from eligibility.rules.programmes.defacto import (
    DefactoFacts,
    Parent,
    cannot_raise,
    determine_defacto,
    is_a_child,
    nobody_raises,
)
from eligibility.rules.programmes.numbers import DefactoNumbers

N = numbers(DefactoNumbers)


def child(one, other, **more):
    return DefactoFacts(**{"person_id": "c", "born": born(10), "parents": (one, other), **more})


@pytest.mark.parametrize(
    ("parent", "bad"),
    [
        (Parent(), False),
        *((Parent(disability=dis("LIMB", grade)), grade <= 2) for grade in (1, 2, 3, 4)),
        *((Parent(disability=dis("MENTAL", grade)), True) for grade in (1, 2, 3, 4)),
        *((Parent(disability=dis("INTELLECTUAL", grade)), True) for grade in (1, 2, 3, 4)),
        (Parent(seriously_ill=True), True),
        (Parent(custody_months=5), False),
        (Parent(custody_months=6), True),
        (Parent(custody_months=7), True),
        (Parent(lost_months=5), False),
        (Parent(lost_months=6), True),
    ],
)
def test_一_二_what_keeps_a_parent_from_raising_the_child(parent, bad):
    assert (cannot_raise(parent, N) is not None) is bad


GOOD, BAD = Parent(), Parent(seriously_ill=True)
GONE = [Parent(gone=how) for how in ("DEAD", "DECLARED_DEAD", "DECLARED_MISSING")]


@pytest.mark.parametrize(("one", "other"), list(product([GOOD, BAD, *GONE], repeat=2)))
def test_一_一_bad_and_bad_or_gone_and_bad(one, other):
    kinds = sorted("gone" if p.gone else "bad" if p is BAD else "good" for p in (one, other))
    met = kinds in (["bad", "bad"], ["bad", "gone"])
    assert nobody_raises(child(one, other), N).met is met
    assert determine_defacto(child(one, other), N, on=ON).eligible is met


def test_一_一_both_gone_is_an_orphan_and_an_adopted_child_has_parents():
    assert "孤儿" in nobody_raises(child(GONE[0], GONE[1]), N).because
    assert not nobody_raises(child(BAD, BAD, adopted=True), N).met


@pytest.mark.parametrize(("days", "met"), [(-1, True), (0, False)])
def test_一_under_eighteen(days, met):
    facts = child(BAD, BAD, born=born(18, days=days))
    assert is_a_child(facts, N, on=ON).met is met
    assert determine_defacto(facts, N, on=ON).eligible is met


def test_三_一_the_line_from_the_next_month():
    found = determine_defacto(child(BAD, GONE[0]), N, on=ON)
    assert (shown(found), str(found.starts)) == ([("BASE", "530.00")], "2020-04")


@pytest.mark.parametrize(
    ("difference", "lines"),
    [("530.00", [("BASE", "530.00")]), ("150.00", [("TOP_UP", "150.00")]), ("0.00", [])],
)
def test_三_一_only_the_difference_to_other_aid(difference, lines):
    found = topped_up(determine_defacto(child(BAD, BAD), N, on=ON), Money.yuan(difference))
    assert (shown(found), str(found.amount)) == (lines, difference)


def test_facts_are_read_again():
    facts = child(Parent(disability=dis("MENTAL", 4)), GONE[0])
    assert DefactoFacts.from_json(facts.as_json()) == facts
