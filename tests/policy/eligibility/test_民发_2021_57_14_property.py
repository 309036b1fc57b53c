"""民发〔2021〕57号 art. 14, 民发〔2012〕220号 art. 17, domain §3.3: property; only what was verified refuses."""

import pytest
from tests.policy.eligibility.households import EARNER, ON, RS2021, at, decided, family, px

from eligibility import rules
from eligibility.rules.assets import (
    Hit,
    companies_over,
    dwellings_over,
    hits,
    own_breaches,
    savings_over,
    to_be_verified,
    vehicles_over,
)

LIMIT = 2 * 456_000 * 3
"""Two years' standards for each of three, in fen."""


def thing(kind, fen=0, verified=True, whose=""):
    return rules.Thing(kind, whose, fen, verified)


@pytest.mark.parametrize(("fen", "over"), [(LIMIT - 1, False), (LIMIT, False), (LIMIT + 1, True)])
def test_十四_savings_per_head_up_to_two_years_standards(fen, over):
    assert bool(savings_over([thing("DEPOSIT", fen)], 3, px())) is over


def test_十四_all_kinds_of_savings_add_up_and_what_is_verified_decides():
    half = LIMIT // 2
    (hit,) = savings_over([thing("DEPOSIT", half), thing("SECURITY", half), thing("FUND", 1)], 3, px())
    assert hit.verified
    (hit,) = savings_over([thing("DEPOSIT", half), thing("WALLET", half + 1, verified=False)], 3, px())
    assert not hit.verified
    (hit,) = savings_over([thing("DEPOSIT", LIMIT), thing("WALLET", 1, verified=False)], 3, px())
    assert not hit.verified  # at the limit is within
    assert savings_over([thing("DEPOSIT", half), thing("OTHER", LIMIT)], 3, px()) == []


@pytest.mark.parametrize("kind", ["CAR", "TRUCK", "LARGE_FARM_MACHINE", "SHIP"])
def test_十四_vehicles(kind):
    assert len(vehicles_over([thing(kind)], px())) == 1


@pytest.mark.parametrize("kind", ["ASSISTIVE_VEHICLE", "MOTORCYCLE", "SMALL_TRACTOR"])
def test_十七_a_disabled_persons_own_vehicle_and_small_ones_are_none(kind):
    assert hits([thing(kind)], 3, px()) == []
    assert decided(family("0.00", things=(thing(kind),))).eligible


@pytest.mark.parametrize(("owned", "over"), [(0, False), (1, False), (2, True)])
def test_十四_one_dwelling(owned, over):
    assert bool(dwellings_over([thing("DWELLING")] * owned, px())) is over
    assert dwellings_over([thing("DWELLING"), thing("DWELLING", verified=False)], px()) == [Hit("住房 2 套", False)]
    assert dwellings_over([thing("DWELLING"), thing("CAR"), thing("DEPOSIT", 1)], px()) == []


@pytest.mark.parametrize(("paid_in", "over"), [(0, False), (1, True)])
def test_十四_an_active_company_with_capital_paid_in(paid_in, over):
    assert bool(companies_over([thing("COMPANY", paid_in)], px())) is over
    assert companies_over([thing("DEPOSIT", 1)], px()) == []


def test_三_三_a_hit_is_a_question_and_a_verified_breach_refuses():
    asked = decided(family("0.00", things=(thing("CAR", verified=False),)))
    assert asked.eligible
    (question,) = [f for f in asked.findings if f.because.startswith("待核实")]
    assert (question.met, question.because, asked.obstacles) == (False, "待核实：小轿车；核实前不影响认定", [])
    refused = decided(family("0.00", things=(thing("CAR"),)))
    assert (refused.eligible, refused.outcome) == (False, "NONE")
    assert refused.findings[0].because == "经核实，家庭财产超出规定：小轿车"


def test_三_三_no_question_where_everything_was_verified():
    assert to_be_verified([Hit("小轿车", True)], px()) is None


def test_三_三_numbers_that_were_kept_before_test_no_itemised_property():
    assert hits([thing("CAR")], 1, px(savings_years="")) == []


def test_三_五_of_a_single_person_only_the_own_property_counts():
    of = family("0.00", things=(thing("CAR", whose="m1"), thing("COMPANY", 1, whose="m2", verified=False)))
    assert [own_breaches(of, who, px()) for who in ("m1", "m2", "m3")] == [["小轿车"], [], []]
    of = family("0.00", things=(thing("CAR"),), verified_breaches=())
    assert own_breaches(of, "m3", px()) == ["小轿车"]  # nobody's own: everybody's
    assert own_breaches(family("0.00", verified_breaches=("房产",)), EARNER.person_id, px()) == ["房产"]


def test_十四_the_finding_cites_the_article_of_its_day():
    assert [rules.determine(family("0.00"), at(on), on=on).findings[0].clause for on in (ON, RS2021)] == [
        "民发〔2012〕220号 17",
        "民发〔2021〕57号 14",
    ]
