"""The application: what is on file, and the verbs of the procedure that move it (domain §4.2)."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID

from sqlmodel import Field

from doudi.events.parts import Means
from intake.model.base import Json, JsonColumn, Record
from intake.model.refusals import NotInThisState
from intake.model.states import CHINESE, CLOSED, State, leads


class File(Record):
    """What is on file of one application. The verbs stand in `window`, `survey`, `township` and `county`."""

    household_id: UUID
    applicant_id: UUID
    applies_alone: bool = False
    """The applicant asks in his own name to be treated as a single person (domain §3.5)."""
    programme: str = "DIBAO_R"
    """DIBAO_R or DIBAO_U, by the household's hukou."""
    channel: str
    status: str = State.DRAFT.value
    submitted_on: date
    submitted_by: str

    entrusted: bool = False
    signed: bool = False
    truth_promised: bool = False
    consents: list[str] = Field(default=[], sa_type=JsonColumn)
    """Ids of the adult members who authorised the check of their means."""
    declared: Json | None = Field(default=None, sa_type=JsonColumn)
    """Means as the applicant declared them, a `Means`."""
    relatives: list[Json] | None = Field(default=None, sa_type=JsonColumn)
    """Declared near relatives among officers: {officer, person_id, relation}; None: nothing was declared yet."""
    near_relative: bool = False
    payee_person_id: UUID | None = None
    account_number: str | None = None
    bank_code: str | None = None

    correction_requested_on: date | None = None
    correction_due_on: date | None = None
    supplied_on: date | None = None
    missing: list[str] | None = Field(default=None, sa_type=JsonColumn)
    accepted_on: date | None = None
    survey_due_on: date | None = None

    match_round: int = 0
    matching: str | None = None
    matched_on: date | None = None
    explained: list[list[str]] = Field(default=[], sa_type=JsonColumn)
    """[person id, source] of results that did not agree and were explained with proof."""

    visited_on: date | None = None
    surveyors: list[str] = Field(default=[], sa_type=JsonColumn)
    means: Json | None = Field(default=None, sa_type=JsonColumn)
    """Means as verified at the last home visit, a `Means`."""
    assessment_due_on: date | None = None
    assessed_on: date | None = None
    opinion: str | None = None
    opinion_reason: str | None = None
    reviewed_on: date | None = None

    posted_on: date | None = None
    posting_ends_on: date | None = None
    posting_ended_on: date | None = None
    forwarded_on: date | None = None
    returned_because: str | None = None
    decision_id: UUID | None = None
    closed_on: date | None = None
    closing_reason: str | None = None
    officers: list[str] = Field(default=[], sa_type=JsonColumn)
    """Everyone who acted on the case in the township."""

    @property
    def state(self) -> State:
        """Where the application stands."""
        return State(self.status)

    @property
    def closed(self) -> bool:
        """Whether it goes nowhere from here."""
        return self.state in CLOSED

    @property
    def verified_means(self) -> Means:
        """Means as verified; raises NotInThisState before the first home visit."""
        if self.means is None:
            raise NotInThisState(detail="尚未入户调查。")
        return Means.model_validate(self.means)

    @property
    def alone(self) -> UUID | None:
        """Who applies alone; None: the household applies."""
        return self.applicant_id if self.applies_alone else None

    def related_officers(self) -> list[str]:
        """Officers who are filed as near relatives of a member (art. 14)."""
        return sorted({str(relative["officer"]) for relative in self.relatives or []}) if self.near_relative else []

    def expect(self, *states: State) -> None:
        """Raises NotInThisState unless the application stands in one of the states."""
        if self.state not in states:
            raise NotInThisState(detail=f"申请当前状态为“{CHINESE[self.state]}”。")

    def _move(self, to: State) -> None:
        if not leads(self.state, to):
            raise NotInThisState(detail=f"申请当前状态为“{CHINESE[self.state]}”，不能转为“{CHINESE[to]}”。")
        self.status = to.value

    def _close(self, to: State, on: date, reason: str) -> None:
        self._move(to)
        self.closed_on, self.closing_reason = on, reason

    def _acted(self, by: str) -> None:
        self._changed()
        if by not in self.officers:
            self.officers = [*self.officers, by]


def columns(record: Record) -> dict[str, Any]:
    """A record's columns by name, for statements written by hand."""
    return {name: getattr(record, name) for name in type(record).model_fields}
