"""卫民发〔2019〕21号 二(一)4, 民发〔2012〕220号 art. 27, domain §8.8: how much, and one rounding."""

from fractions import Fraction

import pytest
from tests.policy.eligibility.households import ON, decided, facts, person, px

from doudi.money import Money
from eligibility.rules.amount import (
    Extra,
    Line,
    base_lines,
    differential,
    extra_fits_group,
    extra_is_reasoned,
    extra_lines,
    full_amount,
)


def amounts(lines):
    return [(line.person_id, line.item, str(line.amount)) for line in lines]


def test_二_一_4_key_objects_get_the_whole_standard():
    assert full_amount(2, px()) == 76_000
    assert amounts(base_lines("A", Fraction(5_000), ["b", "a"], px())) == [
        ("a", "BASE", "380.00"),
        ("b", "BASE", "380.00"),
    ]


@pytest.mark.parametrize(
    ("y", "insured", "fen"),
    [(18_000, 3, 60_000), (27_000, 2, 22_000), (37_999, 2, 2), (30_000, 1, 8_000), (0, 3, 114_000)],
)
def test_二十七_the_difference_to_the_standard_for_each_insured(y, insured, fen):  # E22, E22, E04b, E05, E09
    assert differential(Fraction(y), insured, px()) == fen


@pytest.mark.parametrize(
    ("y", "minimum", "fen"),
    [(37_999, 5_000, 10_000), (33_000, 5_000, 10_000), (32_999, 5_000, 10_002), (37_999, 0, 2)],
)
def test_二十七_a_minimum_per_person_where_the_county_has_one(y, minimum, fen):  # E04b: 100.00 instead of 0.02
    assert differential(Fraction(y), 2, px(min_payment=minimum)) == fen


@pytest.mark.parametrize(
    ("standard_year", "insured", "parts"),
    [
        (380_000, 3, ["316.67", "316.67", "316.66"]),  # 950.00, not 3 x 316.67 = 950.01
        (380_000, 2, ["316.67", "316.66"]),  # 633.333… -> 633.33
        (380_002, 3, ["316.67", "316.67", "316.67"]),  # 950.005 goes up to 950.01
        (380_001, 3, ["316.67", "316.67", "316.66"]),  # 950.0025 goes down
    ],
)
def test_八_八_the_household_is_rounded_once_and_the_parts_add_up(standard_year, insured, parts):
    lines = base_lines("B", Fraction(0), ["a", "b", "c"][:insured], px(standard_year=standard_year))
    assert [str(line.amount) for line in lines] == parts


def test_八_八_nobody_insured_is_no_line():
    assert base_lines("C", Fraction(0), [], px()) == []


@pytest.mark.parametrize(
    ("own", "extra"),
    [("380.00", "38.00"), ("123.45", "12.35"), ("123.44", "12.34"), ("0.05", "0.01"), ("0.04", "0.00")],
)
def test_二_一_4_ten_percent_of_ones_own_money_half_up(own, extra):  # E13
    base = [Line("a", "BASE", Money.yuan(own)), Line("b", "BASE", Money.yuan("999.00"))]
    assert amounts(extra_lines(base, [Extra("a", "ELDERLY", "仍有困难")], px())) == [("a", "EXTRA", extra)]


def test_二_一_4_once_however_many_groups_fit_and_only_for_the_insured():
    twice = [Extra("a", "ELDERLY", "x"), Extra("a", "SEVERELY_DISABLED", "x"), Extra("z", "MINOR", "x")]
    lines = extra_lines([Line("a", "BASE", Money.yuan("380.00"))], twice, px())
    assert amounts(lines) == [("a", "EXTRA", "38.00")]


@pytest.mark.parametrize(
    ("extras", "met"),
    [
        ([], True),
        ([Extra("a", "ELDERLY", "仍有困难")], True),
        ([Extra("a", "ELDERLY", " ")], False),
        ([Extra("a", "FRIEND", "仍有困难")], False),
        ([Extra("z", "ELDERLY", "仍有困难")], False),
        ([Extra("a", "ELDERLY", "仍有困难"), Extra("a", "MINOR", "仍有困难")], False),
    ],
)
def test_二_一_4_ten_percent_more_needs_a_group_and_a_reason_for_one_insured_once(extras, met):
    assert extra_is_reasoned(extras, ["a", "b"], px()).met is met


@pytest.mark.parametrize(
    ("group", "born", "more", "met"),
    [
        ("MINOR", "2002-03-03", {}, True),  # 18 tomorrow
        ("MINOR", "2002-03-02", {}, False),
        ("ELDERLY", "1960-03-02", {}, True),  # 60 today
        ("ELDERLY", "1960-03-03", {}, False),
        ("SEVERELY_DISABLED", "1980-01-01", {}, False),
        ("SEVERELY_DISABLED", "1980-01-01", {"severely_disabled": True}, True),
        ("SEVERELY_DISABLED", "1980-01-01", {"grade": 1, "disability": "LIMB"}, True),
        ("SEVERELY_DISABLED", "1980-01-01", {"grade": 2, "disability": "LIMB"}, True),
        ("SEVERELY_DISABLED", "1980-01-01", {"grade": 3, "disability": "LIMB"}, False),
        ("SERIOUSLY_ILL", "1980-01-01", {"seriously_ill": True}, True),
        ("SERIOUSLY_ILL", "1980-01-01", {}, False),
        ("OTHER_SPECIAL_HARDSHIP", "1980-01-01", {}, True),
    ],
)
def test_二_一_4_ten_percent_more_goes_to_who_belongs_to_the_group_by_the_facts(group, born, more, met):
    of, extras = facts(person("a", born, "NONE", **more)), (Extra("a", group, "仍有困难"),)
    assert extra_fits_group(extras, of, px(), on=ON).met is met
    assert decided(of, extras=extras).approvable is met
    assert decided(of, px(elder_age=0), extras=extras).approvable  # as kept determinations were made


def test_二_一_4_ten_percent_more_for_somebody_outside_the_household_is_no_question_of_the_group():
    """It is refused since they are not insured; nothing is known of them by which a group could be judged."""
    extras = (Extra("z", "ELDERLY", "仍有困难"),)
    assert extra_fits_group(extras, facts(person("a")), px(), on=ON).met
    assert not extra_is_reasoned(extras, ["a"], px()).met


def test_二_一_4_in_whatever_order_they_are_named_lines_and_reasons_are_the_same():
    people = [f"p{i}" for i in range(9)]
    groups = ("SERIOUSLY_ILL", "SEVERELY_DISABLED", "ELDERLY")
    extras = [Extra(p, groups[i % len(groups)], "仍有困难") for i, p in enumerate(people)]
    base = [Line(p, "BASE", Money.yuan("380.00")) for p in people]
    for order in (extras, extras[::-1]):
        assert [line.person_id for line in extra_lines(base, order, px())] == people
    of = facts(*(person(p) for p in people))
    for one, other in zip(
        (extra_is_reasoned(extras, people, px()), extra_fits_group(extras, of, px(), on=ON)),
        (extra_is_reasoned(extras[::-1], people, px()), extra_fits_group(extras[::-1], of, px(), on=ON)),
        strict=True,
    ):
        assert one == other
