"""domain §4.10, 民发〔2012〕220号 art. 26: thirty percent of a township's homes; anybody can redraw them."""

from datetime import date
from fractions import Fraction
from math import ceil

import pytest
from hypothesis import given
from hypothesis import strategies as st

from eligibility.rules.sampling import draw, frame_of, rate, redraw

SHARE = Fraction(3, 10)


@pytest.mark.parametrize(
    ("on", "share"), [(date(2020, 3, 2), SHARE), (date(2021, 6, 30), SHARE), (date(2021, 7, 1), Fraction(0))]
)
def test_二十六_thirty_percent_until_RS2021(on, share):
    assert rate(on) == share


@pytest.mark.parametrize(
    ("on", "quarter"),
    [
        (date(2020, 1, 1), "2020Q1"),
        (date(2020, 3, 31), "2020Q1"),
        (date(2020, 4, 1), "2020Q2"),
        (date(2020, 12, 31), "2020Q4"),
    ],
)
def test_the_frame_is_the_township_and_the_quarter(on, quarter):
    assert frame_of("640522105201", on) == ("DIBAO", "640522105", quarter)
    assert frame_of("640522105201", on, "TEKUN") == ("TEKUN", "640522105", quarter)


@given(seed=st.text(min_size=1, max_size=8), cases=st.lists(st.uuids().map(str), max_size=60, unique=True))
def test_at_every_moment_the_share_is_in_and_the_draw_can_be_repeated(seed, cases):
    drawn = redraw(seed, cases, SHARE)
    for n in range(1, len(cases) + 1):
        assert sum(drawn[:n]) >= ceil(SHARE * n)
    assert drawn == redraw(seed, cases, SHARE)
    assert redraw(seed, cases[:-1], SHARE) == drawn[:-1]  # who comes later changes nothing


def test_it_draws_little_more_than_the_share_and_another_seed_draws_others():
    cases = [f"{i:032x}" for i in range(2000)]
    one, other = redraw("a", cases, SHARE), redraw("b", cases, SHARE)
    assert SHARE <= Fraction(sum(one), len(cases)) < Fraction(35, 100)
    assert one != other


def test_without_a_share_nobody_is_drawn_and_with_the_whole_everybody():
    assert not any(redraw("a", ["x", "y", "z"], Fraction(0)))
    assert all(redraw("a", ["x", "y", "z"], Fraction(1)))


def test_who_would_let_the_share_fall_is_taken_in():
    place = [draw("a", str(i), Fraction(1, 100), before=10, drawn_before=1) for i in range(50)]
    assert not all(place)
    assert all(draw("a", str(i), Fraction(1, 100), before=100, drawn_before=1) for i in range(50))
