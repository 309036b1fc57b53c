"""domain §0.1, §2.4: the rule set and the standard of the day; a day of other rules is refused by name."""

from datetime import date, timedelta
from itertools import pairwise
from pathlib import Path

import pytest
import yaml
from tests.policy.eligibility.households import HAIYUAN, family

from doudi.dated import STANDINGS, MissingParameter, Parameter
from eligibility import rules


@pytest.mark.parametrize(
    ("on", "name"),
    [
        (date(2019, 3, 11), "RS2019"),
        (date(2021, 6, 30), "RS2019"),
        (date(2021, 7, 1), "RS2021"),
        (date(2022, 10, 19), "RS2021"),
        (date(2022, 10, 20), "RS2022"),
        (date(2026, 6, 30), "RS2022"),
        (date(2026, 7, 1), "RS2026"),
        (date(9999, 12, 31), "RS2026"),
    ],
)
def test_0_1_the_rule_set_of_the_day(on, name):
    assert rules.rule_set(on) == rules.numbers(on, HAIYUAN).rule_set == name


def test_0_1_a_day_before_the_first_rules_is_refused_by_name():
    with pytest.raises(rules.RuleSetNotImplemented, match="before the first"):
        rules.rule_set(date(2019, 3, 10))


def test_0_1_the_days_follow_each_other_without_a_gap_and_all_are_implemented():
    for one, following in pairwise(rules.RULE_SETS):
        assert one.last + timedelta(days=1) == following.first
    assert all(entry.implemented for entry in rules.RULE_SETS)
    assert len({frozenset(entry.terms) for entry in rules.RULE_SETS}) == 1


@pytest.mark.parametrize(
    ("term", "by_rule_set"),
    [
        ("partial_household", [True, True, False, False]),  # D-02, domain §0.1 conflict 1
        ("margin_defined", [False, True, True, True]),
        ("second_posting", [True, False, False, False]),
        ("refusal_day_kind", ["CALENDAR", "WORKING", "WORKING", "WORKING"]),
        ("hearing", [False, False, False, True]),
        (
            "single_entries",
            [
                ["REGISTERED_APART", "POVERTY_REGISTRY"],
                ["MARGIN"],
                ["MARGIN", "ADULT_SEVERELY_DISABLED"],
                ["MARGIN", "ADULT_SEVERELY_DISABLED"],
            ],
        ),
    ],
)
def test_0_1_what_differs_between_the_rule_sets(term, by_rule_set):
    assert [rules.term(term, entry.first) for entry in rules.RULE_SETS] == by_rule_set


def test_0_1_every_term_has_its_source_and_standing():
    table = yaml.safe_load((Path(rules.__file__).with_name("rule_sets.yaml")).read_text(encoding="utf-8"))
    told = [term for row in table for term in row["terms"].values()]
    assert len(told) == 28
    assert all(term["source"] and term["status"] in STANDINGS for term in told)


@pytest.mark.parametrize(
    ("on", "cited"),
    [
        (date(2020, 3, 2), "国务院令649号 9"),
        (date(2021, 8, 2), "国务院令649号 9"),
        (date(2026, 8, 3), "社会救助法 18"),
    ],
)
def test_0_1_a_finding_cites_the_documents_of_its_rule_set(on, cited):
    made = rules.determine(family("0.00"), rules.numbers(on, HAIYUAN), on=on)
    assert made.findings[1].clause == cited
    assert {found.rule_set for found in made.findings} == {rules.rule_set(on)}


@pytest.mark.parametrize(
    ("on", "year"), [(date(2019, 3, 11), 380_000), (date(2019, 12, 31), 380_000), (date(2020, 1, 1), 456_000)]
)
def test_2_4_the_standard_of_the_day(on, year):
    assert rules.numbers(on, HAIYUAN).standard_year == year


@pytest.mark.parametrize(
    ("on", "rural_year", "urban_month"),
    [
        (date(2019, 3, 11), 380_000, 50_000),
        (date(2019, 12, 31), 380_000, 50_000),
        (date(2020, 1, 1), 456_000, 60_000),
        (date(2023, 12, 31), 456_000, 60_000),  # 2023 is known for 银川 only
        (date(2024, 1, 1), 612_000, 69_000),
        (date(2025, 12, 31), 612_000, 69_000),
        (date(2026, 1, 1), 672_000, 74_000),
    ],
)
def test_2_4_rural_and_urban_standards_of_the_whole_period(on, rural_year, urban_month):
    assert rules.numbers(on, HAIYUAN).standard_year == rural_year
    assert rules.numbers(on, HAIYUAN, programme="DIBAO_U").standard == urban_month


@pytest.mark.parametrize(
    ("on", "rural", "urban"),
    [
        (date(2015, 3, 31), "1930.00", "300.00"),
        (date(2015, 4, 1), "2400.00", "380.00"),
        (date(2016, 3, 31), "2400.00", "380.00"),
        (date(2016, 4, 1), "3150.00", "440.00"),
    ],
)
def test_2_4_the_standards_before_the_first_rule_set_are_known_too(on, rural, urban):
    found = [rules.PARAMETERS.at(key, on=on, division=HAIYUAN) for key in ("dibao.rural", "dibao.urban")]
    assert [str(row.money) for row in found] == [rural, urban]
    assert [row.status for row in found] == ["confirmed", "confirmed"]


def test_2_4_the_standard_of_银川_of_2023_is_kept_and_holds_nowhere_else():
    kept = {(row.key, str(row.money)) for row in rules.PARAMETERS if row.division == "6401"}
    assert kept == {("dibao.rural", "5520.00"), ("dibao.urban", "660.00")}


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
