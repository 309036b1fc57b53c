"""What happened on the way, one row each, kept for good: answers, visits, assessments, postings, objections, deaths."""

from __future__ import annotations

from datetime import date
from typing import Literal, cast
from uuid import UUID

from sqlmodel import Field

from doudi.events.parts import MatchResult
from doudi.money import Money
from intake.model.base import Json, JsonColumn, Record

Code = Literal["MATCH", "NO_RECORD", "MISMATCH", "UNAVAILABLE", "CONSENT_MISSING"]


class MatchQuery(Record, table=True):
    """One question to one source about one member, and its answer (domain §4.4)."""

    __tablename__ = "match_query"

    application_id: UUID
    round: int
    person_id: UUID
    source: str
    attempts: int = 0
    code: str | None = None
    amount_fen: int | None = None
    detail: str | None = None
    """The source's own words, sealed."""
    answered_on: date | None = None

    def as_result(self) -> MatchResult:
        """The answer as events carry it, once there is one; without the source's words, which may name people."""
        return MatchResult(
            person_id=self.person_id,
            source=self.source,
            code=cast(Code, self.code),
            amount=None if self.amount_fen is None else Money(self.amount_fen),
        )


class HomeVisit(Record, table=True):
    """A home visit with what was found (art. 18, 19)."""

    __tablename__ = "home_visit"

    application_id: UUID
    visited_on: date
    surveyors: list[str] = Field(sa_type=JsonColumn)
    means: Json = Field(sa_type=JsonColumn)
    found: list[Json] = Field(sa_type=JsonColumn)
    recorded_by: str


class Assessment(Record, table=True):
    """A meeting of the village's assessment (art. 21-24)."""

    __tablename__ = "assessment"

    application_id: UUID
    held_on: date
    present: int
    representatives: int
    steps: list[str] = Field(sa_type=JsonColumn)
    conclusion: str
    late: bool
    recorded_by: str


class Posting(Record, table=True):
    """One hanging of the first posting (art. 25) with what it shows (domain §4.3)."""

    __tablename__ = "posting"

    application_id: UUID
    applicant_name: str | None
    """Sealed; None when the law lets no name be shown (a child)."""
    members: int
    posted_on: date
    ends_on: date
    ended_on: date | None = None
    full: bool | None = None

    def hangs(self, on: date) -> bool:
        """Whether the public sees it on that day."""
        return self.ended_on is None and self.posted_on <= on <= self.ends_on

    def end(self, *, on: date, full: bool) -> None:
        """Taken down."""
        self.ended_on, self.full = on, full
        self._changed()


class Objection(Record, table=True):
    """Somebody objected to a posting. Who and what is sealed."""

    __tablename__ = "objection"

    application_id: UUID
    posting_id: UUID
    objected_on: date
    statement: str
    name: str | None = None
    phone: str | None = None
    answer: str | None = None
    answered_on: date | None = None

    def answered(self, answer: str, *, on: date) -> None:
        """The township looked into it. The answer is sealed like the objection."""
        self.answer, self.answered_on = answer, on
        self._changed()


class DeathReport(Record, table=True):
    """A death that a department reported, also of someone whom intake does not know yet."""

    __tablename__ = "death_report"

    match_key: str
    person_id: UUID | None = None
    died_on: date
    reported_on: date
    source: str
    reported_by: str
