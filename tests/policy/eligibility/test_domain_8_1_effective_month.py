"""domain §8.1: a standard that is dated back adjusts from its month, not before the award or its present facts."""

import pytest

from doudi.calendar import Month
from eligibility.rules import standards

APRIL, MAY, JUNE = Month(2016, 4), Month(2016, 5), Month(2016, 6)


@pytest.mark.parametrize(
    ("from_month", "starts", "began", "effective", "met"),
    [
        (APRIL, Month(2015, 1), Month(2015, 1), APRIL, True),
        (APRIL, APRIL, APRIL, APRIL, True),
        (APRIL, MAY, MAY, MAY, True),  # it did not exist in April: nothing of April is left over
        (APRIL, APRIL, JUNE, JUNE, False),  # April and May were paid on other facts: a person settles them
        (JUNE, APRIL, JUNE, JUNE, True),
        (JUNE, APRIL, MAY, JUNE, True),
        (APRIL, APRIL, None, APRIL, True),
    ],
)
def test_8_1_from_which_month(from_month, starts, began, effective, met):
    month, found = standards.effective_month(from_month, starts=starts, lines_began=began)
    assert (month, found.met) == (effective, met)


def test_8_1_the_months_that_a_person_settles_are_named():
    _, found = standards.effective_month(APRIL, starts=APRIL, lines_began=JUNE)
    assert found.because == "2016-04至2016-05按其他情况核定，须人工结算"
