"""宁财〔社〕发〔2015〕250号: the county's mean subsidy per person and month is not below what the region published."""

from datetime import date

import pytest
from tests.policy.eligibility.households import HAIYUAN

from eligibility.rules import standards


@pytest.mark.parametrize(
    ("total", "persons", "met"), [(61_999, 2, False), (62_000, 2, True), (62_001, 2, True), (92_999, 3, False)]
)
def test_the_mean_of_2020_is_310(total, persons, met):
    n = standards.floor_numbers(date(2020, 1, 1), HAIYUAN)
    found = standards.mean_subsidy_holds(total, persons, n)
    assert (found.met, found.parameters["floor"]) == (met, "310.00")


@pytest.mark.parametrize(
    ("on", "floor"), [(date(2018, 1, 1), 18_400), (date(2019, 12, 31), 18_400), (date(2020, 1, 1), 31_000)]
)
def test_the_floor_of_the_day(on, floor):
    assert standards.floor_numbers(on, HAIYUAN).mean_fen == floor


def test_where_nobody_is_insured_no_floor_is_breached():
    assert standards.mean_subsidy_holds(0, 0, standards.floor_numbers(date(2020, 1, 1), HAIYUAN)).met


@pytest.mark.parametrize(("total", "met"), [(61_599, False), (61_600, True), (61_601, True)])
def test_the_town_has_a_floor_of_its_own_308_since_2016(total, met):
    n = standards.floor_numbers(date(2020, 1, 1), HAIYUAN, programme="DIBAO_U")
    found = standards.mean_subsidy_holds(total, 2, n)
    assert (found.met, found.parameters["floor"]) == (met, "308.00")
    assert found.because.startswith("城市低保月人均补差")
