"""domain §8.7: overpaid = Σ (paid - due) for the months after the cause; the month of death is paid (§8.1)."""

from datetime import date

import pytest

from doudi.calendar import Month
from doudi.money import Money
from eligibility.rules import Line
from eligibility.rules.life import due_since

AUGUST, APRIL = Month(2020, 8), Month(2020, 4)


def paid(*amounts: str) -> list[Line]:
    return [Line(f"m{n}", "BASE", Money.yuan(amount)) for n, amount in enumerate(amounts, 1)]


@pytest.mark.parametrize(
    ("died_on", "from_month", "since"),
    [
        (date(2020, 5, 15), AUGUST, Month(2020, 6)),  # E22
        (date(2020, 5, 31), AUGUST, Month(2020, 6)),
        (date(2020, 6, 1), AUGUST, Month(2020, 7)),
        (date(2020, 7, 1), AUGUST, None),  # July is the month of death: nothing was paid beyond
        (date(2020, 2, 10), AUGUST, APRIL),  # before the award began
        (date(2020, 4, 30), Month(2020, 5), None),
    ],
)
def test_8_7_less_was_due_from_the_month_after_the_death(died_on, from_month, since):
    assert due_since(died_on, APRIL, from_month, paid("200.00", "200.00", "200.00"), paid("110.00", "110.00")) == since


@pytest.mark.parametrize(
    ("after", "since"), [(("200.00", "200.00"), Month(2020, 6)), (("200.00", "200.01"), None), (("380.00",), None)]
)
def test_8_7_who_is_given_more_is_given_it_from_then_on_only(after, since):
    assert due_since(date(2020, 5, 15), APRIL, AUGUST, paid("200.00", "200.00", "200.00"), paid(*after)) == since
