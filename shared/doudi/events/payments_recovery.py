"""What payments says of recovery: what was paid beyond what was due, and how it comes back (domain §8.7).

A file beside `payments` for its size alone; the publisher and the topic are the same.
"""

from __future__ import annotations

from datetime import date
from typing import Literal
from uuid import UUID

from doudi.calendar import Month
from doudi.division import Division
from doudi.events.base import Event, Part
from doudi.events.parts import Finding
from doudi.money import Money


class RecoveryEvent(Event, publisher="payments"):
    """Said by payments."""


class OverpaidMonth(Part):
    """What was overpaid of one person's item of one month."""

    person_id: UUID
    programme: str
    item: str
    month: Month
    amount: Money


class RecoveryOpened(RecoveryEvent, key="recovery_id"):
    """Something was paid beyond what was due: found by itself, or by an officer with a reason."""

    recovery_id: UUID
    subject_id: UUID
    """The award, or the relief case, that it was paid under."""
    division: Division
    origin: Literal["DETECTED", "BY_HAND"]
    months: list[OverpaidMonth]
    found: Money
    because: str
    opened_on: date
    by: str


class RecoveryRaised(RecoveryEvent, key="recovery_id"):
    """More was found before the decision."""

    recovery_id: UUID
    months: list[OverpaidMonth]
    """What came to it."""
    found: Money
    """What is found by now, in all."""
    raised_on: date


class RecoveryLowered(RecoveryEvent, key="recovery_id"):
    """Part of it is due after all, by a decision that came later."""

    recovery_id: UUID
    months: list[OverpaidMonth]
    """What is taken back no more."""
    found: Money
    """What is left of what was found."""
    outstanding: Money
    lowered_on: date


class RecoveryDecided(RecoveryEvent, key="recovery_id"):
    """The county decided to take it back."""

    recovery_id: UUID
    subject_id: UUID
    amount: Money
    fault: Literal["CONCEALMENT", "NO_FAULT"]
    """Whether the household concealed something."""
    because: str
    findings: list[Finding]
    heard_on: date | None = None
    """Day on which the household was heard, or its chance to be heard ended."""
    decided_on: date
    by: str


class RecoveryNotified(RecoveryEvent, key="recovery_id"):
    """The household was told in writing."""

    recovery_id: UUID
    notified_on: date
    by: str


class RecoveryRepaid(RecoveryEvent, key="recovery_id"):
    """An instalment came back."""

    recovery_id: UUID
    subject_id: UUID
    amount: Money
    outstanding: Money
    """What is still to come."""
    way: Literal["TRANSFER", "BANK_REVERSAL", "CASH"]
    repaid_on: date
    by: str
    """Who recorded it."""


class RecoveryWrittenOff(RecoveryEvent, key="recovery_id"):
    """The rest was given up by two people."""

    recovery_id: UUID
    amount: Money
    because: str
    proposed_by: str
    written_off_on: date
    by: str


class RecoveryWithdrawn(RecoveryEvent, key="recovery_id"):
    """Nothing is to be taken back: opened in error, or due after all."""

    recovery_id: UUID
    because: str
    withdrawn_on: date
    by: str


class RecoveryClosed(RecoveryEvent, key="recovery_id"):
    """Everything is repaid or written off."""

    recovery_id: UUID
    repaid: Money
    written_off: Money
    closed_on: date
    by: str
