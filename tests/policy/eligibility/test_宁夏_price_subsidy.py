"""Ningxia's temporary price subsidy (C45): one month, one person, once."""

from datetime import date

import pytest
from tests.policy.eligibility.programmes import born, numbers, shown

from eligibility.rules.programmes.numbers import PriceNumbers
from eligibility.rules.programmes.price import (
    PriceFacts,
    determine_price,
    is_entitled_by_a_gate,
    is_the_only_one,
    was_triggered,
)

DAY = date(2020, 2, 29)


def facts(*holds, **more):
    return PriceFacts(person_id="m1", born=born(62), holds=holds, **more)


@pytest.mark.parametrize(
    ("holds", "met"),
    [
        (("DIBAO_R",), True), (("DIBAO_U",), True), (("TEKUN",), True), (("ELDER",), True), (("CARE_SUB",), False),
        (("ORPHAN",), False), ((), False), (("CARE_SUB", "DIBAO_R"), True),
    ],
)  # fmt: skip
def test_一_the_gates(holds, met):
    n = numbers(PriceNumbers, DAY)
    assert is_entitled_by_a_gate(facts(*holds), n).met is met
    assert determine_price(facts(*holds), n, on=DAY).eligible is met


@pytest.mark.parametrize(
    ("on", "met"), [(date(2020, 1, 31), False), (date(2020, 2, 1), True), (DAY, True), (date(2020, 3, 1), False)]
)
def test_二_only_in_a_month_that_was_triggered(on, met):
    assert was_triggered(numbers(PriceNumbers, on)).met is met


def test_三_once_a_month_even_through_two_gates():
    n = numbers(PriceNumbers, DAY)
    found = determine_price(facts("DIBAO_R", "ELDER"), n, on=DAY)
    assert (shown(found), str(found.starts)) == ([("PRICE", "21.66")], "2020-02")
    assert not is_the_only_one(facts("DIBAO_R", paid_already=True)).met
    assert not determine_price(facts("DIBAO_R", paid_already=True), n, on=DAY).eligible


def test_facts_are_read_again():
    assert PriceFacts.from_json(facts("DIBAO_R").as_json()) == facts("DIBAO_R")
