"""卫民发〔2019〕21号 二(三)9: 80 % and 60 % of last year's rural income; 民发〔2016〕115号: 1.3 times dibao (E14)."""

from dataclasses import replace
from datetime import date

import pytest
from tests.policy.eligibility.households import HAIYUAN, px

from doudi.money import round_half_up
from eligibility.rules import standards
from eligibility.rules.standards.change import dibao_floor, income_floor

FLOORS = standards.floor_numbers(date(2020, 3, 1), HAIYUAN)


def test_9_the_shares_of_last_years_income():
    """10,200 a year: 680.00 and 510.00 (E14)."""
    shares = [str(round_half_up(income_floor(form, FLOORS))) for form in ("CENTRALISED", "SCATTERED")]
    assert shares == ["680.00", "510.00"]
    assert str(round_half_up(dibao_floor(px().standard, FLOORS))) == "494.00"


@pytest.mark.parametrize(
    ("form", "year", "met"),
    [
        ("SCATTERED", 470_760, True),  # 392.30 x 1.3 = 509.99
        ("SCATTERED", 470_772, True),  # 392.31 x 1.3 = 510.003, half up 510.00
        ("SCATTERED", 470_784, False),  # 392.32 x 1.3 = 510.016, half up 510.02
        ("CENTRALISED", 627_684, True),  # 523.07 x 1.3 = 679.99
        ("CENTRALISED", 627_708, False),  # 523.09 x 1.3 = 680.017
        ("SCATTERED", 400_000, True),  # it fell
    ],
)
def test_9_the_tekun_standard_of_before_against_the_floor_of_after(form, year, met):
    found = standards.tekun_holds(form, px(), px(standard_year=year), FLOORS)
    assert found.met is met
    assert found.parameters["basic"] == ("510.00" if form == "SCATTERED" else "680.00")


@pytest.mark.parametrize(
    ("published", "met"),
    [(51_000, True), (50_999, False), (51_001, True), (49_400, False)],
)
def test_9_a_published_standard_is_measured_itself_and_not_the_floor(published, met):
    found = standards.tekun_holds("SCATTERED", px(), px(), replace(FLOORS, basic_scattered=published))
    assert (found.met, found.parameters["floor"]) == (met, "510.00")


@pytest.mark.parametrize(
    ("year", "met"),
    [(470_772, True), (470_784, False)],
)
def test_9_in_town_it_is_said_to_be_of_the_town(year, met):
    before = replace(px(), programme="DIBAO_U")
    found = standards.tekun_holds("SCATTERED", before, replace(before, standard_year=year), FLOORS)
    assert (found.met, found.because.startswith("城市分散供养")) == (met, True)


def test_9_each_form_has_its_own_published_standard():
    n = replace(FLOORS, basic_centralised=68_100, basic_scattered=51_200)
    found = [standards.tekun_holds(form, px(), px(), n).parameters["basic"] for form in ("CENTRALISED", "SCATTERED")]
    assert found == ["681.00", "512.00"]


def test_9_where_dibao_was_the_higher_floor_before_its_multiple_was_the_lawful_standard():
    found = standards.tekun_holds("SCATTERED", px(standard_year=528_000), px(standard_year=528_012), FLOORS)
    assert (found.met, found.parameters["basic"], found.parameters["floor"]) == (False, "572.00", "572.01")


def test_9_both_floors_are_rounded_half_up():
    found = standards.tekun_holds("SCATTERED", px(standard_year=528_006), px(standard_year=528_006), FLOORS)
    assert (found.parameters["basic"], found.parameters["floor"]) == ("572.01", "572.01")  # 572.0065
