"""The calendar by which terms run."""

import pytest

from doudi.calendar import Calendar


@pytest.fixture
def calendar() -> Calendar:
    return Calendar.load()
