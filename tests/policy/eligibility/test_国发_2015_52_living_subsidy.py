"""国发〔2015〕52号 and 卫民发〔2019〕21号 二(四)11: living subsidy, bars, first month, the county's top-up."""

from dataclasses import replace
from datetime import date

import pytest
from tests.policy.eligibility.programmes import ON, RS2022, dis, living, numbers, shown

from doudi.money import Money
from eligibility.rules.programmes.living import LivingFacts, county_top_up, determine_living, is_in_hardship
from eligibility.rules.programmes.numbers import LivingNumbers
from eligibility.rules.programmes.subsidies import certificate_is_valid, first_month_of_a_subsidy, nothing_bars_it


@pytest.mark.parametrize(
    ("until", "met"), [(None, True), ("2020-03-03", True), ("2020-03-02", True), ("2020-03-01", False)]
)
def test_二_一_the_certificate_is_valid_to_the_end_of_its_last_day(until, met):
    assert certificate_is_valid(living(valid_until=until), on=ON).met is met
    assert not certificate_is_valid(living(disability=None, valid_until=until), on=ON).met


@pytest.mark.parametrize(
    ("dibao", "extended", "met"), [(True, False, True), (False, True, True), (False, False, False)]
)
def test_二_一_1_in_a_dibao_household_or_where_the_locality_extends_it(dibao, extended, met):
    assert is_in_hardship(living(in_dibao=dibao, in_extended_scope=extended)).met is met


@pytest.mark.parametrize(
    ("bar", "met"), [({}, True), ({"work_injury_pay": True}, False), ({"serving_sentence": True}, False)]
)
def test_二_三_work_injury_pay_and_a_sentence_bar_it(bar, met):
    assert nothing_bars_it(living(**bar)).met is met
    assert determine_living(living(**bar), numbers(LivingNumbers), on=ON).eligible is met


@pytest.mark.parametrize("grade", [1, 2, 3, 4])
def test_二_四_11_every_grade_of_a_dibao_member_gets_it(grade):  # E18
    found = determine_living(living(disability=dis("LIMB", grade)), numbers(LivingNumbers), on=ON)
    assert shown(found) == [("LIVING", "100.00")]


@pytest.mark.parametrize(
    ("on", "amount"),
    [(date(2020, 12, 31), "100.00"), (date(2021, 1, 1), "110.00"), (date(2023, 12, 31), "110.00"),
     (date(2024, 1, 1), "115.00")],
)  # fmt: skip
def test_the_amount_by_day(on, amount):
    assert shown(determine_living(living(), numbers(LivingNumbers, on), on=on)) == [("LIVING", amount)]


@pytest.mark.parametrize(("poor", "set_", "lines"), [
    (True, 2_000, [("LIVING", "100.00"), ("TOP_UP", "20.00")]),
    (False, 2_000, [("LIVING", "100.00")]),
    (True, 0, [("LIVING", "100.00")]),
])  # fmt: skip
def test_二_四_11_the_county_may_raise_it_for_the_registered_poor(poor, set_, lines):
    n = replace(numbers(LivingNumbers), registered_poor_top_up=set_)
    assert county_top_up(living(registered_poor=poor), n) == Money(set_ if poor else 0)
    assert shown(determine_living(living(registered_poor=poor), n, on=ON)) == lines


@pytest.mark.parametrize(
    ("applied", "expired", "back", "first"),
    [
        ("2020-03-31", None, 0, "2020-03"),
        ("2022-11-10", None, 3, "2022-11"),
        ("2022-11-10", "2022-10-31", 3, "2022-11"),
        ("2022-11-10", "2022-09-30", 3, "2022-10"),
        ("2022-11-10", "2022-07-31", 3, "2022-08"),
        ("2022-11-10", "2022-06-30", 3, "2022-08"),
        ("2022-11-10", "2022-06-30", 0, "2022-11"),
        ("2022-11-10", "2022-12-31", 3, "2022-11"),
    ],
)
def test_八_1_from_the_month_of_application_and_up_to_three_months_back_when_renewed(applied, expired, back, first):
    assert str(first_month_of_a_subsidy(living(applied_on=applied, expired_on=expired), back)) == first


def test_八_1_back_pay_came_with_the_notice_of_2022():
    assert numbers(LivingNumbers, date(2022, 10, 19)).back_months == 0
    facts = living(applied_on=RS2022.isoformat(), expired_on="2022-05-01")
    found = determine_living(facts, numbers(LivingNumbers, RS2022), on=RS2022)
    assert (str(found.starts), found.rule_set) == ("2022-07", "RS2022")


def test_facts_are_read_again():
    for facts in (living(), living(disability=None), living(disability=dis("MULTIPLE", 1, ("LIMB", 1)))):
        assert LivingFacts.from_json(facts.as_json()) == facts
