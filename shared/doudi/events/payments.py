"""What payments says: runs through maker, checker and finance, and what the bank did with each line."""

from __future__ import annotations

from datetime import date
from typing import Literal
from uuid import UUID

from doudi.calendar import Month
from doudi.division import Division
from doudi.events import payments_recovery  # noqa: F401 -- it loads with the rest
from doudi.events.base import Event
from doudi.money import Money


class PaymentsEvent(Event, publisher="payments"):
    """Said by payments."""


class RunOpened(PaymentsEvent, key="run_id"):
    """A list of payments was frozen: a county's benefit month, or a one-off list (relief)."""

    run_id: UUID
    kind: Literal["MONTHLY", "ONE_OFF", "REPAYMENT"]
    division: Division
    month: Month
    lines: int
    total: Money
    opened_on: date
    maker: str


class RunChecked(PaymentsEvent, key="run_id"):
    """Somebody other than the maker checked the list."""

    run_id: UUID
    maker: str
    checker: str
    checked_on: date


class RunConfirmed(PaymentsEvent, key="run_id"):
    """Finance, a third person, confirmed; the bank file may leave."""

    run_id: UUID
    maker: str
    checker: str
    finance: str
    confirmed_on: date
    lines: int
    total: Money


class BankFileSent(PaymentsEvent, key="run_id"):
    """The file left for the bank."""

    run_id: UUID
    file_id: str
    lines: int
    total: Money
    sha256: str
    sent_on: date


class PaymentInstructed(PaymentsEvent, key="subject_id"):
    """One line was put into a bank file. `payment_key` names the money, `attempt` the try (domain §8.2)."""

    payment_id: UUID
    payment_key: str
    subject_id: UUID
    """The award, or the relief case, that the money is owed under."""
    run_id: UUID
    person_id: UUID
    programme: str
    month: Month
    item: str
    amount: Money
    attempt: int
    instructed_on: date


class PaymentPaid(PaymentsEvent, key="subject_id"):
    """The bank credited the account."""

    payment_id: UUID
    payment_key: str
    subject_id: UUID
    run_id: UUID
    person_id: UUID
    programme: str
    month: Month
    item: str
    amount: Money
    attempt: int
    paid_on: date


class PaymentReturned(PaymentsEvent, key="subject_id"):
    """The bank sent the money back (退票)."""

    payment_id: UUID
    payment_key: str
    subject_id: UUID
    run_id: UUID
    person_id: UUID
    programme: str
    month: Month
    item: str
    amount: Money
    attempt: int
    reason: Literal[
        "NAME_MISMATCH", "ACCOUNT_CLOSED", "DORMANT", "FROZEN", "ID_EXPIRED", "NO_SUCH_ACCOUNT", "LIMIT", "OTHER"
    ]
    returned_on: date


class AccountCorrected(PaymentsEvent, key="subject_id"):
    """A payee's account was replaced after proof; the number is not in the event."""

    subject_id: UUID
    person_id: UUID
    corrected_on: date
    by: str
