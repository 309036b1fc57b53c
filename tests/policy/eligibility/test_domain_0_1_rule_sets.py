"""domain §0.1, §2.4: the rule set and the standard of the day; a day of other rules is refused by name."""

from datetime import date

import pytest
from tests.policy.eligibility.households import HAIYUAN

from doudi.dated import MissingParameter, Parameter
from eligibility import rules


@pytest.mark.parametrize("on", [date(2019, 3, 11), date(2020, 3, 2), date(2021, 6, 30)])
def test_0_1_the_seeds_own_world(on):
    assert rules.rule_set(on) == rules.numbers(on, HAIYUAN).rule_set == "RS2019"


@pytest.mark.parametrize(
    ("on", "named"),
    [
        (date(2021, 7, 1), "RS2021"),
        (date(2022, 10, 19), "RS2021"),
        (date(2022, 10, 20), "RS2022"),
        (date(2026, 6, 30), "RS2022"),
        (date(2026, 7, 1), "RS2026"),
        (date(2019, 3, 10), "before the first"),
    ],
)
def test_0_1_a_day_of_other_rules_is_refused_by_name(on, named):
    with pytest.raises(rules.RuleSetNotImplemented, match=named):
        rules.rule_set(on)


@pytest.mark.parametrize(
    ("on", "year"), [(date(2019, 3, 11), 380_000), (date(2019, 12, 31), 380_000), (date(2020, 1, 1), 456_000)]
)
def test_2_4_the_standard_of_the_day(on, year):
    assert rules.numbers(on, HAIYUAN).standard_year == year


def test_2_4_the_value_that_nobody_published_says_that_it_is_an_example():
    assert rules.PARAMETERS.at("dibao.rural", on=date(2019, 6, 1), division=HAIYUAN).status == "example"


@pytest.mark.parametrize(
    ("division", "on", "year"),
    [
        ("640522000000", date(2020, 2, 29), 456_000),
        ("640522000000", date(2020, 3, 1), 480_000),  # 400 a month from its date on
        ("640521000000", date(2020, 3, 1), 456_000),  # the neighbour's standard is its own
    ],
)
def test_2_4_a_countys_own_standard_wins_from_its_date_on(division, on, year):
    own = Parameter("dibao.rural", "400.00", date(2020, 3, 1), division, "海政发〔2020〕1号", "confirmed", "MONTH")
    assert rules.numbers(on, HAIYUAN, rules.PARAMETERS.with_overrides([own])).standard_year == year


def test_2_4_a_number_without_value_on_a_day_is_no_zero():
    with pytest.raises(MissingParameter):
        rules.PARAMETERS.at("dibao.rural", on=date(2010, 1, 1), division=HAIYUAN)
