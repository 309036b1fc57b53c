"""What one person was told in writing (通知书) of a programme other than dibao, as it was given."""

from __future__ import annotations

from typing import ClassVar

from eligibility.model.notice import Written, kept
from eligibility.model.programmes import ProgrammeCase
from eligibility.rules.programmes import ProgrammeDetermination


class PersonalNotice(Written, table=True):
    """What one person was told of a programme."""

    __tablename__ = "personal_notice"

    PERSON: ClassVar[bool] = True

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
            findings=kept(made.findings),
        )
