"""民发〔2012〕220号 art. 12, 16, 17: income and property by item, as sums, or both: they agree."""

import pytest

from intake import rules
from intake.rules.means import Stated

ITEMS = (("WAGES", 600_000), ("PENSION", 48_000), ("TAX", 10_000), ("WORK_COST", 2_000))


@pytest.mark.parametrize(
    ("income", "items", "met"), [(0, (), True), (None, ITEMS, True), (648_000, ITEMS, True), (None, (), False)]
)
def test_十二_income_is_stated_as_a_sum_or_by_item_and_nothing_said_is_not_nothing(income, items, met):
    assert rules.income_is_stated(Stated(income, None, None, items)).met is met


@pytest.mark.parametrize(("total", "by_item", "met"), [(648_000, 648_000, True), (648_001, 648_000, False)])
def test_十二_a_sum_is_that_of_its_items_to_the_fen(total, by_item, met):
    assert rules.agrees("收入", total, by_item).met is met


def test_十二_a_sum_without_items_and_items_without_a_sum_contradict_nothing():
    assert rules.agrees("收入", 648_000, None).met
    assert rules.agrees("收入", None, 648_000).met


def test_十二_the_contradiction_is_told_in_figures():
    assert rules.agrees("存款", 100_000, 99_999).because == "存款合计 1000.00 元，分项之和 999.99 元，应当一致"


def test_十六_income_and_costs_are_added_up_apart():
    assert rules.itemised(Stated(None, None, None, ITEMS)) == (648_000, 12_000)


def test_十七_only_money_in_the_bank_is_deposits():
    assets = (("DEPOSIT", 100_000), ("DEPOSIT", 50), ("CAR", 9_000_000), ("FUND", 70_000))
    assert rules.deposits_itemised(Stated(0, None, None, (), assets)) == 100_050


@pytest.mark.parametrize(
    ("supported", "here", "size", "met"), [(2, 2, 2, True), (1, 2, 2, False), (3, 3, 2, False), (4, 1, 1, True)]
)
def test_十六_a_supporter_supports_no_more_people_here_than_there_are(supported, here, size, met):
    assert rules.support_is_possible(supported, here, size).met is met
