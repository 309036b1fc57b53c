"""民发〔2021〕43号 art. 4-9, 24 (RS2019: 民发〔2016〕178号): the three conditions of tekun, on their boundaries."""

from dataclasses import replace

import pytest
from tests.policy.eligibility.programmes import ON, RS2021, born, dis, numbers, tekun

from eligibility.rules.programmes.numbers import TekunNumbers
from eligibility.rules.programmes.tekun import (
    Supporter,
    determine_tekun,
    kept_as_minor,
    no_able_supporter,
    no_labour_capacity,
    no_source_of_living,
)


@pytest.mark.parametrize(
    ("age", "days", "met"), [(60, 0, True), (60, -1, False), (16, -1, True), (16, 0, False), (59, 300, False)]
)
@pytest.mark.parametrize("on", [ON, RS2021])
def test_五_sixty_or_under_sixteen_is_no_labour_capacity(age, days, met, on):
    facts = tekun(born=born(age, on, days=days))
    assert no_labour_capacity(facts, numbers(TekunNumbers, on), on=on).met is met


@pytest.mark.parametrize(
    ("category", "grade", "rs2019", "rs2021"),
    [
        ("INTELLECTUAL", 2, True, True),
        ("INTELLECTUAL", 3, False, True),
        ("INTELLECTUAL", 4, False, False),
        ("MENTAL", 2, True, True),
        ("MENTAL", 3, False, True),
        ("MENTAL", 4, False, False),
        ("LIMB", 1, True, True),
        ("LIMB", 2, False, True),
        ("LIMB", 3, False, False),
        ("VISUAL", 1, False, True),
        ("VISUAL", 2, False, False),
        ("HEARING", 1, False, False),
    ],
)
def test_五_the_list_of_disabilities_by_rule_set(category, grade, rs2019, rs2021):
    facts = tekun(born=born(40), disability=dis(category, grade))
    assert no_labour_capacity(facts, numbers(TekunNumbers), on=ON).met is rs2019
    assert no_labour_capacity(facts, numbers(TekunNumbers, RS2021), on=RS2021).met is rs2021


@pytest.mark.parametrize(
    ("age", "days", "school", "rs2019", "rs2021"),
    [
        (16, 0, "NONE", False, True),
        (18, -1, "NONE", False, True),
        (18, 0, "NONE", False, False),
        (18, 0, "SENIOR_HIGH", True, True),
        (18, 0, "SECONDARY_VOCATIONAL", True, True),
        (18, 0, "HIGHER", False, False),
    ],
)
def test_二十四_a_minor_who_was_accepted_is_kept(age, days, school, rs2019, rs2021):
    for on, met in ((ON, rs2019), (RS2021, rs2021)):
        facts = tekun(born=born(age, on, days=days), school=school, held=True)
        assert kept_as_minor(facts, numbers(TekunNumbers, on), on=on).met is met
        assert no_labour_capacity(facts, numbers(TekunNumbers, on), on=on).met is met
        new = tekun(born=born(age, on, days=days), school=school, held=False)
        assert not no_labour_capacity(new, numbers(TekunNumbers, on), on=on).met


@pytest.mark.parametrize(
    ("incomes", "met"),
    [
        ([], True),
        ([("RENT", 37_999)], True),
        ([("RENT", 38_000)], False),
        ([("RENT", 20_000), ("WAGES", 18_000)], False),
        ([("RENT", 37_999), ("BASIC_RESIDENT_PENSION", 50_000)], True),
        ([("ELDERLY_ALLOWANCE", 27_000), ("SOCIAL_INSURANCE", 20_000), ("PREFERENTIAL_PAY", 90_000)], True),
    ],
)
def test_六_income_is_below_the_dibao_standard_and_some_kinds_do_not_count(incomes, met):
    found = no_source_of_living(tekun(incomes=tuple(incomes)), numbers(TekunNumbers))
    assert found.met is met
    assert "380.00" in found.because


def test_六_a_verified_breach_of_property_refuses():
    found = no_source_of_living(tekun(verified_breaches=("轿车",)), numbers(TekunNumbers))
    assert (found.met, "轿车" in found.because) == (False, True)


ABLE = Supporter(born=born(40))


@pytest.mark.parametrize(
    ("supporter", "rs2019", "rs2021"),
    [
        (ABLE, False, False),
        (Supporter(born(40), tekun=True), True, True),
        (Supporter(born(60), dibao=True), True, True),
        (Supporter(born(60, days=-1), dibao=True), False, False),
        (Supporter(born(40), dis("LIMB", 2), dibao=True), True, False),
        (Supporter(born(40), dis("LIMB", 3), dibao=True), False, False),
        (Supporter(born(70), low_means=True), False, True),
        (Supporter(born(70), low_means=False), False, False),
        (Supporter(born(40), dis("LIMB", 2), low_means=True), False, True),
        (Supporter(born(40), dis("MENTAL", 3), low_means=True), False, True),
        (Supporter(born(40), dis("LIMB", 3), low_means=True), False, False),
        (Supporter(born(40), incapable=True), True, False),
        (Supporter(born(40), incapable=True, low_means=True), True, True),
        (Supporter(born(40), incapable=True, low_property=True), True, True),  # (五) asks for no income
        (Supporter(born(40), low_property=True), False, False),
        (Supporter(born(70), low_property=True), False, False),  # (三) does
        (Supporter(born(40), dis("MENTAL", 3), low_property=True), False, False),  # (四) does
    ],
)
def test_八_a_supporter_who_is_unable_by_rule_set(supporter, rs2019, rs2021):
    facts = tekun(supporters=(supporter,))
    assert no_able_supporter(facts, numbers(TekunNumbers), on=ON).met is rs2019
    assert no_able_supporter(facts, numbers(TekunNumbers, RS2021), on=ON).met is rs2021


@pytest.mark.parametrize(
    ("supporter", "met"),
    [
        (Supporter(born(40), incapable=True, low_means=True), True),
        (Supporter(born(40), incapable=True), False),
        (Supporter(born(40), low_means=True), False),
    ],
)
def test_八_numbers_that_were_kept_before_property_alone_was_asked_for_give_what_they_gave(supporter, met):
    n = replace(numbers(TekunNumbers, RS2021), supporter_unable=("INCAPABLE_AND_LOW",))
    assert no_able_supporter(tekun(supporters=(supporter,)), n, on=RS2021).met is met


@pytest.mark.parametrize(("age", "met"), [(69, False), (70, True)])
def test_八_seventy_with_low_means_since_2021(age, met):
    facts = tekun(supporters=(Supporter(born(age, RS2021), low_means=True),))
    assert no_able_supporter(facts, numbers(TekunNumbers, RS2021), on=RS2021).met is met


def test_八_each_of_them_is_unable_or_none_is_there():
    n = numbers(TekunNumbers)
    assert no_able_supporter(tekun(), n, on=ON).met
    one, two = Supporter(born(30), tekun=True), Supporter(born(30), incapable=True)
    assert no_able_supporter(tekun(supporters=(one, two)), n, on=ON).met
    found = no_able_supporter(tekun(supporters=(one, two, ABLE)), n, on=ON)
    assert (found.met, "3 人" in found.because, "1 人" in found.because) == (False, True, True)


@pytest.mark.parametrize(
    "lacking",
    [{"born": born(59)}, {"incomes": (("RENT", 38_000),)}, {"supporters": (ABLE,)}, {"failed_items": None}],
)
def test_四_all_of_them_or_nothing(lacking):
    n = numbers(TekunNumbers)
    assert determine_tekun(tekun(), n, on=ON).eligible
    found = determine_tekun(tekun(**lacking), n, on=ON)
    assert (found.eligible, found.lines, str(found.amount)) == (False, (), "0.00")
    assert sum(not f.met for f in found.findings) == 1
    assert {f.rule_set for f in found.findings} == {"RS2019"}
