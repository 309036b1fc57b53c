"""A county's ledger tasks by day (domain §5.5): what was found by then, and how much of it was done."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import asyncpg

from doudi.transaction import Transaction

# From when to when a task was open. One that lapsed and was opened anew has several such times, one after the other.
_SPELLS = """
spell AS (
    SELECT id, code, owner, opened_on, due_on, closed_on FROM ledger_task WHERE division = $1 AND kind = $2
    UNION ALL
    SELECT t.id, t.code, t.owner, p.opened_on, p.due_on, p.closed_on
    FROM ledger_task_past p JOIN ledger_task t ON t.id = p.task_id WHERE t.division = $1 AND t.kind = $2
)
"""
_BY_DAY = f"""
WITH {_SPELLS}, change AS (
    SELECT min(opened_on) AS day, 1 AS total, 0 AS open, 0 AS overdue FROM spell GROUP BY id
    UNION ALL SELECT opened_on, 0, 1, 0 FROM spell
    UNION ALL SELECT closed_on, 0, -1, -(closed_on > due_on)::int FROM spell WHERE closed_on IS NOT NULL
    UNION ALL SELECT due_on + 1, 0, 0, 1 FROM spell WHERE closed_on IS NULL OR closed_on > due_on
), changed AS (
    SELECT day, sum(total) AS total, sum(open) AS open, sum(overdue) AS overdue FROM change GROUP BY day
)
SELECT d.day, coalesce(sum(total), 0)::int AS total, coalesce(sum(open), 0)::int AS open,
    coalesce(sum(overdue), 0)::int AS overdue
FROM unnest($3::date[]) AS d (day) LEFT JOIN changed ON changed.day <= d.day GROUP BY d.day ORDER BY d.day
"""
_FIGURES = f"""
WITH {_SPELLS}
SELECT code, owner, count(*) FILTER (WHERE opened_on BETWEEN $3 AND $4) AS opened,
    count(*) FILTER (WHERE closed_on BETWEEN $3 AND $4) AS closed,
    count(*) FILTER (WHERE opened_on <= $4 AND (closed_on IS NULL OR closed_on > $4)) AS open,
    count(*) FILTER (WHERE opened_on <= $4 AND due_on < $4 AND (closed_on IS NULL OR closed_on > $4)) AS overdue
FROM spell GROUP BY code, owner ORDER BY code, owner
"""


@dataclass(frozen=True, slots=True)
class Progress:
    """A county's tasks at the end of a day: all that were ever opened, those that are open, those open past their
    term. A difference that went away is done with."""

    on: date
    total: int
    open: int
    overdue: int

    @property
    def closed(self) -> int:
        """Done with."""
        return self.total - self.open


async def progress(tx: Transaction, division: str, kind: str, days: Sequence[date]) -> list[Progress]:
    """How far a county was on each of these days, as it was known then, in their order; a day stands there once."""
    rows = await tx.fetch(_BY_DAY, division, kind, sorted(set(days)))
    return [Progress(row["day"], row["total"], row["open"], row["overdue"]) for row in rows]


async def figures(tx: Transaction, division: str, kind: str, first: date, last: date) -> list[asyncpg.Record]:
    """Tasks of a quarter by code: opened and closed in it, open and overdue at its end."""
    return await tx.fetch(_FIGURES, division, kind, first, last)
