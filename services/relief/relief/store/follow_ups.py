"""Follow-ups of relief cases in the database. The case is locked before its follow-ups."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from sqlmodel import col, select

from doudi.errors import NotFound
from doudi.transaction import Transaction
from relief.model import FollowUp, ReliefCase, Stage
from relief.store.cases import case_for_update, case_to_see

PENDING = (Stage.PROPOSED.value, Stage.GRANTED.value)


async def follow_up_for_update(tx: Transaction, follow_up_id: UUID) -> tuple[ReliefCase, FollowUp]:
    """Locks the case, then its follow-up, in the principal's subtree. Raises NotFound."""
    case_id = (await tx.session.exec(select(FollowUp.case_id).where(FollowUp.id == follow_up_id))).first()
    if case_id is None:
        raise NotFound
    case = await case_for_update(tx, case_id)
    query = select(FollowUp).where(FollowUp.id == follow_up_id).with_for_update()
    return case, (await tx.session.exec(query)).one()


async def follow_up_to_see(tx: Transaction, follow_up_id: UUID) -> FollowUp:
    """A follow-up of a case in the principal's subtree. Raises NotFound."""
    found = await tx.session.get(FollowUp, follow_up_id)
    if found is None:
        raise NotFound
    await case_to_see(tx, found.case_id)
    return found


async def follow_ups_of(tx: Transaction, case_id: UUID) -> Sequence[FollowUp]:
    """All of a case, in the order in which they were proposed."""
    query = select(FollowUp).where(FollowUp.case_id == case_id).order_by(col(FollowUp.id))
    return (await tx.session.exec(query)).all()


async def follow_up_pending(tx: Transaction, case_id: UUID) -> bool:
    """Whether one of the case waits for the county or for its money."""
    query = select(FollowUp.id).where(FollowUp.case_id == case_id, col(FollowUp.status).in_(PENDING))
    return (await tx.session.exec(query)).first() is not None


async def follow_up_of_payment(tx: Transaction, case_id: UUID, payment_key: str) -> FollowUp | None:
    """Locks the case and the follow-up that a payment was made for; None when it is not one of ours."""
    query = select(FollowUp).where(FollowUp.case_id == case_id, FollowUp.payment_key == payment_key)
    if (await tx.session.exec(query)).first() is None:
        return None
    await tx.session.exec(select(ReliefCase.id).where(ReliefCase.id == case_id).with_for_update())
    return (await tx.session.exec(query.with_for_update().execution_options(populate_existing=True))).first()
