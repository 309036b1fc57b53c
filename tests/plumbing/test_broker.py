"""A connection to Kafka that breaks: aiokafka on the event loop that services run on."""

from __future__ import annotations

import asyncio

import pytest
import uvloop
from aiokafka.client import AIOKafkaClient
from aiokafka.errors import KafkaConnectionError
from aiokafka.protocol.metadata import MetadataRequest

from doudi.service.broken import Connection, install


async def _breaks(kafka: str) -> None:
    client = AIOKafkaClient(bootstrap_servers=kafka, metadata_max_age_ms=600_000)
    await client.bootstrap()
    try:
        (broker,) = client.cluster.brokers()
        assert await client.ready(broker.nodeId)
        ((_, connection),) = client._conns.items()
        assert isinstance(connection, Connection)
        connection._read_task.cancel()  # it would see the end a moment later: this is the moment between
        connection._writer.transport.abort()
        await connection._writer.wait_closed()
        with pytest.raises(KafkaConnectionError):
            await connection.send(MetadataRequest([]))
        async with asyncio.timeout(10):  # the task that learns of brokers lives, and finds them by a new connection
            assert await client.force_metadata_update()
            assert await client.ready(broker.nodeId)
    finally:
        await client.close()


def test_a_broken_connection_is_told_as_one_and_the_client_finds_its_broker_again(addresses: tuple[str, str]):
    """Seen under kill -9 of the broker: a service whose consumer waited for a coordinator for ever."""
    install()
    with asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner:
        runner.run(_breaks(addresses[1]))
