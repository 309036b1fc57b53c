"""Ningxia temporary relief 2019 (C28): the same cause once a year, a second time with the county's approval."""

from datetime import date

import pytest

from relief import rules


@pytest.mark.parametrize(
    ("earlier", "on", "township_may"),
    [
        ([], date(2020, 3, 6), True),
        ([date(2019, 3, 6)], date(2020, 3, 5), False),
        ([date(2019, 3, 6)], date(2020, 3, 6), False),  # the year's last day (民法典 art. 201, 202)
        ([date(2019, 3, 6)], date(2020, 3, 7), True),
        ([date(2020, 2, 29)], date(2021, 2, 28), False),
        ([date(2020, 2, 29)], date(2021, 3, 1), True),
        ([date(2018, 1, 1), date(2020, 3, 6)], date(2020, 3, 6), False),
    ],
)
def test_同一事由_a_second_time_within_the_year_needs_the_county(earlier, on, township_may):
    assert rules.same_cause_again("TOWNSHIP", earlier, on=on).met is township_may
    assert rules.same_cause_again("COUNTY", earlier, on=on).met
