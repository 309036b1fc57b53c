"""The inbox: each event takes effect once. And the parking place: a case whose message failed waits, others go on."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any, Generic, TypeVar
from uuid import UUID

if TYPE_CHECKING:
    from doudi.events.base import Event
    from doudi.transaction import Transaction

E = TypeVar("E", bound="Event")


@dataclass(slots=True, frozen=True)
class Envelope:
    """What a message says about itself: CloudEvents attributes and trace."""

    id: UUID
    type: str
    source: str
    key: str
    time: datetime
    traceparent: str | None = None


@dataclass(slots=True, frozen=True)
class Message:
    """A message of ours as it came in; its value is not yet read."""

    envelope: Envelope
    value: str


@dataclass(slots=True, frozen=True)
class Heard(Generic[E]):
    """An event with its envelope, as a set-based handler gets it."""

    event: E
    envelope: Envelope


async def admit(tx: Transaction, messages: Sequence[Message]) -> list[Message]:
    """Enters ids into the inbox; returns the messages that were not there yet, in their order."""
    unique = {m.envelope.id: m for m in messages}
    rows = await tx.fetch(
        "INSERT INTO inbox (event_id) SELECT unnest($1::uuid[]) ON CONFLICT DO NOTHING RETURNING event_id",
        list(unique),
    )
    new = {row["event_id"] for row in rows}
    return [m for id_, m in unique.items() if id_ in new]


async def parked_keys(tx: Transaction, keys: Sequence[str]) -> set[str]:
    """Which of these cases have parked messages. Waits for an operator's replay of them to finish."""
    rows = await tx.fetch("SELECT key FROM parked WHERE key = ANY($1::text[]) FOR KEY SHARE", sorted(set(keys)))
    return {row["key"] for row in rows}


async def park(tx: Transaction, messages: Sequence[Message], reason: str) -> None:
    """Puts messages where an operator finds them; `reason` never holds a personal datum."""
    await tx.executemany(
        "INSERT INTO parked (event_id, key, type, source, time, traceparent, value, reason)"
        " VALUES ($1, $2, $3, $4, $5, $6, $7, $8) ON CONFLICT (event_id) DO NOTHING",
        [
            (e.id, e.key, e.type, e.source, e.time, e.traceparent, m.value, reason)
            for m in messages
            for e in (m.envelope,)
        ],
    )


async def oldest_parked(tx: Transaction, key: str) -> Message | None:
    """The first parked message of a case, locked; None when the case is free."""
    row = await tx.fetchrow("SELECT * FROM parked WHERE key = $1 ORDER BY position LIMIT 1 FOR UPDATE", key)
    return None if row is None else message_of(row)


def message_of(row: Any) -> Message:
    """The message in a row of `parked`."""
    envelope = Envelope(row["event_id"], row["type"], row["source"], row["key"], row["time"], row["traceparent"])
    return Message(envelope, row["value"])


async def unpark(tx: Transaction, event_id: UUID) -> None:
    """Takes a message off the parking place, in the transaction of its effects."""
    await tx.execute("DELETE FROM parked WHERE event_id = $1", event_id)


async def discard(tx: Transaction, event_id: UUID, by: str, because: str) -> bool:
    """Gives a parked message up, with who and why; false when there is none with this id."""
    return bool(
        await tx.execute(
            """WITH gone AS (DELETE FROM parked WHERE event_id = $1 RETURNING *)
               INSERT INTO discarded (event_id, key, type, value, reason, discarded_by, because)
               SELECT event_id, key, type, value, reason, $2, $3 FROM gone""",
            event_id,
            by,
            because,
        )
    )
