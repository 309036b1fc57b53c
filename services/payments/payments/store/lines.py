"""The lines of runs, in sets."""

from __future__ import annotations

from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

import asyncpg

from doudi.calendar import Month
from doudi.division import Division
from doudi.law import mirrors
from doudi.money import Money
from doudi.transaction import Transaction
from payments import rules
from payments.model import Run
from payments.store.due import DUE, PUT, UNDUE

_KEY = rules.payment_key("%s", "%s", "%s", "%s", "%s")
"""The rule's name of the money, for `format` of PostgreSQL: one place says what it is made of."""

# What was put in before and is owed more of is arrears: one line a person for all its months and items (domain §8.1).
# The account is frozen with the line. A key that is on its way or paid is passed over by the unique index, also when
# another run puts it in at the same moment; the order of keys keeps two runs from waiting for each other crosswise.
_PUT_IN_MONTH = f"""
WITH due AS ({DUE}), put AS ({PUT}), owed AS (
    SELECT DISTINCT ON (due.programme, due.person_id, due.month, due.item) due.*,
           put.fen IS NOT NULL AS late, due.fen - coalesce(put.fen, 0) AS rest
    FROM due LEFT JOIN put USING (person_id, programme, item, month)
    WHERE due.fen > coalesce(put.fen, 0)
    ORDER BY due.programme, due.person_id, due.month, due.item, due.fen DESC
), late AS (
    SELECT (array_agg(o.subject_id ORDER BY o.month DESC, o.subject_id))[1] AS subject_id, o.programme, o.person_id,
           (array_agg(o.division ORDER BY o.month DESC, o.subject_id))[1] AS division, sum(o.rest)::bigint AS rest,
           1 + coalesce((SELECT max(p.sequence) FROM payment p WHERE p.item = 'ARREARS' AND p.person_id = o.person_id
                           AND p.programme = o.programme AND p.month = $2), 0) AS sequence
    FROM owed o WHERE o.late GROUP BY o.programme, o.person_id
), each AS (
    SELECT subject_id, programme, division, person_id, item, month, rest, 1 AS sequence FROM owed WHERE NOT late
    UNION ALL
    SELECT subject_id, programme, division, person_id, 'ARREARS', $2::date, rest, sequence FROM late
), keyed AS (
    SELECT *, format('{_KEY}', programme, person_id, to_char(month, 'YYYY-MM'), item, sequence) AS key
    FROM each
), numbered AS (
    SELECT keyed.*, row_number() OVER (ORDER BY key) AS line FROM keyed
), made AS (
    INSERT INTO payment (id, run_id, line, subject_id, person_id, programme, division, month, item, sequence,
        payment_key, attempt, amount_fen, status, reason, payee_name, payee_id_number, account_number, bank_code,
        account_version)
    SELECT new_payment_id(), $3, n.line, n.subject_id, n.person_id, n.programme, n.division, n.month, n.item,
        n.sequence, n.key, 1, n.rest, CASE WHEN h.reason IS NULL THEN 'PREPARED' ELSE 'HELD' END, h.reason,
        p.name, p.id_number, p.account_number, p.bank_code, p.account_version
    FROM numbered n JOIN payee p ON p.subject_id = n.subject_id LEFT JOIN death d ON d.person_id = p.person_id
    CROSS JOIN LATERAL (SELECT CASE WHEN p.account_number IS NULL THEN 'ACCOUNT_MISSING'
        WHEN d.month < n.month THEN 'PAYEE_DIED' END AS reason) AS h
    ORDER BY n.key
    ON CONFLICT DO NOTHING
    RETURNING payment_key, programme, person_id, item
), parts AS (
    INSERT INTO arrears_part (payment_key, month, item, amount_fen)
    SELECT made.payment_key, o.month, o.item, o.rest FROM made JOIN owed o USING (programme, person_id)
    WHERE made.item = 'ARREARS' AND o.late
)
SELECT count(*) FROM made
"""

# Of each key the last try, when it came back and the account was corrected since, or when it was held and may go now.
_GATHER = """
SELECT DISTINCT ON (l.payment_key) l.id, l.payment_key, l.status
FROM payment l JOIN payee p ON p.subject_id = l.subject_id
WHERE l.status IN ('HELD', 'RETURNED') AND l.division LIKE $1::text || '%' AND l.month <= $2
  AND p.account_number IS NOT NULL
  AND (p.account_version > l.account_version OR (l.status = 'HELD' AND l.reason = 'RUN_CANCELLED'))
  AND NOT EXISTS (SELECT FROM death d WHERE d.person_id = p.person_id AND d.month < l.month AND l.reason = 'PAYEE_DIED')
  AND NOT EXISTS (SELECT FROM payment live WHERE live.payment_key = l.payment_key AND live.id <> l.id
                  AND live.status NOT IN ('RETURNED', 'CANCELLED'))
ORDER BY l.payment_key, l.attempt DESC
"""

_PUT_IN_AGAIN = """
INSERT INTO payment (id, run_id, line, subject_id, person_id, programme, division, month, item, sequence, payment_key,
    attempt, amount_fen, status, payee_name, payee_id_number, account_number, bank_code, account_version)
SELECT new_payment_id(), $1, row_number() OVER (ORDER BY l.payment_key), l.subject_id, l.person_id, l.programme,
    l.division, l.month, l.item, l.sequence, l.payment_key,
    l.attempt + CASE WHEN l.status = 'RETURNED' THEN 1 ELSE 0 END, l.amount_fen, 'PREPARED',
    p.name, p.id_number, p.account_number, p.bank_code, p.account_version
FROM payment l JOIN payee p ON p.subject_id = l.subject_id
WHERE l.id = ANY($2::uuid[]) AND l.status IN ('RETURNED', 'CANCELLED') ORDER BY l.payment_key
ON CONFLICT DO NOTHING
"""

_DROP_UNDUE = f"""
UPDATE payment SET status = 'CANCELLED', reason = 'NO_LONGER_DUE'
WHERE status = 'PREPARED' AND id = ANY(ARRAY({UNDUE}))
"""


@dataclass(frozen=True, slots=True)
class Figures:
    """How many lines go, and their sum; how many are held."""

    lines: int
    total: Money
    held: int


@dataclass(frozen=True, slots=True)
class Relief:
    """The one line of a relief grant. `item`: which kind of grant, by the name that its key has too."""

    subject_id: UUID
    person_id: UUID
    division: str
    month: Month
    item: str
    key: str
    amount: Money


@mirrors(rules.arrears, rules.payment_key)
async def put_in_month(tx: Transaction, run: Run) -> int:
    """Puts in what is due up to the run's month and was never put in. Returns how many lines.

    Two runs of a county wait for each other, so that no month is made good in the arrears of both.
    """
    await tx.execute("SELECT pg_advisory_xact_lock(hashtextextended($1, 9))", f"put in {run.division}")
    return int(await tx.fetchval(_PUT_IN_MONTH, _prefix(run), run.month_on, run.id))


async def put_in_again(tx: Transaction, run: Run) -> int:
    """Puts in returned and held lines whose account was corrected since, under their keys. Returns how many lines."""
    rows = await tx.fetch(_GATHER, _prefix(run), run.month_on)
    ids = [row["id"] for row in rows]
    await tx.fetch("SELECT id FROM payment WHERE id = ANY($1::uuid[]) ORDER BY payment_key FOR UPDATE", ids)
    await tx.execute(
        """UPDATE payment SET status = 'CANCELLED', reason = 'PUT_IN_AGAIN'
           WHERE id = ANY($1::uuid[]) AND status = 'HELD'""",
        ids,
    )
    return await tx.execute(_PUT_IN_AGAIN, run.id, ids)


async def put_in_relief(tx: Transaction, run_id: UUID, relief: Relief) -> int:
    """The line of a relief grant; held when its account cannot be paid to. 0 when its key was put in before."""
    return await tx.execute(
        """INSERT INTO payment (id, run_id, line, subject_id, person_id, programme, division, month, item, sequence,
               payment_key, attempt, amount_fen, status, reason, payee_name, payee_id_number, account_number, bank_code,
               account_version)
           SELECT new_payment_id(), $1, 1, $2, $3, 'RELIEF', $4, $5, $6, 1, $7, 1, $8,
               CASE WHEN p.account_number IS NULL THEN 'HELD' ELSE 'PREPARED' END,
               CASE WHEN p.account_number IS NULL THEN 'ACCOUNT_MISSING' END,
               p.name, p.id_number, p.account_number, p.bank_code, p.account_version
           FROM payee p WHERE p.subject_id = $2 ON CONFLICT DO NOTHING""",
        run_id, relief.subject_id, relief.person_id, relief.division, relief.month.first_day, relief.item, relief.key,
        relief.amount.fen,
    )  # fmt: skip


async def is_known(tx: Transaction, payment_key: str) -> bool:
    """Whether money of this name was put in before."""
    return bool(await tx.fetchval("SELECT EXISTS (SELECT FROM payment WHERE payment_key = $1)", payment_key))


async def figures(tx: Transaction, run_id: UUID) -> Figures:
    """The figures of a run's lines."""
    row = await tx.fetchrow(
        """SELECT count(*) FILTER (WHERE status NOT IN ('HELD', 'CANCELLED')) AS lines,
                  coalesce(sum(amount_fen) FILTER (WHERE status NOT IN ('HELD', 'CANCELLED')), 0)::bigint AS fen,
                  count(*) FILTER (WHERE status = 'HELD') AS held FROM payment WHERE run_id = $1""",
        run_id,
    )
    assert row is not None
    return Figures(row["lines"], Money(row["fen"]), row["held"])


async def drop_undue(tx: Transaction, run: Run) -> int:
    """Takes out prepared lines that are not due any more: stopped, lowered or dead since the run was opened."""
    return await tx.execute(_DROP_UNDUE, run.id)


async def instruct(tx: Transaction, run_id: UUID, on: date) -> None:
    """Prepared lines are in the file."""
    await tx.execute(
        "UPDATE payment SET status = 'INSTRUCTED', instructed_on = $2 WHERE run_id = $1 AND status = 'PREPARED'",
        run_id, on,
    )  # fmt: skip


async def let_go(tx: Transaction, run: Run) -> None:
    """A cancelled run's lines: a month's are put in by the next run; first tries of other runs wait to be gathered."""
    await tx.execute(
        """UPDATE payment SET reason = 'RUN_CANCELLED',
               status = CASE WHEN attempt = 1 AND $2 <> 'MONTHLY' THEN 'HELD' ELSE 'CANCELLED' END
           WHERE run_id = $1 AND status = 'PREPARED'""",
        run.id, run.kind,
    )  # fmt: skip


async def untold(tx: Transaction, run_id: UUID, limit: int) -> Sequence[asyncpg.Record]:
    """Takes lines of which PaymentInstructed was not said yet, and marks them as said."""
    return await tx.fetch(
        """UPDATE payment SET told = true WHERE id IN (
               SELECT id FROM payment WHERE run_id = $1 AND status = 'INSTRUCTED' AND NOT told ORDER BY line LIMIT $2)
           RETURNING *""",
        run_id, limit,
    )  # fmt: skip


async def in_file(tx: Transaction, run_id: UUID, *, size: int = 2_000) -> AsyncIterator[Sequence[asyncpg.Record]]:
    """The lines of the file, in their order, piece by piece. Before the confirmation: those that would be in it."""
    after = 0
    while True:
        rows = await tx.fetch(
            """SELECT id, line, payee_name, payee_id_number, account_number, bank_code, amount_fen, programme, item,
                      month
               FROM payment WHERE run_id = $1 AND line > $2 AND status NOT IN ('HELD', 'CANCELLED')
               ORDER BY line LIMIT $3""",
            run_id, after, size,
        )  # fmt: skip
        if not rows:
            return
        yield rows
        after = rows[-1]["line"]


def _prefix(run: Run) -> str:
    return Division(run.division).prefix
