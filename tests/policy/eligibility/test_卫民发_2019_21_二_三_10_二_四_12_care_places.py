"""卫民发〔2019〕21号 二(三)10 and 二(四)12: care places; tekun is tested first."""

import pytest
from tests.policy.eligibility.programmes import ON, born, dis, numbers

from eligibility.rules.programmes.entrust import (
    EntrustFacts,
    SevereCareFacts,
    determine_entrust,
    determine_severe_care,
    is_not_tekun,
    is_old_or_disabled_and_poor,
    is_severe_and_registered,
    tekun_demand_is_met,
)
from eligibility.rules.programmes.numbers import EntrustNumbers, SevereCareNumbers
from eligibility.rules.programmes.tekun import Supporter

CHILDREN = (Supporter(born(40)),)
E, S = numbers(EntrustNumbers), numbers(SevereCareNumbers)


def entrust(**more):
    return EntrustFacts(**{
        "person_id": "m", "born": born(70), "form": "CENTRALISED", "supporters": CHILDREN, "household_kind": "DIBAO_R",
        "tekun_waiting": 0, **more,
    })  # fmt: skip


def severe(**more):
    return SevereCareFacts(**{
        "person_id": "m", "born": born(30), "form": "CENTRALISED", "supporters": CHILDREN,
        "disability": dis("LIMB", 2), "registered_poor": True, "long_term_care": True, **more,
    })  # fmt: skip


@pytest.mark.parametrize(("waiting", "met"), [(0, True), (1, False)])
def test_二_三_10_only_when_no_tekun_person_waits(waiting, met):
    assert tekun_demand_is_met(entrust(tekun_waiting=waiting)).met is met
    assert determine_entrust(entrust(tekun_waiting=waiting), E, on=ON).eligible is met


@pytest.mark.parametrize(
    ("more", "met"),
    [
        ({"born": born(60)}, True),
        ({"born": born(59, days=300)}, False),
        ({"born": born(59), "disability": dis("LIMB", 4)}, True),
        ({"household_kind": "LOW_INCOME"}, True),
        ({"household_kind": "REGISTERED_POOR"}, True),
        ({"household_kind": "OTHER"}, False),
    ],
)
def test_二_三_10_old_or_disabled_of_a_poor_household(more, met):
    assert is_old_or_disabled_and_poor(entrust(**more), E, on=ON).met is met
    assert determine_entrust(entrust(**more), E, on=ON).eligible is met


def test_二_四_12_tekun_is_tested_first():
    assert is_not_tekun(entrust(), E, on=ON).met
    assert not is_not_tekun(entrust(supporters=()), E, on=ON).met
    found = determine_entrust(entrust(supporters=()), E, on=ON)
    assert (found.eligible, "纳入特困" in found.findings[0].because) == (False, True)
    alone = severe(supporters=(), disability=dis("LIMB", 1))
    assert not determine_severe_care(alone, S, on=ON).eligible
    assert determine_severe_care(severe(supporters=(), disability=dis("LIMB", 2)), S, on=ON).eligible  # RS2019: limb 1


@pytest.mark.parametrize(
    ("more", "met"),
    [
        ({}, True),
        ({"registered_poor": False}, False),
        ({"long_term_care": False}, False),
        ({"born": born(16)}, True),
        ({"born": born(16, days=-1)}, False),
        ({"disability": dis("LIMB", 3)}, False),
        ({"disability": None}, False),
    ],
)
def test_二_四_12_registered_sixteen_severe_and_in_need(more, met):
    assert is_severe_and_registered(severe(**more), S, on=ON).met is met
    found = determine_severe_care(severe(**more), S, on=ON)
    assert (found.eligible, found.lines) == (met, ())


def test_facts_are_read_again():
    for facts in (entrust(disability=dis("LIMB", 4)), severe()):
        assert type(facts).from_json(facts.as_json()) == facts
