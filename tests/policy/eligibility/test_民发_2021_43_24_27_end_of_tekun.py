"""民发〔2021〕43号 art. 24-27: when tekun ends, and with which month (domain §7.6)."""

import pytest
from tests.policy.eligibility.programmes import ON, born, numbers, tekun

from eligibility.rules.programmes.numbers import TekunNumbers
from eligibility.rules.programmes.tekun import Supporter
from eligibility.rules.programmes.tekun_end import (
    TekunChange,
    circumstances_of_an_end,
    conditions_of_an_end,
    end_of_tekun,
    other_aid_to_look_at,
)


def change(facts=None, **more):
    return TekunChange(facts=facts or tekun(held=True), **more)


def test_nothing_changed_nothing_ends():
    end = end_of_tekun(change(), numbers(TekunNumbers), on=ON)
    assert (end.ends, end.findings, end.last_month, end.posting_days) == (False, (), None, 0)


@pytest.mark.parametrize(
    ("more", "words"),
    [
        ({"regained_labour": True}, "恢复劳动能力"),
        ({"imprisoned": True}, "服刑"),
        ({"asks_to_leave": True}, "自愿"),
    ],
)
def test_二十六_posted_for_seven_days_and_paid_to_the_end_of_the_month(more, words):
    assert [words in f.because for f in circumstances_of_an_end(change(**more))] == [True]
    end = end_of_tekun(change(**more), numbers(TekunNumbers), on=ON)
    assert (end.ends, str(end.last_month), end.posting_days) == (True, "2020-03", 7)
    assert all(f.met for f in end.findings)
    assert end.findings[0].rule_set == "RS2019"


def test_二十四_a_death_ends_with_its_month_and_is_not_posted():
    end = end_of_tekun(change(died_on="2020-02-29"), numbers(TekunNumbers), on=ON)
    assert (end.ends, str(end.last_month), end.posting_days) == (True, "2020-02", 0)


@pytest.mark.parametrize(
    ("facts", "ends"),
    [
        ({"incomes": (("RENT", 37_999),)}, False),
        ({"incomes": (("RENT", 38_000),)}, True),
        ({"verified_breaches": ("商铺",)}, True),
        ({"supporters": (Supporter(born(30)),)}, True),
        ({"supporters": (Supporter(born(30), tekun=True),)}, False),
        ({"born": born(16)}, True),
        ({"born": born(16), "school": "SENIOR_HIGH"}, False),
        ({"born": born(16, days=-1)}, False),
    ],
)
def test_二十四_a_condition_that_is_not_fulfilled_any_more(facts, ends):
    found = conditions_of_an_end(change(tekun(held=True, **facts)), numbers(TekunNumbers), on=ON)
    assert [f.met for f in found] == [True] * ends
    assert end_of_tekun(change(tekun(held=True, **facts)), numbers(TekunNumbers), on=ON).ends is ends


def test_what_was_known_is_read_again():
    known = change(tekun(held=True, supporters=(Supporter(born(30), tekun=True),)), died_on="2020-02-29")
    assert TekunChange.from_json(known.as_json()) == known


def test_二十六_the_manner_is_told_with_the_grounds():
    alive = end_of_tekun(change(asks_to_leave=True), numbers(TekunNumbers), on=ON)
    assert alive.findings[-1].because == "终止前公示 7 天，发至 2020-03，自次月起停发"
    dead = end_of_tekun(change(died_on="2020-02-29"), numbers(TekunNumbers), on=ON)
    assert [f.because for f in dead.findings] == ["死亡、宣告死亡或者宣告失踪", "不公示，发至 2020-02，自次月起停发"]


def test_二十四_after_a_death_nothing_else_is_a_ground():
    dead = change(tekun(held=True, verified_breaches=("商铺",)), died_on="2020-02-29")
    assert all("商铺" not in f.because for f in end_of_tekun(dead, numbers(TekunNumbers), on=ON).findings)


@pytest.mark.parametrize(
    ("more", "aid"),
    [
        ({}, ()),
        ({"asks_to_leave": True}, ("DIBAO", "RELIEF")),
        ({"regained_labour": True}, ("DIBAO", "RELIEF")),
        ({"imprisoned": True}, ()),
        ({"died_on": "2020-02-29"}, ()),
    ],
)
def test_二十七_other_aid_is_looked_at_for_who_lives_at_home(more, aid):
    known = change(**more)
    assert other_aid_to_look_at(known, end_of_tekun(known, numbers(TekunNumbers), on=ON)) == aid
