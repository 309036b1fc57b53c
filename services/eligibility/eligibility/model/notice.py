"""What the family was told in writing (通知书), and the certificate that went with a decision, as they were given."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import date
from typing import Any, ClassVar, Self
from uuid import UUID

from sqlalchemy import BigInteger
from sqlmodel import Field

from doudi.events.eligibility import AwardAdjusted, AwardStopped
from doudi.events.parts import Household
from doudi.law import Finding
from doudi.money import Money
from eligibility.model.award import Award
from eligibility.model.base import JsonColumn, Record
from eligibility.model.case import Case, State
from eligibility.model.programme_award import ProgrammeAward
from eligibility.rules import Determination
from eligibility.rules.notice import Told, Wording, wording


class Written(Record):
    """One notice, never changed. A decision's has the decision's id. The addressee's name is sealed at rest."""

    PERSON: ClassVar[bool] = False
    """It speaks to one person, not to a household."""

    kind: str
    programme: str
    application_id: UUID
    decision_id: UUID | None = None
    award_id: UUID | None = None
    redetermination_id: UUID | None = None
    """The change of standard that it tells of."""
    issued_on: date
    due_on: date
    addressee: str
    to_family: bool = False
    """Nobody whom it is about lives: it goes to those who are left behind."""
    because: str = ""
    amount_fen: int = Field(sa_type=BigInteger)
    before_fen: int | None = Field(default=None, sa_type=BigInteger)
    from_month: str | None = None
    last_month: str | None = None
    rule_set: str
    findings: list[Any] = Field(sa_type=JsonColumn)

    @classmethod
    def of_award(
        cls,
        award: Award | ProgrammeAward,
        kind: str,
        why: tuple[str, Sequence[Finding]],
        on: date,
        to: tuple[str, bool],
        **more: Any,
    ) -> Self:
        """The award pays another amount from a month on, or ends with one. `why`: the reason, what was found; `to`:
        the sealed name, and whether it is the family's."""
        reason, findings = why
        rule_sets = [found.rule_set for found in findings if found.rule_set]
        return cls(
            division=award.division,
            kind=kind,
            programme=award.programme,
            application_id=award.application_id,
            award_id=award.id,
            issued_on=on,
            due_on=on,
            addressee=to[0],
            to_family=to[1],
            because=reason,
            rule_set=rule_sets[0] if rule_sets else award.rule_set,
            findings=kept(findings),
            **more,
        )

    @property
    def wording(self) -> Wording:
        """In words, without the addressee."""
        return wording(
            Told(
                kind=self.kind,  # type: ignore[arg-type]
                on=self.issued_on,
                findings=tuple(Finding.model_validate(found) for found in self.findings),
                because=self.because,
                amount=Money(self.amount_fen),
                before=None if self.before_fen is None else Money(self.before_fen),
                from_month=self.from_month,
                last_month=self.last_month,
                programme=self.programme,
                person=self.PERSON,
            )
        )


class Notice(Written, table=True):
    """What a household was told of dibao."""

    __tablename__ = "notice"

    programme: str = "DIBAO_R"

    @classmethod
    def of_decision(cls, case: Case, made: Determination, starts: str | None) -> Notice:
        """Approval or refusal; `starts`: the first month that is paid."""
        assert case.decision_id is not None
        assert case.decided_on is not None
        approved = State(case.status) is State.APPROVED
        return cls(
            id=case.decision_id,
            division=case.division,
            kind="APPROVAL" if approved else "REFUSAL",
            programme=made.programme,
            application_id=case.id,
            decision_id=case.decision_id,
            issued_on=case.decided_on,
            due_on=case.notice_due_on or case.decided_on,
            addressee=addressee(case.members, ())[0],
            because=case.outcome_because or "",
            amount_fen=made.amount.fen if approved else 0,
            from_month=starts,
            rule_set=made.rule_set,
            findings=kept(made.findings),
        )

    @classmethod
    def of_change(cls, award: Award, event: AwardAdjusted, before: Money, to: tuple[str, bool]) -> Notice:
        """The award pays another amount from a month on; `before`: what it paid."""
        return cls.of_award(
            award,
            "CHANGE",
            (event.reason, event.findings),
            event.adjusted_on,
            to,
            amount_fen=event.amount.fen,
            before_fen=before.fen,
            from_month=str(event.from_month),
        )

    @classmethod
    def of_successor(cls, award: Award, made: Determination, reason: str, to: tuple[str, bool]) -> Notice:
        """The award goes on where another ended, from its first month on."""
        why, paid = (reason, made.findings), award.amount_fen
        return cls.of_award(award, "CHANGE", why, award.granted_on, to, amount_fen=paid, from_month=award.starts)

    @classmethod
    def of_stop(cls, award: Award, event: AwardStopped, to: tuple[str, bool]) -> Notice:
        """The award ends with a month."""
        why, last = (event.reason, event.findings), str(event.last_month)
        return cls.of_award(award, "STOP", why, event.stopped_on, to, amount_fen=0, last_month=last)


def kept(findings: Collection[Finding]) -> list[Any]:
    """Findings as a notice keeps them."""
    return [found.model_dump(mode="json") for found in findings]


def addressee(household: Household, dead: Collection[str], unit: Collection[str] = ()) -> tuple[str, bool]:
    """The sealed name of the head, or of the first who lives, the spouse before others; and whether nobody does.

    `dead`: match keys. `unit`: person ids of an award's unit; after a split the head of the old household may be in
    another one, and a notice goes to those whom it is about.
    """
    own = [m for m in household.members if str(m.person_id) in unit] or household.members
    ranked = sorted(own, key=lambda m: (m.relation != "HEAD", m.relation != "SPOUSE", m.birth_date))
    living = [m for m in ranked if m.match_key not in dead]
    return str((living or ranked)[0].name), not living


class Certificate(Record, table=True):
    """The certificate of a decision as it was issued with it; its id is the decision's."""

    __tablename__ = "certificate"

    application_id: UUID
    text: str
    sha256: str
