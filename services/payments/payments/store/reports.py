"""Lists of lines, and the reconciliation of a month."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

import asyncpg

from doudi.calendar import Month
from doudi.division import Division
from doudi.transaction import Transaction
from payments.model import LineState
from payments.store.due import DUE


@dataclass(frozen=True, slots=True)
class LineFilters:
    """What a list of lines is narrowed to."""

    run_id: UUID | None = None
    subject_id: UUID | None = None
    person_id: UUID | None = None
    division: Division | None = None
    month: Month | None = None
    state: LineState | None = None
    programme: str | None = None


async def lines_page(
    tx: Transaction, filters: LineFilters, *, after: UUID | None, limit: int
) -> Sequence[asyncpg.Record]:
    """Lines of the principal's subtree, in the order of ids."""
    assert tx.principal is not None
    given: list[object] = [tx.principal.prefix]
    where = ["division LIKE $1::text || '%'"]
    wanted = {
        "run_id = ": filters.run_id,
        "subject_id = ": filters.subject_id,
        "person_id = ": filters.person_id,
        "month = ": filters.month and filters.month.first_day,
        "status = ": filters.state and filters.state.value,
        "programme = ": filters.programme,
        "division ^@ ": filters.division and filters.division.prefix,
        "id > ": after,
    }
    for condition, value in wanted.items():
        if value is not None:
            given.append(value)
            where.append(f"{condition}${len(given)}")
    return await tx.fetch(
        f"SELECT * FROM payment WHERE {' AND '.join(where)} ORDER BY id LIMIT {int(limit)}",
        *given,
    )


async def totals(tx: Transaction, run_id: UUID) -> Sequence[asyncpg.Record]:
    """How many lines of a run are in each state, and their sums."""
    return await tx.fetch(
        """SELECT status, count(*) AS lines, sum(amount_fen)::bigint AS fen FROM payment
           WHERE run_id = $1 GROUP BY status ORDER BY status""",
        run_id,
    )


async def by_programme(tx: Transaction, run_id: UUID) -> Sequence[asyncpg.Record]:
    """What of a run goes to the bank, by programme and item: lines and sums."""
    return await tx.fetch(
        """SELECT programme, item, count(*) AS lines, sum(amount_fen)::bigint AS fen FROM payment
           WHERE run_id = $1 AND status NOT IN ('HELD', 'CANCELLED')
           GROUP BY programme, item ORDER BY programme, item""",
        run_id,
    )


# Of each key the line that counts: its last try that was not cancelled. Relief is due as it was granted.
# An arrears line stands with its parts in the months that it makes good.
_RECONCILE = f"""
WITH last AS (
    (SELECT DISTINCT ON (payment_key) person_id, programme, item, month, amount_fen, status FROM payment
     WHERE month = $2 AND division LIKE $1::text || '%' AND status <> 'CANCELLED' AND item <> 'ARREARS'
     ORDER BY payment_key, attempt DESC)
    UNION ALL
    (SELECT DISTINCT ON (p.payment_key, a.item) p.person_id, p.programme, a.item, a.month, a.amount_fen, p.status
     FROM payment p JOIN arrears_part a USING (payment_key)
     WHERE a.month = $2 AND p.division LIKE $1::text || '%' AND p.status <> 'CANCELLED' AND p.item = 'ARREARS'
     ORDER BY p.payment_key, a.item, p.attempt DESC)
), due AS (
    SELECT person_id, programme, item, month, max(fen) AS fen FROM ({DUE}) AS d WHERE month = $2
    GROUP BY person_id, programme, item, month
    UNION ALL
    SELECT person_id, programme, item, month, sum(amount_fen) FROM last WHERE programme = 'RELIEF'
    GROUP BY person_id, programme, item, month
), put AS (
    SELECT person_id, programme, item, month, sum(amount_fen) AS fen FROM last
    GROUP BY person_id, programme, item, month
), back AS (
    SELECT r.person_id, r.programme, r.item, r.month, sum(r.repaid_fen) AS fen
    FROM recovery_part r JOIN recovery c ON c.id = r.recovery_id
    WHERE r.month = $2 AND c.division LIKE $1::text || '%' AND r.undue GROUP BY 1, 2, 3, 4
), difference AS (
    SELECT coalesce(due.fen, 0) AS due, coalesce(put.fen, 0) - coalesce(back.fen, 0) AS put
    FROM due FULL JOIN put USING (person_id, programme, item, month)
    LEFT JOIN back USING (person_id, programme, item, month)
)
SELECT (SELECT coalesce(sum(due), 0) FROM difference)::bigint AS due,
       (SELECT coalesce(sum(greatest(due - put, 0)), 0) FROM difference)::bigint AS not_put_in,
       (SELECT coalesce(sum(greatest(put - due, 0)), 0) FROM difference)::bigint AS overpaid,
       (SELECT coalesce(sum(fen), 0) FROM back)::bigint AS recovered,
       (SELECT coalesce(sum(r.fen - r.repaid_fen), 0) FROM recovery_part r JOIN recovery c ON c.id = r.recovery_id
        WHERE r.month = $2 AND c.division LIKE $1::text || '%' AND c.status IN ('OPEN', 'DECIDED', 'NOTIFIED')
       )::bigint AS in_recovery,
       coalesce(sum(amount_fen) FILTER (WHERE status = 'PREPARED'), 0)::bigint AS prepared,
       coalesce(sum(amount_fen) FILTER (WHERE status = 'HELD'), 0)::bigint AS held,
       coalesce(sum(amount_fen) FILTER (WHERE status = 'INSTRUCTED'), 0)::bigint AS instructed,
       coalesce(sum(amount_fen) FILTER (WHERE status = 'PAID'), 0)::bigint AS paid,
       coalesce(sum(amount_fen) FILTER (WHERE status = 'RETURNED'), 0)::bigint AS returned
FROM last
"""


async def reconciliation(tx: Transaction, division: Division, month: Month) -> asyncpg.Record:
    """What of a month's money is where."""
    row = await tx.fetchrow(_RECONCILE, division.prefix, month.first_day)
    assert row is not None
    return row
