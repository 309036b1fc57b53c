"""Payments in the database. Lines are made, moved and settled in sets."""

from __future__ import annotations

from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

import asyncpg
from sqlmodel import col, select

from doudi.calendar import Month
from doudi.errors import NotFound
from doudi.transaction import Transaction
from payments.model import Payment, Run, Subject

_OPEN_MONTHLY = """
INSERT INTO payment (division, run_id, subject_id, person_id, programme, month, item, payment_key, amount_fen, attempt,
                     state, reason)
SELECT s.division, $1, s.id, l.person_id, s.programme, m.month, l.item,
       concat_ws('/', s.programme, l.person_id, m.month, l.item, '1'), l.amount_fen, 1,
       CASE WHEN s.account_number IS NULL OR s.bank_code IS NULL THEN 'HELD' ELSE 'OPEN' END,
       CASE WHEN s.account_number IS NULL OR s.bank_code IS NULL THEN $4 END
FROM subject s
JOIN award_line l ON l.subject_id = s.id
LEFT JOIN death d ON d.person_id = l.person_id
CROSS JOIN LATERAL (
    SELECT to_char(g, 'YYYY-MM') AS month
    FROM generate_series((l.from_month || '-01')::date, (least(l.to_month, d.last_month, $3) || '-01')::date,
                         interval '1 month') g
) m
WHERE s.kind = 'AWARD' AND s.division LIKE $2 || '%' AND l.amount_fen > 0
  AND NOT EXISTS (
    SELECT 1 FROM payment p
    WHERE p.payment_key = concat_ws('/', s.programme, l.person_id, m.month, l.item, '1')
      AND p.state IN ('OPEN', 'INSTRUCTED', 'PAID', 'RETURNED'))
"""
_OPEN_REPAYMENT = """
INSERT INTO payment (division, run_id, subject_id, person_id, programme, month, item, payment_key, amount_fen, attempt,
                     state)
SELECT p.division, $1, p.subject_id, p.person_id, p.programme, p.month, p.item, p.payment_key, p.amount_fen,
       p.attempt + 1, 'OPEN'
FROM payment p JOIN subject s ON s.id = p.subject_id
WHERE p.state = 'RETURNED' AND p.division LIKE $2 || '%' AND s.corrected_at > p.settled_at
  AND NOT EXISTS (SELECT 1 FROM payment q WHERE q.payment_key = p.payment_key AND q.attempt > p.attempt
                  AND q.state <> 'CANCELLED')
"""
_INSTRUCT = """
UPDATE payment p SET state = 'INSTRUCTED', sequence = n.sequence, payee_name = s.payee_name,
       payee_id_number = s.payee_id_number, account_number = s.account_number, bank_code = s.bank_code
FROM (SELECT id, row_number() OVER (ORDER BY payment_key) AS sequence FROM payment
      WHERE run_id = $1 AND state = 'OPEN') n, subject s
WHERE p.id = n.id AND s.id = p.subject_id
"""
_SETTLE = """
UPDATE payment p SET state = r.state, reason = r.reason, settled_on = r.day, settled_at = $6
FROM unnest($2::uuid[], $3::text[], $4::text[], $5::date[]) AS r (id, state, reason, day)
WHERE p.id = r.id AND p.run_id = $1 AND p.state = 'INSTRUCTED' RETURNING p.*
"""


async def run_for_update(tx: Transaction, run_id: UUID) -> Run:
    """Locks a run of the principal's subtree (any run, for the courier). Raises NotFound."""
    run = (await tx.session.exec(select(Run).where(Run.id == run_id).with_for_update())).first()
    if run is None or (tx.principal is not None and not tx.principal.may_see(run.division)):
        raise NotFound
    return run


async def run_to_see(tx: Transaction, run_id: UUID) -> Run:
    """A run of the principal's subtree. Raises NotFound."""
    run = await tx.session.get(Run, run_id)
    if run is None or tx.principal is None or not tx.principal.may_see(run.division):
        raise NotFound
    return run


async def runs_page(
    tx: Transaction, *, status: str | None, month: Month | None, after: UUID | None, limit: int
) -> Sequence[Run]:
    """Runs of the principal's subtree."""
    assert tx.principal is not None
    query = select(Run).where(col(Run.division).like(tx.principal.prefix + "%"))
    if status is not None:
        query = query.where(Run.status == status)
    if month is not None:
        query = query.where(Run.month == str(month))
    if after is not None:
        query = query.where(col(Run.id) > after)
    return (await tx.session.exec(query.order_by(col(Run.id)).limit(limit))).all()


@dataclass(frozen=True, slots=True)
class Lines:
    """What a list of payments is narrowed to."""

    run_id: UUID | None = None
    subject_id: UUID | None = None
    month: Month | None = None
    state: str | None = None


async def payments_page(tx: Transaction, lines: Lines, *, after: UUID | None, limit: int) -> Sequence[Payment]:
    """Payments of the principal's subtree."""
    assert tx.principal is not None
    query = select(Payment).where(col(Payment.division).like(tx.principal.prefix + "%"))
    for column, value in (
        (Payment.run_id, lines.run_id),
        (Payment.subject_id, lines.subject_id),
        (Payment.month, str(lines.month) if lines.month else None),
        (Payment.state, lines.state),
    ):
        if value is not None:
            query = query.where(col(column) == value)
    if after is not None:
        query = query.where(col(Payment.id) > after)
    return (await tx.session.exec(query.order_by(col(Payment.id)).limit(limit))).all()


async def subject_for_update(tx: Transaction, subject_id: UUID) -> Subject | None:
    """Locks what the money is owed under."""
    return (await tx.session.exec(select(Subject).where(Subject.id == subject_id).with_for_update())).first()


async def open_lines(tx: Transaction, run: Run, prefix: str, missing_account: str) -> None:
    """Fills a run: due months that were never put into one, or returned lines whose account was corrected.

    Two runs of a county wait for each other; the index `payment_never_twice` would refuse the second all the same.
    """
    await tx.session.flush()
    await tx.fetchval("SELECT pg_advisory_xact_lock(hashtextextended($1, 8))", prefix)
    if run.kind == "REPAYMENT":
        await tx.execute(_OPEN_REPAYMENT, run.id, prefix)
    else:
        await tx.execute(_OPEN_MONTHLY, run.id, prefix, run.month, missing_account)
    row = await tx.fetchrow(
        "SELECT count(*)::int AS lines, coalesce(sum(amount_fen), 0)::bigint AS total FROM payment"
        " WHERE run_id = $1 AND state = 'OPEN'",
        run.id,
    )
    assert row is not None
    run.lines, run.total_fen = row["lines"], row["total"]


async def instruct(tx: Transaction, run_id: UUID) -> list[asyncpg.Record]:
    """Numbers the run's open lines and fixes each one's account as it is now: the file never changes from here on."""
    await tx.session.flush()
    await tx.execute(_INSTRUCT, run_id)
    return await tx.fetch("SELECT * FROM payment WHERE run_id = $1 AND state = 'INSTRUCTED' ORDER BY sequence", run_id)


async def file_lines(tx: Transaction, run_id: UUID) -> AsyncIterator[asyncpg.Record]:
    """The lines of a confirmed run's file in their order, a thousand at a time; memory flat in their number."""
    last = 0
    while True:
        rows = await tx.fetch(
            "SELECT * FROM payment WHERE run_id = $1 AND sequence > $2 ORDER BY sequence LIMIT 1000", run_id, last
        )
        for row in rows:
            yield row
        if len(rows) < 1000:  # noqa: PLR2004
            return
        last = rows[-1]["sequence"]


async def cancel_lines(tx: Transaction, run_id: UUID) -> None:
    """The lines of a cancelled run may go into another."""
    await tx.session.flush()
    await tx.execute("UPDATE payment SET state = 'CANCELLED' WHERE run_id = $1 AND state IN ('OPEN', 'HELD')", run_id)


async def known_lines(tx: Transaction, run_id: UUID) -> dict[UUID, str]:
    """The payments of a file and their states."""
    rows = await tx.fetch("SELECT id, state FROM payment WHERE run_id = $1 AND sequence IS NOT NULL", run_id)
    return {row["id"]: row["state"] for row in rows}


async def settle(
    tx: Transaction, run_id: UUID, results: Sequence[tuple[UUID, str, str | None, date]]
) -> list[asyncpg.Record]:
    """Settles lines that the bank answered; those settled before are left as they are. Returns what changed."""
    await tx.session.flush()
    ids, states, reasons, days = [list(part) for part in zip(*results, strict=True)] or [[], [], [], []]
    return await tx.fetch(_SETTLE, run_id, ids, states, reasons, days, tx.now)


async def unsettled(tx: Transaction, run_id: UUID) -> int:
    """How many lines the bank has not answered."""
    return int(await tx.fetchval("SELECT count(*) FROM payment WHERE run_id = $1 AND state = 'INSTRUCTED'", run_id))


async def runs_in(tx: Transaction, status: str) -> list[UUID]:
    """Runs that wait for the courier, oldest first."""
    rows = await tx.fetch("SELECT id FROM run WHERE status = $1 ORDER BY id LIMIT 100", status)
    return [row["id"] for row in rows]


async def end_lines(tx: Transaction, subject_id: UUID, last: Month) -> None:
    """Ends an award's lines with a month; lines that would begin later never do."""
    await tx.execute("DELETE FROM award_line WHERE subject_id = $1 AND from_month > $2", subject_id, str(last))
    await tx.execute(
        "UPDATE award_line SET to_month = least(to_month, $2) WHERE subject_id = $1", subject_id, str(last)
    )


async def add_lines(tx: Transaction, subject_id: UUID, starts: Month, lines: Sequence[Any]) -> None:
    """An award's lines from a month on."""
    await tx.session.flush()
    await tx.executemany(
        "INSERT INTO award_line (subject_id, person_id, item, from_month, amount_fen) VALUES ($1, $2, $3, $4, $5)",
        [(subject_id, line.person_id, line.item, str(starts), line.amount.fen) for line in lines],
    )


async def note_death(tx: Transaction, person_id: UUID, last: Month) -> None:
    """Nothing is paid to this person after a month; the earliest report counts."""
    await tx.execute(
        "INSERT INTO death AS d (person_id, last_month) VALUES ($1, $2) ON CONFLICT (person_id)"
        " DO UPDATE SET last_month = least(d.last_month, EXCLUDED.last_month)",
        person_id,
        str(last),
    )


async def add_payment(tx: Transaction, run: Run, subject: Subject, payment_key: str, item: str) -> list[asyncpg.Record]:
    """The one line of a one-off run, open."""
    await tx.session.flush()
    return await tx.fetch(
        """INSERT INTO payment (division, run_id, subject_id, person_id, programme, month, item, payment_key, amount_fen,
                                attempt, state)
           VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, 1, 'OPEN') RETURNING *""",
        run.division, run.id, subject.id, subject.payee_person_id, subject.programme, run.month, item, payment_key,
        run.total_fen,
    )  # fmt: skip


async def totals(tx: Transaction, prefix: str, month: str) -> list[asyncpg.Record]:
    """Sums by state over the newest try of each piece of money of a month."""
    return await tx.fetch(
        """SELECT state, count(*)::int AS lines, sum(amount_fen)::bigint AS fen FROM (
               SELECT DISTINCT ON (payment_key) state, amount_fen FROM payment
               WHERE month = $1 AND division LIKE $2 || '%' AND state <> 'CANCELLED'
               ORDER BY payment_key, attempt DESC, state) newest
           GROUP BY state""",
        month,
        prefix,
    )
