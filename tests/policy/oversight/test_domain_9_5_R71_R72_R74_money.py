"""domain.md §9.5 R71 (国务院令649号 art. 66), R72, R74: the amount decided, once, checked by another."""

from datetime import date
from uuid import UUID

import pytest

from doudi.money import Money
from oversight import rules
from oversight.rules import Line

ON = date(2020, 4, 10)
A, B, C = UUID(int=1), UUID(int=2), UUID(int=3)


@pytest.mark.parametrize(
    ("paid", "met"),
    [("379.98", False), ("379.99", True), ("380.00", True), ("380.01", True), ("380.02", False), ("0.00", False)],
)
def test_R71_more_than_a_fen_apart(paid, met):
    assert rules.as_decided(Money.yuan(paid), Money.yuan("380.00"), on=ON).met is met


def test_R71_the_reason_has_the_figures():
    told = rules.as_decided(Money.yuan("380.00"), Money.yuan("300.00"), on=ON)
    assert told.because == "发放380.00元，应发300.00元，相差80.00元"


@pytest.mark.parametrize(
    ("returned_on", "met"),
    [(None, False), (date(2020, 4, 14), True), (date(2020, 4, 15), True), (date(2020, 4, 16), False)],
)
def test_R72_paying_again_after_a_return_is_no_double(returned_on, met):
    first, again = Line(A, ON, returned_on), Line(B, date(2020, 4, 15))
    assert rules.paid_once(first, again).met is met
    assert (rules.doubles([again, first]) == []) is met


def test_R72_each_line_too_many_is_told_once():
    lines = [Line(A, ON), Line(B, ON), Line(C, date(2020, 4, 15))]
    assert [(e.payment_id, late.payment_id) for e, late, _ in rules.doubles(lines)] == [(A, B), (A, C)]
    assert rules.doubles(lines[:1]) == rules.doubles([]) == []


def test_R72_two_emergencies_in_a_month_are_two_moneys():
    relief = [rules.money_paid("RELIEF", A, "2020-04", "ADVANCE", f"RELIEF/1/2020-04/ADVANCE/{n}") for n in (1, 2)]
    dibao = [rules.money_paid("DIBAO_R", A, "2020-04", "BASE", f"DIBAO_R/1/2020-04/BASE/{n}") for n in (1, 2)]
    assert relief[0] != relief[1]
    assert dibao[0] == dibao[1]


@pytest.mark.parametrize(("maker", "checker", "met"), [("a", "a", False), ("a", "b", True)])
def test_R74_made_and_checked_by_two(maker, checker, met):
    told = rules.checked_by_another(maker, checker)
    assert told.met is met
    assert told.because.startswith("制单与复核为")
