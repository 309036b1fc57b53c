"""The consumer: hears the topics of others and gives each event to its handler, once, in order within a case.

Messages of one partition are handled in batches, one transaction a batch. When a batch fails for its own reason, it is
done again one by one, and the message that fails is parked with all later ones of its case. What is transient is tried
again for ever. What is not ours is ignored.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Mapping, Sequence
from datetime import datetime
from itertools import groupby
from time import perf_counter
from typing import TYPE_CHECKING, Any, cast
from uuid import UUID

import structlog
from aiokafka import AIOKafkaConsumer, ConsumerRebalanceListener, TopicPartition
from aiokafka.errors import CommitFailedError, IllegalGenerationError, KafkaError, RebalanceInProgressError

from doudi import inbox
from doudi.errors.transient import is_transient
from doudi.events.base import Event, topic
from doudi.inbox import Envelope, Heard, Message
from doudi.transaction import Runtime, Transaction

if TYPE_CHECKING:
    from aiokafka import ConsumerRecord

log = structlog.get_logger()

Handler = Callable[[Any, Transaction], Awaitable[None]]
Hears = Mapping[type[Event], Handler]


def batched(handler: Handler) -> Handler:
    """Marks a set-based handler: it gets a list of `Heard` events of one type instead of one event."""
    handler.__doudi_batched__ = True  # type: ignore[attr-defined]
    return handler


class Reception:
    """What happens to messages once they are here, whoever brought them: Kafka, a replay, a test."""

    def __init__(self, runtime: Runtime, hears: Hears) -> None:
        self._runtime = runtime
        self._handlers: dict[str, tuple[type[Event], Handler]] = {e.TYPE: (e, h) for e, h in hears.items()}

    def is_ours(self, type_: str) -> bool:
        """Whether this service listens to the type."""
        return type_ in self._handlers

    async def take(self, messages: Sequence[Message]) -> None:
        """Handles messages of one partition; returns when each has taken effect, or is parked, and all is committed."""
        pause = 0.1
        while True:
            try:
                await self._together(messages)
                return
            except asyncio.CancelledError:
                raise
            except Exception as error:
                if not is_transient(error):
                    break
                log.warning("consumer waits", error=type(error).__name__, seconds=pause)
                await asyncio.sleep(pause)
                pause = min(pause * 2, 5.0)
        for message in messages:
            await self._alone(message)

    async def _together(self, messages: Sequence[Message]) -> None:
        async with self._runtime.transaction() as tx:
            new = await inbox.admit(tx, messages)
            if not new:
                return
            waiting = await inbox.parked_keys(tx, [m.envelope.key for m in new])
            if waiting:
                late = [m for m in new if m.envelope.key in waiting]
                await inbox.park(tx, late, "an earlier message of this case is parked")
                new = [m for m in new if m.envelope.key not in waiting]
            await self.dispatch(tx, new)
        await self._count_parked(bool(waiting))

    async def _alone(self, message: Message) -> None:
        """One message in its own transaction; parks it when its handler fails."""
        pause = 0.1
        while True:
            try:
                await self._together([message])
                return
            except asyncio.CancelledError:
                raise
            except Exception as error:
                if not is_transient(error):
                    await self._park(message, error)
                    return
                await asyncio.sleep(pause)
                pause = min(pause * 2, 5.0)

    async def _park(self, message: Message, error: Exception) -> None:
        reason = type(error).__name__
        log.error("message parked", event_id=str(message.envelope.id), type=message.envelope.type, error=reason)
        while True:
            try:
                async with self._runtime.transaction() as tx:
                    if await inbox.admit(tx, [message]):
                        await inbox.park(tx, [message], reason)
                break
            except Exception as failure:
                if not is_transient(failure):
                    raise
                await asyncio.sleep(1.0)
        await self._count_parked(True)

    async def _count_parked(self, changed: bool) -> None:
        if changed:
            async with self._runtime.transaction() as tx:
                self._runtime.metrics.parked(await tx.fetchval("SELECT count(*) FROM parked"))

    async def dispatch(self, tx: Transaction, messages: Sequence[Message]) -> None:
        """Runs the handlers within a transaction: runs of one type go to a set-based handler together."""
        for type_, run in groupby(messages, key=lambda m: m.envelope.type):
            event_class, handler = self._handlers[type_]
            heard = [Heard(event_class.read(m.value), m.envelope) for m in run]
            started = perf_counter()
            if getattr(handler, "__doudi_batched__", False):
                tx.hearing = heard[0].envelope
                await handler(heard, tx)
            else:
                for item in heard:
                    tx.hearing = item.envelope
                    await handler(item.event, tx)
            self._runtime.metrics.handled(type_, len(heard), perf_counter() - started)


class Consumer(ConsumerRebalanceListener):  # type: ignore[misc]
    """Brings messages from Kafka to the reception and commits offsets after their effects."""

    def __init__(self, runtime: Runtime, hears: Hears) -> None:
        self._runtime = runtime
        self._reception = Reception(runtime, hears)
        self._topics = sorted({topic(e.PUBLISHER, runtime.settings.topic_prefix) for e in hears})
        self.assigned: set[TopicPartition] = set()
        self._idle = False
        self.running = not hears

    @property
    def settled(self) -> bool:
        """Whether this member has its partitions, or the group has more members than partitions."""
        return bool(self.assigned) or not self._topics or self._idle

    async def run(self) -> None:
        """Works until cancelled. A broker that is away is waited for."""
        if not self._topics:
            return
        pause = 0.1
        while True:
            try:
                await self._work()
            except KafkaError as error:
                self.running = False
                log.warning("consumer waits for the broker", error=type(error).__name__, seconds=pause)
                await asyncio.sleep(pause)
                pause = min(pause * 2, 5.0)

    async def _work(self) -> None:
        consumer = AIOKafkaConsumer(
            bootstrap_servers=self._runtime.settings.kafka_bootstrap_servers,
            group_id=topic(self._runtime.service, self._runtime.settings.topic_prefix),
            enable_auto_commit=False,
            auto_offset_reset="earliest",
            max_poll_records=self._runtime.settings.consumer_batch,
            max_poll_interval_ms=3_600_000,
            metadata_max_age_ms=30_000,
            fetch_max_wait_ms=100,
        )
        consumer.subscribe(self._topics, listener=self)
        await consumer.start()
        self.running = True
        try:
            while True:
                fetched = await consumer.getmany(timeout_ms=500)
                if fetched:
                    await self._take(consumer, fetched)
        finally:
            self.running = False
            await consumer.stop()

    async def _take(self, consumer: AIOKafkaConsumer, fetched: dict[TopicPartition, list[ConsumerRecord]]) -> None:
        offsets = {}
        for partition, records in fetched.items():
            messages = [m for r in records if (m := message_in(r)) and self._reception.is_ours(m.envelope.type)]
            if messages:
                await self._reception.take(messages)
            offsets[partition] = records[-1].offset + 1
            self._lag(consumer, partition, records[-1].offset + 1)
        try:
            await consumer.commit(offsets)
        except (CommitFailedError, IllegalGenerationError, RebalanceInProgressError) as error:
            # The partition has a new owner, who gets these messages again; the inbox knows them.
            log.info("offsets not committed", reason=type(error).__name__)

    def _lag(self, consumer: AIOKafkaConsumer, partition: TopicPartition, position: int) -> None:
        end = consumer.highwater(partition)
        if end is not None:
            self._runtime.metrics.lag(partition.topic, partition.partition, max(0, end - position))

    async def on_partitions_revoked(self, revoked: set[TopicPartition]) -> None:
        """Part of the listener: readiness follows what is assigned."""
        self.assigned -= revoked

    async def on_partitions_assigned(self, assigned: set[TopicPartition]) -> None:
        """Part of the listener: readiness follows what is assigned."""
        self.assigned = set(assigned)
        self._idle = not assigned


def message_in(record: ConsumerRecord) -> Message | None:
    """The CloudEvents message in a Kafka record; None when it is not one (then it is not ours)."""
    heads = {name: value for name, value in record.headers if value is not None}
    try:
        envelope = Envelope(
            id=UUID(heads["ce_id"].decode()),
            type=heads["ce_type"].decode(),
            source=heads["ce_source"].decode(),
            key=cast(bytes, record.key).decode() if record.key is not None else heads["ce_subject"].decode(),
            time=datetime.fromisoformat(heads["ce_time"].decode()),
            traceparent=heads["traceparent"].decode() if "traceparent" in heads else None,
        )
        return None if record.value is None else Message(envelope, record.value.decode())
    except (KeyError, ValueError):
        return None
