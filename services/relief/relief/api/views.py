"""What people get to see. The ID number, the phone and the account are masked."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any
from uuid import UUID

from doudi.clock import SHANGHAI
from doudi.identity import AccountNumber, CitizenId
from doudi.law import Finding
from doudi.money import Money
from doudi.service import View
from doudi.transaction import Transaction
from relief.handlers.deadlines import Deadline
from relief.model import ReliefCase, State

_PLAIN = (
    "id", "version", "division", "status", "cause", "persons", "channel", "urgency", "reported_by", "officers",
    "evidence", "amount", "level", "granted_by", "findings", "payment_key", "paid_on", "hours_to_pay", "returned_on",
    "return_reason", "ended_on", "end_assumed", "paperwork_due_on", "paperwork_done_on", "paperwork_late",
    "paperwork_by", "closed_on", "outcome", "invalid_because",
)  # fmt: skip
_MOMENTS = ("reported_at", "verified_at", "granted_at")


class PayeeView(View):
    """Who gets the money."""

    person_id: UUID
    name: str
    id_number: str
    phone: str | None
    account: str
    bank_code: str


class ReliefCaseView(View):
    """A relief case. `payee` is shown with the single case only, never in lists."""

    id: UUID
    version: int
    division: str
    status: State
    cause: str
    persons: int
    registry: str
    channel: str
    urgency: dict[str, Any]
    reported_at: datetime
    reported_by: str
    payee_known: bool
    payee: PayeeView | None
    officers: list[str]
    evidence: list[str]
    verified_at: datetime | None
    amount: Money | None
    level: str | None
    granted_by: str | None
    granted_at: datetime | None
    findings: list[Finding]
    follow_up_owed: Money
    payment_key: str | None
    paid_on: date | None
    hours_to_pay: int | None
    returned_on: date | None
    return_reason: str | None
    ended_on: date | None
    end_assumed: bool
    paperwork_due_on: date | None
    paperwork_done_on: date | None
    paperwork_late: bool | None
    paperwork_by: str | None
    closed_on: date | None
    outcome: str | None
    invalid_because: str | None

    @classmethod
    def of(cls, case: ReliefCase) -> ReliefCaseView:
        """Without the payee."""
        moments = {name: _local(getattr(case, name)) for name in _MOMENTS}
        return cls(
            **{name: getattr(case, name) for name in _PLAIN},
            **moments,
            registry=case.poverty_registry,
            payee_known=case.person_id is not None,
            payee=None,
            follow_up_owed=Money(case.follow_up_owed_fen),
        )

    @classmethod
    def whole(cls, case: ReliefCase, tx: Transaction) -> ReliefCaseView:
        """With the payee; noted in the access log."""
        return cls.of(case).model_copy(update={"payee": _payee(case, tx)})


def _payee(case: ReliefCase, tx: Transaction) -> PayeeView | None:
    if case.person_id is None:
        return None
    tx.saw("relief-payee", case.id)
    account = case.account
    phone = tx.keys.open(case.phone, "person.phone") if case.phone else None
    return PayeeView(
        person_id=account.payee_person_id,
        name=tx.keys.open(account.payee_name, "person.name"),
        id_number=CitizenId(tx.keys.open(account.payee_id_number, "person.id_number")).masked,
        phone=phone[:3] + "****" + phone[-2:] if phone else None,
        account=AccountNumber(tx.keys.open(account.number, "account.number")).masked,
        bank_code=account.bank_code,
    )


def _local(moment: datetime | None) -> datetime | None:
    return moment.astimezone(SHANGHAI) if moment else None


class DeadlineView(View):
    """A clock of the case."""

    name: str
    clause: str
    due_at: datetime | None
    due_on: date | None
    done: bool
    passed: bool

    @classmethod
    def of(cls, deadline: Deadline) -> DeadlineView:
        """As it stands."""
        return cls.model_validate(deadline)
