"""Runs, and the errands of the courier for them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from sqlmodel import col, select

from doudi.calendar import Month
from doudi.division import Division
from doudi.errors import NotFound
from doudi.transaction import Transaction
from payments.model import Run, RunState


@dataclass(frozen=True, slots=True)
class Filters:
    """What a list of runs is narrowed to."""

    division: Division | None = None
    month: Month | None = None
    kind: str | None = None
    state: RunState | None = None


async def run_for_update(tx: Transaction, run_id: UUID) -> Run:
    """Locks a run of the principal's subtree. Raises NotFound."""
    run = await locked(tx, run_id)
    if run is None or tx.principal is None or not tx.principal.may_see(run.division):
        raise NotFound
    return run


async def locked(tx: Transaction, run_id: UUID) -> Run | None:
    """Locks a run, whoever asks."""
    return (await tx.session.exec(select(Run).where(Run.id == run_id).with_for_update())).first()


async def run_to_see(tx: Transaction, run_id: UUID) -> Run:
    """A run of the principal's subtree. Raises NotFound."""
    run = await tx.session.get(Run, run_id)
    if run is None or tx.principal is None or not tx.principal.may_see(run.division):
        raise NotFound
    return run


async def runs_page(tx: Transaction, filters: Filters, *, after: UUID | None, limit: int) -> Sequence[Run]:
    """Runs of the principal's subtree, in the order in which they were opened."""
    assert tx.principal is not None
    query = select(Run).where(col(Run.division).like(tx.principal.prefix + "%"))
    if filters.division is not None:
        query = query.where(col(Run.division).like(filters.division.prefix + "%"))
    if filters.month is not None:
        query = query.where(Run.month_on == filters.month.first_day)
    if filters.kind is not None:
        query = query.where(Run.kind == filters.kind)
    if filters.state is not None:
        query = query.where(Run.status == filters.state.value)
    if after is not None:
        query = query.where(col(Run.id) > after)
    return (await tx.session.exec(query.order_by(col(Run.id)).limit(limit))).all()


async def with_untold_lines(tx: Transaction) -> Run | None:
    """A confirmed run of whose lines something is still to be said, locked."""
    query = select(Run).where(col(Run.status).in_(("CONFIRMED", "SENT")), col(Run.told).is_(False))
    return (await tx.session.exec(query.order_by(col(Run.id)).limit(1).with_for_update(skip_locked=True))).first()


async def with_waiting_results(tx: Transaction) -> Run | None:
    """A run with results that did not take effect yet, all of whose lines are said, locked."""
    run_id = await tx.fetchval(
        """SELECT r.run_id FROM bank_result r JOIN payment_run ON payment_run.id = r.run_id
           WHERE NOT r.applied AND payment_run.told LIMIT 1"""
    )
    return None if run_id is None else await locked(tx, run_id)


async def claim(tx: Transaction, state: RunState, lease_seconds: int) -> Run | None:
    """The first run in this state that has an errand at the bank, for as long as the lease holds.

    The lease is a real time, whatever day the legal clock shows.
    """
    run_id = await tx.fetchval(
        """SELECT r.id FROM payment_run r LEFT JOIN errand e ON e.run_id = r.id
           WHERE r.status = $1 AND r.told AND r.bank_trouble IS NULL
             AND (e.not_before IS NULL OR e.not_before <= clock_timestamp())
             AND NOT EXISTS (SELECT FROM bank_result b WHERE b.run_id = r.id AND NOT b.applied)
           ORDER BY r.id LIMIT 1 FOR UPDATE OF r SKIP LOCKED""",
        state.value,
    )
    if run_id is None:
        return None
    await not_before(tx, run_id, lease_seconds)
    return await locked(tx, run_id)


async def not_before(tx: Transaction, run_id: UUID, seconds: int) -> None:
    """The next errand for this run is due so many seconds from now."""
    await tx.execute(
        """INSERT INTO errand (run_id, not_before) VALUES ($1, clock_timestamp() + make_interval(secs => $2))
           ON CONFLICT (run_id) DO UPDATE SET not_before = excluded.not_before""",
        run_id, seconds,
    )  # fmt: skip
