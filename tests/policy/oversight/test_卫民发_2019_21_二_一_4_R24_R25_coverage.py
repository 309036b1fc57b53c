"""卫民发〔2019〕21号 二(一)4 and domain §9.2 R24, R25: C insures two at least, A and B the whole household."""

from datetime import date

import pytest

from oversight import rules

ON = date(2020, 3, 20)


@pytest.mark.parametrize(
    ("group", "size", "insured", "special", "met"),
    [
        ("C", 1, 1, None, True),
        ("C", 2, 0, None, False),
        ("C", 2, 1, None, False),
        ("C", 2, 2, None, True),
        ("C", 4, 1, None, False),
        ("C", 4, 2, None, True),
        ("C", 4, 3, None, True),
        ("C", 4, 1, "SEVERE_DISABILITY", True),
        ("C", 4, 1, " ", False),
        ("A", 4, 1, None, True),
        (None, 4, 1, None, True),
    ],
)
def test_二_一_4_R24_a_C_household_of_two_or_more_insures_at_least_two(group, size, insured, special, met):
    assert rules.two_of_class_c(group, size, insured, special, on=ON).met is met


@pytest.mark.parametrize(
    ("group", "size", "insured", "met"),
    [
        ("A", 3, 2, False),
        ("A", 3, 3, True),
        ("B", 3, 2, False),
        ("B", 3, 3, True),
        ("A", 1, 1, True),
        ("A", 1, 0, False),
        ("C", 3, 2, True),
        (None, 3, 0, True),
    ],
)
def test_二_一_4_R25_classes_A_and_B_insure_the_whole_household(group, size, insured, met):
    assert rules.whole_household_of_a_and_b(group, size, insured).met is met


def test_二_一_4_the_reasons_have_the_figures():
    assert rules.two_of_class_c("C", 3, 1, None, on=ON).because == "C类家庭3人，保障1人，少于2人，且无特殊情况说明"
    assert rules.whole_household_of_a_and_b("B", 3, 2).because == "B类家庭3人，保障2人，未整户纳入"
