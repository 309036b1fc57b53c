"""Facts that were heard: places, deaths, staff shortages. Each is kept once, by its event or its own name."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from doudi.division import Division
from doudi.events.care_institutions import StaffingFellShort
from doudi.transaction import Transaction
from oversight.model import Shown


async def alone(tx: Transaction) -> None:
    """Until this transaction ends no other process judges: else two could each miss what the other has just heard."""
    await tx.fetchval("SELECT pg_advisory_xact_lock(hashtext('oversight judges'))")


async def place(tx: Transaction, case_id: UUID, division: Division) -> None:
    """Where a case belongs; flags that waited for it get it."""
    await tx.execute(
        "INSERT INTO place (case_id, division) VALUES ($1, $2) ON CONFLICT (case_id) DO NOTHING", case_id, str(division)
    )
    await tx.execute("UPDATE flag SET division = $2 WHERE case_id = $1 AND division IS NULL", case_id, str(division))


@dataclass(frozen=True, slots=True)
class Death:
    """One report of a death."""

    shown: Shown
    person_id: UUID
    died_on: date


async def add_death(tx: Transaction, death: Death) -> None:
    """Keeps a report."""
    await tx.execute(
        "INSERT INTO death (event_id, said_at, person_id, died_on) VALUES ($1, $2, $3, $4) ON CONFLICT DO NOTHING",
        death.shown.event_id,
        death.shown.said_at,
        death.person_id,
        death.died_on,
    )


@dataclass(frozen=True, slots=True)
class Shortage:
    """A time of too few staff in an institution. `recovered`: None while it goes on."""

    shown: Shown
    institution_id: UUID
    division: str
    since: date
    required: int
    staff_hundredths: int
    recovered_on: date | None = None
    recovered_event: UUID | None = None


async def add_shortage(tx: Transaction, event: StaffingFellShort, shown: Shown) -> None:
    """A shortage began; when it was said before, the first report stays. One that ended and began again on the same
    day goes on, with what is short now."""
    await tx.execute(
        """INSERT INTO shortage (institution_id, since, division, required, staff_hundredths, event_id, said_at)
           VALUES ($1, $2, $3, $4, $5, $6, $7) ON CONFLICT (institution_id, since)
           DO UPDATE SET required = EXCLUDED.required, staff_hundredths = EXCLUDED.staff_hundredths,
                         event_id = EXCLUDED.event_id, said_at = EXCLUDED.said_at, recovered_on = NULL,
                         recovered_event = NULL
           WHERE shortage.recovered_on IS NOT NULL""",
        event.institution_id,
        event.since,
        str(event.division),
        event.required,
        event.staff_hundredths,
        shown.event_id,
        shown.said_at,
    )


async def end_shortage(tx: Transaction, institution_id: UUID, since: date, on: date, event_id: UUID) -> Shortage | None:
    """A shortage ended; None when its beginning was never heard."""
    row = await tx.fetchrow(
        """UPDATE shortage SET recovered_on = $3, recovered_event = $4
           WHERE institution_id = $1 AND since = $2 RETURNING *""",
        institution_id,
        since,
        on,
        event_id,
    )
    return _shortage(row) if row else None


async def shortages_since(tx: Transaction, last: date, limit: int) -> Sequence[Shortage]:
    """Shortages that go on since that day or before and were not looked at, oldest first; they count as looked at."""
    rows = await tx.fetch(
        """SELECT * FROM shortage WHERE recovered_on IS NULL AND NOT watched AND since <= $1
           ORDER BY since, institution_id LIMIT $2""",
        last,
        limit,
    )
    await tx.executemany(
        "UPDATE shortage SET watched = true WHERE institution_id = $1 AND since = $2",
        [(r["institution_id"], r["since"]) for r in rows],
    )
    return [_shortage(row) for row in rows]


def _shortage(row: Any) -> Shortage:
    return Shortage(
        Shown(row["event_id"], row["said_at"]),
        row["institution_id"],
        row["division"],
        row["since"],
        row["required"],
        row["staff_hundredths"],
        row["recovered_on"],
        row["recovered_event"],
    )
