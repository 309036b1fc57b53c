"""民发〔2022〕83号 一(三): after a member's death the award is settled within three months; before, no term was set."""

from datetime import date

import pytest

from eligibility.rules.life import death_settled_in_time


@pytest.mark.parametrize(
    ("died", "on", "met"),
    [
        (date(2022, 11, 15), date(2023, 2, 14), True),
        (date(2022, 11, 15), date(2023, 2, 15), True),
        (date(2022, 11, 15), date(2023, 2, 16), False),
        (date(2022, 11, 30), date(2023, 2, 28), True),  # the month has no thirtieth
        (date(2022, 11, 30), date(2023, 3, 1), False),
        (date(2026, 7, 1), date(2026, 10, 1), True),
    ],
)
def test_一_三_settled_on_the_last_day_is_in_time_and_a_day_later_is_not(died, on, met):
    found = death_settled_in_time(died, on=on)
    assert found is not None
    assert (found.met, "逾期" in found.because) == (met, not met)


@pytest.mark.parametrize(("on", "none"), [(date(2022, 10, 19), True), (date(2022, 10, 20), False)])
def test_一_三_there_is_a_term_from_2022_10_20(on, none):
    assert (death_settled_in_time(date(2022, 10, 1), on=on) is None) is none
