"""国办发〔2010〕54号: orphans, in a home and outside, until eighteen and beyond at school."""

from datetime import date

import pytest
from tests.policy.eligibility.programmes import ON, born, numbers, shown

from eligibility.rules.programmes.numbers import OrphanNumbers
from eligibility.rules.programmes.orphan import (
    OrphanFacts,
    determine_orphan,
    has_lost_both_parents,
    is_a_child_or_still_learns,
)


def orphan(**more):
    return OrphanFacts(**{
        "person_id": "c", "born": born(10), "parents": ("DEAD", "NOT_FOUND"), "placement": "COMMUNITY", **more
    })  # fmt: skip


@pytest.mark.parametrize(
    ("parents", "adopted", "met"),
    [
        (("DEAD", "DEAD"), False, True),
        (("DECLARED_DEAD", "DECLARED_MISSING"), False, True),
        (("NOT_FOUND", "NOT_FOUND"), False, True),
        (("DEAD", "PRESENT"), False, False),
        (("PRESENT", "PRESENT"), False, False),
        (("DEAD", "DEAD"), True, False),
    ],
)
def test_一_both_parents_are_lost_and_nobody_adopted_the_child(parents, adopted, met):
    assert has_lost_both_parents(orphan(parents=parents, adopted=adopted)).met is met


@pytest.mark.parametrize(
    ("age", "days", "held", "school", "met"),
    [
        (18, -1, False, False, True),
        (18, 0, False, False, False),  # eighteen today
        (18, 0, False, True, False),
        (18, 0, True, False, False),
        (18, 0, True, True, True),
        (22, 0, True, True, True),
    ],
)
def test_二_until_eighteen_and_after_it_at_school_for_who_had_it(age, days, held, school, met):
    facts = orphan(born=born(age, days=days), held=held, at_school=school)
    assert is_a_child_or_still_learns(facts, numbers(OrphanNumbers), on=ON).met is met
    assert determine_orphan(facts, numbers(OrphanNumbers), on=ON).eligible is met


@pytest.mark.parametrize(
    ("on", "community", "institution"),
    [(ON, "736.00", "1048.00"), (date(2023, 12, 31), "736.00", "1048.00"), (date(2024, 1, 1), "1200.00", "1600.00")],
)
def test_二_一_the_line_of_a_home_is_higher(on, community, institution):
    for placement, amount in (("COMMUNITY", community), ("INSTITUTION", institution)):
        found = determine_orphan(orphan(placement=placement), numbers(OrphanNumbers, on), on=on)
        assert shown(found) == [("BASE", amount)]
        assert found.starts.first_day > on


def test_facts_are_read_again():
    assert OrphanFacts.from_json(orphan().as_json()) == orphan()
