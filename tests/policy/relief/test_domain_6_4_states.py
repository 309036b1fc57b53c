"""domain.md §6.4: the states and the ways between them, all of them and no others."""

import pytest

from relief.model import State, leads

WAYS = {
    ("REPORTED", "VERIFIED"),
    ("VERIFIED", "ADVANCE_PAID"),
    ("VERIFIED", "EMERGENCY_ENDED"),
    ("ADVANCE_PAID", "EMERGENCY_ENDED"),
    ("EMERGENCY_ENDED", "PAPERWORK_OVERDUE"),
    ("EMERGENCY_ENDED", "PAPERWORK_DONE"),
    ("PAPERWORK_OVERDUE", "PAPERWORK_DONE"),
} | {(state, "CLOSED") for state in State if state != "CLOSED"}


@pytest.mark.parametrize("state", State)
@pytest.mark.parametrize("to", State)
def test_the_ways_of_a_case(state, to):
    assert leads(state, to) is ((state, to) in WAYS)
