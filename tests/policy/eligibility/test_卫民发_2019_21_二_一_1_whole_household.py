"""卫民发〔2019〕21号 二(一)1: the whole household, where most members qualify or the main labour is missing."""

import pytest
from tests.policy.eligibility.households import EARNER, ELDER, ON, PUPIL, SPOUSE, facts, person, px

from eligibility.rules.coverage import main_labour_missing, most_members_qualify


@pytest.mark.parametrize(
    ("unit", "met"),
    [
        ([EARNER, SPOUSE, PUPIL], False),  # 1 of 3
        ([EARNER, SPOUSE, PUPIL, ELDER], False),  # 2 of 4: half is not most
        ([EARNER, PUPIL, ELDER], True),  # 2 of 3
        ([ELDER], True),
        ([EARNER], False),
        ([SPOUSE], False),  # able and without work
        ([person("x", labour="PARTIAL")], True),
        ([person("x", "2000-01-01", "FULL", student=True)], True),
    ],
)
def test_二_一_1_most_means_more_than_half(unit, met):
    assert most_members_qualify(facts(*unit), px(), on=ON).met is met


@pytest.mark.parametrize(("share", "met"), [("0.6", False), ("0.599", True)])
def test_二_一_1_the_share_itself_is_not_most(share, met):  # 3 of 5
    weak = [person(f"w{i}", "1950-01-01", "NONE") for i in range(3)]
    assert most_members_qualify(facts(EARNER, SPOUSE, *weak), px(majority_share=share), on=ON).met is met


def test_二_一_1_who_earns_does_not_count_towards_most_even_when_weak():
    weak_earner = person("x", labour="PARTIAL", earns=True)
    assert not most_members_qualify(facts(weak_earner), px(), on=ON).met


def test_二_一_1_the_reason_has_the_figures():
    found = most_members_qualify(facts(EARNER, SPOUSE, PUPIL, ELDER), px(), on=ON)
    assert found.because == "家庭成员 4 人，其中 2 人符合条件，未超过半数"
    assert found.clause == "卫民发〔2019〕21号 二(一)1"


@pytest.mark.parametrize(
    ("born", "met"),
    [
        ("2004-03-03", True),  # 15, sixteen tomorrow
        ("2004-03-02", False),  # 16 today
        ("1960-03-03", False),  # 59, sixty tomorrow
        ("1960-03-02", True),  # 60 today
    ],
)
def test_二_一_1_main_labour_is_able_and_between_sixteen_and_fifty_nine(born, met):
    assert main_labour_missing(facts(person("x", born)), px(), on=ON).met is met


@pytest.mark.parametrize(
    ("of", "met"),
    [
        (facts(person("x", labour="PARTIAL")), True),
        (facts(person("x", "2000-01-01", student=True)), True),
        (facts(EARNER), False),
        (facts(EARNER, labour_missing=True), True),  # the sole earner is lost, domain §3.4 b
    ],
)
def test_二_一_1_a_student_or_a_lost_earner_is_no_main_labour(of, met):
    assert main_labour_missing(of, px(), on=ON).met is met
