"""民发〔2022〕83号 一(一): an eligible household is covered whole; no partial cover from 2022-10-20 (D-02)."""

from datetime import date

import pytest
from tests.policy.eligibility.households import RS2022, at, decided_on, facts, person

from eligibility.rules import SPECIAL_CASES
from eligibility.rules.coverage import nobody_left_out

FOUR = [person("m1", "1975-01-01"), person("m2", "1977-01-01"), person("m3", "2000-01-01", earns=True)]
FOUR.append(person("m4", "1944-01-01", "PARTIAL"))
E05 = facts(*FOUR, income="14400.00")
"""Four people of class C, 300.00 a head."""


@pytest.mark.parametrize(
    ("insured", "met"),
    [(("m1", "m2", "m3", "m4"), True), (("m1", "m2", "m3"), False), (("m4",), False), ((), False)],
)
def test_一_一_every_member_is_insured(insured, met):
    assert nobody_left_out(E05, insured, at(RS2022)).met is met


@pytest.mark.parametrize(
    ("on", "approvable"),
    [(date(2021, 6, 30), True), (date(2021, 7, 1), True), (date(2022, 10, 19), True), (date(2022, 10, 20), False)],
)
def test_一_一_two_of_four_are_lawful_until_the_notice(on, approvable):
    made = decided_on(on, E05, insured=("m3", "m4"))
    assert (made.assistance_class, made.approvable, str(made.amount)) == ("C", approvable, "160.00")


def test_一_一_no_special_case_excuses_it():
    made = decided_on(RS2022, E05, insured=("m4",), special_case=SPECIAL_CASES["COLLECTIVE_DECISION"])
    assert [(f.clause, f.because) for f in made.obstacles] == [
        ("民发〔2022〕83号 一(一)", "家庭 4 人，保障 1 人；不得仅将个别家庭成员纳入，不得批准")
    ]


def test_E05_under_RS2022_all_four_get_eighty_each():
    made = decided_on(RS2022, E05)
    assert (str(made.amount), made.approvable) == ("320.00", True)
    assert {str(line.amount) for line in made.lines} == {"80.00"}
