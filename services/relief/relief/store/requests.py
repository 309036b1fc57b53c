"""Requests in the database."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sqlmodel import col, select

from doudi.errors import NotFound
from doudi.transaction import Transaction
from relief.model import OPEN, ReliefRequest, RequestMember, Step


@dataclass(frozen=True, slots=True)
class RequestFilters:
    """What a list is narrowed to."""

    status: Step | None = None
    cause: str | None = None
    division: str | None = None


async def request_for_update(tx: Transaction, request_id: UUID) -> ReliefRequest:
    """Locks the request of the principal's subtree. Raises NotFound."""
    query = select(ReliefRequest).where(ReliefRequest.id == request_id).with_for_update()
    return _seen((await tx.session.exec(query)).first(), tx)


async def request_to_see(tx: Transaction, request_id: UUID) -> ReliefRequest:
    """A request of the principal's subtree. Raises NotFound."""
    return _seen(await tx.session.get(ReliefRequest, request_id), tx)


async def request_of_payment(tx: Transaction, request_id: UUID, payment_key: str) -> ReliefRequest | None:
    """Locks the request that a payment was made for; None when it is not one of ours."""
    query = select(ReliefRequest).where(ReliefRequest.id == request_id, ReliefRequest.payment_key == payment_key)
    return (await tx.session.exec(query.with_for_update())).first()


async def requests_page(
    tx: Transaction, filters: RequestFilters, *, after: UUID | None, limit: int
) -> Sequence[ReliefRequest]:
    """Requests of the principal's subtree, in order of acceptance."""
    assert tx.principal is not None
    query = select(ReliefRequest).where(col(ReliefRequest.division).like(tx.principal.prefix + "%"))
    if filters.status is not None:
        query = query.where(ReliefRequest.status == filters.status.value)
    if filters.cause is not None:
        query = query.where(ReliefRequest.cause == filters.cause)
    if filters.division is not None:
        query = query.where(col(ReliefRequest.division).like(filters.division + "%"))
    if after is not None:
        query = query.where(col(ReliefRequest.id) > after)
    return (await tx.session.exec(query.order_by(col(ReliefRequest.id)).limit(limit))).all()


async def hanging_page(
    tx: Transaction, division: str, on: date, *, after: UUID | None, limit: int
) -> Sequence[ReliefRequest]:
    """What hangs on a day below a division, for everyone to see."""
    query = select(ReliefRequest).where(
        col(ReliefRequest.division).like(division + "%"),
        ReliefRequest.status == Step.POSTED.value,
        col(ReliefRequest.posting_ends_on) >= on,
    )
    if after is not None:
        query = query.where(col(ReliefRequest.id) > after)
    return (await tx.session.exec(query.order_by(col(ReliefRequest.id)).limit(limit))).all()


async def keys_of(tx: Transaction, request_id: UUID) -> Sequence[str]:
    """The match keys of a request's household."""
    return (await tx.session.exec(select(RequestMember.match_key).where(RequestMember.request_id == request_id))).all()


async def under_way(tx: Transaction, match_keys: Collection[str], cause: str) -> bool:
    """Whether a request of one of these people for this cause is neither granted nor ended."""
    query = (
        select(ReliefRequest.id)
        .join(RequestMember, col(RequestMember.request_id) == col(ReliefRequest.id))
        .where(
            col(RequestMember.match_key).in_(match_keys),
            ReliefRequest.cause == cause,
            col(ReliefRequest.status).in_([step.value for step in OPEN]),
        )
    )
    return (await tx.session.exec(query)).first() is not None


def _seen(found: ReliefRequest | None, tx: Transaction) -> ReliefRequest:
    if found is None or tx.principal is None or not tx.principal.may_see(found.division):
        raise NotFound
    return found
