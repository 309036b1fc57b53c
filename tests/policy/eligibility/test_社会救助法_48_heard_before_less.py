"""社会救助法 art. 48: from 2026-07-01 whoever is to get less is heard before."""

from datetime import date

import pytest

from eligibility.rules import standards


@pytest.mark.parametrize(
    ("on", "new", "met"),
    [
        (date(2026, 6, 30), 99, True),
        (date(2026, 7, 1), 99, False),
        (date(2026, 7, 1), 100, True),
        (date(2026, 7, 1), 101, True),
    ],
)
def test_48_less_waits_for_the_hearing(on, new, met):
    assert standards.heard_before_less(standards.Change("SAME", 100, new, ()), on=on).met is met
