"""(b) the relay's events a second and (c) the consumer's, beside a bare producer and a bare consumer."""

from __future__ import annotations

import asyncio
import json
from datetime import UTC, datetime
from time import perf_counter
from typing import Any
from uuid import UUID, uuid4

import asyncpg
from aiokafka import AIOKafkaConsumer, AIOKafkaProducer

from benchmarks.stage import Figure, Stage
from doudi.clock import RealClock
from doudi.consumer import Consumer, batched
from doudi.events.payments import PaymentPaid
from doudi.inbox import Heard
from doudi.migrate import upgrade
from doudi.outbox import Outgoing, Relay, headers, write_outgoing
from doudi.sealed import KeyRing
from doudi.service.app import ensure_topics
from doudi.settings import Settings
from doudi.telemetry import Metrics
from doudi.transaction import Database, Runtime, Transaction, new_id

COUNT = 30_000


def event(number: int) -> PaymentPaid:
    """A payment as it comes by the hundred thousand."""
    person, award = uuid4(), uuid4()
    return PaymentPaid.model_validate(
        {
            "payment_id": str(uuid4()), "payment_key": f"DIBAO_R/{person}/2020-04/BASE/1", "subject_id": str(award),
            "run_id": str(uuid4()), "person_id": str(person), "programme": "DIBAO_R", "month": "2020-04",
            "item": "BASE", "amount": f"{200 + number % 180}.00", "attempt": 1, "paid_on": "2020-04-09",
        }
    )  # fmt: skip


def runtime(stage: Stage, service: str, url: str) -> Runtime:
    """A service's runtime in this process."""
    environment = stage.environment(url)
    settings = Settings(
        database_url=url,
        kafka_bootstrap_servers=stage.kafka,
        issuer=stage.issuer,
        sealing_keys=environment["DOUDI_SEALING_KEYS"],
        sealing_active="b1",
        match_key=environment["DOUDI_MATCH_KEY"],
        profile="test",
    )
    keys = KeyRing.from_settings(environment["DOUDI_SEALING_KEYS"], "b1", environment["DOUDI_MATCH_KEY"])
    return Runtime(service, settings, keys, RealClock(), Database(url, 5), Metrics(service))


async def measure(stage: Stage) -> list[Figure]:
    """The same events: written into an outbox and relayed, sent bare, consumed by us, consumed bare."""
    url = await stage.database("bench_events")
    await upgrade("intake", url)
    ours = runtime(stage, "payments", url)
    await ensure_topics(stage.kafka, ["doudi.payments", "bench.raw"])
    events = [event(n) for n in range(COUNT)]
    connection = await asyncpg.connect(url)
    announcing = connection.transaction()
    await announcing.start()
    for start in range(0, COUNT, 5_000):
        await write_outgoing(
            connection, [Outgoing.of(new_id(), e, datetime.now(UTC), None) for e in events[start : start + 5_000]]
        )
    rows = await connection.fetch(
        "SELECT id::text::bytea AS id, key::bytea, type, time::text::bytea AS time, traceparent, value FROM outbox"
        " ORDER BY position"
    )
    raw_send = await _bare_producer(stage, rows)
    relayed = await _relay(ours, connection, announcing)
    raw_take = await _bare_consumer(stage, connection)
    taken = await _consume(ours, connection)
    await connection.close()
    await ours.database.close()
    return [
        Figure("outbox relay", relayed, raw_send, relayed / raw_send, "events/s", "≥ 0.6 ×"),
        Figure("consumer, inbox and one row", taken, raw_take, taken / raw_take, "events/s", "≥ 0.4 ×"),
    ]


async def _bare_producer(stage: Stage, rows: list[Any]) -> float:
    """An idempotent producer with the same bytes, keys and headers, already in memory."""
    messages = [(r["value"].encode(), r["key"], headers("payments", r)) for r in rows]
    producer = AIOKafkaProducer(
        bootstrap_servers=stage.kafka,
        enable_idempotence=True,
        acks="all",
        max_batch_size=262_144,
        compression_type="lz4",
    )
    await producer.start()
    started = perf_counter()
    for start in range(0, len(messages), 2_000):
        batch = messages[start : start + 2_000]
        await asyncio.gather(*[await producer.send("bench.raw", v, key=k, headers=h) for v, k, h in batch])
    rate = len(messages) / (perf_counter() - started)
    await producer.stop()
    return rate


async def _relay(ours: Runtime, connection: asyncpg.Connection[Any], announcing: Any) -> float:
    """Our relay, which runs already, from the commit that announces everything to the last row marked."""
    relay = Relay(ours)
    task = asyncio.create_task(relay.run())
    while not relay.running:
        await asyncio.sleep(0.01)
    await announcing.commit()
    started = perf_counter()
    ours.committed.set()
    while await connection.fetchval("SELECT 1 FROM outbox WHERE sent_at IS NULL LIMIT 1"):
        await asyncio.sleep(0.05)
    rate = COUNT / (perf_counter() - started)
    task.cancel()
    await asyncio.gather(task, return_exceptions=True)
    return rate


async def _bare_consumer(stage: Stage, connection: asyncpg.Connection[Any]) -> float:
    """`getmany` and COPY of the same two rows a message, its id and its effect; offsets are committed as ours are."""
    await connection.execute("CREATE TABLE raw_effect (award text, person text, month text, amount text)")
    await connection.execute("CREATE TABLE raw_inbox (LIKE inbox INCLUDING ALL)")
    consumer = AIOKafkaConsumer(
        "bench.raw", bootstrap_servers=stage.kafka, group_id="bench-raw", enable_auto_commit=False,
        auto_offset_reset="earliest", max_poll_records=500,
    )  # fmt: skip
    await consumer.start()
    seen, started = 0, None
    while seen < COUNT:
        fetched = await consumer.getmany(timeout_ms=500)
        started = started or perf_counter()
        for records in fetched.values():
            values = [json.loads(r.value) for r in records]
            ids = [(UUID(dict(r.headers)["ce_id"].decode()),) for r in records]
            await connection.copy_records_to_table("raw_inbox", records=ids, columns=["event_id"])
            effects = [(v["subject_id"], v["person_id"], v["month"], v["amount"]) for v in values]
            await connection.copy_records_to_table("raw_effect", records=effects)
            seen += len(records)
        await consumer.commit()
    assert started is not None
    rate = COUNT / (perf_counter() - started)
    await consumer.stop()
    return rate


@batched
async def _effect(heard: list[Heard[PaymentPaid]], tx: Transaction) -> None:
    """One row a message."""
    await tx.copy(
        "our_effect",
        ["award", "person", "month", "amount"],
        [(str(h.event.subject_id), str(h.event.person_id), str(h.event.month), str(h.event.amount)) for h in heard],
    )


async def _consume(ours: Runtime, connection: asyncpg.Connection[Any]) -> float:
    """Our consumer: envelope, inbox, parked cases, typed event, one row, commit."""
    await connection.execute("CREATE TABLE our_effect (award text, person text, month text, amount text)")
    consumer = Consumer(ours, {PaymentPaid: _effect})
    task = asyncio.create_task(consumer.run())
    seen, started, first = 0, None, 0
    while seen < COUNT:
        await asyncio.sleep(0.02 if started is None else 0.05)
        seen = await connection.fetchval("SELECT count(*) FROM our_effect")
        if seen and started is None:
            started, first = perf_counter(), seen
    assert started is not None
    rate = (COUNT - first) / (perf_counter() - started)
    task.cancel()
    await asyncio.gather(task, return_exceptions=True)
    return rate
