"""What the bank answered, staged whole and applied in pieces."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

import asyncpg

from doudi.transaction import Transaction
from payments.model import Run


@dataclass(frozen=True, slots=True)
class Result:
    """What became of one line. `reason` when it came back."""

    payment_id: UUID
    status: str
    reason: str | None
    value_date: date


async def known(tx: Transaction, run_id: UUID, ids: Sequence[UUID]) -> Mapping[UUID, Result | None]:
    """Which of these ids are lines of the run's file, each with the result that was recorded for it."""
    rows = await tx.fetch(
        """SELECT p.id, r.status, r.reason, r.value_date FROM payment p LEFT JOIN bank_result r ON r.payment_id = p.id
           WHERE p.run_id = $1 AND p.id = ANY($2::uuid[]) AND p.status IN ('INSTRUCTED', 'PAID', 'RETURNED')""",
        run_id, list(ids),
    )  # fmt: skip
    return {
        row["id"]: None if row["status"] is None else Result(row["id"], row["status"], row["reason"], row["value_date"])
        for row in rows
    }


async def stage(tx: Transaction, run: Run, results: Sequence[Result], by: str) -> int:
    """Records results; those that are recorded already change nothing. Returns how many are new."""
    return await tx.execute(
        """INSERT INTO bank_result (payment_id, run_id, status, reason, value_date, brought_by, brought_on)
           SELECT id, $1, status, reason, on_day, $2, $3
           FROM unnest($4::uuid[], $5::text[], $6::text[], $7::date[]) AS r (id, status, reason, on_day)
           ON CONFLICT DO NOTHING""",
        run.id, by, tx.today, [r.payment_id for r in results], [r.status for r in results],
        [r.reason for r in results], [r.value_date for r in results],
    )  # fmt: skip


async def apply(tx: Transaction, run_id: UUID, limit: int) -> Sequence[asyncpg.Record]:
    """Settles the next lines that have a result; returns them as they are now."""
    return await tx.fetch(
        """WITH next AS (
               UPDATE bank_result SET applied = true WHERE payment_id IN (
                   SELECT payment_id FROM bank_result WHERE run_id = $1 AND NOT applied ORDER BY payment_id LIMIT $2)
               RETURNING payment_id, status, reason, value_date)
           UPDATE payment SET status = next.status, reason = next.reason, settled_on = next.value_date
           FROM next WHERE payment.id = next.payment_id AND payment.status = 'INSTRUCTED' RETURNING payment.*""",
        run_id, limit,
    )  # fmt: skip


async def unanswered(tx: Transaction, run_id: UUID) -> bool:
    """Whether a line of the file has no result yet."""
    return bool(
        await tx.fetchval("SELECT EXISTS (SELECT FROM payment WHERE run_id = $1 AND status = 'INSTRUCTED')", run_id)
    )
