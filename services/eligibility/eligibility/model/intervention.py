"""An intervention in an award: proposed, noticed, heard, checked, decided, done (社会救助法 art. 48; domain §4.2).

Three different people act and none is kin. An award that becomes less does so by the permit of a decided intervention.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from enum import StrEnum
from typing import Any
from uuid import UUID

from sqlmodel import Field

from eligibility import rules
from eligibility.model import refusals
from eligibility.model.base import Json, JsonColumn, Record
from eligibility.model.permit import Permit
from eligibility.rules.life import Hearing


class Step(StrEnum):
    """Where an intervention stands."""

    PROPOSED = "PROPOSED"
    NOTICED = "NOTICED"
    HEARD = "HEARD"
    DECIDED = "DECIDED"
    DONE = "DONE"
    DROPPED = "DROPPED"


KINDS = ("RAISE", "REDUCE", "SUSPEND", "TAPER", "STOP", "TRANSFER", "SPLIT", "MERGE", "MOVE")
_BEFORE_DECISION = (Step.PROPOSED, Step.NOTICED, Step.HEARD)


class Intervention(Record, table=True):
    """What the county means to do with an award, and how far it has got."""

    __tablename__ = "intervention"

    award_id: UUID
    others: list[Any] = Field(default_factory=list, sa_type=JsonColumn)
    """Further awards that a merge ends."""
    kind: str
    ground: str
    reason: str
    status: str = Step.PROPOSED.value
    rule_set: str | None = None
    """By whose rules the plan was made; None where no determination was needed."""
    basis: str
    """Fingerprint of the award as it was when this was proposed."""
    plan: Json = Field(sa_type=JsonColumn)
    findings: list[Any] = Field(sa_type=JsonColumn)
    relatives: list[Any] = Field(sa_type=JsonColumn)
    proposed_by: str
    proposed_on: date
    noticed_by: str | None = None
    noticed_on: date | None = None
    answer_by: date | None = None
    hearing: str | None = None
    heard_by: str | None = None
    heard_on: date | None = None
    statement: str | None = None
    """What the person said; sealed."""
    accepted_by: str | None = None
    checked_by: str | None = None
    decided_by: str | None = None
    decided_on: date | None = None
    dropped_because: str | None = None

    @property
    def makes_less(self) -> bool:
        """Whether the person may lose by it: then notice comes first, and the hearing where the law demands it."""
        return self.kind != "RAISE"

    def _step_in(self, *steps: Step) -> None:
        if Step(self.status) not in steps:
            raise refusals.NotInThisStep(detail=f"当前环节：{self.status}")

    def _not_kin(self, officer: str) -> None:
        if not rules.procedure.may_act(officer, self.relatives).met:
            raise refusals.RelativeMustNotAct

    def serve_notice(self, by: str, on: date) -> None:
        """The person is told in writing what is meant to be done and why, and until when to answer."""
        self._step_in(Step.PROPOSED)
        self._not_kin(by)
        self.noticed_by, self.noticed_on, self.answer_by = by, on, rules.life.answer_by(on)
        self.status = Step.NOTICED.value
        self._changed()

    def hear(self, hearing: Hearing, by: str, on: date, statement: str | None = None) -> None:
        """The person was heard, does not wish to be, or did not answer in the term."""
        self._step_in(Step.NOTICED)
        self._not_kin(by)
        assert self.answer_by is not None
        if hearing == "NO_ANSWER":
            silence = rules.life.silence_counts(self.answer_by, on=on)
            if not silence.met:
                raise refusals.TermStillRunning(detail=silence.because)
        self.hearing, self.heard_by, self.heard_on, self.statement = hearing, by, on, statement
        self.status = Step.HEARD.value
        self._changed()

    def accept(self, by: str) -> None:
        """The county to which the household moves takes it."""
        self._step_in(*_BEFORE_DECISION)
        if self.kind != "MOVE":
            raise refusals.NotInThisStep(detail="只有跨县迁移须由迁入地接收")
        self._not_kin(by)
        self.accepted_by = by
        self._changed()

    def check(self, by: str, on: date) -> None:
        """The section head agrees: after notice and, where it is obligatory, the hearing."""
        self._step_in(*_BEFORE_DECISION)
        self._not_kin(by)
        self._heard_enough(on)
        if by == self.proposed_by:
            raise refusals.ThreePeopleNeeded(field="checked_by")
        self.checked_by = by
        self._changed()

    def decide(self, by: str, on: date) -> None:
        """The leader signs; a third person."""
        self._step_in(*_BEFORE_DECISION)
        self._not_kin(by)
        self._heard_enough(on)
        if self.checked_by is None:
            raise refusals.NotInThisStep(detail="尚未审核")
        if not rules.procedure.three_people(self.proposed_by, self.checked_by, by).met:
            raise refusals.ThreePeopleNeeded(field="decided_by")
        if self.kind == "MOVE" and self.accepted_by is None:
            raise refusals.NotAccepted
        self.decided_by, self.decided_on, self.status = by, on, Step.DECIDED.value
        self._changed()

    def _heard_enough(self, on: date) -> None:
        if not self.makes_less:
            return
        found = rules.life.may_be_decided(noticed_on=self.noticed_on, hearing=self.hearing, reason=self.reason, on=on)
        if not found.met:
            raise refusals.HearingNeeded(detail=found.because)

    def permit(self) -> Permit:
        """What the award's verbs ask for; raises NotInThisStep before the decision."""
        self._step_in(Step.DECIDED)
        return Permit(self.kind, frozenset({self.award_id, *map(UUID, self.others)}), self.reason)

    def finish(self) -> None:
        """The award was changed as decided."""
        self._step_in(Step.DECIDED)
        self.status = Step.DONE.value
        self._changed()

    def drop(self, because: str) -> None:
        """It is given up before a decision: by the county, or because the award ended meanwhile."""
        self._step_in(*_BEFORE_DECISION)
        self.dropped_because, self.status = because, Step.DROPPED.value
        self._changed()


def proposed(
    *, award_id: UUID, division: str, kind: str, ground: str, reason: str, by: str, on: date, basis: str,
    relatives: Sequence[str], **more: Any,
) -> Intervention:  # fmt: skip
    """The clerk proposes; raises RelativeMustNotAct."""
    made = Intervention(
        award_id=award_id,
        division=division,
        kind=kind,
        ground=ground,
        reason=reason,
        proposed_by=by,
        proposed_on=on,
        basis=basis,
        relatives=list(relatives),
        **{"plan": {}, "findings": [], **more},
    )
    made._not_kin(by)
    return made
