"""The outbox: what a transaction announces, kept for ever as the journal, and the relay that publishes it.

Order within a case: writing an event takes the lock of its case's row in `journal_head` and holds it to the commit, so
positions of one case rise in commit order, whoever forgot to lock the case. The relay reads `sent_at IS NULL ORDER BY
position`, never a cursor: a transaction that took its positions early and committed late is still found.
"""

from __future__ import annotations

import asyncio
import hashlib
from collections import defaultdict
from dataclasses import dataclass, field
from datetime import datetime
from functools import cache
from typing import TYPE_CHECKING, Any
from uuid import UUID
from zlib import crc32

import asyncpg
import structlog
from aiokafka import AIOKafkaProducer
from aiokafka.errors import KafkaError

from doudi.errors.transient import is_transient
from doudi.events.base import topic

if TYPE_CHECKING:
    from doudi.events.base import Event
    from doudi.transaction import Runtime

log = structlog.get_logger()

_GATHER = 0.002
_GATHER_MOST = 0.1
"""Seconds that the relay waits for more, per event of its last batch: a lone event leaves at once, and the busier the
service, the more each batch carries."""

_WRITE = """
WITH seen AS (
    INSERT INTO access_log (at, sub, roles, division, action, kind, subject, trace)
    SELECT $8::timestamptz, $9, $10::text[], $11, a.action, a.kind, a.subject, $12
    FROM unnest($13::text[], $14::text[], $15::text[]) AS a (action, kind, subject)
), answered AS (
    INSERT INTO idempotency (sub, key, fingerprint, status, headers, body)
    SELECT $9, $16::text, $17::bytea, $18::integer, $19::text, $20::bytea WHERE $16::text IS NOT NULL
), said AS (
    SELECT * FROM unnest($1::uuid[], $2::text[], $3::text[], $4::timestamptz[], $5::text[], $6::text[], $7::bytea[])
        WITH ORDINALITY AS s (id, key, type, time, traceparent, value, digest, place)
), head AS (
    INSERT INTO journal_head AS h (key, sequence, hash)
    SELECT key, 1, digest FROM said ORDER BY key
    ON CONFLICT (key) DO UPDATE SET sequence = h.sequence + 1, hash = sha256(h.hash || EXCLUDED.hash)
    RETURNING h.key, h.sequence, h.hash
)
INSERT INTO outbox (id, key, sequence, type, time, traceparent, value, digest, hash)
SELECT said.id, said.key, head.sequence, said.type, said.time, said.traceparent, said.value, said.digest, head.hash
FROM said JOIN head USING (key) ORDER BY said.place
"""


_MARK_AND_FETCH = """
WITH arrived AS (UPDATE outbox SET sent_at = clock_timestamp() WHERE position = ANY($1::bigint[]))
SELECT position, convert_to(id::text, 'UTF8') AS id, convert_to(key, 'UTF8') AS key, type,
    convert_to(to_char(time AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"'), 'UTF8') AS time,
    convert_to(traceparent, 'UTF8') AS traceparent, convert_to(value, 'UTF8') AS value
FROM outbox
WHERE sent_at IS NULL AND position NOT IN (SELECT unnest($1::bigint[] || $2::bigint[]))
ORDER BY position LIMIT $3
"""


@dataclass(slots=True, frozen=True)
class Outgoing:
    """An event on its way into the outbox."""

    id: UUID
    key: str
    type: str
    time: datetime
    traceparent: str | None
    value: str
    digest: bytes

    @classmethod
    def of(cls, id: UUID, event: Event, time: datetime, traceparent: str | None) -> Outgoing:
        """The event as it will stand in the journal, with the digest that the chain is made of."""
        value = event.model_dump_json()
        return cls(id, event.case, event.TYPE, time, traceparent, value, digest(id, event.case, event.TYPE, value))


def digest(id: UUID, key: str, type: str, value: str) -> bytes:
    """What the chain holds of one event: its id, case, type and every byte of its value.

    The first link of a case is this; each later one is the SHA-256 of the link before it and this.
    """
    return hashlib.sha256("\n".join((str(id), key, type, value)).encode()).digest()


@dataclass(slots=True)
class Closing:
    """What the plumbing writes with the first statement of a closing transaction: accesses, a remembered answer."""

    at: datetime | None = None
    sub: str | None = None
    roles: list[str] = field(default_factory=list)
    division: str | None = None
    trace: str | None = None
    accesses: list[tuple[str, str, str]] = field(default_factory=list)
    """(action, kind, subject)"""
    answer: tuple[str, bytes, int, str, bytes] | None = None
    """(Idempotency-Key, fingerprint, status, headers, body)"""

    @property
    def empty(self) -> bool:
        """Whether there is nothing to write."""
        return not self.accesses and self.answer is None

    def arguments(self) -> tuple[Any, ...]:
        """As the statement takes them."""
        actions, kinds, subjects = [list(part) for part in zip(*self.accesses, strict=True)] or [[], [], []]
        answer = self.answer or (None, None, None, None, None)
        return (self.at, self.sub, self.roles, self.division, self.trace, actions, kinds, subjects, *answer)


async def write_outgoing(
    driver: asyncpg.Connection[Any], outgoing: list[Outgoing], closing: Closing | None = None
) -> None:
    """Writes announced events and moves each case's chain on. The n-th events of all cases go in one statement.

    What else the closing transaction has to write goes with the first one, since each round trip costs a request more
    than the rows do.
    """
    closing = closing or Closing()
    rounds: dict[int, list[Outgoing]] = defaultdict(list)
    seen: dict[str, int] = defaultdict(int)
    for event in outgoing:
        rounds[seen[event.key]].append(event)
        seen[event.key] += 1
    for number in sorted(rounds) or ([0] if not closing.empty else []):
        rows = rounds[number]
        await driver.execute(
            _WRITE,
            [r.id for r in rows],
            [r.key for r in rows],
            [r.type for r in rows],
            [r.time for r in rows],
            [r.traceparent for r in rows],
            [r.value for r in rows],
            [r.digest for r in rows],
            *closing.arguments(),
        )
        closing = Closing()


def headers(source: str, row: Any) -> list[tuple[str, bytes]]:
    """CloudEvents 1.0 in Kafka's binary mode: attributes as `ce_…` headers, the value is the data.

    `row` of an event: its type, and as bytes its id, key, time and traceparent.
    """
    made = [
        *_of_type(source, row["type"]),
        ("ce_id", row["id"]),
        ("ce_subject", row["key"]),
        ("ce_time", row["time"]),
    ]
    if row["traceparent"]:
        made.append(("traceparent", row["traceparent"]))
    return made


@cache
def _of_type(source: str, type_: str) -> tuple[tuple[str, bytes], ...]:
    """The headers that all events of a type have."""
    return (
        ("ce_specversion", b"1.0"),
        ("ce_type", type_.encode()),
        ("ce_source", f"/doudi/{source}".encode()),
        ("ce_dataschema", f"/schemas/{type_}.json".encode()),
        ("content-type", b"application/json"),
    )


def partition(key: bytes, all_partitions: list[int], available: list[int]) -> int:
    """Where a case's messages go: by CRC-32, in C; the producer's own choice is computed in Python for each message."""
    return all_partitions[crc32(key) % len(all_partitions)]


class Relay:
    """Publishes a service's outbox. One relay works at a time (advisory lock); the others stand by."""

    def __init__(self, runtime: Runtime) -> None:
        self._runtime = runtime
        self._topic = topic(runtime.service, runtime.settings.topic_prefix)
        self.running = False
        """True while this relay either works or stands by with a live connection."""

    async def run(self) -> None:
        """Works until cancelled. Database and broker failures are tried again for ever, with back-off."""
        pause = 0.1
        while True:
            try:
                await self._work()
            except (
                asyncpg.PostgresError,
                asyncpg.InterfaceError,
                asyncpg.InternalClientError,
                OSError,
                KafkaError,
            ) as error:
                if not isinstance(error, KafkaError) and not is_transient(error):
                    raise
                self.running = False
                log.warning("relay waits", error=type(error).__name__, seconds=pause)
                await asyncio.sleep(pause)
                pause = min(pause * 2, 5.0)
            else:
                pause = 0.1

    async def _work(self) -> None:
        connection = await self._runtime.database.connect()
        try:
            await self._take_turn(connection)
            # A mark that is lost with the server only means that an event is sent again.
            await connection.execute("SET synchronous_commit = off")
            await connection.add_listener("doudi_outbox", lambda *_: self._runtime.committed.set())
            async with self._producer() as producer:
                self.running = True
                while True:
                    self._runtime.committed.clear()
                    sent = await self._drain(connection, producer)
                    await self._wait()
                    if sent > 1:
                        await asyncio.sleep(min(sent * _GATHER, _GATHER_MOST))
        finally:
            connection.terminate()

    async def _take_turn(self, connection: asyncpg.Connection[Any]) -> None:
        """Waits for the lock. While another process relays, tells it of our commits, since it cannot see them."""
        while not await connection.fetchval("SELECT pg_try_advisory_lock(hashtext('doudi relay'))"):
            self.running = True
            await self._wait()
            await connection.execute("NOTIFY doudi_outbox")
            self._runtime.committed.clear()

    async def _wait(self) -> None:
        """Until this process commits, another one notifies, or a second has passed (a notice may be lost)."""
        try:
            async with asyncio.timeout(1.0):
                await self._runtime.committed.wait()
        except TimeoutError:
            return

    def _producer(self) -> AIOKafkaProducer:
        return AIOKafkaProducer(
            bootstrap_servers=self._runtime.settings.kafka_bootstrap_servers,
            enable_idempotence=True,
            acks="all",
            linger_ms=0,
            max_batch_size=262_144,
            compression_type="lz4",
            partitioner=partition,
        )

    async def _drain(self, connection: asyncpg.Connection[Any], producer: AIOKafkaProducer) -> int:
        """Sends what is unsent, oldest first, and marks it; how many there were.

        A batch leaves only when the one before it arrived, which keeps each case in order; while it is on its way the
        next is fetched and the one before is marked.
        """
        limit = self._runtime.settings.relay_batch
        arrived: list[int] = []
        rows, sent = await self._next(connection, arrived, [], limit), 0
        while rows:
            sent += len(rows)
            leaving = [row["position"] for row in rows]
            if len(rows) < limit:
                await self._send(producer, rows)
                arrived += leaving
                break
            _, rows = await asyncio.gather(self._send(producer, rows), self._next(connection, arrived, leaving, limit))
            arrived = leaving
        if arrived:
            await self._next(connection, arrived, [], 0)
        return sent

    async def _next(
        self, connection: asyncpg.Connection[Any], arrived: list[int], leaving: list[int], limit: int
    ) -> list[asyncpg.Record]:
        """Marks the positions that arrived; the oldest unsent events but those that are leaving."""
        return await connection.fetch(_MARK_AND_FETCH, arrived, leaving, limit)

    async def _send(self, producer: AIOKafkaProducer, rows: list[asyncpg.Record]) -> None:
        """Sends events in this order; returns when the broker has them all."""
        source, send = self._runtime.service, producer.send
        sent = [await send(self._topic, row["value"], key=row["key"], headers=headers(source, row)) for row in rows]
        await asyncio.gather(*sent)
        self._runtime.metrics.relayed(len(rows))
