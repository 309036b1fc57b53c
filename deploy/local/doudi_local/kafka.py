"""One Apache Kafka node of our own in KRaft mode: a foreground child on loopback, all it writes in one folder."""

from __future__ import annotations

import base64
import os
import signal
import socket
import struct
import subprocess
import time
import uuid
from collections.abc import Iterable
from pathlib import Path
from typing import Self

from aiokafka.admin import AIOKafkaAdminClient, NewTopic
from aiokafka.errors import KafkaError, TopicAlreadyExistsError, for_code

from doudi_local import java, places
from doudi_local.errors import LocalError

PARTITIONS = 12
_START_SECONDS = 120.0
_STOP_SECONDS = 40.0
_JVM = (
    "-Xms64m",
    "-Xmx256m",
    "-XX:+UseSerialGC",
    "-XX:TieredStopAtLevel=1",
    "-XX:-UsePerfData",
    "-Xshare:auto",
)
_SETTINGS = {
    "process.roles": "broker,controller",
    "node.id": "1",
    "controller.listener.names": "CONTROLLER",
    "listener.security.protocol.map": "CONTROLLER:PLAINTEXT,PLAINTEXT:PLAINTEXT",
    "inter.broker.listener.name": "PLAINTEXT",
    "num.partitions": str(PARTITIONS),
    "auto.create.topics.enable": "false",
    "group.initial.rebalance.delay.ms": "0",
    "offsets.topic.num.partitions": "12",
    "offsets.topic.replication.factor": "1",
    "default.replication.factor": "1",
    "min.insync.replicas": "1",
    "transaction.state.log.num.partitions": "12",
    "transaction.state.log.replication.factor": "1",
    "transaction.state.log.min.isr": "1",
    "share.coordinator.state.topic.num.partitions": "1",
    "share.coordinator.state.topic.replication.factor": "1",
    "share.coordinator.state.topic.min.isr": "1",
    # A node killed a moment ago counts as alive until its session ends, and its successor waits for that.
    "broker.session.timeout.ms": "3000",
    "broker.heartbeat.interval.ms": "500",
    "log.retention.ms": "-1",
    "log.segment.bytes": "67108864",
    "log.index.size.max.bytes": "1048576",
}
_LOGGING = """log4j.rootLogger=WARN, out
log4j.appender.out=org.apache.log4j.ConsoleAppender
log4j.appender.out.layout=org.apache.log4j.PatternLayout
log4j.appender.out.layout.ConversionPattern=%d{ISO8601} %p %m (%c)%n
log4j.logger.kafka.server.KafkaRaftServer=INFO
log4j.logger.org.apache.kafka.clients=ERROR
"""


class EmbeddedKafka:
    """One node in `data`. Start, stop and kill it as often as wanted: data and port stay."""

    def __init__(self, data: Path, cache: Path | None = None, java_command: Path | None = None) -> None:
        self.data = data.absolute()
        self.log = self.data / "kafka.log"
        self.port = 0
        self._cache = cache
        self._java = java_command
        self._classpath = ""
        self._child: subprocess.Popen[bytes] | None = None

    @property
    def bootstrap(self) -> str:
        """host:port for clients."""
        return f"{places.LOOPBACK}:{self.port}"

    @property
    def pid(self) -> int:
        """Process id of the running broker, for tests that kill it."""
        if self._child is None:
            raise LocalError("Kafka is not running: start it first.")
        return self._child.pid

    def prepare(self) -> None:
        """Java, jars, ports, settings and (once) formatted storage; afterwards any supervisor can run `argv()`."""
        for folder in ("config", "tmp", "logs"):
            places.make_folder(self.data / folder, 0o700)
        if running := self.running_pid():
            raise LocalError(f"Another Kafka (process {running}) uses {self.data}: run `make down` first.")
        self.resolve()
        self.port = places.kept_port(self.data / "config" / "port")
        self._configure(places.kept_port(self.data / "config" / "controller-port"))
        if not (self.data / "logs" / "meta.properties").exists():
            self._format()

    def resolve(self) -> None:
        """Finds Java and the jars, so that `argv()` is whole; touches nothing that runs."""
        self._java = self._java or java.find_java()
        self._classpath = self._classpath or java.classpath(self._cache)

    def find(self) -> None:
        """Instead of `prepare()` when a broker runs on this folder already: learns its port."""
        self.resolve()
        self.port = int((self.data / "config" / "port").read_text())

    def argv(self) -> list[str]:
        """The command that runs the broker in the foreground."""
        return [*self._command(), "kafka.Kafka", str(self._properties)]

    def start(self) -> str:
        """Starts the broker, waits until it answers, and gives the bootstrap address."""
        self.prepare()
        with self.log.open("ab") as log:
            self._child = subprocess.Popen(
                places.dies_with_us(self.argv(), "TERM"),
                stdin=subprocess.DEVNULL, stdout=log, stderr=log, cwd=self.data, process_group=0,
            )  # fmt: skip
        deadline = time.monotonic() + _START_SECONDS
        while not answers(self.port):
            if self._child.poll() is not None or time.monotonic() > deadline:
                self.kill()
                raise LocalError(f"Kafka did not start; see {self.log}:\n{places.tail(self.log)}")
            time.sleep(0.1)
        return self.bootstrap

    def stop(self) -> None:
        """Shuts down cleanly (SIGTERM) and waits for it."""
        if self._child is None:
            return
        self._child.send_signal(signal.SIGTERM)
        try:
            self._child.wait(_STOP_SECONDS)
        except subprocess.TimeoutExpired:
            self._child.kill()
            self._child.wait()
        self._child = None

    def kill(self) -> None:
        """As a power cut would: SIGKILL."""
        if self._child is not None:
            self._child.kill()
            self._child.wait()
            self._child = None

    def running_pid(self) -> int | None:
        """The process that runs on this folder, whoever started it, if any."""
        ours = os.fsencode(self._properties)
        for command in Path("/proc").glob("[0-9]*/cmdline"):
            try:
                words = command.read_bytes().split(b"\0")
                if ours in words and b"kafka.Kafka" in words:
                    return int(command.parent.name)
            except OSError:  # it ended while we looked
                continue
        return None

    @property
    def _properties(self) -> Path:
        return self.data / "config" / "server.properties"

    def _configure(self, controller: int) -> None:
        """Writes the settings; addresses are loopback only."""
        listeners = f"PLAINTEXT://{self.bootstrap},CONTROLLER://{places.LOOPBACK}:{controller}"
        own = {
            "listeners": listeners,
            "advertised.listeners": f"PLAINTEXT://{self.bootstrap}",
            "controller.quorum.voters": f"1@{places.LOOPBACK}:{controller}",
            "log.dirs": str(self.data / "logs"),
        }
        lines = [f"{name}={value}" for name, value in {**_SETTINGS, **own}.items()]
        self._properties.write_text("\n".join(lines) + "\n")
        (self.data / "config" / "log4j.properties").write_text(_LOGGING)

    def _format(self) -> None:
        """Formats the storage with a cluster id that is kept, so that an interrupted format can be repeated."""
        cluster = places.kept_secret(self.data / "config" / "cluster-id", _cluster_id)
        command = [
            *self._command(),
            "kafka.tools.StorageTool",
            "format",
            "--ignore-formatted",
        ]
        command += ["--cluster-id", cluster, "--config", str(self._properties)]
        with self.log.open("ab") as log:
            done = subprocess.run(
                command,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                cwd=self.data,
                check=False,
            )
        if done.returncode != 0:
            raise LocalError(f"Kafka could not format its folder; see {self.log}:\n{places.tail(self.log)}")

    def _command(self) -> list[str]:
        """Java with its settings. Temporary files too stay in our folder (native libraries are unpacked there)."""
        options = [
            f"-Djava.io.tmpdir={self.data / 'tmp'}",
            f"-XX:ErrorFile={self.data / 'java-error-%p.log'}",
        ]
        options += [f"-Dlog4j.configuration=file:{self.data / 'config' / 'log4j.properties'}"]
        options += [
            f"-Dkafka.logs.dir={self.data}",
            "-Djava.awt.headless=true",
            "-cp",
            self._classpath,
        ]
        return [str(self._java), *_JVM, *options]

    def __enter__(self) -> Self:
        self.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.stop()


def _cluster_id() -> str:
    """22 characters of URL-safe base64, not starting with a dash (the tool would read an option)."""
    while (text := base64.urlsafe_b64encode(uuid.uuid4().bytes).decode().rstrip("=")).startswith("-"):
        continue
    return text


def answers(port: int, seconds: float = 2.0) -> bool:
    """Whether a Kafka on this loopback port names at least one live broker (Metadata request, version 1)."""
    client = b"doudi"
    body = struct.pack(">hhih", 3, 1, 7, len(client)) + client + struct.pack(">i", 0)
    try:
        with socket.create_connection((places.LOOPBACK, port), timeout=seconds) as connection:
            connection.sendall(struct.pack(">i", len(body)) + body)
            with connection.makefile("rb") as reply:
                head = reply.read(12)
    except OSError:
        return False
    if len(head) < 12:
        return False
    _, correlation, brokers = struct.unpack(">iii", head)
    return bool(correlation == 7 and brokers > 0)


async def ensure_topics(bootstrap: str, names: Iterable[str], partitions: int = PARTITIONS) -> None:
    """Creates the topics that are missing, replicated as the broker does by default.

    One that exists keeps its partitions: more of them would break the order of keys.
    """
    admin = AIOKafkaAdminClient(bootstrap_servers=bootstrap)
    try:
        await admin.start()
        wanted = [NewTopic(name, num_partitions=partitions, replication_factor=1) for name in names]
        for topic in wanted:
            topic.replication_factor = -1  # the broker's default (KIP-464); the constructor does not let it through
        reply = await admin.create_topics(wanted, timeout_ms=30_000)
    except (KafkaError, OSError) as error:
        raise LocalError(f"No Kafka answers at {bootstrap} ({error}): check KAFKA_BOOTSTRAP_SERVERS.") from error
    finally:
        await admin.close()
    for topic, code, *rest in reply.topic_errors:
        if code not in (0, TopicAlreadyExistsError.errno):
            raise LocalError(f"Kafka would not create topic {topic}: {for_code(code).__name__} {rest}")
