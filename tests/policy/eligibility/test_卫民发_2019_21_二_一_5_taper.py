"""卫民发〔2019〕21号 二(一)5, 民发〔2022〕83号 一(三): a taper for who found work, a year at most, later half of it."""

from datetime import date

import pytest

from eligibility.rules.life import taper_fits, taper_months, taper_span


@pytest.mark.parametrize(
    ("decided", "months"),
    [(date(2019, 3, 11), 12), (date(2022, 10, 19), 12), (date(2022, 10, 20), 6), (date(2026, 7, 1), 6)],
)
def test_二_一_5_a_year_and_from_2022_10_20_six_months(decided, months):
    assert taper_months(decided) == months


@pytest.mark.parametrize(
    ("decided", "months", "first", "last"),
    [
        (date(2020, 2, 20), None, "2020-03", "2021-02"),  # E11: month 12 is paid, 2021-03 would be month 13
        (date(2022, 11, 5), None, "2022-12", "2023-05"),  # E11 under RS2022
        (date(2020, 2, 29), 1, "2020-03", "2020-03"),
        (date(2020, 12, 1), 12, "2021-01", "2021-12"),
    ],
)
def test_二_一_5_it_begins_in_the_month_after_the_decision(decided, months, first, last):
    assert tuple(map(str, taper_span(decided, months))) == (first, last)


def fits(on=date(2020, 2, 20), **changed):
    return taper_fits(**{"works": True, "income_below": False, "months": 12, "taken_before": False, **changed}, on=on)


@pytest.mark.parametrize(
    ("changed", "met"),
    [
        ({}, True),
        ({"months": 1}, True),
        ({"months": 13}, False),
        ({"months": 0}, False),
        ({"works": False}, False),
        ({"income_below": True}, False),
        ({"taken_before": True}, False),
        ({"months": 6, "on": date(2022, 10, 20)}, True),
        ({"months": 7, "on": date(2022, 10, 20)}, False),
    ],
)
def test_二_一_5_for_work_above_the_line_and_once_for_a_job(changed, met):
    assert fits(**changed).met is met


def test_二_一_5_every_reason_against_it_is_named():
    found = fits(works=False, income_below=True, months=13, taken_before=True)
    assert all(word in found.because for word in ("没有就业收入", "仍低于标准", "13 个月", "同一工作"))
