"""What oversight says: flags. A flag is a question, not a verdict."""

from __future__ import annotations

from datetime import date
from typing import Literal
from uuid import UUID

from doudi.division import Division
from doudi.events.base import Event


class OversightEvent(Event, publisher="oversight"):
    """Said by oversight."""


class FlagRaised(OversightEvent, key="flag_id"):
    """An indicator of domain §9 was met. `evidence` are ids of the events that show it."""

    flag_id: UUID
    indicator: str
    severity: Literal["H", "M", "L"]
    subject_kind: str
    subject_id: str
    division: Division | None
    evidence: list[UUID]
    because: str
    raised_on: date
    due_on: date


class FlagSettled(OversightEvent, key="flag_id"):
    """The question was answered."""

    flag_id: UUID
    outcome: Literal["VERIFIED", "FALSE_POSITIVE", "RECTIFIED", "CLOSED"]
    reason: str
    settled_on: date
    by: str
