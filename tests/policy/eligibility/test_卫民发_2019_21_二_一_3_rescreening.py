"""卫民发〔2019〕21号 二(一)3 and domain §5.4: who was refused lately, and would qualify under the new standard."""

from dataclasses import replace
from datetime import date
from uuid import UUID

import pytest
from tests.policy.eligibility.households import ON, family, px

from eligibility import rules
from eligibility.rules import standards

ONE, TWO, THREE = UUID(int=1), UUID(int=2), UUID(int=3)
TABLE = {ONE: family("15839.64"), TWO: family("15840.00"), THREE: family("0.00", verified_breaches=("小轿车",))}
"""y 439.99 and 440.00; a verified car."""


@pytest.mark.parametrize(
    ("year", "found"), [(456_000, {}), (528_000, {ONE: "0.03"}), (528_012, {ONE: "0.06", TWO: "0.03"})]
)
def test_3_who_would_qualify_under_the_new_line(year, found):
    made = standards.rescreened(TABLE, px(standard_year=year), on=ON)
    assert {id_: str(d.amount) for id_, d in made.items()} == found


def test_3_a_household_without_members_is_passed_over():
    assert standards.rescreened({ONE: replace(family(), unit=())}, px(), on=ON) == {}


def test_3_who_would_get_less_than_half_a_fen_is_not_called_upon():
    table = {ONE: family("15839.99")}  # three people, a fen a year below the line of 440.00
    assert rules.determine(table[ONE], px(standard_year=528_000), on=ON, choice=rules.Choice()).eligible
    assert standards.rescreened(table, px(standard_year=528_000), on=ON) == {}


@pytest.mark.parametrize(
    ("on", "since"),
    [
        (date(2020, 6, 15), date(2019, 6, 15)),
        (date(2020, 2, 29), date(2019, 2, 28)),
        (date(2021, 3, 31), date(2020, 3, 31)),
    ],
)
def test_5_4_recent_is_twelve_months(on, since):
    assert standards.refused_since(on) == since
