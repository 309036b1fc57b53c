"""The embedded Kafka: locked jars of one version, survives kill -9 with data and port, also on the wheel's Java."""

from __future__ import annotations

import asyncio
import shutil
from pathlib import Path

import pytest
from aiokafka import AIOKafkaConsumer, AIOKafkaProducer, TopicPartition

from doudi_local import java
from doudi_local.errors import LocalError
from doudi_local.kafka import EmbeddedKafka, answers, ensure_topics


def test_every_jar_of_kafka_has_one_version() -> None:
    """jgo once locked kafka-clients 3.9.1 beside kafka_2.13 4.4.0, and the broker breaks in strange places."""
    jars = java.locked_jars()
    versions = {jar.artifact: jar.version for jar in jars if jar.group == "org.apache.kafka"}
    assert set(versions.values()) == {"4.4.0"}, versions
    assert {"kafka_2.13", "kafka-clients", "kafka-server", "kafka-metadata"} <= set(versions)


def test_every_jar_is_locked_once_and_by_hash() -> None:
    jars = java.locked_jars()
    assert len({(jar.group, jar.artifact) for jar in jars}) == len(jars)
    assert all(len(jar.sha256) == 64 for jar in jars)


def test_a_jar_with_other_bytes_is_not_used(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    java.classpath()
    repository = java.cache_folder() / "jars"
    victim = next(jar for jar in java.locked_jars() if jar.artifact == "reload4j")
    shutil.copytree(repository, tmp_path / "jars")
    (tmp_path / "jars" / victim.path).write_bytes(b"something else")
    monkeypatch.setattr(java, "_fetch", lambda _: None)
    with pytest.raises(LocalError, match=r"not those of jgo.lock.toml \(reload4j"):
        java.classpath(tmp_path)
    assert not (tmp_path / "jars" / victim.path).exists()


def test_without_a_network_one_sentence_says_what_to_do(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in (
        "http_proxy",
        "https_proxy",
        "HTTP_PROXY",
        "HTTPS_PROXY",
        "all_proxy",
        "ALL_PROXY",
    ):
        monkeypatch.setenv(name, "http://127.0.0.1:9")
    for name in ("no_proxy", "NO_PROXY"):
        monkeypatch.delenv(name, raising=False)
    with pytest.raises(LocalError, match="connect this machine to the network once"):
        java.classpath(tmp_path)


def test_an_unusable_java_home_is_passed_over(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("JAVA_HOME", str(tmp_path))
    monkeypatch.setenv("PATH", "")
    assert java.find_java() == java.wheel_java()
    assert java.java_major(java.wheel_java()) >= java.OLDEST_JAVA


async def test_messages_port_and_topics_survive_kill_minus_nine_on_the_wheels_java(
    tmp_path: Path,
) -> None:
    broker = EmbeddedKafka(tmp_path / "kafka", java_command=java.wheel_java())
    bootstrap = broker.start()
    try:
        await ensure_topics(bootstrap, ["doudi.intake"], partitions=3)
        await ensure_topics(bootstrap, ["doudi.intake", "doudi.relief"], partitions=3)
        producer = AIOKafkaProducer(bootstrap_servers=bootstrap, acks="all", enable_idempotence=True)
        await producer.start()
        sent = [await producer.send("doudi.intake", str(n).encode(), key=b"case", partition=1) for n in range(100)]
        await asyncio.gather(*sent)
        broker.kill()
        assert not answers(broker.port)
        assert broker.start() == bootstrap
        await producer.stop()
        assert await _values(bootstrap, TopicPartition("doudi.intake", 1), 100) == [str(n) for n in range(100)]
    finally:
        broker.stop()


async def _values(bootstrap: str, place: TopicPartition, count: int) -> list[str]:
    consumer = AIOKafkaConsumer(bootstrap_servers=bootstrap, auto_offset_reset="earliest")
    await consumer.start()
    try:
        consumer.assign([place])
        values: list[str] = []
        while len(values) < count:
            batch = await consumer.getmany(timeout_ms=10_000)
            assert batch, "Kafka lost acknowledged messages"
            values += [record.value.decode() for record in batch.get(place, [])]
        return values
    finally:
        await consumer.stop()


async def test_an_address_without_a_kafka_gives_one_sentence() -> None:
    with pytest.raises(LocalError, match="check KAFKA_BOOTSTRAP_SERVERS"):
        await ensure_topics("127.0.0.1:9", ["doudi.intake"])
