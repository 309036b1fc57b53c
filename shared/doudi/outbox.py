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
from typing import TYPE_CHECKING, Any
from uuid import UUID

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

_GATHER = 0.01
"""Seconds between a commit and its publication, in which others may join: under load one batch carries many."""

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
    """CloudEvents 1.0 in Kafka's binary mode: attributes as `ce_…` headers, the value is the data."""
    type_: str = row["type"]
    made = [
        ("ce_specversion", b"1.0"),
        ("ce_id", str(row["id"]).encode()),
        ("ce_type", type_.encode()),
        ("ce_source", f"/doudi/{source}".encode()),
        ("ce_subject", row["key"].encode()),
        ("ce_time", row["time"].isoformat().encode()),
        ("ce_dataschema", f"/schemas/{type_}.json".encode()),
        ("content-type", b"application/json"),
    ]
    if row["traceparent"]:
        made.append(("traceparent", row["traceparent"].encode()))
    return made


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
                    while await self._send_batch(connection, producer):
                        pass
                    await self._wait()
                    await asyncio.sleep(_GATHER)
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
        )

    async def _send_batch(self, connection: asyncpg.Connection[Any], producer: AIOKafkaProducer) -> bool:
        """Sends the oldest unsent events and marks them; true when there may be more."""
        limit = self._runtime.settings.relay_batch
        rows = await connection.fetch(
            "SELECT position, id, key, type, time, traceparent, value FROM outbox"
            " WHERE sent_at IS NULL ORDER BY position LIMIT $1",
            limit,
        )
        if not rows:
            return False
        source = self._runtime.service
        sent = [
            await producer.send(self._topic, r["value"].encode(), key=r["key"].encode(), headers=headers(source, r))
            for r in rows
        ]
        await asyncio.gather(*sent)
        await connection.execute(
            "UPDATE outbox SET sent_at = clock_timestamp() WHERE position = ANY($1::bigint[])",
            [r["position"] for r in rows],
        )
        self._runtime.metrics.relayed(len(rows))
        return len(rows) == limit
