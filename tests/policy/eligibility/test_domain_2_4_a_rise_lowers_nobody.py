"""domain §2.4: a rise of the standard lowers nobody and stops nobody; whoever would get less keeps his money."""

import pytest

from eligibility.rules import standards


@pytest.mark.parametrize(
    ("old", "new", "raised", "met"),
    [
        (10_000, 9_999, True, False),
        (10_000, 10_000, True, True),
        (10_000, 10_001, True, True),
        (10_000, 9_999, False, True),  # the standard fell: less is what was decided
    ],
)
def test_2_4_less_after_a_rise_is_looked_at(old, new, raised, met):
    found = standards.a_rise_lowers_nobody(standards.Change("SAME", old, new, ()), raised=raised)
    assert (found.met, found.parameters) == (met, {"old": "100.00", "new": f"{new // 100}.{new % 100:02d}"})
