"""Residents, their assessments, and who waits for a bed. Whatever names a person is sealed."""

from __future__ import annotations

from datetime import date
from typing import cast
from uuid import UUID

from sqlmodel import Field

from care_institutions.model.base import Base, JsonColumn, Record
from care_institutions.model.refusals import DatesOutOfOrder, NoLongerResident, NoLongerWaiting
from care_institutions.rules import Grade, Group


class Resident(Record, table=True):
    """A person who lives, or lived, in a home."""

    __tablename__ = "resident"

    institution_id: UUID
    person_id: UUID
    match_key: str
    name: str
    id_number: str
    admission_group: str
    consent_by: str
    consented_on: date
    admitted_on: date
    left_on: date | None = None
    """The first day without them."""
    left_reason: str | None = None
    grade: str | None = None
    assessed_on: date | None = None
    next_due_on: date | None = None
    change_reported_on: date | None = None
    reassess_due_on: date | None = None

    def is_assessed(self, grade: str, *, on: date, next_due_on: date) -> None:
        """Assessed; that answers a change that was reported up to that day."""
        self._lives_here()
        if self.assessed_on is None or on >= self.assessed_on:
            self.grade, self.assessed_on, self.next_due_on = grade, on, next_due_on
        if self.change_reported_on is not None and on >= self.change_reported_on:
            self.change_reported_on = self.reassess_due_on = None
        self._changed()

    def changed(self, reported_on: date, *, reassess_due_on: date) -> None:
        """A change of ability was reported; a clock that runs already keeps its earlier end."""
        self._lives_here()
        if reported_on < self.admitted_on:
            raise DatesOutOfOrder(field="reported_on")
        if self.reassess_due_on is None or reassess_due_on < self.reassess_due_on:
            self.change_reported_on, self.reassess_due_on = reported_on, reassess_due_on
        self._changed()

    def leave(self, on: date, reason: str) -> None:
        """Moved out, or died; `on` is the first day without them."""
        self._lives_here()
        if on < self.admitted_on:
            raise DatesOutOfOrder(field="left_on")
        self.left_on, self.left_reason = on, reason
        self._changed()

    def _lives_here(self) -> None:
        if self.left_on is not None:
            raise NoLongerResident


class Assessment(Record, table=True):
    """Six items as two or more assessors saw them."""

    __tablename__ = "self_care_assessment"

    resident_id: UUID
    items: dict[str, bool] = Field(sa_type=JsonColumn)
    """Item by item: achieved or not."""
    items_failed: int
    grade: str
    assessors: list[str] = Field(sa_type=JsonColumn)
    assessed_on: date
    next_due_on: date
    recorded_by: str


class Waiting(Record, table=True):
    """A person who wishes to move into a home of the county."""

    __tablename__ = "waiting"

    match_key: str
    name: str
    id_number: str
    admission_group: str
    grade: str | None = None
    harsh_place: bool = False
    waiting_since: date
    ended_on: date | None = None
    ended_reason: str | None = None

    @property
    def group(self) -> Group:
        """The group, as the rules take it."""
        return cast(Group, self.admission_group)

    @property
    def known_grade(self) -> Grade | None:
        """The grade, as the rules take it; None when nobody assessed the person."""
        return cast(Grade | None, self.grade)

    def end(self, on: date, reason: str) -> None:
        """Admitted, refused the bed, no longer wishes, or died."""
        if self.ended_on is not None:
            raise NoLongerWaiting
        self.ended_on, self.ended_reason = on, reason
        self._changed()


class Death(Base, table=True):
    """A death that was heard of, by the keyed hash of the ID number: whoever bears it is not admitted any more."""

    __tablename__ = "death"

    match_key: str = Field(primary_key=True)
    died_on: date
