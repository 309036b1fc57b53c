"""卫民发〔2019〕21号 二(一)5, 民发〔2021〕57号 art. 33, 民发〔2022〕83号 一(三): the taper (domain §3.11, D-06)."""

from datetime import date
from typing import Literal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.policy.eligibility.households import ON, RS2021, RS2022, RS2026, px

from doudi.calendar import Month
from doudi.money import Money
from eligibility.rules.amount import Line
from eligibility.rules.taper import last_paid, longest, may_taper, taper_amount, taper_lines

ITEMS: tuple[Literal["BASE"], Literal["EXTRA"]] = ("BASE", "EXTRA")


@pytest.mark.parametrize(
    ("on", "months"),
    [
        (date(2019, 3, 11), 12),
        (date(2021, 7, 1), 12),  # 一定时间: the seed's year stands
        (date(2022, 10, 19), 12),
        (date(2022, 10, 20), 6),
        (RS2026, 6),
    ],
)
def test_二_一_5_a_year_at_most_and_half_a_year_from_2022(on, months):
    assert longest(on) == months


@pytest.mark.parametrize(
    ("decided_on", "months", "last"),
    [
        (date(2020, 2, 20), 12, "2021-02"),  # E11: 2020-03 is month 1, month 12 is paid, 2021-03 is not
        (date(2022, 11, 5), 6, "2023-05"),  # E11 under RS2022
        (date(2020, 2, 20), 1, "2020-03"),
        (date(2020, 12, 31), 1, "2021-01"),
    ],
)
def test_E11_the_last_month_that_is_paid(decided_on, months, last):
    assert last_paid(decided_on, months) == Month.parse(last)


RIGHT = {"income_below": False, "found_work": True, "had_for_this_job": False}


@pytest.mark.parametrize(
    ("on", "months", "met"),
    [(ON, 0, False), (ON, 1, True), (ON, 12, True), (ON, 13, False), (RS2022, 6, True), (RS2022, 7, False)],
)
def test_二_一_5_not_longer_than_the_rule_set_allows(on, months, met):
    assert may_taper(on, months, **RIGHT).met is met


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"income_below": True}, "继续享受"),
        ({"found_work": False}, "并非因就业"),
        ({"had_for_this_job": True}, "同一工作"),
    ],
)
def test_二_一_5_for_work_once_for_one_job_and_above_the_line_only(change, said):
    found = may_taper(ON, 6, **{**RIGHT, **change})
    assert (found.met, said in found.because) == (False, True)


def test_二_一_5_the_finding_cites_the_law_of_its_day():
    assert [may_taper(on, 6, **RIGHT).rule_set for on in (ON, RS2021, RS2022)] == ["RS2019", "RS2021", "RS2022"]


@pytest.mark.parametrize(
    ("before", "persons", "pays"),
    [
        ("600.00", 3, "600.00"),  # E11
        ("1140.00", 3, "1140.00"),
        ("1140.01", 3, "1140.00"),  # at most 3 x 380.00
        ("798.00", 2, "760.00"),  # E13's ten percent more goes
    ],
)
def test_D_06_the_amount_stays_and_is_capped_at_the_standard_for_all(before, persons, pays):
    assert taper_amount(Money.yuan(before), persons, px()) == Money.yuan(pays)


def test_D_06_the_cap_of_a_standard_that_does_not_divide_is_rounded_half_up():
    assert taper_amount(Money.yuan("9999.00"), 1, px(standard_year=456_006)) == Money.yuan("380.01")  # 380.005
    assert taper_amount(Money.yuan("9999.00"), 1, px(standard_year=456_005)) == Money.yuan("380.00")


def paid(*lines: tuple[str, str, str]) -> list[Line]:
    return [Line(person, "BASE" if item == "BASE" else "EXTRA", Money.yuan(amount)) for person, item, amount in lines]


@pytest.mark.parametrize(
    ("lines", "pays"),
    [
        # E11: nothing is above the cap
        ([("m1", "BASE", "200.00"), ("m2", "BASE", "200.00")], [("m1", "BASE", "200.00"), ("m2", "BASE", "200.00")]),
        # E13: 798.00 for two is 38.00 above 760.00; the ten percent more goes, nobody's base
        (
            [("m1", "BASE", "380.00"), ("m1", "EXTRA", "38.00"), ("m2", "BASE", "380.00")],
            [("m1", "BASE", "380.00"), ("m2", "BASE", "380.00")],
        ),
        # the cap is one for all: another's lower line leaves room for part of it
        (
            [("m1", "BASE", "380.00"), ("m1", "EXTRA", "38.00"), ("m2", "BASE", "379.99")],
            [("m1", "BASE", "380.00"), ("m1", "EXTRA", "0.01"), ("m2", "BASE", "379.99")],
        ),
        # paid by a standard that was higher: each falls to the standard, and nobody below it
        ([("m1", "BASE", "400.00"), ("m2", "BASE", "390.00")], [("m1", "BASE", "380.00"), ("m2", "BASE", "380.00")]),
        ([("m1", "BASE", "400.00"), ("m2", "BASE", "300.00")], [("m1", "BASE", "400.00"), ("m2", "BASE", "300.00")]),
        # 10.00 above the cap: the extra goes first, whoever's it is, and no base above the standard is touched
        (
            [("m1", "BASE", "400.00"), ("m2", "BASE", "360.00"), ("m2", "EXTRA", "10.00")],
            [("m1", "BASE", "400.00"), ("m2", "BASE", "360.00")],
        ),
        # 15.00 above the cap: the largest extra falls first
        (
            [("m1", "BASE", "370.00"), ("m1", "EXTRA", "10.00"), ("m2", "BASE", "375.00"), ("m2", "EXTRA", "20.00")],
            [("m1", "BASE", "370.00"), ("m1", "EXTRA", "10.00"), ("m2", "BASE", "375.00"), ("m2", "EXTRA", "5.00")],
        ),
        # 30.00 above it: both extras, then the largest base
        (
            [("m1", "BASE", "385.00"), ("m1", "EXTRA", "20.00"), ("m2", "BASE", "395.00"), ("m3", "BASE", "370.00")],
            [("m1", "BASE", "385.00"), ("m2", "BASE", "385.00"), ("m3", "BASE", "370.00")],
        ),
    ],
)
def test_D_06_what_is_above_the_cap_is_taken_from_the_extra_first_then_from_above_the_standard(lines, pays):
    assert list(taper_lines(paid(*lines), px())) == paid(*pays)


@given(
    st.lists(st.tuples(st.integers(0, 60_000), st.integers(0, 6_000)), min_size=1, max_size=8),
    st.integers(1, 720_000),
)
def test_D_06_the_lines_add_up_to_the_capped_amount_and_none_rises(people, standard_year):
    before = [
        Line(f"m{i}", item, Money(fen)) for i, own in enumerate(people) for item, fen in zip(ITEMS, own, strict=True)
    ]
    n = px(standard_year=standard_year)
    after = taper_lines(before, n)
    total = sum((x.amount for x in before), Money.zero())
    assert sum((x.amount for x in after), Money.zero()) == taper_amount(total, len(people), n)
    known = {(x.person_id, x.item): x.amount for x in before}
    assert all(Money.zero() < x.amount <= known[x.person_id, x.item] for x in after)
