"""/v1/payments, /v1/payees and /v1/reconciliation."""

from __future__ import annotations

from typing import Annotated
from uuid import UUID

from fastapi import Query

from doudi.auth import Principal, Role, allow
from doudi.errors import Invalid, NotFound
from doudi.service import InDivision, InMonth, Page, Paging, Router, Tx
from payments.api.forms import CorrectAccount
from payments.api.runs import READERS
from payments.api.views import PayeeView, PaymentView, ReconciliationView
from payments.handlers import accounts
from payments.model import LineState
from payments.store import reports

router = Router(prefix="/v1", tags=["payments"])


@router.get("/payments")
async def list_payments(
    tx: Tx,
    paging: Paging,
    subject_id: Annotated[UUID | None, Query(description="The award, or the relief case")] = None,
    person_id: UUID | None = None,
    division: InDivision = None,
    month: InMonth = None,
    state: LineState | None = None,
    programme: Annotated[str | None, Query(pattern="^[A-Z0-9_]{3,20}$", description="E.g. DIBAO_R, DIBAO_U")] = None,
    who: Principal = allow(*READERS),
) -> Page[PaymentView]:
    """Lines of one's own division: every try of every payment."""
    filters = reports.LineFilters(None, subject_id, person_id, division, month, state, programme)
    rows = await reports.lines_page(tx, filters, after=paging.after, limit=paging.limit + 1)
    return Page.of(rows, paging, lambda row: PaymentView.of(row, tx.today))


@router.post("/payees/{subject_id}/account")
async def correct_account(
    subject_id: UUID, request: CorrectAccount, tx: Tx, who: Principal = allow(Role.PAYMENTS_MAKER)
) -> PayeeView:
    """Another account, after proof. A repayment run then pays what came back, through three hands as always."""
    return PayeeView.model_validate(await accounts.correct(subject_id, request.account(), tx))


@router.get("/reconciliation")
async def reconcile(
    tx: Tx, month: InMonth = None, division: InDivision = None, who: Principal = allow(*READERS)
) -> ReconciliationView:
    """Where a month's money is; the sums add up. Without `division`: one's own."""
    if month is None:
        raise Invalid(field="month", detail="应填写月份 / a month is needed")
    chosen = division or who.division
    if not who.may_see(chosen):
        raise NotFound
    return ReconciliationView.of(chosen.code, month, await reports.reconciliation(tx, chosen, month))
