"""Homes and their rosters in the database."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from uuid import UUID

import asyncpg
from sqlalchemy.exc import IntegrityError
from sqlmodel import col, select

from care_institutions.model import Institution, RosterEntry
from care_institutions.model.refusals import AlreadyRegistered
from doudi.errors import NotFound
from doudi.transaction import Transaction


def visible(tx: Transaction, division: str) -> bool:
    """Whether the principal's subtree holds the division; an event handler sees everything."""
    return tx.hearing is not None or (tx.principal is not None and tx.principal.may_see(division))


def prefix(tx: Transaction) -> str:
    """What divisions of the principal's subtree begin with, for LIKE."""
    assert tx.principal is not None
    return tx.principal.prefix + "%"


def breaks(error: IntegrityError, constraint: str) -> bool:
    """Whether it was this constraint that refused."""
    cause = error.orig.__cause__ if error.orig else None
    return isinstance(cause, asyncpg.UniqueViolationError) and cause.constraint_name == constraint


async def add_institution(tx: Transaction, institution: Institution) -> None:
    """Puts a home on record. Raises AlreadyRegistered."""
    tx.session.add(institution)
    try:
        await tx.session.flush()
    except IntegrityError as error:
        if breaks(error, "institution_credit_code"):
            raise AlreadyRegistered(field="credit_code") from error
        raise


async def institution_for_update(tx: Transaction, institution_id: UUID) -> Institution:
    """Locks the home: whatever changes its people or its staff waits here. Raises NotFound."""
    query = select(Institution).where(Institution.id == institution_id).with_for_update()
    found = (await tx.session.exec(query.execution_options(populate_existing=True))).first()
    if found is None or not visible(tx, found.division):
        raise NotFound
    return found


async def institution_to_see(tx: Transaction, institution_id: UUID) -> Institution:
    """A home of the principal's subtree. Raises NotFound."""
    found = await tx.session.get(Institution, institution_id)
    if found is None or not visible(tx, found.division):
        raise NotFound
    return found


async def institutions_page(
    tx: Transaction, *, kind: str | None, short: bool | None, after: UUID | None, limit: int
) -> Sequence[Institution]:
    """Homes of the principal's subtree, in order of registration."""
    query = select(Institution).where(col(Institution.division).like(prefix(tx)))
    if kind is not None:
        query = query.where(Institution.kind == kind)
    if short is not None:
        since = col(Institution.short_since)
        query = query.where(since.is_not(None) if short else since.is_(None))
    if after is not None:
        query = query.where(col(Institution.id) > after)
    return (await tx.session.exec(query.order_by(col(Institution.id)).limit(limit))).all()


async def institutions_to_judge(tx: Transaction, on: date, *, limit: int) -> Sequence[Institution]:
    """Homes whose ratio was not judged on this day yet, locked."""
    query = select(Institution).where(col(Institution.judged_on) < on)
    query = query.order_by(col(Institution.judged_on)).limit(limit).with_for_update(skip_locked=True)
    return (await tx.session.exec(query)).all()


async def posts(tx: Transaction, institution_id: UUID) -> Sequence[RosterEntry]:
    """Everybody on the roster who is not known to be gone for good."""
    query = select(RosterEntry).where(RosterEntry.institution_id == institution_id, col(RosterEntry.ended_on).is_(None))
    return (await tx.session.exec(query)).all()


async def entry_for_update(tx: Transaction, entry_id: UUID) -> tuple[Institution, RosterEntry]:
    """Locks the home, then the roster entry. Raises NotFound."""
    institution_id = await tx.fetchval("SELECT institution_id FROM roster_entry WHERE id = $1", entry_id)
    if institution_id is None:
        raise NotFound
    institution = await institution_for_update(tx, institution_id)
    query = select(RosterEntry).where(RosterEntry.id == entry_id).with_for_update()
    return institution, (await tx.session.exec(query)).one()


async def roster_page(
    tx: Transaction, institution_id: UUID, *, after: UUID | None, limit: int
) -> Sequence[RosterEntry]:
    """The roster of a home, those gone included, in order of entry."""
    query = select(RosterEntry).where(RosterEntry.institution_id == institution_id)
    if after is not None:
        query = query.where(col(RosterEntry.id) > after)
    return (await tx.session.exec(query.order_by(col(RosterEntry.id)).limit(limit))).all()
