"""domain.md §2.2, D-12: of dibao and the elderly allowance only the higher: the person may change over to it."""

import pytest
from tests.policy.eligibility.programmes import HAIYUAN, ON

from doudi.money import Money
from eligibility.rules.programmes import Holding, chosen_is_higher

PLACE = HAIYUAN.code


def held(programme: str, amount: str) -> list[Holding]:
    return [Holding(programme, Money.yuan(amount), PLACE, "a1")]


@pytest.mark.parametrize(
    ("amount", "met"),
    [("499.99", True), ("500.00", False), ("500.01", False)],
)
def test_2_2_the_one_that_takes_the_place_is_higher_than_the_own_money_of_the_other(amount, met):
    found = chosen_is_higher(held("DIBAO_R", amount), "ELDER", Money.yuan("500.00"), on=ON, division=PLACE)
    assert found is not None
    assert found.met is met
    assert ("不予转入" in found.because) is not met


@pytest.mark.parametrize(("given_up", "programme"), [("DIBAO_R", "TEKUN"), ("DIBAO_R", "ORPHAN")])
def test_2_2_where_the_two_are_never_held_together_the_choice_is_free(given_up, programme):
    """民发〔2021〕43号 art. 9: the person chooses."""
    assert chosen_is_higher(held(given_up, "500.00"), programme, Money.yuan("1.00"), on=ON, division=PLACE) is None
