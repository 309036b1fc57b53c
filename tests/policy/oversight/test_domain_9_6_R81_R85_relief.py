"""domain.md §9.6 R81-R85: relief over the limit, split, again, below the floor, by the urgent way too often."""

from datetime import date, timedelta

import pytest

from doudi.division import Division
from doudi.money import Money
from oversight import rules

QIYING = Division("640522105201")
ON = date(2020, 3, 6)
yuan = Money.yuan


@pytest.mark.parametrize(
    ("level", "amount", "met"),
    [
        ("TOWNSHIP", "1999.99", True),
        ("TOWNSHIP", "2000.00", True),
        ("TOWNSHIP", "2000.01", False),
        ("COUNTY", "2000.01", True),
    ],
)
def test_R81_within_township_limit_or_by_the_county(level, amount, met):
    assert rules.within_township_limit(level, yuan(amount), on=ON, division=QIYING).met is met


@pytest.mark.parametrize(
    ("days", "before", "now", "met"),
    [
        (30, "1000.00", "1000.00", True),
        (30, "1000.00", "1000.01", False),
        (31, "1000.00", "1000.01", True),
        (0, "1000.00", "1000.01", False),
    ],
)
def test_R82_not_split_within_thirty_days_above_the_limit(days, before, now, met):
    earlier = [rules.Helped(ON - timedelta(days=days), yuan(before))]
    assert rules.not_split(earlier, rules.Helped(ON, yuan(now)), division=QIYING).met is met


def test_R82_not_split_by_one_grant_alone_and_the_reason_has_the_figures():
    one = rules.Helped(ON, yuan("2500.00"))
    assert rules.not_split([], one, division=QIYING).met
    far, near = rules.Helped(date(2020, 1, 1), yuan("9.00")), rules.Helped(date(2020, 2, 5), yuan("500.00"))
    found = rules.not_split([far, near], one, division=QIYING)
    assert found.because == "同一家庭2020-02-05至2020-03-06由乡镇（街道）救助2次，合计3000.00元，限额2000.00元"
    assert found.parameters["times"] == "2"


@pytest.mark.parametrize(
    ("level", "earlier", "met"),
    [
        ("TOWNSHIP", [], True),
        ("TOWNSHIP", [date(2019, 3, 5)], True),
        ("TOWNSHIP", [date(2019, 3, 6)], False),  # the year's last day (民法典 art. 201, 202)
        ("TOWNSHIP", [date(2020, 3, 5)], False),
        ("COUNTY", [date(2020, 3, 5)], True),
        ("TOWNSHIP", [date(2020, 3, 7)], True),  # said late, of a later day
    ],
)
def test_同一事由_R83_again_with_consent_of_the_county(level, earlier, met):
    assert rules.again_with_consent(level, earlier, on=ON).met is met


@pytest.mark.parametrize(
    ("cause", "same"), [("MEDICAL", "SUDDEN_ILLNESS"), ("SUDDEN_ILLNESS", "MEDICAL"), ("FIRE", "FIRE")]
)
def test_R83_one_matter_is_an_illness_and_its_bills(cause, same):
    assert same in rules.one_matter(cause)
    assert "OTHER" not in rules.one_matter(cause)


@pytest.mark.parametrize(
    ("registry", "total", "met"),
    [
        ("RETURNED", "3547.99", False),
        ("RETURNED", "3548.00", True),  # 887 x 4
        ("RETURNED", "3548.01", True),
        ("NOT_OUT", "1.00", True),
    ],
)
def test_二_二_6_R84_at_the_floor_of_those_who_fell_back(registry, total, met):
    found = rules.at_the_floor(registry, 4, yuan(total), on=ON, division=QIYING)
    assert (found.met, found.clause) == (met, "卫民发〔2019〕21号 二(二)6")


@pytest.mark.parametrize(
    ("advances", "grants", "met"),
    [(4, 4, True), (5, 5, False), (2, 5, True), (3, 5, False), (40, 100, True), (41, 100, False), (0, 0, True)],
)
def test_R85_urgent_in_measure_of_forty_in_a_hundred(advances, grants, met):
    assert rules.urgent_in_measure(advances, grants, on=ON).met is met
