"""What eligibility says of a status that a household has without monthly money (刚性支出困难家庭认定办法)."""

from __future__ import annotations

from datetime import date
from typing import Literal
from uuid import UUID

from doudi.division import Division
from doudi.events.base import Event
from doudi.events.parts import Finding


class StatusEvent(Event, publisher="eligibility"):
    """Said by eligibility."""


class RigidStatusGranted(StatusEvent, key="status_id"):
    """A household without dibao is a 刚性支出困难家庭 to a day: relief and special aid are open to it."""

    status_id: UUID
    """The status, as it is listed"""
    application_id: UUID
    household_id: UUID
    division: Division
    rule_set: str
    findings: list[Finding]
    decided_on: date
    valid_until: date
    """Last day of the status; after it the household applies anew"""
    by: str


class RigidStatusEnded(StatusEvent, key="status_id"):
    """A household is no 刚性支出困难家庭 any more."""

    status_id: UUID
    """The status, as it is listed"""
    application_id: UUID
    household_id: UUID
    division: Division
    cause: Literal["TERM", "DIBAO", "DECIDED_ANEW"]
    """Its term is over, dibao was granted, or another decision took its place"""
    last_day: date
    """Last day of the status"""
    ended_on: date
    """Day on which it was ended"""
    by: str
