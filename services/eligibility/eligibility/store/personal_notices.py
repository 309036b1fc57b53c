"""Notices of programmes of one person: found by their id, their decision's or application's, or all of an award."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from sqlmodel import col, select

from doudi.errors import NotFound
from doudi.transaction import Transaction
from eligibility.model import ProgrammeAward
from eligibility.model.personal_notice import PersonalNotice


async def to_see(tx: Transaction, id_: UUID) -> PersonalNotice:
    """A notice by its own id, its decision's or its application's. Raises NotFound."""
    of_application = (col(PersonalNotice.application_id) == id_) & col(PersonalNotice.decision_id).is_not(None)
    query = select(PersonalNotice).where((col(PersonalNotice.id) == id_) | of_application)
    found = (await tx.session.exec(query.order_by(col(PersonalNotice.id).desc()).limit(1))).first()
    if found is None or tx.principal is None or not tx.principal.may_see(found.division):
        raise NotFound
    return found


async def of_award(tx: Transaction, award: ProgrammeAward) -> Sequence[PersonalNotice]:
    """The award's approval, and every change and stop since, oldest first."""
    own = (col(PersonalNotice.award_id) == award.id) | (col(PersonalNotice.decision_id) == award.decision_id)
    return (await tx.session.exec(select(PersonalNotice).where(own).order_by(col(PersonalNotice.id)))).all()
