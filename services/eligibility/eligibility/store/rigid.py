"""The statuses of 刚性支出困难家庭 in the database."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from uuid import UUID

from sqlmodel import col, select

from doudi.transaction import Transaction
from eligibility.model.rigid import RigidStatus

AT_ONCE = 500


async def active_of(tx: Transaction, household_id: UUID) -> Sequence[RigidStatus]:
    """The household's status, locked; none or one."""
    query = select(RigidStatus).where(RigidStatus.household_id == household_id, RigidStatus.status == "ACTIVE")
    return (await tx.session.exec(query.with_for_update())).all()


async def over(tx: Transaction, on: date) -> Sequence[RigidStatus]:
    """Statuses whose last day was before a day, locked, the oldest first."""
    query = select(RigidStatus).where(RigidStatus.status == "ACTIVE", col(RigidStatus.valid_until) < on)
    ordered = query.order_by(col(RigidStatus.valid_until), col(RigidStatus.id)).limit(AT_ONCE)
    return (await tx.session.exec(ordered.with_for_update(skip_locked=True))).all()
