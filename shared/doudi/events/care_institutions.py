"""What care-institutions says: who lives where, how able they are, and whether there are staff enough."""

from __future__ import annotations

from datetime import date
from typing import Literal
from uuid import UUID

from doudi.division import Division
from doudi.events.base import Event, Part
from doudi.events.parts import Finding


class CareInstitutionsEvent(Event, publisher="care-institutions"):
    """Said by care-institutions."""


class Headcount(Part):
    """Residents by self-care grade; an unassessed resident counts as disabled (domain §7.4)."""

    disabled: int
    """失能"""
    partly_disabled: int
    """半失能"""
    self_caring: int
    """自理"""


class InstitutionRegistered(CareInstitutionsEvent, key="institution_id"):
    """An institution was put on record."""

    institution_id: UUID
    division: Division
    kind: Literal["RURAL_HOME", "WELFARE_HOME", "PRIVATE"]
    beds: int
    registered_on: date


class RosterChanged(CareInstitutionsEvent, key="institution_id"):
    """The active roster is now this, in full-time equivalents times 100."""

    institution_id: UUID
    staff_hundredths: int
    care_staff_hundredths: int
    changed_on: date
    by: str


class SelfCareAssessed(CareInstitutionsEvent, key="institution_id"):
    """Six items were assessed by two or more assessors."""

    institution_id: UUID
    resident_id: UUID
    person_id: UUID
    items_failed: int
    grade: Literal["SELF_CARING", "PARTLY_DISABLED", "DISABLED"]
    assessors: list[str]
    assessed_on: date
    next_due_on: date


class ResidentAdmitted(CareInstitutionsEvent, key="institution_id"):
    """A person moved in, with consent."""

    institution_id: UUID
    resident_id: UUID
    person_id: UUID
    group: Literal["TEKUN", "SEVERE_CARE", "ENTRUST", "OTHER"]
    admitted_on: date


class ResidentLeft(CareInstitutionsEvent, key="institution_id"):
    """A person moved out or died."""

    institution_id: UUID
    resident_id: UUID
    person_id: UUID
    left_on: date
    reason: Literal["MOVED", "DIED", "AGREEMENT_ENDED", "OTHER"]


class StaffingFellShort(CareInstitutionsEvent, key="institution_id"):
    """Fewer staff than 1:3, 1:6, 1:10 demand (seed 二(三)8)."""

    institution_id: UUID
    division: Division
    residents: Headcount
    required: int
    planned: int
    staff_hundredths: int
    since: date
    findings: list[Finding]


class StaffingRecovered(CareInstitutionsEvent, key="institution_id"):
    """Staff are enough again."""

    institution_id: UUID
    division: Division
    residents: Headcount
    required: int
    staff_hundredths: int
    short_since: date
    recovered_on: date
