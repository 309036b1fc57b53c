"""卫民发〔2019〕21号 二(一)4: classes A, B, C by D-01; A and B whole, C two at least."""

from fractions import Fraction

import pytest
from tests.policy.eligibility.households import EARNER, ELDER, ON, PUPIL, SPOUSE, decided, facts, family, person, px

from eligibility.rules import SPECIAL_CASES
from eligibility.rules.coverage import (
    class_by_capacity,
    enough_insured,
    evidence,
    key_guarantee,
    needier_first,
    whole_household_insured,
)


@pytest.mark.parametrize(
    ("unit", "met"),
    [
        ([ELDER], True),
        ([ELDER, PUPIL], True),  # minors and students aside
        ([ELDER, person("x", "1950-01-01", "PARTIAL")], False),
        ([ELDER, EARNER], False),
        ([person("x", "1950-01-01", "NONE", earns=True)], False),
        ([PUPIL], True),  # under 16: without capacity (domain §3.6)
        ([PUPIL, person("x", "2004-03-03", "NONE", student=True)], True),
        ([person("x", "2004-03-02", "FULL", student=True)], False),  # just 16, and at school: no work for now
        ([PUPIL, person("x", "2004-03-02", "FULL", student=True)], True),
        ([PUPIL, person("x", "2004-03-02", "FULL")], False),
        ([person("x", "2010-01-01", "NONE", earns=True)], False),
        ([ELDER, person("x", "2004-03-02", "PARTIAL")], False),  # 16 today
        ([ELDER, person("x", "2004-03-03", "PARTIAL")], True),  # tomorrow
        ([ELDER, person("x", "2000-01-01", "FULL", student=True)], True),
        ([ELDER, person("x", "1950-01-01", "NONE", earns=True)], False),  # one of two is enough
    ],
)
def test_二_一_4_A_has_nobody_who_can_work_and_nobody_who_earns(unit, met):
    assert key_guarantee(facts(*unit), px(), on=ON).met is met


def test_二_一_4_children_alone_are_paid_in_full_and_kept_determinations_as_they_were():
    alone = facts(PUPIL, income="1200.00")
    now, then = (decided(alone, n) for n in (px(), px(child_without_labour=False)))
    assert [(d.assistance_class, str(d.amount)) for d in (now, then)] == [("A", "380.00"), ("B", "280.00")]


@pytest.mark.parametrize(
    ("unit", "y", "group"),
    [
        ([ELDER], 0, "A"),
        ([EARNER, PUPIL, ELDER], 37_999, "B"),  # most qualify
        ([person("x", labour="PARTIAL", earns=True), EARNER], 37_999, "C"),
        ([EARNER, SPOUSE, PUPIL], 19_000, "B"),  # the gap is just half of 380.00
        ([EARNER, SPOUSE, PUPIL], Fraction(190_001, 10), "C"),
        ([EARNER, SPOUSE, PUPIL], 37_999, "C"),
    ],
)
def test_二_一_4_the_class_follows_capacity_then_the_gap(unit, y, group):
    assert class_by_capacity(evidence(facts(*unit), px(), on=ON), Fraction(y), px()) == group


def test_二_一_4_a_household_that_lost_its_main_labour_is_B_though_most_do_not_qualify():
    of = facts(EARNER, SPOUSE, PUPIL, labour_missing=True)
    found = evidence(of, px(), on=ON)
    assert (found.majority.met, found.labour_missing.met) == (False, True)
    assert class_by_capacity(found, Fraction(37_999), px()) == "B"


@pytest.mark.parametrize(
    ("group", "insured", "met"),
    [
        ("A", ["m1", "m2", "m3"], True),
        ("A", ["m1", "m2"], False),
        ("B", ["m1", "m2", "m3"], True),
        ("B", ["m1"], False),
        ("C", ["m1", "m2"], True),
    ],
)
def test_二_一_4_A_and_B_insure_every_member(group, insured, met):
    assert whole_household_insured(group, family(), insured, px()).met is met


@pytest.mark.parametrize(
    ("size", "insured", "special", "met"),
    [
        (1, 0, None, False),
        (1, 1, None, True),
        (2, 1, None, False),
        (2, 2, None, True),
        (4, 0, None, False),
        (4, 0, SPECIAL_CASES["COLLECTIVE_DECISION"], False),
        (4, 1, None, False),  # E05
        (4, 1, SPECIAL_CASES["COLLECTIVE_DECISION"], True),
        (4, 2, None, True),
        (4, 4, None, True),
    ],
)
def test_二_一_4_a_C_household_of_two_or_more_insures_at_least_two(size, insured, special, met):
    of = facts(*(person(f"m{i}") for i in range(size)))
    assert enough_insured("C", of, [f"m{i}" for i in range(insured)], special, px()).met is met


@pytest.mark.parametrize("group", ["A", "B"])
def test_二_一_4_of_an_A_or_B_household_another_rule_asks_for_every_member(group):
    assert enough_insured(group, family(), ["m1"], None, px()).met
    assert not whole_household_insured(group, family(), ["m1"], px()).met


def test_二_一_4_the_reason_names_the_special_case_and_says_nothing_against_what_is_lawful():
    special = SPECIAL_CASES["COLLECTIVE_DECISION"]
    assert enough_insured("C", family(), ["m1"], special, px()).because == (
        "C类家庭 3 人，保障 1 人，每户至少保 2 人；特殊情况：县级集体研究决定"
    )
    assert enough_insured("C", family(), ["m1", "m2"], None, px()).because == "C类家庭 3 人，保障 2 人，每户至少保 2 人"


def test_二_一_4_the_block_says_why_and_nobody_is_added():
    made = decided(facts(*(person(f"m{i}", earns=True) for i in range(4)), income="14400.00"), insured=("m3",))
    assert (made.eligible, made.approvable, made.insured) == (True, False, ("m3",))
    (obstacle,) = made.obstacles
    assert obstacle.clause == "卫民发〔2019〕21号 二(一)4"
    assert obstacle.because == "C类家庭 4 人，保障 1 人，每户至少保 2 人；未登记特殊情况，不得批准"


def test_二_一_4_the_needier_stand_first_and_who_earns_last():
    disabled, ill = person("d", severely_disabled=True, labour="PARTIAL"), person("i", seriously_ill=True)
    assert needier_first(facts(EARNER, SPOUSE, PUPIL, ELDER, disabled, ill), on=ON) == [
        "d",
        "i",
        "m4",
        "m3",
        "m2",
        "m1",
    ]


def test_二_一_4_a_student_stands_before_an_able_member_who_is_older():
    assert needier_first(facts(SPOUSE, person("s", "2000-01-01", "FULL", student=True)), on=ON) == ["s", "m2"]
