"""民发〔2021〕43号 art. 19: tekun in town by the town's standard; with land or collective income by the village's."""

from dataclasses import replace

import pytest
from tests.policy.eligibility.programmes import ON, numbers, shown, tekun

from eligibility.rules.programmes.numbers import TekunNumbers
from eligibility.rules.programmes.tekun import basic_standard, determine_tekun, no_source_of_living, standard_area


@pytest.mark.parametrize(
    ("area", "land", "standard"),
    [("RURAL", False, "RURAL"), ("RURAL", True, "RURAL"), ("URBAN", True, "RURAL"), ("URBAN", False, "URBAN")],
)
def test_19_contracted_land_or_collective_income_makes_it_the_rural_standard(area, land, standard):
    assert standard_area(tekun(area=area, land_or_collective=land)) == standard


@pytest.mark.parametrize(
    ("area", "income", "met"),
    [
        ("RURAL", 37_999, True),
        ("RURAL", 38_000, False),  # 380.00 is not below 380.00
        ("URBAN", 59_999, True),
        ("URBAN", 60_000, False),  # the town's 600.00
    ],
)
def test_6_the_means_are_tested_by_the_standard_of_the_area(area, income, met):
    assert no_source_of_living(tekun(area=area, incomes=(("WAGES", income),)), numbers(TekunNumbers)).met is met


@pytest.mark.parametrize(
    ("form", "area", "fen"),
    [
        ("SCATTERED", "RURAL", 51_000),
        ("SCATTERED", "URBAN", 78_000),  # 1.3 x 600.00 is above 510.00
        ("CENTRALISED", "RURAL", 68_000),
        ("CENTRALISED", "URBAN", 78_000),
    ],
)
def test_7_3_the_floor_in_town_is_measured_from_the_towns_dibao(form, area, fen):
    assert basic_standard(form, numbers(TekunNumbers), area) == fen


def test_19_a_person_in_town_is_paid_by_it():
    assert shown(determine_tekun(tekun(area="URBAN"), numbers(TekunNumbers), on=ON)) == [("BASE", "780.00")]


@pytest.mark.parametrize(
    ("published", "fen"),
    [(None, 51_000), (50_999, 51_000), (51_000, 51_000), (51_001, 51_001), (60_000, 60_000)],
)
def test_二_三_9_the_published_standard_is_paid_and_never_less_than_the_floors(published, fen):
    assert basic_standard("SCATTERED", replace(numbers(TekunNumbers), basic_scattered=published)) == fen


def test_numbers_kept_before_there_was_a_town_standard_are_read_and_give_the_same():
    kept = numbers(TekunNumbers).as_json()
    for name in ("dibao_urban_year", "basic_centralised", "basic_scattered"):
        del kept[name]
    old = TekunNumbers.from_json(kept)
    made, again = (determine_tekun(tekun(), n, on=ON) for n in (numbers(TekunNumbers), old))
    assert made.sha256 == again.sha256
