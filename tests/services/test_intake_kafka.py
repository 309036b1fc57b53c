"""intake: what it says arrives in its Kafka topic, in order, as CloudEvents."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import date, datetime
from uuid import uuid4

from aiokafka import AIOKafkaConsumer, ConsumerRecord, TopicPartition
from tests.services.intake_window import ACCOUNT, Window, departments

from doudi.auth import Role
from doudi.events.base import event_class, topic
from doudi.service.app import ensure_topics
from doudi.testing import Servers, running, until
from intake.app import SERVICE

PARTITIONS = 3
WAY = [
    "application-submitted.v1",
    "application-submitted.v2",
    "application-accepted.v1",
    "matching-completed.v1",
    "home-visited.v1",
    "assessment-held.v1",
    "application-reviewed.v1",
    "first-posting-started.v1",
    "first-posting-ended.v1",
    "application-forwarded.v1",
    "application-forwarded.v2",
]


@asynccontextmanager
async def reader(servers: Servers, name: str) -> AsyncIterator[AIOKafkaConsumer]:
    """Reads a topic from its beginning, as somebody whom intake does not know."""
    consumer = AIOKafkaConsumer(bootstrap_servers=servers.kafka, enable_auto_commit=False)
    await consumer.start()
    try:
        consumer.assign([TopicPartition(name, number) for number in range(PARTITIONS)])
        await consumer.seek_to_beginning()
        yield consumer
    finally:
        await consumer.stop()


async def read(consumer: AIOKafkaConsumer, count: int) -> list[ConsumerRecord]:
    """The next records, so many at least."""
    found: list[ConsumerRecord] = []

    async def enough() -> bool:
        for records in (await consumer.getmany(timeout_ms=200)).values():
            found.extend(records)
        return len(found) >= count

    await until(enough)
    return found


async def test_the_events_of_an_application_arrive_in_order_as_cloudevents(servers):
    prefix = f"t{uuid4().hex[:8]}"
    name = topic("intake", prefix)
    await ensure_topics(servers.kafka, [name, topic("eligibility", prefix)], partitions=PARTITIONS)
    async with (
        departments() as centre,
        running(
            SERVICE, servers, today=date(2020, 3, 2), kafka=True, topic_prefix=prefix, departments_url=centre.url
        ) as s,
        reader(servers, name) as consumer,
    ):
        window = Window(s, Role)
        await goes_to_the_county(window)
        records = await read(consumer, len(WAY))
        rows = await s.fetch("SELECT * FROM outbox WHERE key = $1 ORDER BY position", window.id)
    assert [heads(r)["ce_type"] for r in records] == [f"doudi.intake.{what}" for what in WAY]
    assert len({r.partition for r in records}) == 1
    assert [heads(r)["ce_id"] for r in records] == [str(row["id"]) for row in rows]
    assert [r.value.decode() for r in records] == [row["value"] for row in rows]
    for record in records:
        is_a_cloudevent(record, window.id)


async def goes_to_the_county(window: Window) -> None:
    """The whole way; courier, time and relay work by themselves."""
    await window.register_family()
    await window.apply()
    await window.act("accept")
    await window.act("match")

    async def at(state: str) -> bool:
        answer = await window.clerk.get(f"/v1/applications/{window.id}")
        return bool(answer.json()["state"] == state)

    async def matched() -> bool:
        return bool(await window.s.fetch("SELECT 1 FROM outbox WHERE type LIKE '%matching-completed%'"))

    await until(matched)
    await window.act("home-visit", window.visit())
    await window.is_posted()
    window.s.clock.set(date(2020, 3, 10))
    await until(lambda: at("COUNTY"))


def heads(record: ConsumerRecord) -> dict[str, str]:
    """A record's headers."""
    return {name: value.decode() for name, value in record.headers}


def is_a_cloudevent(record: ConsumerRecord, application: str) -> None:
    """CloudEvents 1.0, binary mode: attributes in headers, the data alone in the value, the case as the key."""
    head = heads(record)
    assert (head["ce_specversion"], head["ce_source"]) == ("1.0", "/doudi/intake")
    assert (record.key.decode(), head["ce_subject"]) == (application, application)
    assert (head["content-type"], head["ce_dataschema"]) == ("application/json", f"/schemas/{head['ce_type']}.json")
    assert datetime.fromisoformat(head["ce_time"]).utcoffset() is not None
    kind = event_class(head["ce_type"])
    assert kind is not None
    assert kind.read(record.value).case == application
    for secret in ("马小云", ACCOUNT, "13900001234"):
        assert secret not in record.value.decode()
