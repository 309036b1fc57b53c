"""The database and the broker of the installation: embedded ones, prepared for the supervisor, or the given ones."""

from __future__ import annotations

import asyncio
import math
import os
import signal
import time
from collections.abc import Callable

import asyncpg

from doudi_local import keys, places
from doudi_local.databases import create_database, database_url
from doudi_local.errors import LocalError
from doudi_local.kafka import EmbeddedKafka, answers, ensure_topics
from doudi_local.layout import SERVICES, Layout, Named
from doudi_local.postgres import EmbeddedPostgres
from doudi_local.supervisor import Program, Supervisor

_READY_SECONDS = 120.0
_STRAY_SECONDS = 40.0


class Servers:
    """PostgreSQL and Kafka as the services see them."""

    def __init__(self, layout: Layout) -> None:
        self.layout = layout
        self.postgres = EmbeddedPostgres(layout.postgres) if layout.embeds_postgres else None
        self.kafka = EmbeddedKafka(layout.kafka) if layout.embeds_kafka else None

    @property
    def bootstrap(self) -> str:
        """Kafka's host:port, comma-separated when several were given."""
        return self.layout.kafka_given or (self.kafka.bootstrap if self.kafka else "")

    def prepare(self) -> None:
        """Makes what the embedded servers need on disk; for a start from nothing."""
        for server in self.embedded():
            stop_stray(server)
            server.prepare()

    def find(self) -> None:
        """Learns the ports of servers that run already."""
        for server in self.embedded():
            server.find()

    def programs(self) -> list[Program]:
        """What the supervisor shall run; PostgreSQL as another user when we are root."""
        programs = []
        if postgres := self.postgres:
            user = postgres.user.pw_name if postgres.user else None
            environment = {"LC_ALL": "C", "TZ": "UTC"}
            programs.append(
                Program("postgres", postgres.argv(), 10, environment, user, postgres.home, "INT", stop_seconds=30)
            )
        if self.kafka:
            programs.append(Program("kafka", self.kafka.argv(), 20, folder=self.layout.kafka, stop_seconds=40))
        return programs

    def embedded(self) -> list[EmbeddedPostgres | EmbeddedKafka]:
        """The servers that are ours to run."""
        return [server for server in (self.postgres, self.kafka) if server is not None]

    def wait(self, supervisor: Supervisor) -> None:
        """Until the embedded servers answer."""
        deadline = time.monotonic() + _READY_SECONDS
        if postgres := self.postgres:
            _until(lambda: asyncio.run(_accepts(postgres.url)), "postgres", supervisor, deadline)
        if kafka := self.kafka:
            _until(lambda: answers(kafka.port), "kafka", supervisor, deadline)

    def databases(self) -> dict[str, str]:
        """The URL of each service's database, by service name; `create()` makes those that are ours to make."""
        urls = dict(self.layout.databases_given)
        for service in SERVICES:
            if service.name not in urls:
                owner, password = self._owner(service)
                urls[service.name] = database_url(self._base, service.database, owner, password)
        return urls

    async def create(self) -> None:
        """Databases and topics, where they are missing."""
        for service in SERVICES:
            if service.name not in self.layout.databases_given:
                await self._create(service)
        await ensure_topics(self.bootstrap, [service.topic for service in SERVICES])

    async def _create(self, service: Named) -> None:
        try:
            await create_database(self._base, service.database, *self._owner(service))
        except (OSError, asyncpg.PostgresError, asyncpg.InterfaceError) as error:
            raise LocalError(
                f"Database {service.database} could not be made ({error}): check DATABASE_URL and what its role may do."
            ) from error

    @property
    def _base(self) -> str:
        if self.layout.database_base_given:
            return self.layout.database_base_given
        assert self.postgres is not None
        return self.postgres.url

    def _owner(self, service: Named) -> tuple[str, str] | tuple[None, None]:
        """Each service has a role of its own in our PostgreSQL; on one that was given, its role owns all."""
        if self.postgres is None:
            return None, None
        return service.database, keys.database_password(self.layout.secrets, service.database)


def stop_stray(server: EmbeddedPostgres | EmbeddedKafka) -> bool:
    """Stops a server that a supervisor which is no more has left behind; False when there is none."""
    pid = server.running_pid()
    if pid is None:
        return False
    os.kill(pid, signal.SIGINT if isinstance(server, EmbeddedPostgres) else signal.SIGTERM)
    deadline = time.monotonic() + _STRAY_SECONDS
    while server.running_pid() == pid:
        if time.monotonic() > deadline:
            os.kill(pid, signal.SIGKILL)
            deadline = math.inf
        time.sleep(0.1)
    return True


async def _accepts(url: str) -> bool:
    """Whether PostgreSQL takes a connection now; starting up and not listening yet are the same answer."""
    try:
        connection = await asyncpg.connect(url, timeout=5)
    except (OSError, asyncpg.CannotConnectNowError, TimeoutError):
        return False
    await connection.close()
    return True


def _until(ready: Callable[[], bool], name: str, supervisor: Supervisor, deadline: float) -> None:
    while not ready():
        state = supervisor.states()[name]
        if state.state == "FATAL" or time.monotonic() > deadline:
            log = supervisor.layout.logs / f"{name}.log"
            raise LocalError(f"{name} did not start ({state.state.lower()}); see {log}:\n{places.tail(log)}")
        time.sleep(0.1)
