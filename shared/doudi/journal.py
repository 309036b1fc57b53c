"""The journal: sent events stay in the outbox, chained per case; it can be verified, and published again."""

from __future__ import annotations

import hashlib
from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import asyncpg

from doudi.outbox import digest


@dataclass(slots=True, frozen=True)
class Damage:
    """A place where the journal is not what was written."""

    key: str
    sequence: int
    what: str


async def verify(connection: asyncpg.Connection[Any]) -> AsyncIterator[Damage | int]:
    """Reads the whole journal case by case; yields each damage found, and now and then the number of rows read.

    One snapshot, memory flat in the size of the journal. A changed value, a changed place in the order, a missing row
    (within or at the end of a case) and a case without its head are found.
    """
    async with connection.transaction(isolation="repeatable_read", readonly=True):
        cursor = connection.cursor(
            """SELECT coalesce(o.key, h.key) AS key, o.sequence, o.id, o.type, o.value, o.hash,
                      h.sequence AS last, h.hash AS head
               FROM outbox o FULL JOIN journal_head h ON h.key = o.key
               ORDER BY 1, o.sequence""",
            prefetch=2_000,
        )
        read, case = 0, _Case("")
        async for row in cursor:
            if row["key"] != case.key:
                for damage in case.closed():
                    yield damage
                case = _Case(row["key"], row["last"], row["head"])
            for damage in case.next(row):
                yield damage
            read += 1
            if read % 10_000 == 0:
                yield read
        for damage in case.closed():
            yield damage
        yield read


class _Case:
    """The chain of one case while it is walked."""

    def __init__(self, key: str, last: int | None = None, head: bytes | None = None) -> None:
        self.key, self._last, self._head = key, last, head
        self._sequence = 0
        self._hash = b""

    def next(self, row: Any) -> list[Damage]:
        """Takes the next row; what is wrong with it."""
        if row["sequence"] is None:
            return []
        found = []
        if row["sequence"] != self._sequence + 1:
            found.append(Damage(self.key, self._sequence + 1, "missing"))
        self._sequence = row["sequence"]
        link = digest(row["id"], row["key"], row["type"], row["value"])
        expected = hashlib.sha256(self._hash + link).digest() if self._hash else link
        if expected != row["hash"] and not found:
            found.append(Damage(self.key, self._sequence, "changed"))
        self._hash = row["hash"]
        return found

    def closed(self) -> list[Damage]:
        """What is wrong at the end of the case."""
        if not self.key:
            return []
        if self._last is None:
            return [Damage(self.key, self._sequence, "no head")]
        if self._sequence < self._last:
            return [Damage(self.key, self._sequence + 1, "missing")]
        if self._hash != self._head:
            return [Damage(self.key, self._sequence, "changed")]
        return []


async def replay(connection: asyncpg.Connection[Any], *, key: str | None, since: datetime | None) -> int:
    """Marks events of the journal unsent, so that the relay publishes them again in order; returns how many.

    Readers that know them ignore them (inbox); a new reader or an empty broker is filled.
    """
    tag = await connection.execute(
        """UPDATE outbox SET sent_at = NULL
           WHERE sent_at IS NOT NULL AND ($1::text IS NULL OR key = $1) AND ($2::timestamptz IS NULL OR time >= $2)""",
        key,
        since,
    )
    await connection.execute("NOTIFY doudi_outbox")
    return int(tag.rsplit(" ", 1)[-1])
