"""The county's case: what the township sent, and the verbs of domain §4.2 from COUNTY to APPROVED or REJECTED."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from enum import StrEnum
from typing import Any
from uuid import UUID

from sqlmodel import Field

from doudi.events.intake import ApplicationForwarded, ApplicationForwardedV1
from doudi.events.parts import Account, Household, Means
from eligibility import rules
from eligibility.model import refusals
from eligibility.model.base import Json, JsonColumn
from eligibility.model.whole_term import WholeTerm


class State(StrEnum):
    """Where a case stands (domain §4.2)."""

    COUNTY = "COUNTY"
    PREPARED = "PREPARED"
    CHECKED = "CHECKED"
    POSTING_2 = "POSTING_2"
    OBJECTION_2 = "OBJECTION_2"
    POSTED = "POSTED"
    APPROVED = "APPROVED"
    REJECTED = "REJECTED"
    RETURNED = "RETURNED"
    WITHDRAWN = "WITHDRAWN"


OPEN = (State.COUNTY, State.PREPARED, State.CHECKED, State.POSTING_2, State.OBJECTION_2, State.POSTED)


class Case(WholeTerm, table=True):
    """An application at the county; its id is the application's."""

    __tablename__ = "county_case"

    status: str = State.COUNTY.value
    household: Json = Field(sa_type=JsonColumn)
    means: Json = Field(sa_type=JsonColumn)
    account: Json = Field(sa_type=JsonColumn)
    near_relative: bool
    doubtful: bool
    opinion: str
    officers: list[Any] = Field(sa_type=JsonColumn)
    relatives: list[Any] = Field(sa_type=JsonColumn)
    first_posted_on: date
    first_posting_ended_on: date
    forwarded_on: date
    declared_on: date | None = None
    matched_on: date | None = None
    surveyed_on: date | None = None
    """When the household declared itself, the departments answered, the township visited; as far as it is known."""
    opinion_due_on: date
    visit_because: str | None = None
    """Why the county has to visit; None when it has not."""
    determination_id: UUID | None = None
    prepared_by: str | None = None
    checked_by: str | None = None
    visited_on: date | None = None
    posting_id: UUID | None = None
    posting_ends_on: date | None = None
    posting_ended_on: date | None = None
    decision_due_on: date | None = None
    reinvestigate_by: date | None = None
    decision_id: UUID | None = None
    decided_on: date | None = None
    signed_by: str | None = None
    outcome_because: str | None = None
    notice_due_on: date | None = None
    notice_served_on: date | None = None
    reported: bool = False
    """Whether somebody reported this case: then the county visits."""
    drawn: bool = False
    """Whether the county's sample drew it."""

    @classmethod
    def received(cls, event: ApplicationForwarded | ApplicationForwardedV1) -> Case:
        """The township's case arrives."""
        case = cls(
            id=event.application_id, version=0, division=event.household.division.code, household={}, means={},
            account={}, near_relative=False, doubtful=False, opinion=event.opinion, officers=[], relatives=[],
            first_posted_on=event.posted_on, first_posting_ended_on=event.posting_ended_on,
            forwarded_on=event.forwarded_on, opinion_due_on=event.forwarded_on,
        )  # fmt: skip
        case.receive(event)
        return case

    @property
    def awaits_the_township(self) -> bool:
        """Whether what the township sends now is new: a case that is under way or decided is not begun again by it."""
        return State(self.status) is State.RETURNED

    def receive(self, event: ApplicationForwarded | ApplicationForwardedV1) -> None:
        """Takes in what the township sent, the first time or after a return; what was done before is void."""
        self.status = State.COUNTY.value
        self.household = event.household.model_dump(mode="json")
        self.means = event.means.model_dump(mode="json")
        self.account = event.account.model_dump(mode="json")
        self.near_relative, self.doubtful = event.near_relative, event.matching != "PASSED"
        self.opinion, self.officers, self.relatives = event.opinion, list(event.officers), list(event.relatives)
        self.first_posted_on, self.first_posting_ended_on = event.posted_on, event.posting_ended_on
        self.forwarded_on, self.opinion_due_on = event.forwarded_on, rules.procedure.opinion_due(event.forwarded_on)
        self.declared_on, self.matched_on, self.surveyed_on = event.declared_on, event.matched_on, event.surveyed_on
        self.accepted(event.accepted_on)
        self._look_at_visit()
        self.prepared_by = self.checked_by = self.visited_on = None
        self.posting_id = self.posting_ends_on = self.posting_ended_on = self.reinvestigate_by = None
        self._changed()

    def facts_on(self, on: date) -> rules.Facts:
        """What the rules need of it; who belongs to the unit follows from the rule set of the day."""
        return rules.unit_of(self.members, Means.model_validate(self.means), on=on)

    def _look_at_visit(self) -> None:
        found = rules.procedure.must_visit(
            near_relative=self.near_relative, doubtful=self.doubtful, reported=self.reported, drawn=self.drawn
        )
        self.visit_because = found.because if found.met else None

    def sampled(self, drawn: bool) -> None:
        """The sample of its township and quarter drew it, or did not."""
        self.drawn = drawn
        self._look_at_visit()

    def report(self) -> None:
        """Somebody reported the case: the county has to visit, whatever the sample said."""
        if State(self.status) not in OPEN:
            raise refusals.NotInThisState(detail=f"当前环节：{self.status}")
        self.reported = True
        self._look_at_visit()
        self._changed()

    @property
    def programme(self) -> rules.Programme:
        """Rural or urban."""
        return rules.programme_of(self.members)

    @property
    def payee(self) -> Account:
        """Where the money goes."""
        return Account.model_validate(self.account)

    @property
    def members(self) -> Household:
        """The household as sent."""
        return Household.model_validate(self.household)

    def _open_in(self, *states: State) -> None:
        if State(self.status) not in states:
            raise refusals.NotInThisState(detail=f"当前环节：{self.status}")

    def _not_kin(self, officer: str) -> None:
        if not rules.procedure.may_act(officer, self.relatives).met:
            raise refusals.RelativeMustNotAct

    def prepare(self, determination_id: UUID, by: str, *, new_law: bool = False) -> None:
        """The clerk proposes; again is allowed until it is checked.

        `new_law`: the case was determined under rules that are no longer in force. Then it is prepared anew from where
        it stands, and what was checked and posted under the old rules is void (domain §0.1, D-16).
        """
        later = (State.CHECKED, State.OBJECTION_2, State.POSTED) if new_law else ()
        self._open_in(State.COUNTY, State.PREPARED, *later)
        self._not_kin(by)
        self.determination_id, self.prepared_by, self.status = determination_id, by, State.PREPARED.value
        self.checked_by = self.posting_id = self.posting_ends_on = self.posting_ended_on = self.reinvestigate_by = None
        self._changed()

    def check(self, by: str) -> None:
        """The section head agrees."""
        self._open_in(State.PREPARED)
        self._not_kin(by)
        if by == self.prepared_by:
            raise refusals.ThreePeopleNeeded(field="checked_by")
        self.checked_by, self.status = by, State.CHECKED.value
        self._changed()

    def send_back(self, by: str) -> None:
        """The section head does not agree: the clerk prepares anew."""
        self._open_in(State.PREPARED)
        self._not_kin(by)
        self.prepared_by, self.status = None, State.COUNTY.value
        self._changed()

    def visit(self, visitors: Sequence[str], on: date) -> None:
        """Two county officers visited the home."""
        self._open_in(State.COUNTY, State.PREPARED, State.CHECKED)
        for officer in visitors:
            self._not_kin(officer)
        self.visited_on = on
        self._changed()

    def post(self, posting_id: UUID, ends_on: date, by: str) -> None:
        """The leader lets the second posting hang."""
        self.may_be_posted()
        self.leads(by)
        self.visits_done()
        self.posting_id, self.posting_ends_on, self.posting_ended_on = posting_id, ends_on, None
        self.status = State.POSTING_2.value
        self._changed()

    def visits_done(self) -> None:
        """Raises VisitMissing where the county has to visit and did not."""
        if self.visit_because is not None and self.visited_on is None:
            raise refusals.VisitMissing(detail=self.visit_because)

    def may_be_posted(self) -> None:
        """Raises NotInThisState unless the second posting may start now."""
        self._open_in(State.CHECKED, State.OBJECTION_2)

    def leads(self, by: str) -> None:
        """Whether this leader may act: neither clerk nor checker of the case, nor kin."""
        self._not_kin(by)
        if not rules.procedure.three_people(self.prepared_by or "", self.checked_by or "-", by).met:
            raise refusals.ThreePeopleNeeded(field="signed_by")

    def posting_ended(self, on: date) -> None:
        """It hung quietly for its whole time."""
        self._open_in(State.POSTING_2)
        self.posting_ended_on, self.status = on, State.POSTED.value
        assert self.posting_ends_on is not None
        self.decision_due_on = rules.clocks.final_decision_due(self.posting_ends_on)
        self._changed()

    def object(self, on: date) -> None:
        """Somebody objected: the posting ends, the case is looked at again."""
        self._open_in(State.POSTING_2)
        self.posting_ended_on, self.status = on, State.OBJECTION_2.value
        self.reinvestigate_by = rules.procedure.reinvestigation_due(on)
        self._changed()

    def may_be_confirmed(self) -> None:
        """Raises NotInThisState unless the decision may follow the check at once (民发〔2021〕57号 art. 20, 21)."""
        self._open_in(State.CHECKED)

    def confirm(self, decision_id: UUID, by: str, on: date) -> None:
        """The leader signs after check and visits, without a second posting (审核确认)."""
        self.may_be_confirmed()
        self.leads(by)
        self.visits_done()
        self._decided(decision_id, by, on, State.APPROVED, None)

    def publish(self, posting_id: UUID) -> None:
        """The decision hangs for everybody to see."""
        self._open_in(State.APPROVED)
        self.posting_id = posting_id
        self._changed()

    def approve(self, decision_id: UUID, by: str, on: date) -> None:
        """The leader signs after the quiet posting."""
        self._open_in(State.POSTED, State.POSTING_2)
        self.leads(by)
        assert self.posting_ends_on is not None
        over = rules.procedure.posting_is_over(self.posting_ends_on, self.posting_ended_on, on=on)
        if not over.met:
            raise refusals.PostingStillRunning(detail=over.because)
        self._decided(decision_id, by, on, State.APPROVED, None)

    def refuse(self, decision_id: UUID, by: str, on: date, because: str) -> None:
        """The leader signs the refusal; no posting is needed for it."""
        self._open_in(State.CHECKED, State.OBJECTION_2, State.POSTED)
        self.leads(by)
        self.visits_done()
        self._decided(decision_id, by, on, State.REJECTED, because)
        self.notice_due_on = rules.procedure.refusal_notice_due(on)

    def serve_refusal(self, on: date) -> None:
        """The written refusal was handed over."""
        self._open_in(State.REJECTED)
        if self.notice_served_on is not None:
            raise refusals.NotInThisState(detail="不予批准通知已送达")
        self.notice_served_on = on
        self._changed()

    def _decided(self, decision_id: UUID, by: str, on: date, state: State, because: str | None) -> None:
        self.decision_id, self.decided_on, self.signed_by = decision_id, on, by
        self.status, self.outcome_because = state.value, because
        self._changed()

    def give_back(self, by: str) -> None:
        """The county sends the case back to the township."""
        self._open_in(State.COUNTY, State.PREPARED, State.CHECKED, State.OBJECTION_2)
        self._not_kin(by)
        self.status = State.RETURNED.value
        self._changed()

    def withdraw(self) -> None:
        """The applicant took it back; a decided case stays decided."""
        if State(self.status) in OPEN:
            self.status = State.WITHDRAWN.value
            self._changed()
