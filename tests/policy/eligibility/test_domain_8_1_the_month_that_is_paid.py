"""domain §8.1, §0.1: a decision pays from the next month on and is measured by that month's amounts; rules are the
day's."""

from datetime import date

import pytest

from doudi.dated import Parameter
from doudi.division import Division
from doudi.money import Money
from eligibility import rules

HAIYUAN = Division("640522000000")


def ahead(key: str, valid_from: date, amount: str) -> Parameter:
    """A number that the county set."""
    return Parameter(key, amount, valid_from, HAIYUAN.prefix, "海政发〔2020〕9号", "confirmed", "MONTH")


@pytest.mark.parametrize(
    ("on", "standard"),
    [
        (date(2020, 2, 29), "380.00"),  # pays from March
        (date(2020, 3, 1), "440.00"),  # pays from April
        (date(2020, 3, 31), "440.00"),
        (date(2020, 4, 1), "440.00"),
    ],
)
def test_8_1_the_standard_of_the_first_month_that_is_paid(on, standard):
    set_ = rules.PARAMETERS.with_overrides([ahead("dibao.rural", date(2020, 4, 1), "440.00")])
    assert rules.decided(on, HAIYUAN, set_, "DIBAO_R").standard == Money.yuan(standard).fen


def test_8_1_the_minimum_payment_too_and_no_month_is_anticipated_where_none_is_paid():
    set_ = rules.PARAMETERS.with_overrides(
        [ahead("dibao.rural", date(2020, 4, 1), "440.00"), ahead("dibao.min_payment", date(2020, 4, 1), "50.00")]
    )
    paid, day = (
        rules.decided(date(2020, 3, 2), HAIYUAN, set_, "DIBAO_R"),
        rules.numbers(date(2020, 3, 2), HAIYUAN, set_),
    )
    assert (paid.min_payment, day.min_payment) == (5_000, 0)
    assert day.standard == Money.yuan("380.00").fen


def test_0_1_the_rules_are_those_of_the_day():
    paid = rules.decided(date(2021, 6, 30), HAIYUAN, rules.PARAMETERS, "DIBAO_R")
    assert paid.rule_set == "RS2019"
