"""What was paid beyond what is due, money by money, and the subjects that are to be looked at for it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from uuid import UUID

from doudi.calendar import Month
from doudi.money import Money
from doudi.transaction import Transaction

# A hold stops no entitlement, so that money paid for a month held since is not overpaid. What lies in a run or at the
# bank is not paid yet; while it may still arrive although it is not due, its award is looked at again.
_COMPARE = """
WITH people AS (
    SELECT DISTINCT person_id FROM award_line WHERE award_id = ANY($1::uuid[])
    UNION SELECT person_id FROM payment WHERE subject_id = ANY($1::uuid[]) AND programme <> 'RELIEF'
), line AS (
    SELECT p.subject_id, p.division, p.person_id, p.programme, p.item, p.month, p.amount_fen AS fen, p.status
    FROM payment p JOIN people USING (person_id)
    WHERE p.status IN ('PREPARED', 'INSTRUCTED', 'PAID') AND p.item <> 'ARREARS' AND p.programme <> 'RELIEF'
    UNION ALL
    SELECT p.subject_id, p.division, p.person_id, p.programme, a.item, a.month, a.amount_fen, p.status
    FROM payment p JOIN people USING (person_id) JOIN arrears_part a USING (payment_key)
    WHERE p.status IN ('PREPARED', 'INSTRUCTED', 'PAID') AND p.item = 'ARREARS'
), money AS (
    SELECT person_id, programme, item, month, (array_agg(subject_id ORDER BY subject_id))[1] AS subject_id,
           (array_agg(division ORDER BY subject_id))[1] AS division,
           coalesce(sum(fen) FILTER (WHERE status = 'PAID'), 0)::bigint AS paid, sum(fen)::bigint AS put,
           bool_or(status <> 'PAID') AS moving
    FROM line GROUP BY person_id, programme, item, month
), compared AS (
    SELECT m.*, coalesce((SELECT max(l.amount_fen)
        FROM award_line l JOIN award a ON a.id = l.award_id LEFT JOIN death d ON d.person_id = l.person_id
        WHERE l.person_id = m.person_id AND a.programme = m.programme AND l.item = m.item
          AND m.month >= greatest(l.from_month, a.starts)
          AND m.month <= least(l.until_month, a.last_month, a.taper_until, d.month, m.month)), 0) AS due,
        coalesce((SELECT sum(r.fen) FROM recovery_part r WHERE r.undue AND r.person_id = m.person_id
            AND r.programme = m.programme AND r.item = m.item AND r.month = m.month), 0)::bigint AS claimed,
        coalesce((SELECT sum(r.fen) FROM recovery_part r WHERE NOT r.undue AND r.person_id = m.person_id
            AND r.programme = m.programme AND r.item = m.item AND r.month = m.month), 0)::bigint AS by_hand
    FROM money m
)
SELECT *, moving AND put > due AS waits FROM compared
WHERE paid > due OR claimed > 0 OR (moving AND put > due)
ORDER BY subject_id, person_id, programme, item, month
"""


@dataclass(frozen=True, slots=True)
class Compared:
    """A month's item of a person: what was paid, what is due by now, and what is claimed back already.

    `by_hand`: claimed by an officer of money that the award said was due. `waits`: more of it may still arrive.
    """

    subject_id: UUID
    division: str
    person_id: UUID
    programme: str
    item: str
    month: Month
    paid: Money
    due: Money
    claimed: Money
    by_hand: Money
    waits: bool


async def alone(tx: Transaction) -> None:
    """Until this transaction ends nobody else claims money back: else two could claim the same."""
    await tx.fetchval("SELECT pg_advisory_xact_lock(hashtext('payments claims back'))")


async def look_at(tx: Transaction, subjects: Iterable[UUID]) -> None:
    """What these awards pay changed, or is to be looked at again."""
    await tx.executemany("INSERT INTO to_examine (subject_id) VALUES ($1)", [(s,) for s in subjects])


async def look_at_person(tx: Transaction, person_id: UUID) -> None:
    """What is due of a person changed."""
    await tx.execute(
        "INSERT INTO to_examine (subject_id) SELECT DISTINCT award_id FROM award_line WHERE person_id = $1", person_id
    )


async def next_to_examine(tx: Transaction, limit: int) -> Sequence[UUID]:
    """Takes the subjects that were longest to be looked at."""
    rows = await tx.fetch(
        """DELETE FROM to_examine WHERE position IN (SELECT position FROM to_examine ORDER BY position LIMIT $1)
           RETURNING subject_id""",
        limit,
    )
    return sorted({row["subject_id"] for row in rows})


async def compared(tx: Transaction, subjects: Sequence[UUID]) -> list[Compared]:
    """Everything paid to the people of these awards that is not as it is due, or claimed back."""
    return [
        Compared(
            r["subject_id"], r["division"], r["person_id"], r["programme"], r["item"], Month.of(r["month"]),
            Money(r["paid"]), Money(r["due"]), Money(r["claimed"]), Money(r["by_hand"]), r["waits"],
        )
        for r in await tx.fetch(_COMPARE, list(subjects))
    ]  # fmt: skip
