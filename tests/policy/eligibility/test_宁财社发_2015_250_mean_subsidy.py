"""宁财〔社〕发〔2015〕250号: the county's mean subsidy per person and month is not below what the region published."""

from dataclasses import replace
from datetime import date

import pytest
from tests.policy.eligibility.households import HAIYUAN

from doudi.dated import Parameter, parameter
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


def test_where_no_floor_is_published_none_is_breached():
    n = replace(standards.floor_numbers(date(2020, 1, 1), HAIYUAN), mean_fen=None)
    found = standards.mean_subsidy_holds(1, 2, n)
    assert (found.met, found.because) == (True, "未公布月人均补差下限")


def published(key: str, since: date, division: str = "640522") -> Parameter:
    """What a county published."""
    row = {"from": since, "division": division, "value": "777.00", "source": "县文件", "status": "example"}
    return parameter(key, row)


@pytest.mark.parametrize(
    ("since", "division", "known"),
    [
        (date(2020, 3, 1), "640522", True),  # from today
        (date(2020, 3, 2), "640522", False),  # from tomorrow
        (date(2020, 3, 1), "640521", False),  # another county's
    ],
)
def test_a_basic_standard_holds_from_its_first_day_in_its_county(since, division, known):
    keys = ("tekun.basic_centralised", "tekun.basic_scattered")
    own = [published(key, since, division) for key in keys]
    n = standards.floor_numbers(date(2020, 3, 1), HAIYUAN, own)
    assert (n.basic_centralised, n.basic_scattered) == ((77_700, 77_700) if known else (None, None))
