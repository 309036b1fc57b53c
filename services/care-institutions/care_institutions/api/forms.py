"""What people send."""

from __future__ import annotations

from datetime import date
from typing import Annotated
from uuid import UUID

from pydantic import Field, StringConstraints

from care_institutions.handlers.homes import Kind, NewEntry, NewHome, StaffRole
from care_institutions.handlers.residents import Admission, ConsentBy, NewAssessment, Reason
from care_institutions.handlers.waiting import EndReason, Wish
from care_institutions.rules import Grade, Group
from doudi.division import Division
from doudi.identity import CitizenId, CreditCode
from doudi.service import Request

Name = Annotated[str, StringConstraints(min_length=1, max_length=60)]
HomeName = Annotated[str, StringConstraints(min_length=1, max_length=120)]
Officer = Annotated[str, StringConstraints(min_length=1, max_length=120)]


class RegisterInstitution(Request):
    """A home as put on record (domain §7.8)."""

    division: Division
    credit_code: CreditCode
    name: HomeName
    kind: Kind
    beds: int = Field(ge=0, le=10_000)
    licence_until: date | None = None
    fire_accepted_on: date | None = None

    def home(self) -> NewHome:
        """As the handler takes it."""
        return NewHome(**{name: getattr(self, name) for name in NewHome.__slots__})


class JoinRoster(Request):
    """Somebody who joins the roster; `share_hundredths` of a full-time post."""

    name: Name
    role: StaffRole
    share_hundredths: int = Field(default=100, ge=1, le=100)
    started_on: date

    def entry(self) -> NewEntry:
        """As the handler takes it."""
        return NewEntry(self.name, self.role, self.share_hundredths, self.started_on)


class EndEntry(Request):
    """The first day without them."""

    ended_on: date


class TakeLeave(Request):
    """First and last day of leave; no last day while nobody knows it."""

    from_: date = Field(alias="from")
    until: date | None = None


class AdmitResident(Request):
    """Who moves in today. `person_id`: the id at the window (intake), where the person is registered there."""

    name: Name
    id_number: CitizenId
    group: Group
    consent_by: ConsentBy
    consented_on: date
    person_id: UUID | None = None

    def admission(self) -> Admission:
        """As the handler takes it."""
        return Admission(**{name: getattr(self, name) for name in Admission.__slots__})


class Items(Request):
    """Six items, achieved or not: eating, dressing, getting in and out of bed, toilet, walking indoors, bathing."""

    eat: bool
    dress: bool
    bed: bool
    toilet: bool
    walk: bool
    bathe: bool


class Assess(Request):
    """An assessment. The next is due in twelve months unless an earlier day is given."""

    items: Items
    assessors: list[Officer] = Field(min_length=1, max_length=20)
    assessed_on: date
    next_due_on: date | None = None

    def assessment(self) -> NewAssessment:
        """As the handler takes it."""
        return NewAssessment(self.items.model_dump(), self.assessors, self.assessed_on, self.next_due_on)


class ReportChange(Request):
    """When a change of ability was reported."""

    reported_on: date


class LeaveHome(Request):
    """The first day without them, and why."""

    left_on: date
    reason: Reason


class WishBed(Request):
    """Who wishes to move into a home of the county."""

    division: Division
    name: Name
    id_number: CitizenId
    group: Group
    grade: Grade | None = None
    harsh_place: bool = False

    def wish(self) -> Wish:
        """As the handler takes it."""
        return Wish(**{name: getattr(self, name) for name in Wish.__slots__})


class EndWaiting(Request):
    """Why the person waits no more."""

    reason: EndReason
