"""A person's application for a programme other than dibao; the verbs of domain §4.2 and §4.9."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from enum import StrEnum
from typing import Any
from uuid import UUID

from sqlmodel import Field

from doudi.events.parts import Account
from doudi.law import Finding, cited_by
from eligibility import rules
from eligibility.model import refusals
from eligibility.model.base import Json, JsonColumn, Record
from eligibility.rules import programmes


class ProgrammeState(StrEnum):
    """Where an application stands: the township's posting first, where there is one, then the county's three."""

    RECEIVED = "RECEIVED"
    POSTING = "POSTING"
    OBJECTED = "OBJECTED"
    POSTED = "POSTED"
    PREPARED = "PREPARED"
    CHECKED = "CHECKED"
    APPROVED = "APPROVED"
    REJECTED = "REJECTED"
    WITHDRAWN = "WITHDRAWN"


S = ProgrammeState
_BESIDE = cited_by(programmes.settle).id
DECIDED = (S.APPROVED, S.REJECTED, S.WITHDRAWN)


class ProgrammeCase(Record, table=True):
    """One person's application for one programme. `given`: the facts as declared and verified, without derived ones."""

    __tablename__ = "programme_case"

    status: str = S.RECEIVED.value
    kind: str = "NEW"
    """NEW, or CHANGE: what is known now of somebody who holds an award."""
    award_id: UUID | None = None
    in_place_of: UUID | None = None
    """The dibao award that ends when this begins; it is not in its own way."""
    circumstances: list[Any] = Field(default_factory=list, sa_type=JsonColumn)
    programme: str
    person_id: UUID
    match_key: str
    person_name: str
    """Sealed."""
    id_number: str | None = None
    """Sealed; not known of a ward whose application is older than this column."""
    born: date
    given: Json = Field(sa_type=JsonColumn)
    account: Json = Field(sa_type=JsonColumn)
    relatives: list[Any] = Field(sa_type=JsonColumn)
    applied_on: date
    accepted_by: str
    due_on: date | None = None
    facts: Json = Field(sa_type=JsonColumn)
    numbers: Json = Field(sa_type=JsonColumn)
    holdings: list[Any] = Field(sa_type=JsonColumn)
    result: Json = Field(sa_type=JsonColumn)
    sha256: str
    rule_set: str
    determined_on: date
    posted_on: date | None = None
    posting_ends_on: date | None = None
    posting_ended_on: date | None = None
    objected_on: date | None = None
    objection: str | None = None
    """Sealed, as is the answer."""
    answer: str | None = None
    answer_due_on: date | None = None
    visit_because: str | None = None
    visited_on: date | None = None
    prepared_by: str | None = None
    checked_by: str | None = None
    signed_by: str | None = None
    decision_id: UUID | None = None
    decided_on: date | None = None
    outcome_because: str | None = None
    notice_due_on: date | None = None
    notice_served_on: date | None = None
    certificate: str | None = None
    """The certificate of the decision, as it was issued."""
    outcome: str | None = None
    """What a change came to: UNCHANGED, ADJUSTED or ENDED."""
    heard_on: date | None = None
    hearing: str | None = None
    """Sealed."""

    @property
    def payee(self) -> Account:
        """Where the money goes."""
        return Account.model_validate(self.account)

    @property
    def is_posted(self) -> bool:
        """Whether the law has a posting for this programme, and something is there to be posted: entry, or end."""
        days = programmes.procedure.posting_days(self.programme, on=self.determined_on)
        return bool(days) and self.eligible == (self.kind == "NEW")

    @property
    def eligible(self) -> bool:
        """By the present determination."""
        return bool(self.result["eligible"])

    @property
    def in_its_way(self) -> list[str]:
        """What is held and may not stand beside it, where the person meets the programme's own conditions."""
        unmet = [Finding.model_validate(f) for f in self.result["findings"] if not f["met"]]
        return [f.because for f in unmet] if all(f.clause == _BESIDE for f in unmet) else []

    def change_over(self, award_id: UUID, by: str) -> None:
        """It is to come in the place of a dibao award, which ends in one decision with it (649号 art. 15)."""
        self._open_in(S.RECEIVED)
        self._not_kin(by)
        if self.kind != "NEW" or not self.in_its_way:
            raise refusals.NotInThisState(detail="没有与本项目不得同时享受的待遇")
        self.in_place_of = award_id
        self._changed()

    def again(self) -> programmes.ProgrammeDetermination:
        """The kept facts, numbers and holdings through the rules once more."""
        made = programmes.PROGRAMMES[self.programme]
        found = made.determine(
            made.facts.from_json(self.facts), made.numbers.from_json(self.numbers), on=self.determined_on
        )
        found = programmes.change.ended_by(found, self.circumstances)
        held = [programmes.Holding.from_json(kept) for kept in self.holdings]
        return programmes.beside(found, held, on=self.determined_on, division=self.division)

    def determined(
        self,
        facts: programmes.PersonFacts,
        numbers: programmes.ProgrammeNumbers,
        held: Sequence[programmes.Holding],
        result: programmes.ProgrammeDetermination,
        on: date,
    ) -> None:
        """Takes in what the rules say now, with everything that they were given."""
        self.facts, self.numbers = facts.as_json(), numbers.as_json()
        self.holdings, self.result = [holding.as_json() for holding in held], result.as_json()
        self.sha256, self.rule_set, self.determined_on = result.sha256, result.rule_set, on

    def beside(self, held: Sequence[programmes.Holding]) -> bool:
        """Whether the person holds the same beside it as when the rules were applied."""
        return {h["award_id"] for h in self.holdings} == {h.award_id for h in held}

    def _open_in(self, *states: ProgrammeState) -> None:
        if S(self.status) not in states:
            raise refusals.NotInThisState(detail=f"当前环节：{self.status}")

    def _not_kin(self, officer: str) -> None:
        if not rules.procedure.may_act(officer, self.relatives).met:
            raise refusals.RelativeMustNotAct

    def _to(self, state: ProgrammeState) -> None:
        self.status = state.value
        self._changed()

    def post(self, by: str, on: date) -> None:
        """The township's opinion hangs; again after an objection that was answered."""
        self._open_in(S.RECEIVED, S.OBJECTED)
        self._not_kin(by)
        if not self.is_posted:
            raise refusals.NothingToPost
        self.posted_on, self.posting_ended_on = on, None
        self.posting_ends_on = programmes.procedure.posting_ends(self.programme, on)
        self._to(S.POSTING)

    def posting_ended(self, on: date) -> None:
        """It hung for its whole time: the county's term begins."""
        self._open_in(S.POSTING)
        self.posting_ended_on, self.due_on = on, programmes.procedure.county_due(self.programme, on)
        self._to(S.POSTED)

    def object(self, statement: str, on: date) -> None:
        """Somebody objected (sealed): the posting ends, the township looks again."""
        self._open_in(S.POSTING)
        self.objected_on, self.objection, self.answer = on, statement, None
        self.posting_ended_on = on
        self.answer_due_on = programmes.procedure.objection_answer_due(on)
        self._to(S.OBJECTED)

    def prepare(self, by: str) -> None:
        """The county's clerk proposes on the determination of today; again is allowed until it is checked."""
        self._open_in(S.RECEIVED, S.POSTED, S.PREPARED)
        self._not_kin(by)
        if self.is_posted and self.posting_ended_on is None:
            raise refusals.PostingMissing
        self.prepared_by = by
        self._to(S.PREPARED)

    def check(self, by: str) -> None:
        """The section head agrees."""
        self._open_in(S.PREPARED)
        self._not_kin(by)
        if by == self.prepared_by:
            raise refusals.ThreePeopleNeeded(field="checked_by")
        self.checked_by = by
        self._to(S.CHECKED)

    def send_back(self, by: str) -> None:
        """The section head does not agree: the clerk prepares anew."""
        self._open_in(S.PREPARED)
        self._not_kin(by)
        self.prepared_by = None
        self._to(S.POSTED if self.posting_ended_on else S.RECEIVED)

    def visit(self, visitors: Sequence[str], on: date) -> None:
        """County officers visited the home."""
        self._open_in(S.RECEIVED, S.POSTED, S.PREPARED, S.CHECKED)
        for officer in visitors:
            self._not_kin(officer)
        self.visited_on = on
        self._changed()

    def hear(self, words: str, by: str, on: date) -> None:
        """The person was heard (sealed) before less or nothing is paid."""
        self._open_in(S.RECEIVED, S.POSTING, S.POSTED, S.PREPARED, S.CHECKED)
        self._not_kin(by)
        self.hearing, self.heard_on = words, on
        self._changed()

    def leads(self, by: str) -> None:
        """Whether this leader may sign: a third person, no kin, and the home was visited where it must be."""
        self._open_in(S.CHECKED)
        self._not_kin(by)
        if not rules.procedure.three_people(self.prepared_by or "", self.checked_by or "-", by).met:
            raise refusals.ThreePeopleNeeded(field="signed_by")
        if self.visit_because is not None and self.visited_on is None:
            raise refusals.VisitMissing(detail=self.visit_because)

    def decide(self, decision_id: UUID, by: str, on: date, refused_because: str | None) -> None:
        """The leader signs: an approval, or a refusal with its reason."""
        self.leads(by)
        self.decision_id, self.decided_on, self.signed_by = decision_id, on, by
        self.outcome_because = refused_because
        self.notice_due_on = programmes.procedure.refusal_notice_due(on)
        self._to(S.APPROVED if refused_because is None else S.REJECTED)

    def serve_refusal(self, on: date) -> None:
        """The written refusal was handed over."""
        self._open_in(S.REJECTED)
        if self.notice_served_on is not None:
            raise refusals.NotInThisState(detail="不予批准通知已送达")
        self.notice_served_on = on
        self._changed()

    def withdraw(self) -> None:
        """The applicant took it back before a decision."""
        self._open_in(*(state for state in S if state not in DECIDED))
        self._to(S.WITHDRAWN)
