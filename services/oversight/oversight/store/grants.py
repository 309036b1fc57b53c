"""What was heard about relief: what a case is about, and each grant. Each is kept once, by its event."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from doudi.division import Division
from doudi.events.relief import EmergencyReported
from doudi.money import Money
from doudi.transaction import Transaction
from oversight.model import Shown


@dataclass(frozen=True, slots=True)
class Grant:
    """Relief that was granted. `people`: whom of the household relief named. `kind`: ADVANCE, FOLLOW_UP (more in the
    same case) or EXPENDITURE."""

    shown: Shown
    kind: str
    case_id: UUID
    division: Division
    people: Sequence[UUID]
    persons: int
    cause: str
    registry: str
    level: str
    amount: Money
    on: date


async def add_report(tx: Transaction, event: EmergencyReported) -> None:
    """Keeps what an emergency is about."""
    await tx.execute(
        "INSERT INTO relief_report (case_id, cause, registry) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING",
        event.relief_case_id,
        event.cause,
        event.registry,
    )


async def report_of(tx: Transaction, case_id: UUID) -> tuple[str, str]:
    """Cause and registry of an emergency. Of one whose report was never heard, OTHER and NONE: nothing is asked."""
    row = await tx.fetchrow("SELECT cause, registry FROM relief_report WHERE case_id = $1", case_id)
    return (row["cause"], row["registry"]) if row else ("OTHER", "NONE")


async def add_grant(tx: Transaction, grant: Grant) -> None:
    """Keeps a grant."""
    await tx.execute(
        """INSERT INTO relief_grant (event_id, said_at, kind, case_id, division, people, persons, cause, registry,
                                     level, amount_fen, granted_on)
           VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12) ON CONFLICT DO NOTHING""",
        grant.shown.event_id, grant.shown.said_at, grant.kind, grant.case_id, str(grant.division), list(grant.people),
        grant.persons, grant.cause, grant.registry, grant.level, grant.amount.fen, grant.on,
    )  # fmt: skip


async def grants_of_case(tx: Transaction, case_id: UUID) -> Sequence[Grant]:
    """Everything that was granted in a case, the first first."""
    rows = await tx.fetch(
        "SELECT * FROM relief_grant WHERE case_id = $1 ORDER BY granted_on, said_at, event_id", case_id
    )
    return [_grant(row) for row in rows]


async def grants_to(tx: Transaction, people: Sequence[UUID]) -> Sequence[Grant]:
    """What was granted to any of these people, in the order of time; what follows an advance is no grant
    of its own."""
    rows = await tx.fetch(
        """SELECT * FROM relief_grant WHERE people && $1::uuid[] AND kind <> 'FOLLOW_UP'
           ORDER BY granted_on, said_at, event_id""",
        list(people),
    )
    return [_grant(row) for row in rows]


async def grants_in(tx: Transaction, township: str, year: int) -> tuple[int, Sequence[Shown]]:
    """How many grants a township (by its prefix) had in a year, and the advances among them, the last first."""
    rows = await tx.fetch(
        """SELECT event_id, said_at, kind FROM relief_grant WHERE division LIKE $1::text || '%'
           AND granted_on BETWEEN make_date($2, 1, 1) AND make_date($2, 12, 31) AND kind <> 'FOLLOW_UP'
           ORDER BY granted_on DESC, said_at DESC, event_id DESC""",
        township,
        year,
    )
    return len(rows), [Shown(row["event_id"], row["said_at"]) for row in rows if row["kind"] == "ADVANCE"]


def _grant(row: Any) -> Grant:
    return Grant(
        Shown(row["event_id"], row["said_at"]),
        row["kind"],
        row["case_id"],
        Division(row["division"]),
        row["people"],
        row["persons"],
        row["cause"],
        row["registry"],
        row["level"],
        Money(row["amount_fen"]),
        row["granted_on"],
    )
