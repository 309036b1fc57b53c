"""What was heard of deaths and the awards that follow them, of tapers, and of recoveries."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from doudi.calendar import Month
from doudi.events.eligibility_life import TaperGranted
from doudi.events.payments_recovery import RecoveryOpened
from doudi.money import Money
from doudi.transaction import Transaction
from oversight.model import Shown
from oversight.store.heard import Death


@dataclass(frozen=True, slots=True)
class Followed:
    """A death beside an award that paid for the person; `by`, when it was said that the award pays no more for them."""

    death: Death
    award_id: UUID
    last: Shown
    by: Shown | None


# Of each award with a line of the person: the last version that has one, and the first without one after it.
_FOLLOWED = """
SELECT d.event_id, d.said_at, d.person_id, d.died_on, l.award_id, l.event_id AS last_event, l.said_at AS last_said_at,
       n.event_id AS next_event, n.said_at AS next_said_at
FROM (SELECT DISTINCT ON (person_id) * FROM death WHERE person_id = ANY($1::uuid[])
      ORDER BY person_id, died_on, said_at, event_id) d
CROSS JOIN LATERAL (
    SELECT DISTINCT ON (v.award_id) v.award_id, v.event_id, v.said_at
    FROM award_line a JOIN award_version v USING (event_id)
    WHERE a.person_id = d.person_id ORDER BY v.award_id, v.said_at DESC, v.event_id DESC) l
LEFT JOIN LATERAL (
    SELECT v.event_id, v.said_at FROM award_version v
    WHERE v.award_id = l.award_id AND v.kind <> 'GRANTED' AND (v.said_at, v.event_id) > (l.said_at, l.event_id)
    ORDER BY v.said_at, v.event_id LIMIT 1) n ON true
ORDER BY d.person_id, l.award_id
"""


async def followed(tx: Transaction, persons: Sequence[UUID]) -> list[Followed]:
    """The deaths of these persons (of several reports the earliest day) beside every award that paid for them."""
    return [
        Followed(
            Death(Shown(r["event_id"], r["said_at"]), r["person_id"], r["died_on"]),
            r["award_id"],
            Shown(r["last_event"], r["last_said_at"]),
            Shown(r["next_event"], r["next_said_at"]) if r["next_event"] else None,
        )
        for r in await tx.fetch(_FOLLOWED, list(persons))
    ]


async def dead_of(tx: Transaction, award_id: UUID) -> list[UUID]:
    """Who of those that an award ever paid for is reported dead."""
    rows = await tx.fetch(
        """SELECT DISTINCT d.person_id FROM award_version v JOIN award_line l USING (event_id)
           JOIN death d USING (person_id) WHERE v.award_id = $1 ORDER BY 1""",
        award_id,
    )
    return [row["person_id"] for row in rows]


async def deaths_to_watch(tx: Transaction, first: date, second: date, limit: int) -> list[UUID]:
    """Who died before the day `first` and was not looked at since, or before `second` and was looked at once only."""
    rows = await tx.fetch(
        """UPDATE death SET watched = CASE WHEN died_on < $2 THEN 2 ELSE 1 END WHERE event_id IN (
               SELECT event_id FROM death WHERE watched < 2 AND (died_on < $2 OR (died_on < $1 AND watched = 0))
               ORDER BY died_on, event_id LIMIT $3)
           RETURNING person_id""",
        first, second, limit,
    )  # fmt: skip
    return sorted({row["person_id"] for row in rows})


@dataclass(frozen=True, slots=True)
class Taper:
    """A taper that holds."""

    shown: Shown
    award_id: UUID
    division: str
    from_month: Month
    last_month: Month
    granted_on: date


@dataclass(frozen=True, slots=True)
class TaperedLine:
    """A line of an award in its taper."""

    shown: Shown
    payment_key: str
    month: Month
    amount: Money


async def add_taper(tx: Transaction, event: TaperGranted, shown: Shown) -> None:
    """A taper was granted."""
    await tx.execute(
        """INSERT INTO taper (event_id, said_at, award_id, division, from_month, last_month, granted_on)
           VALUES ($1, $2, $3, $4, $5, $6, $7)""",
        shown.event_id, shown.said_at, event.award_id, str(event.division), event.from_month.first_day,
        event.last_month.first_day, event.granted_on,
    )  # fmt: skip


async def give_up_taper(tx: Transaction, award_id: UUID, shown: Shown) -> None:
    """The household is in need again: the taper holds no more."""
    await tx.execute(
        "INSERT INTO taper (event_id, said_at, award_id) VALUES ($1, $2, $3)", shown.event_id, shown.said_at, award_id
    )


async def tapers(tx: Transaction, awards: Sequence[UUID]) -> list[Taper]:
    """The tapers of these awards that hold."""
    rows = await tx.fetch(
        """SELECT DISTINCT ON (award_id) * FROM taper WHERE award_id = ANY($1::uuid[])
           ORDER BY award_id, said_at DESC, event_id DESC""",
        list(awards),
    )
    return [
        Taper(
            Shown(r["event_id"], r["said_at"]), r["award_id"], r["division"], Month.of(r["from_month"]),
            Month.of(r["last_month"]), r["granted_on"],
        )
        for r in rows
        if r["last_month"]
    ]  # fmt: skip


async def lines_after(tx: Transaction, award_id: UUID, month: Month) -> list[TaperedLine]:
    """What was instructed or paid of an award for months after this one."""
    rows = await tx.fetch(
        """SELECT event_id, said_at, payment_key, month, amount_fen FROM line
           WHERE subject_id = $1 AND month > $2 AND kind <> 'RETURNED' AND item <> 'ARREARS'
           ORDER BY payment_key, event_id""",
        award_id, month.first_day,
    )  # fmt: skip
    return [
        TaperedLine(
            Shown(r["event_id"], r["said_at"]), r["payment_key"], Month.of(r["month"]), Money(r["amount_fen"])
        )
        for r in rows
    ]  # fmt: skip


@dataclass(frozen=True, slots=True)
class Overpayment:
    """A recovery, as far as oversight asks about it."""

    shown: Shown
    recovery_id: UUID
    division: str
    found: Money
    opened_on: date


async def add_recovery(tx: Transaction, event: RecoveryOpened, shown: Shown) -> None:
    """An overpayment was found."""
    await tx.execute(
        """INSERT INTO recovery (recovery_id, event_id, said_at, division, found_fen, opened_on)
           VALUES ($1, $2, $3, $4, $5, $6)""",
        event.recovery_id, shown.event_id, shown.said_at, str(event.division), event.found.fen, event.opened_on,
    )  # fmt: skip


async def answer_recovery(tx: Transaction, recovery_id: UUID, on: date) -> Overpayment | None:
    """It was decided on, or withdrawn; None when its beginning was never heard."""
    row = await tx.fetchrow(
        "UPDATE recovery SET answered_on = coalesce(answered_on, $2) WHERE recovery_id = $1 RETURNING *",
        recovery_id, on,
    )  # fmt: skip
    return _overpayment(row) if row else None


async def recoveries_to_watch(tx: Transaction, before: date, limit: int) -> list[Overpayment]:
    """Those found before this day that nobody decided on; they count as looked at."""
    rows = await tx.fetch(
        """UPDATE recovery SET watched = true WHERE recovery_id IN (
               SELECT recovery_id FROM recovery WHERE answered_on IS NULL AND NOT watched AND opened_on < $1
               ORDER BY opened_on, recovery_id LIMIT $2)
           RETURNING *""",
        before, limit,
    )  # fmt: skip
    return sorted((_overpayment(row) for row in rows), key=lambda o: o.recovery_id)


def _overpayment(row: Any) -> Overpayment:
    shown = Shown(row["event_id"], row["said_at"])
    return Overpayment(shown, row["recovery_id"], row["division"], Money(row["found_fen"]), row["opened_on"])
