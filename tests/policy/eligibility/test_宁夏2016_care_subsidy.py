"""国发〔2015〕52号, Ningxia 2016 (C24), 卫民发〔2019〕21号 二(四)11: the care subsidy and its widened scope."""

from datetime import date

import pytest
from tests.policy.eligibility.programmes import ON, RS2022, care, dis, living, numbers, shown

from eligibility.rules import PARAMETERS
from eligibility.rules.programmes.care import (
    CareFacts,
    determine_care,
    is_not_lower_than_elder_nursing,
    is_severely_disabled,
    needs_long_term_care,
)
from eligibility.rules.programmes.common import certified_within
from eligibility.rules.programmes.living import determine_living
from eligibility.rules.programmes.numbers import CareNumbers, LivingNumbers


@pytest.mark.parametrize(
    ("category", "grade", "here"),
    [
        *((c, g, g <= 2) for c in ("VISUAL", "HEARING", "SPEECH", "LIMB", "MULTIPLE") for g in (1, 2, 3, 4)),
        *((c, g, True) for c in ("INTELLECTUAL", "MENTAL") for g in (1, 2, 3, 4)),
    ],
)
def test_ningxia_adds_mental_and_intellectual_disability_of_any_grade(category, grade, here):
    assert is_severely_disabled(care(disability=dis(category, grade)), numbers(CareNumbers)).met is here
    national = PARAMETERS.at("care_sub.disability", on=ON)
    assert certified_within(dis(category, grade), national.value) is (grade <= 2)


@pytest.mark.parametrize(
    ("parts", "met"),
    [((), False), ((("LIMB", 3), ("VISUAL", 3)), False), ((("LIMB", 3), ("MENTAL", 4)), True), ((("LIMB", 2),), True)],
)
def test_a_multiple_disability_counts_by_its_parts(parts, met):
    assert is_severely_disabled(care(disability=dis("MULTIPLE", 3, *parts)), numbers(CareNumbers)).met is met


def test_no_certificate_is_no_severe_disability():
    assert not is_severely_disabled(care(disability=None), numbers(CareNumbers)).met


@pytest.mark.parametrize(("months", "met"), [(5, False), (6, False), (7, True)])
def test_二_一_2_care_is_needed_for_more_than_six_months(months, met):
    assert needs_long_term_care(care(care_needed_months=months), numbers(CareNumbers)).met is met


@pytest.mark.parametrize(("other", "met"), [(7_999, True), (8_000, False), (8_001, False)])
def test_beside_the_elderly_nursing_subsidy_the_higher_stands(other, met):
    n = numbers(CareNumbers)
    assert is_not_lower_than_elder_nursing(care(elder_nursing=other), n).met is met
    assert determine_care(care(elder_nursing=other), n, on=ON).eligible is met


@pytest.mark.parametrize(
    "lacking",
    [
        {"valid_until": "2020-03-01"},
        {"disability": dis("LIMB", 3)},
        {"care_needed_months": 6},
        {"work_injury_pay": True},
        {"serving_sentence": True},
    ],
)
def test_二_四_11_each_condition_is_needed(lacking):
    found = determine_care(care(**lacking), numbers(CareNumbers), on=ON)
    assert (found.eligible, found.lines) == (False, ())


@pytest.mark.parametrize(
    ("on", "amount"),
    [(date(2020, 12, 31), "80.00"), (date(2021, 1, 1), "120.00"), (date(2024, 1, 1), "130.00")],
)
def test_the_amount_by_day(on, amount):
    assert shown(determine_care(care(), numbers(CareNumbers, on), on=on)) == [("CARE", amount)]


def test_from_the_month_of_application():
    found = determine_care(care(applied_on="2020-02-29"), numbers(CareNumbers), on=ON)
    assert str(found.starts) == "2020-02"
    back = determine_care(care(applied_on="2022-10-20", expired_on="2022-06-30"), numbers(CareNumbers, RS2022), on=ON)
    assert str(back.starts) == "2022-07"


@pytest.mark.parametrize(("grade", "living_", "care_"), [(2, "100.00", "80.00"), (3, "100.00", "0.00")])
def test_E08_E18_both_subsidies_to_the_fen(grade, living_, care_):
    one = determine_living(living(disability=dis("LIMB", grade)), numbers(LivingNumbers), on=ON)
    two = determine_care(care(disability=dis("LIMB", grade)), numbers(CareNumbers), on=ON)
    assert (str(one.amount), str(two.amount)) == (living_, care_)


def test_facts_and_numbers_are_read_again():
    facts = care(disability=dis("MULTIPLE", 1, ("LIMB", 1)), elder_nursing=5)
    assert CareFacts.from_json(facts.as_json()) == facts
    n = numbers(CareNumbers)
    assert CareNumbers.from_json(n.as_json()) == n
