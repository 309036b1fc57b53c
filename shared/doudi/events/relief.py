"""What relief says: emergency first, paperwork afterwards."""

from __future__ import annotations

from datetime import date, datetime
from typing import Literal
from uuid import UUID

from doudi.division import Division
from doudi.events import relief_requests  # noqa: F401 -- it loads with the rest
from doudi.events.base import Event
from doudi.events.parts import Account, Finding
from doudi.money import Money


class ReliefEvent(Event, publisher="relief"):
    """Said by relief."""


class EmergencyReported(ReliefEvent, key="relief_case_id"):
    """Somebody reported people in sudden need (seed 二(二)6-7)."""

    relief_case_id: UUID
    division: Division
    cause: Literal["FIRE", "TRAFFIC_ACCIDENT", "SUDDEN_ILLNESS", "OTHER"]
    persons: int
    registry: Literal["NONE", "NOT_OUT", "OUT", "RETURNED"]
    reported_at: datetime


class EmergencyVerified(ReliefEvent, key="relief_case_id"):
    """Two or more officers saw it on the spot; the case is accepted."""

    relief_case_id: UUID
    officers: list[str]
    verified_at: datetime


class AdvanceGranted(ReliefEvent, key="relief_case_id"):
    """Pay now: the township within its limit, above it the county. Payments pays on hearing this."""

    relief_case_id: UUID
    payment_key: str
    person_id: UUID
    division: Division
    persons: int
    amount: Money
    level: Literal["TOWNSHIP", "COUNTY"]
    account: Account
    granted_by: str
    verified_by: list[str]
    granted_at: datetime
    findings: list[Finding]


class AdvancePaid(ReliefEvent, key="relief_case_id"):
    """The advance is in the person's account."""

    relief_case_id: UUID
    amount: Money
    paid_on: date
    hours_to_pay: int | None = None
    """From acceptance to the money, begun hours whole."""


class EmergencyEnded(ReliefEvent, key="relief_case_id"):
    """The emergency is over (or its longest time is): the paperwork clock runs."""

    relief_case_id: UUID
    ended_on: date
    paperwork_due_on: date
    assumed: bool
    """True when no end was recorded and the longest emergency was assumed."""


class PaperworkDone(ReliefEvent, key="relief_case_id"):
    """The papers are complete."""

    relief_case_id: UUID
    done_on: date
    due_on: date
    late: bool
    by: str


class PaperworkFellOverdue(ReliefEvent, key="relief_case_id"):
    """The last day passed without papers."""

    relief_case_id: UUID
    due_on: date
    noticed_on: date


class ReliefClosed(ReliefEvent, key="relief_case_id"):
    """Nothing more to do, or invalid (then recovery follows)."""

    relief_case_id: UUID
    outcome: Literal["COMPLETE", "INVALID"]
    closed_on: date
    by: str


class FollowUpProposed(ReliefEvent, key="relief_case_id"):
    """More help than the advance was proposed to the county (民发〔2018〕23号 二(四): given in stages)."""

    relief_case_id: UUID
    follow_up_id: UUID
    amount: Money
    proposed_by: str
    proposed_on: date


class FollowUpGranted(ReliefEvent, key="relief_case_id"):
    """The county granted more help in the same case. Payments pays on hearing this."""

    relief_case_id: UUID
    follow_up_id: UUID
    payment_key: str
    person_id: UUID
    division: Division
    persons: int
    amount: Money
    advance: Money
    """What the advance was."""
    account: Account
    proposed_by: str
    granted_by: str
    granted_at: datetime
    findings: list[Finding]


class FollowUpEnded(ReliefEvent, key="relief_case_id"):
    """The county refused what was proposed, or the township withdrew it."""

    relief_case_id: UUID
    follow_up_id: UUID
    outcome: Literal["REFUSED", "WITHDRAWN"]
    reason: str
    ended_on: date
    by: str


class FollowUpPaid(ReliefEvent, key="relief_case_id"):
    """The further help is in the person's account."""

    relief_case_id: UUID
    follow_up_id: UUID
    amount: Money
    paid_on: date
