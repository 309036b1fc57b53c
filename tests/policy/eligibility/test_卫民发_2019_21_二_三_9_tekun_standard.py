"""卫民发〔2019〕21号 二(三)9: 80 % and 60 % of last year's rural income, 1.3 times dibao, care by grade (E14, E16)."""

from dataclasses import replace
from datetime import date
from fractions import Fraction

import pytest
from tests.policy.eligibility.programmes import ON, numbers, shown, tekun

from eligibility.rules.programmes.numbers import TekunNumbers
from eligibility.rules.programmes.self_care import ITEMS
from eligibility.rules.programmes.tekun import basic_standard, care_standard, determine_tekun


@pytest.mark.parametrize(
    ("form", "income_year", "fen"),
    [
        ("SCATTERED", 1_020_000, 51_000),  # 60 % x 10,200 / 12; 1.3 x 380 = 494 is less
        ("SCATTERED", 988_000, 49_400),  # both floors alike
        ("SCATTERED", 987_980, 49_400),  # 493.99: 1.3 x dibao is the larger
        ("SCATTERED", 988_020, 49_401),
        ("CENTRALISED", 1_020_000, 68_000),
        ("CENTRALISED", 741_000, 49_400),
        ("CENTRALISED", 740_985, 49_400),
        ("CENTRALISED", 741_015, 49_401),
    ],
)
def test_二_三_9_the_larger_of_both_floors(form, income_year, fen):
    assert basic_standard(form, replace(numbers(TekunNumbers), rural_income_year=income_year)) == Fraction(fen)


def test_二_三_9_the_year_is_the_authority_and_nothing_is_rounded_in_between():
    n = replace(numbers(TekunNumbers), rural_income_year=1_020_010)
    assert basic_standard("SCATTERED", n) == Fraction(6 * 1_020_010, 120)  # 510.005
    assert shown(determine_tekun(tekun(), n, on=ON)) == [("BASE", "510.01")]  # half up


@pytest.mark.parametrize(
    ("grade", "scattered", "centralised"),
    [("SELF", "0.00", "148.00"), ("HALF", "80.00", "246.67"), ("FULL", "80.00", "493.33")],
)
def test_二_三_care_by_grade(grade, scattered, centralised):
    n = numbers(TekunNumbers)
    assert str(care_standard("SCATTERED", grade, n)) == scattered
    assert str(care_standard("CENTRALISED", grade, n)) == centralised


@pytest.mark.parametrize(("on", "care"), [(date(2020, 12, 31), "80.00"), (date(2021, 1, 1), "120.00")])
def test_care_of_scattered_people_rose_on_2021_01_01(on, care):
    assert str(care_standard("SCATTERED", "HALF", numbers(TekunNumbers, on))) == care


@pytest.mark.parametrize(
    ("failed", "scattered", "centralised"),
    [(0, "510.00", "828.00"), (3, "590.00", "926.67"), (4, "590.00", "1173.33")],
)
def test_E14_E16_to_the_fen(failed, scattered, centralised):
    items = tuple(ITEMS)[:failed]
    n = numbers(TekunNumbers)
    at_home = determine_tekun(tekun(failed_items=items), n, on=ON)
    in_home = determine_tekun(tekun(failed_items=items, form="CENTRALISED"), n, on=ON)
    assert (str(at_home.amount), str(in_home.amount)) == (scattered, centralised)
    assert str(at_home.lines[0].amount) == "510.00"
    assert (str(in_home.starts), in_home.rule_set) == ("2020-04", "RS2019")


def test_a_decision_can_be_made_again_byte_for_byte():
    n = numbers(TekunNumbers)
    made = determine_tekun(tekun(failed_items=("EAT",)), n, on=ON)
    facts = type(tekun()).from_json(tekun(failed_items=("EAT",)).as_json())
    again = determine_tekun(facts, TekunNumbers.from_json(n.as_json()), on=ON)
    assert (again.sha256, again.as_json()) == (made.sha256, made.as_json())
    assert determine_tekun(tekun(failed_items=()), n, on=ON).sha256 != made.sha256
