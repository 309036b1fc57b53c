"""What eligibility says of comparisons with a counterpart register (domain §5)."""

from __future__ import annotations

from datetime import date
from typing import Literal
from uuid import UUID

from pydantic import Field

from doudi.division import Division
from doudi.events.base import Event, Part
from doudi.events.parts import Finding


class LedgerEvent(Event, publisher="eligibility"):
    """Said by eligibility of a comparison."""


class LedgerCount(Part):
    """How often a comparison found one thing (domain §5.3)."""

    code: str
    results: int
    households: int
    actionable: int
    """Of the results those that somebody has to act on."""


class LedgerCompared(LedgerEvent, key="comparison_id"):
    """A county's four groups were laid beside a counterpart register. It grants nothing and stops nothing."""

    comparison_id: UUID
    division: Division
    kind: Literal["POVERTY_REGISTRY", "PREVENTION"]
    left_on: date
    """Day of the snapshot of the four groups."""
    right_on: date
    """Day of the snapshot of the counterpart register."""
    counts: list[LedgerCount]
    unsettled: int
    """Probable matches that wait for a person."""
    run: int
    """How often it was compared: once more after people settled who is who."""
    fingerprint: str
    """Equal for equal findings."""
    compared_on: date


class LedgerTaskOpened(LedgerEvent, key="household"):
    """A difference has to be looked into by its owner."""

    task_id: UUID
    comparison_id: UUID
    household: UUID
    """The household: its award's household id, or a keyed hash of its number in a register."""
    division: Division
    kind: Literal["POVERTY_REGISTRY", "PREVENTION"]
    code: str
    programme: str | None
    note: str
    """What of the code it is: NAME_DIFFERS, RIGHT_DEAD, PRIORITY …"""
    owner: Literal["CIVIL_AFFAIRS", "POVERTY_OFFICE"]
    opened_on: date
    due_on: date
    findings: list[Finding] = Field(default=[])
    """That the difference grants and stops nothing, with the clause; unmet: it is no ground for a decision"""


class LedgerTaskClosed(LedgerEvent, key="household"):
    """It was looked into, or the difference went away (GONE)."""

    task_id: UUID
    household: UUID
    """The household: its award's household id, or a keyed hash of its number in a register."""
    division: Division
    kind: Literal["POVERTY_REGISTRY", "PREVENTION"]
    code: str
    outcome: Literal["ACTED", "CORRECTED", "NOTHING_TO_DO", "GONE"]
    reason: str
    closed_on: date
    by: str
