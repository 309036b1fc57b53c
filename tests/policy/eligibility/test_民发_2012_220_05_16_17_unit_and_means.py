"""民发〔2012〕220号 art. 5, 16, 17: who counts, income per head, property."""

from datetime import date
from fractions import Fraction
from uuid import UUID

import pytest
from tests.policy.eligibility.households import decided, facts, family, person, px
from tests.services.eligibility_county import forwarded, member

from eligibility.rules.need import per_capita, property_within_limits
from eligibility.rules.unit import unit_of


def unit(*members):
    event = forwarded(list(members), "6480.00", on=date(2020, 3, 2))
    return unit_of(event.household, event.means)


def test_五_those_whom_the_law_leaves_out_are_not_counted():
    found = unit(member(1, "1980-01-01"), member(2, "1990-01-01", in_unit=False, out_reason="服刑"))
    assert [p.person_id for p in found.unit] == [str(UUID(int=1))]


def test_五_the_order_of_members_means_nothing():
    one, other = member(1, "1980-01-01"), member(2, "1990-01-01")
    assert unit(dict(one), dict(other)).unit == unit(dict(other), dict(one)).unit


@pytest.mark.parametrize(("grade", "severe"), [(1, True), (2, True), (3, False), (4, False)])
def test_五_grades_one_and_two_are_severe(grade, severe):
    (found,) = unit(member(1, "1980-01-01", disability={"category": "LIMB", "grade": grade})).unit
    assert found.severely_disabled is severe


@pytest.mark.parametrize(
    ("on", "age"), [(date(2020, 2, 28), 39), (date(2020, 3, 1), 40), (date(2020, 3, 2), 40), (date(2021, 2, 28), 40)]
)
def test_五_a_year_of_age_is_full_on_the_birthday(on, age):
    assert person("x", "1980-02-29").age(on) == age


@pytest.mark.parametrize(
    ("income", "deductions", "less", "fen"),
    [
        ("6480.00", 0, 0, Fraction(18_000)),  # E22: 180.00
        ("24000.00", 0, 0, Fraction(200_000, 3)),  # E09: 666.666…, exact
        ("24000.00", 0, 3_000_000, Fraction(0)),  # never below nothing
        ("6480.00", 108_000, 0, Fraction(15_000)),
        ("0.00", 1, 0, Fraction(0)),
    ],
)
def test_十六_income_per_head_and_month_is_exact(income, deductions, less, fen):
    assert per_capita(family(income, deductions_year=deductions), less=less) == fen


def test_十七_only_a_verified_breach_refuses():
    clean, breach = facts(person("x")), facts(person("x"), verified_breaches=("小轿车",))
    assert property_within_limits(clean, px()).met
    found = property_within_limits(breach, px())
    assert (found.met, found.because) == (False, "经核实，家庭财产超出规定：小轿车")


@pytest.mark.parametrize("income", ["0.00", "99999.00"])
def test_十七_a_breach_refuses_whatever_the_income_and_no_route_is_left(income):
    made = decided(family(income, verified_breaches=("小轿车",)))
    assert (made.eligible, made.route, str(made.amount), made.insured) == (False, "NONE", "0.00", ())
