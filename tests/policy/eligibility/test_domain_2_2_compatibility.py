"""domain.md §2.2: the matrix as data, symmetric and complete; every pair settled, also across counties."""

from __future__ import annotations

import copy
from datetime import date
from itertools import combinations_with_replacement, permutations
from pathlib import Path

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st
from tests.policy.eligibility.programmes import HAIYUAN, ON, RS2021, RS2022, born, care, numbers, shown

from doudi.division import Division
from doudi.money import Money
from eligibility.rules.programmes import MATRIX, WORDS, Holding, Matrix, beside, compatibility, settle, settled
from eligibility.rules.programmes.care import determine_care
from eligibility.rules.programmes.compatibility import PROGRAMMES, MatrixError
from eligibility.rules.programmes.defacto import DefactoFacts, Parent, determine_defacto
from eligibility.rules.programmes.numbers import CareNumbers, DefactoNumbers

DAYS = (ON, RS2021, RS2022, date(2023, 1, 1), date(2026, 7, 1))
PAIRS = list(combinations_with_replacement(PROGRAMMES, 2))
ELSEWHERE = "640521100000"
TABLE = yaml.safe_load(Path(compatibility.__file__).with_name("compatibility.yaml").read_text(encoding="utf-8"))


def held(programme: str, amount: str = "100.00", *, whole: bool = True) -> Holding:
    """What the person holds in another county."""
    return Holding(programme, Money.yuan(amount), ELSEWHERE, f"award-{programme}", whole)


def relation(one: str, other: str, on: date = ON) -> str:
    return MATRIX.at(one, other, on=on, division=HAIYUAN).relation


# The matrix of the page, written down a second time as the page has it: Y, N, ↑, Δ, S.
PAGE = """
TEKUN      N
LIVING_SUB Y N
CARE_SUB   Y N Y
ORPHAN     N N N Y
DEFACTO    Δ Δ Δ Y N
ELDER      ↑ Y ↑ Y N N
MARGIN     N N N Y Y Y Y
RELIEF     Y Y Y Y Y Y Y Y
ENTRUST    S N S S S S S S S
"""
SIGNS = {"Y": "TOGETHER", "N": "NOT_TOGETHER", "↑": "HIGHER", "Δ": "TOP_UP", "S": "SERVICE"}
COLUMNS = ("DIBAO_R", "TEKUN", "LIVING_SUB", "CARE_SUB", "ORPHAN", "DEFACTO", "ELDER", "MARGIN", "RELIEF")
CELLS = [
    (line.split()[0], column, SIGNS[sign])
    for line in PAGE.strip().splitlines()
    for column, sign in zip(COLUMNS, line.split()[1:], strict=False)
]


@pytest.mark.parametrize(("one", "other", "expected"), CELLS)
def test_二_2_the_matrix_of_the_page(one, other, expected):
    assert relation(one, other) == expected
    if other == "DIBAO_R":
        assert relation(one, "DIBAO_U") == expected


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        ("DIBAO_R", "DIBAO_U", "NOT_TOGETHER"),
        *((("RIGID", x, "NOT_TOGETHER")) for x in ("DIBAO_R", "DIBAO_U", "TEKUN", "MARGIN")),
        *((("RIGID", x, "TOGETHER")) for x in ("CARE_SUB", "ELDER", "RELIEF", "ORPHAN")),
        ("PRICE_SUB", "PRICE_SUB", "NOT_TOGETHER"),
        *((("PRICE_SUB", x, "TOGETHER")) for x in ("DIBAO_R", "DIBAO_U", "TEKUN", "ELDER")),
        ("SEVERE_CARE", "TEKUN", "NOT_TOGETHER"),
        ("SEVERE_CARE", "ENTRUST", "NOT_TOGETHER"),
        ("SEVERE_CARE", "DIBAO_R", "SERVICE"),
        ("SEVERE_CARE", "LIVING_SUB", "SERVICE"),
        ("ELDER_2023", "ELDER", "NOT_TOGETHER"),
        *((("ELDER_2023", x, "TOGETHER")) for x in ("TEKUN", "LIVING_SUB", "CARE_SUB")),
        *((x, x, "NOT_TOGETHER") for x in PROGRAMMES if x != "RELIEF"),
    ],
)
def test_二_2_the_remaining_programmes(one, other, expected):
    assert relation(one, other) == expected


@pytest.mark.parametrize(
    ("one", "other", "on", "expected"),
    [
        ("TEKUN", "DEFACTO", date(2021, 6, 30), "TOP_UP"),
        ("TEKUN", "DEFACTO", date(2021, 7, 1), "NOT_TOGETHER"),
        ("LIVING_SUB", "ELDER", date(2022, 10, 19), "HIGHER"),
        ("LIVING_SUB", "ELDER", date(2022, 10, 20), "TOGETHER"),
    ],
)
def test_二_2_what_differs_by_rule_set(one, other, on, expected):
    assert relation(one, other, on) == expected


def test_二_2_the_local_ones_are_marked():
    local = {pair for pair in PAIRS if MATRIX.at(*pair, on=ON).local}
    assert {("DIBAO_R", "ELDER"), ("LIVING_SUB", "ELDER"), ("LIVING_SUB", "MARGIN"), ("DEFACTO", "MARGIN")} <= local
    assert ("DIBAO_R", "TEKUN") not in local


def test_二_2_a_county_has_its_own_value_where_the_law_leaves_it():
    table = copy.deepcopy(TABLE)
    table["DIBAO_R/ELDER"].append(
        {"from": date(2020, 1, 1), "division": "640522", "value": "TOGETHER", "source": "县文件", "status": "example"}
    )
    matrix = Matrix(table)
    assert matrix.at("ELDER", "DIBAO_R", on=ON, division=HAIYUAN).relation == "TOGETHER"
    assert matrix.at("ELDER", "DIBAO_R", on=ON, division=Division(ELSEWHERE)).relation == "HIGHER"


@pytest.mark.parametrize("on", DAYS)
@pytest.mark.parametrize(("one", "other"), PAIRS)
def test_二_2_symmetric_and_complete_on_every_day(one, other, on):
    assert MATRIX.at(one, other, on=on) == MATRIX.at(other, one, on=on)


def test_二_2_a_bad_matrix_does_not_load():
    def broken(change):
        table = copy.deepcopy(TABLE)
        change(table)
        with pytest.raises(MatrixError):
            Matrix(table)

    broken(lambda t: t.pop("DIBAO_R/ELDER"))
    broken(lambda t: t.update({"ELDER/DIBAO_R": t["DIBAO_R/TEKUN"]}))
    broken(lambda t: t.update({"DIBAO_R/LOTTERY": t["DIBAO_R/TEKUN"]}))
    broken(lambda t: t["DIBAO_R/TEKUN"][0].update(value="MAYBE"))
    broken(lambda t: t["DIBAO_R/DEFACTO"][0].pop("by"))
    broken(lambda t: t["DIBAO_R/DEFACTO"][0].update(by="ELDER"))
    broken(lambda t: t["LIVING_SUB/DEFACTO"][0].update(full="MAYBE"))
    both = copy.deepcopy(TABLE)
    both["TEKUN/DIBAO_R"] = both["DIBAO_R/TEKUN"]
    assert Matrix(both).at("DIBAO_R", "TEKUN", on=ON).relation == "NOT_TOGETHER"


@pytest.mark.parametrize("on", DAYS)
@pytest.mark.parametrize(("one", "other"), PAIRS)
def test_二_2_every_conflict_pair_is_refused_by_name_whichever_comes_first(one, other, on):
    for first, second in ((one, other), (other, one)):
        found = settle([held(first)], second, Money.yuan("100.00"), on=on, division=HAIYUAN)
        refused = MATRIX.at(one, other, on=on).relation == "NOT_TOGETHER"
        if refused:
            assert (found.stands, found.amount, found.ends, found.lowered) == (False, Money(0), (), ())
            assert WORDS[first] in found.findings[0].because
            assert ELSEWHERE in found.findings[0].because
        if MATRIX.at(one, other, on=on).relation in ("TOGETHER", "SERVICE"):
            assert (found.stands, str(found.amount)) == (True, "100.00")


@pytest.mark.parametrize(
    ("proposed", "stands", "ends"), [("99.99", False, 0), ("100.00", False, 0), ("100.01", True, 1)]
)
@pytest.mark.parametrize(("one", "other"), [("DIBAO_R", "ELDER"), ("ELDER", "DIBAO_R"), ("LIVING_SUB", "ELDER")])
def test_二_2_only_the_higher_stands_and_of_two_equal_ones_the_held(one, other, proposed, stands, ends):
    found = settle([held(one)], other, Money.yuan(proposed), on=ON)
    assert (found.stands, len(found.ends), str(found.amount)) == (stands, ends, proposed if stands else "0.00")


@pytest.mark.parametrize(
    ("aid", "stands", "amount"),
    [("0.01", True, "529.99"), ("380.00", True, "150.00"), ("529.99", True, "0.01"), ("530.00", False, "0.00"),
     ("600.00", False, "0.00")],
)  # fmt: skip
@pytest.mark.parametrize("programme", ["DIBAO_R", "DIBAO_U", "LIVING_SUB", "TEKUN"])
def test_二_2_a_child_that_has_aid_gets_the_difference(programme, aid, stands, amount):
    found = settle([held(programme, aid)], "DEFACTO", Money.yuan("530.00"), on=ON)
    assert (found.stands, str(found.amount)) == (stands, amount)


def test_二_2_the_difference_is_to_all_aid_together_and_care_is_not_taken_off():
    aid = [held("DIBAO_R", "380.00"), held("LIVING_SUB", "100.00"), held("CARE_SUB", "80.00")]
    assert str(settle(aid, "DEFACTO", Money.yuan("530.00"), on=ON).amount) == "50.00"
    aid[0] = held("DIBAO_R", "430.00")
    assert not settle(aid, "DEFACTO", Money.yuan("530.00"), on=ON).stands


@pytest.mark.parametrize(
    ("programme", "whole", "stands"),
    [("LIVING_SUB", True, False), ("LIVING_SUB", False, True), ("DIBAO_R", True, True), ("CARE_SUB", True, True)],
)
def test_二_2_beside_the_full_allowance_there_is_no_living_subsidy(programme, whole, stands):
    found = settle([held("DEFACTO", "150.00", whole=whole)], programme, Money.yuan("100.00"), on=ON)
    assert found.stands is stands
    lowered = [(h.programme, str(left)) for h, left in found.lowered]
    assert lowered == ([("DEFACTO", "50.00")] if stands and programme != "CARE_SUB" else [])


def test_二_2_a_top_up_below_what_is_proposed_ends_and_is_not_paid_back():
    found = settle([held("DEFACTO", "50.00")], "DIBAO_R", Money.yuan("100.00"), on=ON)
    assert ([h.programme for h in found.ends], found.lowered, str(found.amount)) == (["DEFACTO"], (), "100.00")


def test_二_2_a_top_up_of_which_nothing_is_left_ends():
    found = settle([held("DEFACTO", "100.00")], "DIBAO_R", Money.yuan("100.00"), on=ON)
    assert ([h.programme for h in found.ends], found.lowered) == (["DEFACTO"], ())


@pytest.mark.parametrize(("programme", "ends"), [("CARE_SUB", []), ("RELIEF", []), ("DEFACTO", [])])
def test_二_2_what_stands_beside_or_is_only_lowered_does_not_end(programme, ends):
    found = settle([held(programme, "150.00", whole=False)], "DIBAO_R", Money.yuan("100.00"), on=ON)
    assert (found.stands, [h.programme for h in found.ends]) == (True, ends)


def test_二_2_of_what_is_refused_nothing_ends_and_nothing_is_lowered():
    """ORPHAN refuses it; else the elder's allowance would end, and the child's would be lowered."""
    aid = [held("ORPHAN"), held("ELDER", "50.00"), held("DEFACTO", "150.00", whole=False), held("DEFACTO", "100.00")]
    found = settle(aid, "DIBAO_R", Money.yuan("100.00"), on=ON)
    assert (found.stands, found.ends, found.lowered) == (False, (), ())
    assert [f.met for f in found.findings] == [False, True, True, True]


def test_二_2_a_place_without_money_beside_what_is_not_taken_off_it_stands():
    found = settle([held("DIBAO_R")], "ENTRUST", Money.zero(), on=ON)
    assert (found.stands, found.amount, len(found.findings)) == (True, Money.zero(), 1)


def test_二_2_one_conflict_refuses_whatever_else_is_held():
    found = settle([held("CARE_SUB"), held("ORPHAN")], "LIVING_SUB", Money.yuan("100.00"), on=ON)
    assert (found.stands, [f.met for f in found.findings]) == (False, [True, False])
    assert {f.rule_set for f in found.findings} == {"RS2019"}


MONEY = st.integers(1, 200_000).map(Money)
HOLDINGS = st.lists(
    st.builds(Holding, st.sampled_from(PROGRAMMES), MONEY, st.just(ELSEWHERE), st.just("a"), st.booleans()), max_size=5
)


@given(HOLDINGS, st.sampled_from(PROGRAMMES), MONEY, st.sampled_from(DAYS))
def test_二_2_no_conflict_ever_stands_and_nobody_gets_more_than_proposed(held_, programme, amount, on):
    found = settle(held_, programme, amount, on=on)
    relations = [MATRIX.at(h.programme, programme, on=on).relation for h in held_]
    if "NOT_TOGETHER" in relations:
        assert not found.stands
    assert Money(0) <= found.amount <= amount
    assert found.stands or (found.amount, found.ends, found.lowered) == (Money(0), (), ())
    for ended in found.ends:
        cell = MATRIX.at(ended.programme, programme, on=on)
        assert cell.relation in ("HIGHER", "TOP_UP")
        assert ended.amount < amount or cell.relation == "TOP_UP"
    assert all(left < h.amount for h, left in found.lowered)


@given(HOLDINGS, st.sampled_from(PROGRAMMES), MONEY)
def test_二_2_the_order_of_holdings_changes_nothing(held_, programme, amount):
    found = {
        (s.stands, s.amount, frozenset(s.ends), frozenset(s.lowered))
        for order in list(permutations(held_))[:6]
        for s in [settle(order, programme, amount, on=ON)]
    }
    assert len(found) == 1


def test_holdings_are_read_again():
    assert Holding.from_json(held("DEFACTO", "50.00", whole=False).as_json()) == held("DEFACTO", "50.00", whole=False)


BAD = Parent(seriously_ill=True)
CHILD = determine_defacto(
    DefactoFacts(person_id="c", born=born(10), parents=(BAD, BAD)), numbers(DefactoNumbers), on=ON
)


@pytest.mark.parametrize(
    ("held_", "eligible", "lines", "findings"),
    [
        ([], True, [("BASE", "530.00")], 2),
        ([held("CARE_SUB", "80.00")], True, [("BASE", "530.00")], 3),
        ([held("DIBAO_R", "380.00")], True, [("TOP_UP", "150.00")], 3),
        ([held("DIBAO_R", "530.00")], False, [], 4),
        ([held("ORPHAN", "736.00")], False, [], 3),
    ],
)
def test_二_2_a_determination_beside_what_is_held(held_, eligible, lines, findings):
    found = beside(CHILD, held_, on=ON, division=HAIYUAN.code)
    assert (found.eligible, shown(found), len(found.findings)) == (eligible, lines, findings)
    assert sum((line.amount for line in found.lines), Money.zero()) == found.amount
    assert found == settled(CHILD, settle(held_, "DEFACTO", CHILD.amount, on=ON, division=HAIYUAN))


def test_二_2_what_is_refused_by_its_own_conditions_stays_refused_for_them():
    refused = determine_care(care(disability=None), numbers(CareNumbers), on=ON)
    assert beside(refused, [held("TEKUN")], on=ON, division=HAIYUAN.code) == refused
