"""What people get to see of a case. Accounts are masked; what somebody objected is opened for the case's offices."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID

from doudi import identity
from doudi.money import Money
from doudi.sealed import Sealed
from doudi.service import View
from doudi.transaction import Transaction
from intake.api.means_views import MeansView
from intake.handlers.deadlines import Deadline
from intake.model import CHINESE, Assessment, AtTheWindow, HomeVisit, MatchQuery, Objection
from intake.rules import Missing


class AccountView(View):
    """Where the money is to go, masked."""

    payee_person_id: UUID
    number: str
    bank_code: str


class MissingView(View):
    """One thing that is missing."""

    code: str
    because: str


class Completeness(View):
    """Whether an application can be accepted, and if not, what is missing."""

    complete: bool
    missing: list[MissingView]

    @classmethod
    def of(cls, missing: list[Missing]) -> Completeness:
        """From what the rule says."""
        return cls(complete=not missing, missing=[MissingView(code=m.code, because=m.because) for m in missing])


class ApplicationView(View):
    """An application. What the bank account and the relatives are is only shown in the single resource."""

    id: UUID
    version: int
    household_id: UUID
    applicant_id: UUID
    division: str
    applies_alone: bool
    programme: str
    channel: str
    state: str
    state_name: str
    submitted_on: date
    near_relative: bool
    consents: list[str]
    declared: MeansView | None
    correction_requested_on: date | None
    correction_due_on: date | None
    missing: list[str] | None
    accepted_on: date | None
    survey_due_on: date | None
    matching: str | None
    matched_on: date | None
    visited_on: date | None
    surveyors: list[str]
    means: MeansView | None
    assessment_due_on: date | None
    assessed_on: date | None
    opinion: str | None
    opinion_reason: str | None
    reviewed_on: date | None
    posted_on: date | None
    posting_ends_on: date | None
    posting_ended_on: date | None
    forwarded_on: date | None
    returned_because: str | None
    decision_id: UUID | None
    closed_on: date | None
    closing_reason: str | None
    officers: list[str]
    account: AccountView | None = None

    @classmethod
    def of(cls, application: AtTheWindow) -> ApplicationView:
        """Without the account."""
        return cls(**_of_the_file(application))

    @classmethod
    def whole(cls, application: AtTheWindow, tx: Transaction) -> ApplicationView:
        """With the masked account; noted in the access log."""
        tx.saw("application", application.id)
        account = None
        if application.payee_person_id and application.account_number and application.bank_code:
            number = tx.keys.open(Sealed(application.account_number), "account.number")
            account = AccountView(
                payee_person_id=application.payee_person_id,
                number=identity.AccountNumber(number).masked,
                bank_code=application.bank_code,
            )
        return cls(**_of_the_file(application, tx), account=account)


_FILED = tuple(ApplicationView.model_fields.keys() - {"state", "state_name", "account", "declared", "means"})


def _of_the_file(application: AtTheWindow, tx: Transaction | None = None) -> dict[str, Any]:
    state = application.state
    means = {name: MeansView.of(getattr(application, name), tx) for name in ("declared", "means")}
    filed = {name: getattr(application, name) for name in _FILED}
    return {"state": state.value, "state_name": CHINESE[state], **means, **filed}


class DeadlineView(View):
    """One statutory clock."""

    name: str
    clause: str
    who: str
    started_on: date
    due_on: date
    done_on: date | None
    passed: bool

    @classmethod
    def of(cls, deadline: Deadline, on: date) -> DeadlineView:
        """As it stands on a day."""
        names = cls.model_fields.keys() - {"passed"}
        return cls(passed=deadline.passed(on), **{name: getattr(deadline, name) for name in names})


class MatchView(View):
    """One question to one source, and its answer; `code` null: not answered yet."""

    person_id: UUID
    source: str
    code: str | None
    amount: Money | None
    detail: str | None
    answered_on: date | None

    @classmethod
    def of(cls, query: MatchQuery, tx: Transaction) -> MatchView:
        """With the source's own words opened."""
        return cls(
            person_id=query.person_id,
            source=query.source,
            code=query.code,
            amount=None if query.amount_fen is None else Money(query.amount_fen),
            detail=tx.keys.open(Sealed(query.detail), "match.detail") if query.detail else None,
            answered_on=query.answered_on,
        )


class Matching(View):
    """The last round of matching."""

    round: int
    outcome: str | None
    results: list[MatchView]


class VisitView(View):
    """A home visit."""

    visited_on: date
    surveyors: list[str]
    means: MeansView
    recorded_by: str

    @classmethod
    def of(cls, visit: HomeVisit, tx: Transaction) -> VisitView:
        """What was verified."""
        means = MeansView.of(visit.means, tx)
        assert means is not None
        return cls(visited_on=visit.visited_on, surveyors=visit.surveyors, means=means, recorded_by=visit.recorded_by)


class AssessmentView(View):
    """A meeting of the assessment; `late`: held after its term."""

    held_on: date
    present: int
    representatives: int
    conclusion: str
    late: bool
    recorded_by: str

    @classmethod
    def of(cls, assessment: Assessment) -> AssessmentView:
        """What was concluded."""
        return cls.model_validate(assessment, from_attributes=True)


class ObjectionView(View):
    """An objection, for the offices of the case; who objected is not shown."""

    id: UUID
    objected_on: date
    statement: str
    answer: str | None
    answered_on: date | None

    @classmethod
    def of(cls, objection: Objection, tx: Transaction) -> ObjectionView:
        """Opened."""
        answer = objection.answer
        return cls(
            id=objection.id,
            objected_on=objection.objected_on,
            statement=tx.keys.open(Sealed(objection.statement), "objection.statement"),
            answer=tx.keys.open(Sealed(answer), "objection.statement") if answer else None,
            answered_on=objection.answered_on,
        )
