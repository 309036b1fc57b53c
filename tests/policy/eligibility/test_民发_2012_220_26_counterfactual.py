"""民发〔2012〕220号 art. 26, domain §3.8: what would have to be different, to the fen and not a fen more."""

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.policy.eligibility.households import HAIYUAN, ON, family, px
from tests.policy.eligibility.test_domain_3_9_properties import FACTS, proposals

from eligibility import rules
from eligibility.rules import certificate
from eligibility.rules.counterfactual import Change, Counterfactual, income_out, ways_in
from eligibility.rules.facts import Item, Support, Thing
from eligibility.rules.verification import verify

PATIENT = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
"""Each example asks the rules some hundred times, on whatever machine."""

ILL = {"rigid_cause": "SERIOUS_ILLNESS"}


def said(facts: rules.Facts) -> list[str]:
    """The ways in, in words."""
    return [" + ".join(change.text for change in way.changes) for way in ways_in(facts, px(), on=ON)]


@pytest.mark.parametrize("income", ["13680.00", "13716.00", "99999.99"])
def test_26_income_at_most_a_fen_below_the_line(income):
    assert said(family(income)) == ["家庭年收入不超过 13679.99 元"]


def test_26_a_household_that_qualifies_needs_no_way_in():
    assert said(family("13679.99")) == []


def test_26_the_car_alone_stood_in_the_way():
    of = family("0.00", verified_breaches=("小轿车",))
    assert said(of) == ["没有经核实的财产超标情形（小轿车）"]


def test_26_every_verified_breach_has_to_go():
    of = family("0.00", verified_breaches=("小轿车", "商品房两套"))
    assert said(of) == ["没有经核实的财产超标情形（小轿车、商品房两套）"]


@pytest.mark.parametrize(
    ("bill", "ways"),
    [
        ("28799.00", ["家庭年收入不超过 23999.16 元", "刚性支出不低于每年 28800.00 元"]),
        ("28799.99", ["家庭年收入不超过 23999.99 元", "刚性支出不低于每年 28800.00 元"]),
        ("28800.00", []),
    ],
)
def test_26_a_fen_too_little_of_rigid_spending(bill, ways):  # E09
    assert said(family("24000.00", rigid=bill, **ILL)) == ways


def test_26_deposits_and_assets_each_would_do():
    of = family("24000.00", rigid="30000.00", deposits=1, effective_assets=True, **ILL)
    assert said(of) == ["家庭年收入不超过 13679.99 元", "存款不超过 0.00 元", "没有有效资产"]


def test_26_spending_of_ones_own_will_is_no_ground():
    of = family("24000.00", rigid="30000.00")
    assert said(of) == ["家庭年收入不超过 13679.99 元", "刚性支出系重残、重病或其它非主观原因所致"]


def test_26_where_property_and_income_both_stand_in_the_way_it_takes_both():
    of = family("13680.00", verified_breaches=("小轿车",))
    assert said(of) == ["没有经核实的财产超标情形（小轿车） + 家庭年收入不超过 13679.99 元"]
    way = ways_in(of, px(), on=ON)[0]
    assert [c.as_json() for c in way.changes] == [
        {"dimension": "PROPERTY", "value": None, "absent": ["小轿车"]},
        {"dimension": "INCOME", "value": "13679.99", "absent": []},
    ]


@pytest.mark.parametrize(
    ("of", "out"),
    [
        (family("0.00"), 1_368_000),
        (family("13679.99"), 1_368_000),
        (family("13680.00"), None),
        (family("0.00", deductions_year=100_000), 1_468_000),
        (family("24000.00", rigid="28800.00", **ILL), 2_400_001),  # the bill is exactly 1.2 of the income
    ],
)
def test_3_8_from_which_income_it_no_longer_qualifies(of, out):
    assert income_out(of, px(), on=ON) == out


@PATIENT
@given(proposals())
def test_26_applying_a_way_in_turns_the_result_and_one_step_less_does_not(proposal):
    facts, n, choice = proposal

    def eligible(of: rules.Facts) -> bool:
        return rules.determine(of, n, on=ON, choice=choice).eligible

    ways = ways_in(facts, n, on=ON, choice=choice)
    assert not ways or not eligible(facts)
    assert ways or eligible(facts)  # income and property together always lead in
    for way in ways:
        assert eligible(way.applied(facts)), way
        assert way.one_less(facts)
        assert not any(eligible(short) for short in way.one_less(facts)), way


@PATIENT
@given(proposals())
def test_3_8_at_the_income_out_it_does_not_qualify_and_a_fen_below_it_does(proposal):
    facts, n, choice = proposal
    out = income_out(facts, n, on=ON, choice=choice)
    assert (out is not None) == rules.determine(facts, n, on=ON, choice=choice).eligible
    if out is not None:
        there, below = (replace(facts, income_year=fen) for fen in (out, out - 1))
        assert not rules.determine(there, n, on=ON, choice=choice).eligible
        assert rules.determine(below, n, on=ON, choice=choice).eligible


def test_26_one_step_less_is_told_apart():
    """The check of the property above, on a bad example: a bound with a fen to spare has a step less that qualifies."""
    facts = family("13680.00")
    sloppy = Counterfactual((Change("INCOME", 1_367_998),))
    assert [rules.determine(f, px(), on=ON).eligible for f in sloppy.one_less(facts)] == [True]


ROWS = st.builds(
    Item,
    kind=st.sampled_from(["WAGES", "GOVERNMENT_ASSISTANCE", "BASIC_RESIDENT_PENSION", "WORK_COST"]),
    person_id=st.sampled_from(["m1", "m2"]),
    fen=st.integers(0, 3_000_000),
)
THINGS = st.builds(
    Thing,
    kind=st.sampled_from(["DEPOSIT", "CAR", "MOTORCYCLE", "DWELLING", "COMPANY"]),
    person_id=st.sampled_from(["m1", "m2", ""]),
    fen=st.integers(0, 5_000_000),
    verified=st.booleans(),
)
DAYS = st.sampled_from([date(2020, 3, 2), date(2021, 9, 1), date(2023, 3, 1), date(2025, 3, 3), date(2026, 9, 1)])


@st.composite
def itemised(draw):
    """Households with itemised income and property, supporters, members who may enter alone, under every rule set."""
    alone = st.builds(
        rules.Person,
        person_id=st.sampled_from(["m1", "m2", "m3"]),
        born=st.sampled_from(["1950-01-01", "1985-01-01", "2015-01-01"]),
        labour=st.sampled_from(["FULL", "PARTIAL", "NONE"]),
        student=st.just(False),
        earns=st.booleans(),
        seriously_ill=st.booleans(),
        severely_disabled=st.booleans(),
        applies_alone=st.booleans(),
        cannot_register_apart=st.booleans(),
        registered_apart=st.booleans(),
    )
    unit = draw(st.lists(alone, min_size=1, max_size=3, unique_by=lambda p: p.person_id))
    facts = replace(
        draw(FACTS),
        unit=tuple(sorted(unit)),
        registry=draw(st.sampled_from(["NONE", "NOT_OUT"])),
        items=tuple(draw(st.lists(ROWS, max_size=3))),
        supporters=tuple(draw(st.lists(st.just(Support(300_000, 2, 1)), max_size=1))),
        things=tuple(draw(st.lists(THINGS, max_size=4))),
    )
    return facts, rules.numbers(on := draw(DAYS), HAIYUAN), on


@PATIENT
@given(itemised())
def test_26_itemised_or_alone_or_under_later_rules_a_way_in_turns_the_result_and_one_step_less_does_not(drawn):
    facts, n, on = drawn

    def eligible(of: rules.Facts) -> bool:
        return rules.determine(of, n, on=on).eligible

    for way in ways_in(facts, n, on=on):
        assert not eligible(facts)
        assert eligible(way.applied(facts)), way
        assert way.one_less(facts)
        assert not any(eligible(short) for short in way.one_less(facts)), way
    assert verify(canonical_of(facts, n, on)).same


def canonical_of(facts: rules.Facts, n: rules.Numbers, on: date) -> str:
    """The text of a certificate of these facts."""
    return certificate.canonical(certificate.certify(certificate.Given({"id": "d"}, on, facts, n, rules.Choice())))


def test_26_the_car_that_was_itemised_and_verified_is_what_has_to_go():
    of = replace(family("0.00"), things=(Thing("CAR", "m1", 1, True), Thing("MOTORCYCLE", "m1", 1, True)))
    assert said(of) == ["没有经核实的财产超标情形（小轿车）"]
    assert ways_in(of, px(), on=ON)[0].changes[0].things == (0,)


def test_26_itemised_income_is_bounded_as_it_is_counted():
    of = replace(family(), items=(Item("WAGES", "m1", 1_400_000), Item("GOVERNMENT_ASSISTANCE", "m1", 900_000)))
    assert said(of) == ["家庭年收入不超过 13679.99 元"]
    assert income_out(replace(of, items=of.items[1:]), px(), on=ON) == 1_368_000
