"""Relief cases in the database."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sqlmodel import col, select
from sqlmodel.sql.expression import SelectOfScalar

from doudi.errors import NotFound
from doudi.transaction import Transaction
from relief.model import ReliefCase, State


@dataclass(frozen=True, slots=True)
class Filters:
    """What a list is narrowed to. `due_before`: papers that were due before the day and are not done."""

    status: State | None = None
    cause: str | None = None
    division: str | None = None
    due_before: date | None = None


async def case_for_update(tx: Transaction, case_id: UUID) -> ReliefCase:
    """Locks the case of the principal's subtree. Raises NotFound."""
    case = (await tx.session.exec(select(ReliefCase).where(ReliefCase.id == case_id).with_for_update())).first()
    if case is None or tx.principal is None or not tx.principal.may_see(case.division):
        raise NotFound
    return case


async def case_of_payment(tx: Transaction, case_id: UUID, payment_key: str) -> ReliefCase | None:
    """Locks the case that a payment was made for; None when it is not one of ours."""
    query = select(ReliefCase).where(ReliefCase.id == case_id, ReliefCase.payment_key == payment_key)
    return (await tx.session.exec(query.with_for_update())).first()


async def case_to_see(tx: Transaction, case_id: UUID) -> ReliefCase:
    """A case of the principal's subtree. Raises NotFound."""
    case = await tx.session.get(ReliefCase, case_id)
    if case is None or tx.principal is None or not tx.principal.may_see(case.division):
        raise NotFound
    return case


async def cases_page(tx: Transaction, filters: Filters, *, after: UUID | None, limit: int) -> Sequence[ReliefCase]:
    """Cases of the principal's subtree, in order of report."""
    assert tx.principal is not None
    query = select(ReliefCase).where(col(ReliefCase.division).like(tx.principal.prefix + "%"))
    if filters.status is not None:
        query = query.where(ReliefCase.status == filters.status.value)
    if filters.cause is not None:
        query = query.where(ReliefCase.cause == filters.cause)
    if filters.division is not None:
        query = query.where(col(ReliefCase.division).like(filters.division + "%"))
    if filters.due_before is not None:
        unfinished = (State.EMERGENCY_ENDED.value, State.PAPERWORK_OVERDUE.value)
        query = query.where(col(ReliefCase.status).in_(unfinished))
        query = query.where(col(ReliefCase.paperwork_due_on) < filters.due_before)
    if after is not None:
        query = query.where(col(ReliefCase.id) > after)
    return (await tx.session.exec(query.order_by(col(ReliefCase.id)).limit(limit))).all()


async def emergencies_too_long(tx: Transaction, on: date, *, limit: int) -> Sequence[ReliefCase]:
    """Cases with an advance whose longest emergency is over and whose end nobody recorded, locked."""
    query = select(ReliefCase).where(
        col(ReliefCase.ended_on).is_(None),
        col(ReliefCase.status).in_((State.VERIFIED.value, State.ADVANCE_PAID.value)),
        col(ReliefCase.end_assumed_on) < on,
    )
    return await _locked(tx, query.order_by(col(ReliefCase.end_assumed_on)).limit(limit))


async def papers_overdue(tx: Transaction, on: date, *, limit: int) -> Sequence[ReliefCase]:
    """Cases whose last day for papers went by, not yet noticed, locked."""
    query = select(ReliefCase).where(
        ReliefCase.status == State.EMERGENCY_ENDED.value, col(ReliefCase.paperwork_due_on) < on
    )
    return await _locked(tx, query.order_by(col(ReliefCase.paperwork_due_on)).limit(limit))


async def _locked(tx: Transaction, query: SelectOfScalar[ReliefCase]) -> Sequence[ReliefCase]:
    return (await tx.session.exec(query.with_for_update(skip_locked=True))).all()
