"""Months of the price subsidy, and for whom they are."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sqlmodel import col, select

from doudi.division import Division
from doudi.errors import NotFound
from doudi.events.parts import Account
from doudi.transaction import Transaction
from eligibility.model import PriceRun

_ENTITLED = """
WITH held AS (
    SELECT v.match_key, v.person_id, a.division, a.programme,
           coalesce(nullif(to_jsonb(a)->'account', 'null'), k.account) AS account
    FROM award a JOIN covered v ON v.award_id = a.id JOIN county_case k ON k.id = a.application_id
    WHERE a.division LIKE $1 || '%' AND a.starts <= $2 AND coalesce(a.last_month >= $2, true)
      AND EXISTS (SELECT FROM award_line l WHERE l.award_id = a.id AND l.person_id = v.person_id
                  AND l.from_month <= $2 AND coalesce(l.to_month >= $2, true))
    UNION ALL
    SELECT p.match_key, p.person_id, p.division, p.programme, c.account
    FROM programme_award p JOIN programme_case c ON c.id = p.case_id
    WHERE p.division LIKE $1 || '%' AND p.starts <= $2 AND coalesce(p.last_month >= $2, true))
SELECT match_key, (array_agg(person_id ORDER BY programme))[1] AS person_id,
       (array_agg(division ORDER BY programme))[1] AS division,
       array_agg(DISTINCT programme ORDER BY programme) AS holds,
       (array_agg(account ORDER BY programme))[1]::text AS account
FROM held h
WHERE NOT EXISTS (SELECT FROM price_grant g WHERE g.match_key = h.match_key AND g.month = $2)
  AND NOT EXISTS (SELECT FROM death d WHERE d.match_key = h.match_key AND d.died_on < $3)
  AND programme = ANY($4::text[])
GROUP BY match_key ORDER BY match_key LIMIT $5
"""


@dataclass(frozen=True, slots=True)
class Entitled:
    """A person whom the month is for: what they held in it, and where their money goes."""

    match_key: str
    person_id: UUID
    division: str
    holds: tuple[str, ...]
    account: Account


async def run(tx: Transaction, id_: UUID, *, lock: bool = False) -> PriceRun:
    """A month in the principal's subtree. Raises NotFound."""
    query = select(PriceRun).where(PriceRun.id == id_)
    found = (await tx.session.exec(query.with_for_update() if lock else query)).first()
    if found is None or (tx.principal is not None and not tx.principal.may_see(found.division)):
        raise NotFound
    return found


async def taken(tx: Transaction, division: str, month: str) -> bool:
    """Whether the county's month is there already; two at once wait for each other."""
    await tx.execute("SELECT pg_advisory_xact_lock(hashtextextended($1, 9))", f"price {division} {month}")
    return bool(await tx.fetchval("SELECT true FROM price_run WHERE division = $1 AND month = $2", division, month))


async def signed(tx: Transaction) -> PriceRun | None:
    """A month that is being granted, locked."""
    query = select(PriceRun).where(PriceRun.status == "SIGNED").order_by(col(PriceRun.id)).limit(1)
    return (await tx.session.exec(query.with_for_update(skip_locked=True))).first()


async def entitled(
    tx: Transaction, run: PriceRun, first_day: date, gates: Sequence[str], *, limit: int
) -> Sequence[Entitled]:
    """People of the county who held a gate in the month and have no subsidy of it yet, in the order of their keys.

    Somebody who died before the month is not among them.
    """
    rows = await tx.fetch(
        _ENTITLED,
        Division(run.division).prefix,
        run.month,
        first_day,
        list(gates),
        limit,
    )
    return [
        Entitled(
            row["match_key"],
            row["person_id"],
            row["division"],
            tuple(row["holds"]),
            Account.model_validate_json(row["account"]),
        )
        for row in rows
    ]


async def grant(tx: Transaction, run: PriceRun, award_id: UUID, to: Entitled, fen: int) -> bool:
    """Keeps that this person has the month's subsidy; False where they have it already, from whatever county."""
    row = await tx.fetchval(
        """INSERT INTO price_grant (id, run_id, match_key, person_id, month, amount_fen)
           VALUES ($1, $2, $3, $4, $5, $6) ON CONFLICT (match_key, month) DO NOTHING RETURNING true""",
        award_id,
        run.id,
        to.match_key,
        to.person_id,
        run.month,
        fen,
    )
    return bool(row)
