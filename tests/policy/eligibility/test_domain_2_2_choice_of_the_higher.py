"""domain.md §2.2, D-12: of dibao and the elderly allowance only the higher: the person may change over to it."""

from dataclasses import replace

import pytest
from tests.policy.eligibility.programmes import HAIYUAN, ON, born, numbers

from doudi.money import Money
from eligibility.rules.programmes import Holding, ProgrammeDetermination, beside, chosen_is_higher
from eligibility.rules.programmes.elder import ElderFacts, determine_elder
from eligibility.rules.programmes.numbers import ElderNumbers

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


@pytest.mark.parametrize(("own", "eligible"), [("270.00", False), ("269.99", True)])
def test_2_2_a_determination_in_the_place_of_dibao_is_made_with_it_and_made_again_from_what_was_kept(own, eligible):
    n = numbers(ElderNumbers)
    found = determine_elder(ElderFacts(person_id="m1", born=born(85), hukou=PLACE, area="RURAL"), n, on=ON)
    given_up = [replace(held("DIBAO_R", own)[0], gives_way=True)]
    made = beside(found, given_up, on=ON, division=PLACE)
    again = beside(found, [Holding.from_json(h.as_json()) for h in given_up], on=ON, division=PLACE)
    assert (made.eligible, str(made.amount)) == (eligible, "270.00" if eligible else "0.00")
    assert made.sha256 == again.sha256
    assert "gives_way" not in held("DIBAO_R", own)[0].as_json()  # what was kept before reads and hashes as it did


@pytest.mark.parametrize(("given_up", "programme"), [("DIBAO_R", "TEKUN"), ("DIBAO_R", "ORPHAN")])
def test_2_2_where_the_two_are_never_held_together_the_choice_is_free(given_up, programme):
    """民发〔2021〕43号 art. 9: the person chooses."""
    assert chosen_is_higher(held(given_up, "500.00"), programme, Money.yuan("1.00"), on=ON, division=PLACE) is None


@pytest.mark.parametrize("amounts", [("100.00", "300.00"), ("300.00", "100.00")])
def test_2_2_of_several_it_is_higher_than_the_highest(amounts):
    given_up = [*held("DIBAO_R", amounts[0]), *held("DIBAO_U", amounts[1])]
    for own, met in (("300.00", False), ("300.01", True)):
        found = chosen_is_higher(given_up, "ELDER", Money.yuan(own), on=ON, division=PLACE)
        assert found is not None
        assert found.met is met


def elder() -> ProgrammeDetermination:
    """270.00 a month."""
    facts = ElderFacts(person_id="m1", born=born(85), hukou=PLACE, area="RURAL")
    return determine_elder(facts, numbers(ElderNumbers), on=ON)


def test_2_2_what_gives_way_refuses_nothing_and_what_stays_is_not_taken_for_given_up():
    (dibao,) = held("DIBAO_R", "100.00")
    gives_way = beside(elder(), [replace(dibao, gives_way=True)], on=ON, division=PLACE)
    stays = beside(elder(), [dibao], on=ON, division=PLACE)
    assert [len(made.findings) - len(elder().findings) for made in (gives_way, stays)] == [1, 1]
    assert ["转出" in made.findings[-1].because for made in (gives_way, stays)] == [True, False]


def test_2_2_what_another_holding_refuses_no_choice_makes_good():
    refused = [*held("ORPHAN", "700.00"), replace(held("DIBAO_R", "100.00")[0], gives_way=True)]
    made = beside(elder(), refused, on=ON, division=PLACE)
    assert (made.eligible, made.findings[-1].met) == (False, False)
    assert len(made.findings) == len(elder().findings) + 1  # of the choice nothing is said
