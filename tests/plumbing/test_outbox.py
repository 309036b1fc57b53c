"""design §4.2: published in order per case, at least once, never skipped."""

from __future__ import annotations

import asyncio
from uuid import uuid4

from aiokafka import AIOKafkaConsumer, TopicPartition

from doudi.consumer import message_in
from doudi.events.base import Event
from doudi.outbox import Relay
from doudi.service.app import ensure_topics
from doudi.testing import Running, Servers, until
from tests.plumbing.ledger import EntryMade


async def say(s: Running, *events: Event) -> None:
    async with s.runtime.transaction() as tx:
        await tx.announce(*events)


async def published(servers: Servers, cases: set[str]) -> list[tuple[str, int]]:
    """Everything in the ledger's topic about these cases, partition by partition in order."""
    consumer = AIOKafkaConsumer(bootstrap_servers=servers.kafka, auto_offset_reset="earliest")
    await consumer.start()
    try:
        parts = [TopicPartition("doudi.ledger", p) for p in consumer.partitions_for_topic("doudi.ledger") or range(12)]
        consumer.assign(parts)
        ends = await consumer.end_offsets(parts)
        found = []
        for part in parts:
            while await consumer.position(part) < ends[part]:
                for record in (await consumer.getmany(part, timeout_ms=1000)).get(part, []):
                    message = message_in(record)
                    if message and message.envelope.key in cases:
                        found.append((message.envelope.key, EntryMade.read(message.value).number))
        return found
    finally:
        await consumer.stop()


class Relaying:
    """A relay that runs while the block lasts."""

    def __init__(self, s: Running) -> None:
        self._relay = Relay(s.runtime)

    async def __aenter__(self) -> Relay:
        self._task = asyncio.create_task(self._relay.run())
        return self._relay

    async def __aexit__(self, *_: object) -> None:
        self._task.cancel()
        await asyncio.gather(self._task, return_exceptions=True)


async def unsent(s: Running) -> int:
    return int((await s.fetch("SELECT count(*) AS n FROM outbox WHERE sent_at IS NULL"))[0]["n"])


async def all_sent(s: Running) -> bool:
    return await unsent(s) == 0


async def test_what_was_announced_is_published_in_order_within_each_case(book: Running, servers: Servers):
    await ensure_topics(servers.kafka, ["doudi.ledger"])
    a, b = str(uuid4()), str(uuid4())
    async with Relaying(book):
        for n in range(50):
            await say(book, EntryMade(case_id=a, number=n), EntryMade(case_id=b, number=n))
        await until(lambda: all_sent(book))
    found = await published(servers, {a, b})
    for case in (a, b):
        assert [n for c, n in found if c == case] == list(range(50))


async def test_a_transaction_that_took_its_position_early_and_commits_late_is_not_skipped(
    book: Running, servers: Servers
):
    """A cursor on the serial would have passed it by: the later position is sent before the earlier one commits."""
    await ensure_topics(servers.kafka, ["doudi.ledger"])
    early, late = str(uuid4()), str(uuid4())
    async with Relaying(book):
        async with book.runtime.transaction() as slow:
            await slow.announce(EntryMade(case_id=early, number=1))
            await slow.execute("SELECT nextval(pg_get_serial_sequence('outbox', 'position'))")
            from doudi.outbox import write_outgoing

            await write_outgoing(slow._link.driver, slow._outgoing)
            slow._outgoing.clear()
            await say(book, EntryMade(case_id=late, number=1))
            await until(lambda: all_sent(book))
        await until(lambda: all_sent(book))
        await until(lambda: _both(servers, early, late))
    rows = await book.fetch("SELECT key FROM outbox ORDER BY position")
    assert [r["key"] for r in rows] == [early, late]


async def _both(servers: Servers, *cases: str) -> bool:
    return {c for c, _ in await published(servers, set(cases))} == set(cases)


async def test_two_transactions_of_one_case_get_their_places_in_commit_order(book: Running):
    """The head's lock is held to the commit, so no later place is visible before an earlier one."""
    case = str(uuid4())
    await asyncio.gather(*(say(book, EntryMade(case_id=case, number=n)) for n in range(20)))
    rows = await book.fetch("SELECT sequence, position FROM outbox WHERE key = $1 ORDER BY position", case)
    assert [r["sequence"] for r in rows] == list(range(1, 21))


async def test_one_relay_at_a_time_and_a_second_takes_over(book: Running, servers: Servers):
    await ensure_topics(servers.kafka, ["doudi.ledger"])
    case = str(uuid4())
    async with Relaying(book) as first:
        await until(lambda: first.running)
        async with Relaying(book):
            await say(book, EntryMade(case_id=case, number=1))
            await until(lambda: all_sent(book))
        locks = "SELECT count(*) AS n FROM pg_locks l JOIN pg_database d ON d.oid = l.database"
        rows = await book.fetch(f"{locks} WHERE locktype = 'advisory' AND granted AND datname = current_database()")
        assert rows[0]["n"] == 1
    async with Relaying(book):
        await say(book, EntryMade(case_id=case, number=2))
        await until(lambda: all_sent(book))
    assert [n for _, n in await published(servers, {case})] == [1, 2]


async def test_the_message_is_a_cloud_event_in_binary_mode(book: Running, servers: Servers):
    from cloudevents.core.bindings.kafka import KafkaMessage, from_binary_event
    from cloudevents.core.formats.json import JSONFormat

    await ensure_topics(servers.kafka, ["doudi.ledger"])
    case = str(uuid4())
    await say(book, EntryMade(case_id=case, number=7))
    row = (await book.fetch("SELECT * FROM outbox"))[0]
    from doudi.outbox import headers

    heads = dict(
        headers("ledger", {**row, "id": str(row["id"]).encode(), "key": case.encode(), "time": b"2020-03-02T00:00:00Z"})
    )
    event = from_binary_event(KafkaMessage(headers=heads, key=case.encode(), value=row["value"].encode()), JSONFormat())
    assert (event.get_type(), event.get_subject(), event.get_data()) == (
        "doudi.ledger.entry-made.v1",
        case,
        {"case_id": case, "number": 7},
    )
