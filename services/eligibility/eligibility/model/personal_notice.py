"""What one person was told in writing (通知书) of a programme other than dibao, as it was given."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import BigInteger
from sqlmodel import Field

from doudi.law import Finding
from doudi.money import Money
from eligibility.model.base import JsonColumn, Record
from eligibility.model.programme_award import ProgrammeAward
from eligibility.model.programmes import ProgrammeCase
from eligibility.rules.notice import Kind, Told, Wording, wording
from eligibility.rules.programmes import ProgrammeDetermination


class PersonalNotice(Record, table=True):
    """One notice, never changed. A decision's has the decision's id. The addressee's name is sealed at rest."""

    __tablename__ = "personal_notice"

    kind: str
    programme: str
    application_id: UUID
    decision_id: UUID | None = None
    award_id: UUID | None = None
    redetermination_id: UUID | None = None
    issued_on: date
    due_on: date
    addressee: str
    to_family: bool = False
    """The person is dead: it goes to those who are left behind."""
    because: str = ""
    amount_fen: int = Field(sa_type=BigInteger)
    before_fen: int | None = Field(default=None, sa_type=BigInteger)
    from_month: str | None = None
    last_month: str | None = None
    rule_set: str
    findings: list[Any] = Field(sa_type=JsonColumn)

    @classmethod
    def of_decision(cls, case: ProgrammeCase, made: ProgrammeDetermination) -> PersonalNotice:
        """Approval or refusal of an application, or the refusal of a change."""
        assert case.decision_id is not None
        assert case.decided_on is not None
        approved = case.status == "APPROVED"
        return cls(
            id=case.decision_id,
            division=case.division,
            kind="APPROVAL" if approved else "REFUSAL",
            programme=case.programme,
            application_id=case.id,
            decision_id=case.decision_id,
            issued_on=case.decided_on,
            due_on=case.notice_due_on or case.decided_on,
            addressee=case.person_name,
            because=case.outcome_because or "",
            amount_fen=made.amount.fen if approved else 0,
            from_month=str(made.starts) if approved else None,
            rule_set=made.rule_set,
            findings=_kept(made.findings),
        )

    @classmethod
    def of_award(
        cls, award: ProgrammeAward, kind: Kind, to: str, because: str, found: Sequence[Finding], on: date, **more: Any
    ) -> PersonalNotice:
        """The award pays another amount from a month on, or ends with one. `to`: the sealed name."""
        rule_sets = [finding.rule_set for finding in found if finding.rule_set]
        return cls(
            division=award.division,
            kind=kind,
            programme=award.programme,
            application_id=award.application_id,
            award_id=award.id,
            issued_on=on,
            due_on=on,
            addressee=to,
            because=because,
            rule_set=rule_sets[0] if rule_sets else award.rule_set,
            findings=_kept(found),
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
                person=True,
            )
        )


def _kept(findings: Sequence[Finding]) -> list[Any]:
    return [found.model_dump(mode="json") for found in findings]
