"""What was paid, and what was decided to be paid. Money in fen, months by their first day."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Literal
from uuid import UUID

from doudi.calendar import Month
from doudi.events.eligibility import AwardLine
from doudi.events.eligibility_programmes import PersonalLine
from doudi.events.payments import PaymentInstructed, PaymentPaid, PaymentReturned
from doudi.inbox import Heard
from doudi.money import Money
from doudi.transaction import Transaction
from oversight import rules
from oversight.model import Shown
from oversight.store.heard import Death

Told = PaymentInstructed | PaymentPaid | PaymentReturned

_COLUMNS = (
    "event_id", "said_at", "kind", "payment_id", "payment_key", "money", "subject_id", "person_id", "month", "item",
    "amount_fen", "happened_on",
)  # fmt: skip


async def add_lines(tx: Transaction, heard: Sequence[Heard[Any]]) -> None:
    """Keeps what payments said about lines."""
    await tx.copy("line", _COLUMNS, [_row(h.event, Shown(h.envelope.id, h.envelope.time)) for h in heard])


def _row(event: Told, shown: Shown) -> tuple[Any, ...]:
    match event:
        case PaymentInstructed():
            kind, on = "INSTRUCTED", event.instructed_on
        case PaymentPaid():
            kind, on = "PAID", event.paid_on
        case PaymentReturned():
            kind, on = "RETURNED", event.returned_on
    return (
        shown.event_id, shown.said_at, kind, event.payment_id, event.payment_key, money_of(event), event.subject_id,
        event.person_id, event.month.first_day, event.item, event.amount.fen, on,
    )  # fmt: skip


def money_of(event: Told) -> str:
    """The money that a line pays, by its name."""
    return rules.money_paid(event.programme, event.person_id, str(event.month), event.item, event.payment_key)


async def add_version(
    tx: Transaction,
    shown: Shown,
    award_id: UUID,
    kind: Literal["GRANTED", "ADJUSTED", "STOPPED"],
    from_month: Month,
    lines: Iterable[AwardLine | PersonalLine],
) -> None:
    """From this month on an award pays these lines; a stopped one none."""
    await tx.execute(
        "INSERT INTO award_version (event_id, said_at, award_id, kind, from_month) VALUES ($1, $2, $3, $4, $5)",
        shown.event_id,
        shown.said_at,
        award_id,
        kind,
        from_month.first_day,
    )
    await tx.executemany(
        """INSERT INTO award_line (event_id, person_id, item, amount_fen) VALUES ($1, $2, $3, $4)
           ON CONFLICT (event_id, person_id, item) DO UPDATE SET amount_fen = award_line.amount_fen + $4""",
        [(shown.event_id, line.person_id, line.item, line.amount.fen) for line in lines],
    )


@dataclass(frozen=True, slots=True)
class Paid:
    """A paid line with its event, and the death that it is held against."""

    shown: Shown
    payment_key: str
    subject_id: UUID
    person_id: UUID
    month: Month
    amount: Money
    death: Death


async def paid_to_the_dead(tx: Transaction, *, lines: Sequence[UUID] = (), person: UUID | None = None) -> list[Paid]:
    """Paid lines (these events, or this person's) beside every death that was reported of their person."""
    rows = await tx.fetch(
        """SELECT l.*, d.event_id AS death_event, d.said_at AS death_said_at, d.died_on
           FROM line l JOIN death d USING (person_id)
           WHERE l.kind = 'PAID' AND (l.event_id = ANY($1::uuid[]) OR l.person_id = $2)""",
        list(lines),
        person,
    )
    return [
        Paid(
            Shown(r["event_id"], r["said_at"]),
            r["payment_key"],
            r["subject_id"],
            r["person_id"],
            Month.of(r["month"]),
            Money(r["amount_fen"]),
            Death(Shown(r["death_event"], r["death_said_at"]), r["person_id"], r["died_on"]),
        )
        for r in rows
    ]


async def lines_of(tx: Transaction, moneys: Sequence[str]) -> dict[str, tuple[UUID, list[rules.Line], list[Shown]]]:
    """Every money among these that was tried more than once: a case, its tries, and the events of those."""
    rows = await tx.fetch(
        """SELECT * FROM line WHERE money IN
               (SELECT money FROM line WHERE money = ANY($1::text[])
                GROUP BY money HAVING count(DISTINCT payment_id) > 1)
           ORDER BY money, said_at, event_id""",
        list(moneys),
    )
    found: dict[str, list[Any]] = {}
    for row in rows:
        found.setdefault(row["money"], []).append(row)
    return {
        name: (min(r["subject_id"] for r in told), _tries(told), [Shown(r["event_id"], r["said_at"]) for r in told])
        for name, told in found.items()
    }


def _tries(rows: Sequence[Any]) -> list[rules.Line]:
    tries = []
    for payment in {r["payment_id"]: None for r in rows}:
        told = [r for r in rows if r["payment_id"] == payment]
        sent = [r for r in told if r["kind"] != "RETURNED"]
        if sent:
            returned = [r["happened_on"] for r in told if r["kind"] == "RETURNED"]
            first = min(sent, key=lambda r: (r["happened_on"], r["kind"]))
            tries.append(rules.Line(payment, first["happened_on"], min(returned, default=None), (first["event_id"],)))
    return tries


@dataclass(frozen=True, slots=True)
class Compared:
    """A line beside what its award decided for that person, month and item when the line entered its file."""

    shown: Shown
    decided: Shown
    payment_key: str
    award_id: UUID
    happened_on: date
    paid: Money
    due: Money


_COMPARE = """
SELECT l.event_id, l.said_at, l.payment_key, l.subject_id, l.happened_on, l.amount_fen,
       coalesce(a.amount_fen, 0) AS due,
       coalesce(v.event_id, g.event_id) AS version, coalesce(v.said_at, g.said_at) AS version_said_at
FROM line l
LEFT JOIN line i ON i.payment_id = l.payment_id AND i.kind = 'INSTRUCTED' AND i.event_id <> l.event_id
JOIN award_version g ON g.award_id = l.subject_id AND g.kind = 'GRANTED'
LEFT JOIN LATERAL (
    SELECT event_id, said_at FROM award_version
    WHERE award_id = l.subject_id AND from_month <= l.month AND (kind = 'GRANTED'
          OR said_at <= coalesce(i.said_at, l.said_at))
    ORDER BY kind = 'GRANTED', said_at DESC, event_id DESC LIMIT 1) v ON true
LEFT JOIN award_line a ON a.event_id = v.event_id AND a.person_id = l.person_id AND a.item = l.item
WHERE l.kind <> 'RETURNED' AND l.item = ANY($1::text[])"""


async def compared(tx: Transaction, *, lines: Sequence[UUID] = (), award: UUID | None = None) -> list[Compared]:
    """Lines (these events, or this award's) of awards that were heard of, beside what was decided."""
    where, value = ("l.subject_id = $2", award) if award else ("l.event_id = ANY($2::uuid[])", list(lines))
    rows = await tx.fetch(f"{_COMPARE} AND {where}", list(rules.AWARDED_ITEMS), value)
    return [
        Compared(
            Shown(r["event_id"], r["said_at"]),
            Shown(r["version"], r["version_said_at"]),
            r["payment_key"],
            r["subject_id"],
            r["happened_on"],
            Money(r["amount_fen"]),
            Money(r["due"]),
        )
        for r in rows
    ]
