"""国务院令649号 art. 9: income below the standard; 低于 is strict."""

import pytest
from tests.policy.eligibility.households import family, px

from eligibility.rules.need import income_below_standard


@pytest.mark.parametrize(
    ("income_year", "met"),
    [
        ("13679.64", True),  # 379.99 a month, E04b
        ("13679.99", True),  # a fen a year under the line, which reads 379.99 and never 380.00
        ("13680.00", False),  # 380.00, E03
        ("13680.01", False),
        ("13716.00", False),  # 381.00, E04a
    ],
)
def test_九_income_at_the_line_is_not_below_it(income_year, met):
    assert income_below_standard(family(income_year), px()).met is met


def test_九_the_finding_has_clause_figures_and_source():
    found = income_below_standard(family("13716.00"), px())
    assert found.clause == "国务院令649号 9"
    assert found.because == "人均月收入 381.00 元，不低于标准 380.00 元"
    assert "C19" in found.parameters["standard_source"]


def test_九_what_is_just_under_the_line_does_not_read_as_the_line():
    assert income_below_standard(family("13679.99"), px()).because == "人均月收入 379.99 元，低于标准 380.00 元"


def test_九_a_years_standard_that_does_not_divide_by_twelve_is_kept_exact():
    at, under = family("11400.00"), family("11399.99")
    n = px(standard_year=380_000)  # 3,800 a year, 316.666… a month; 3,800 x 3 persons is 11,400
    assert [income_below_standard(f, n).met for f in (under, at)] == [True, False]
