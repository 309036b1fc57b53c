"""What people get to see of a request, and what everyone sees of its posting."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any, cast
from uuid import UUID

from doudi.clock import SHANGHAI
from doudi.division import Division
from doudi.identity import AccountNumber, CitizenId
from doudi.law import Finding
from doudi.money import Money
from doudi.service import View
from doudi.transaction import Transaction
from relief import rules
from relief.api.views import PayeeView
from relief.model import ReliefRequest, Step


class RequestView(View):
    """A request. `applicant` is shown with the single request only, never in lists."""

    id: UUID
    version: int
    division: str
    status: Step
    cause: str
    registry: str
    persons: int
    applicant: PayeeView | None
    accepted_by: str
    accepted_on: date
    township_due_on: date
    review: dict[str, Any] | None
    reviewed_by: str | None
    reviewed_on: date | None
    amount: Money | None
    findings: list[Finding]
    posted_on: date | None
    posting_ends_on: date | None
    forwarded_by: str | None
    forwarded_on: date | None
    county_due_on: date | None
    sent_back_because: str | None
    level: str | None
    decided_by: str | None
    decided_at: datetime | None
    ground: str | None
    reason: str | None
    payment_key: str | None
    paid_on: date | None
    bank_returned_on: date | None
    bank_return_reason: str | None

    @classmethod
    def of(cls, request: ReliefRequest) -> RequestView:
        """Without the applicant."""
        given = {"registry": request.poverty_registry, "applicant": None}
        plain = {name: getattr(request, name) for name in cls.model_fields if name not in given}
        at = request.decided_at
        return cls(**plain | given | {"decided_at": at.astimezone(SHANGHAI) if at else None})

    @classmethod
    def whole(cls, request: ReliefRequest, tx: Transaction) -> RequestView:
        """With the applicant; noted in the access log."""
        tx.saw("relief-applicant", request.id)
        phone = tx.keys.open(request.phone, "person.phone") if request.phone else None
        account = request.account
        applicant = PayeeView(
            person_id=request.person_id,
            name=tx.keys.open(account.payee_name, "person.name"),
            id_number=CitizenId(tx.keys.open(account.payee_id_number, "person.id_number")).masked,
            phone=phone[:3] + "****" + phone[-2:] if phone else None,
            account=AccountNumber(tx.keys.open(account.number, "account.number")).masked,
            bank_code=account.bank_code,
        )
        return cls.of(request).model_copy(update={"applicant": applicant})


class ReliefPostingView(View):
    """All that a posting shows (domain §4.3, C37): name, amount, reason category, where and until when."""

    id: UUID
    applicant: str | None
    """None: the applicant is a child, whose name is not shown."""
    amount: Money
    category: str
    village: str
    posted_on: date
    ends_on: date

    @classmethod
    def of(cls, request: ReliefRequest, tx: Transaction) -> ReliefPostingView:
        """What the village sees."""
        born = CitizenId(tx.keys.open(request.account.payee_id_number, "person.id_number")).birth_date
        named = rules.named_in_posting(born, on=cast(date, request.posted_on))
        return cls(
            id=request.id,
            applicant=tx.keys.open(request.account.payee_name, "person.name") if named else None,
            amount=cast(Money, request.amount),
            category=rules.CATEGORIES[cast(rules.Spending, request.cause)],
            village=Division(request.division).name,
            posted_on=cast(date, request.posted_on),
            ends_on=cast(date, request.posting_ends_on),
        )
