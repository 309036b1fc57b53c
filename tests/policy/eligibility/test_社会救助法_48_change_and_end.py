"""社会救助法 art. 48, domain §2.1 and §4.7: what ends an award of one person, and who is heard before."""

from dataclasses import replace
from datetime import date

import pytest
from tests.policy.eligibility.programmes import ON, care, dis, numbers, tekun

from doudi.money import Money
from eligibility.rules.programmes.care import determine_care
from eligibility.rules.programmes.change import CIRCUMSTANCES, ended_by, outcome_of, was_heard
from eligibility.rules.programmes.numbers import CareNumbers, TekunNumbers
from eligibility.rules.programmes.tekun import determine_tekun

CARE = determine_care(care(), numbers(CareNumbers), on=ON)
REFUSED = determine_care(care(disability=dis("LIMB", 3)), numbers(CareNumbers), on=ON)
TEKUN = determine_tekun(tekun(), numbers(TekunNumbers), on=ON)


@pytest.mark.parametrize("circumstance", list(CIRCUMSTANCES))
def test_二_1_what_ends_tekun_and_what_a_subsidy(circumstance):
    assert not ended_by(TEKUN, [circumstance]).eligible
    ends = circumstance != "REGAINED_LABOUR"
    assert ended_by(CARE, [circumstance]).eligible is not ends
    if ends:
        found = ended_by(CARE, [circumstance])
        assert (found.lines, found.amount, found.findings[-1].met) == ((), Money(0), False)
        assert (found.findings[-1].because, found.findings[-1].rule_set) == (CIRCUMSTANCES[circumstance], "RS2019")


def test_二_1_imprisonment_ends_tekun_and_care_and_nothing_else():
    assert ended_by(replace(CARE, programme="LIVING_SUB"), ["IMPRISONED"]).eligible
    assert ended_by(CARE, []) == CARE


@pytest.mark.parametrize(
    ("lines", "outcome"),
    [
        ([("CARE", "80.00")], "UNCHANGED"), ([("CARE", "79.99")], "ADJUSTED"), ([("BASE", "80.00")], "ADJUSTED"),
        ([("CARE", "80.00"), ("TOP_UP", "1.00")], "ADJUSTED"),
    ],
)  # fmt: skip
def test_四_7_what_a_determination_means_for_an_award(lines, outcome):
    assert outcome_of(CARE, [(item, Money.yuan(amount)) for item, amount in lines]) == outcome
    assert outcome_of(REFUSED, [("CARE", Money.yuan("80.00"))]) == "ENDED"


def test_四_7_in_whatever_order_the_items_of_an_award_stand():
    made = determine_tekun(tekun(failed_items=("EAT",)), numbers(TekunNumbers), on=ON)
    items = [(line.item, line.amount) for line in made.lines]
    assert len(items) > 1
    assert outcome_of(made, items) == outcome_of(made, items[::-1]) == "UNCHANGED"


BEFORE, SINCE = date(2026, 6, 30), date(2026, 7, 1)


@pytest.mark.parametrize(
    ("before", "found", "heard", "circumstances", "on", "met"),
    [
        ("80.01", CARE, False, [], SINCE, False),
        ("80.00", CARE, False, [], SINCE, True),
        ("79.99", CARE, False, [], SINCE, True),
        ("80.01", CARE, True, [], SINCE, True),
        ("80.01", CARE, False, [], BEFORE, True),
        ("80.00", REFUSED, False, [], SINCE, False),
        ("0.00", REFUSED, False, [], SINCE, False),  # an award that pays nothing now is ended too
        ("80.00", REFUSED, True, [], SINCE, True),
        ("80.00", REFUSED, False, [], BEFORE, True),
        ("80.00", REFUSED, False, ["ASKS_TO_LEAVE"], SINCE, True),
        ("80.00", REFUSED, False, ["MOVED_AWAY"], SINCE, False),
    ],
)
def test_四十八_heard_before_less_or_nothing_is_paid(before, found, heard, circumstances, on, met):
    told = was_heard(Money.yuan(before), found, heard=heard, circumstances=circumstances, on=on)
    assert told.met is met
    assert told.because == ("已听取陈述，或者无须听取" if met else "减发或者停发前尚未听取本人陈述")
