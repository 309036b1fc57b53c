"""The harness of tests: a service on a real database, driven like its users and its neighbours drive it.

async with running(SERVICE, servers, today=date(2020, 3, 2)) as s:
    clerk = s.client(Role.CLERK, "640522101000", sub="clerk-1")
    await clerk.post("/v1/applications", json=...)
    assert await s.said(ApplicationSubmitted)
"""

from __future__ import annotations

import asyncio
import base64
import json
import ssl
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, field
from datetime import date, datetime
from importlib import import_module
from pathlib import Path
from typing import Any, TypeVar
from uuid import UUID, uuid4

import asyncpg
import httpx
from fastapi import FastAPI
from joserfc.jwk import ECKey

from doudi.auth import Role, TokenVerifier
from doudi.auth.issuer import mint, new_key, public_jwks
from doudi.clock import FixedClock
from doudi.consumer import Reception
from doudi.events.base import Event
from doudi.inbox import Envelope, Message
from doudi.migrate import upgrade
from doudi.sealed import KeyRing
from doudi.service.app import Parts, Service
from doudi.service.tasks import Courier, run_due
from doudi.telemetry import measure
from doudi.transaction import Runtime, new_id

E = TypeVar("E", bound=Event)

ISSUER = "http://issuer.test"
_TLS = ssl.create_default_context()
"""Read once: it costs more than all else that a service needs to start."""
_SEALING = json.dumps({"t1": base64.b64encode(b"0123456789abcdef" * 2).decode()})
_MATCH = base64.b64encode(b"fedcba9876543210" * 2).decode()


def key_ring() -> KeyRing:
    """The keys of tests, the same for all services."""
    return KeyRing.from_settings(_SEALING, "t1", _MATCH)


@dataclass
class Servers:
    """The real servers of a test session, and the databases that were made on them."""

    postgres: str
    """A superuser's URL."""
    kafka: str
    key: ECKey = field(default_factory=new_key)
    templates: dict[str, str] = field(default_factory=dict)

    def url(self, database: str) -> str:
        """The URL of a database on the server."""
        return f"{self.postgres.rpartition('/')[0]}/{database}"

    async def database(self, package: str) -> str:
        """A fresh database with a service's tables; copied from a template that is migrated once."""
        admin = await asyncpg.connect(self.postgres)
        try:
            if package not in self.templates:
                template = f"template_{package}_{uuid4().hex[:8]}"
                await admin.execute(f"CREATE DATABASE {template}")
                await upgrade(package, self.url(template))
                self.templates[package] = template
            name = f"test_{package}_{uuid4().hex[:8]}"
            await admin.execute(f"CREATE DATABASE {name} TEMPLATE {self.templates[package]}")
        finally:
            await admin.close()
        return self.url(name)

    async def drop(self, url: str) -> None:
        """Drops a database that `database` made."""
        admin = await asyncpg.connect(self.postgres)
        try:
            await admin.execute(f"DROP DATABASE IF EXISTS {url.rpartition('/')[2]} WITH (FORCE)")
        finally:
            await admin.close()

    async def close(self) -> None:
        """Drops the templates."""
        for template in self.templates.values():
            await self.drop(f"/{template}")

    def token(self, role: Role | Sequence[Role], division: str, sub: str | None = None) -> str:
        """A bearer token that the services under test accept."""
        roles = [role] if isinstance(role, Role) else list(role)
        return mint(self.key, ISSUER, "doudi", roles, division, sub or f"{roles[0]}-{division}", 3600)

    def verifier(self) -> TokenVerifier:
        """Accepts `token`s."""
        return TokenVerifier(ISSUER, "doudi", public_jwks(self.key))


class Running:
    """A service under test."""

    def __init__(
        self, service: Service, app: FastAPI, servers: Servers, clock: FixedClock, http: httpx.AsyncClient
    ) -> None:
        self.service, self.app, self.clock = service, app, clock
        self._servers, self._http = servers, http
        self._clients: list[httpx.AsyncClient] = []

    @property
    def runtime(self) -> Runtime:
        """The service's runtime: transactions, keys, settings."""
        runtime: Runtime = self.app.state.runtime
        return runtime

    def client(self, role: Role | Sequence[Role], division: str, sub: str | None = None) -> httpx.AsyncClient:
        """An HTTP client of somebody with a role in a division."""
        return self._client({"Authorization": f"Bearer {self._servers.token(role, division, sub)}"})

    def public(self) -> httpx.AsyncClient:
        """An HTTP client of anybody."""
        return self._client({})

    def _client(self, headers: dict[str, str]) -> httpx.AsyncClient:
        transport = httpx.ASGITransport(self.app, raise_app_exceptions=False)
        client = httpx.AsyncClient(transport=transport, base_url="http://service.test", headers=headers)
        self._clients.append(client)
        return client

    async def fetch(self, sql: str, *args: Any) -> list[asyncpg.Record]:
        """Rows of the service's database."""
        async with self.runtime.transaction() as tx:
            return await tx.fetch(sql, *args)

    async def said(self, event: type[E], case: object | None = None) -> list[E]:
        """What the service said of one kind (about one case), in order."""
        rows = await self.fetch(
            "SELECT value FROM outbox WHERE type = $1 AND ($2::text IS NULL OR key = $2) ORDER BY position",
            event.TYPE,
            None if case is None else str(case),
        )
        return [event.read(row["value"]) for row in rows]

    async def deliver(self, *events: Event, ids: Sequence[UUID] = ()) -> list[UUID]:
        """Brings events as the consumer would, in one batch; raises when one was parked. Returns their ids."""
        messages = [
            Message(
                Envelope(ids[i] if ids else new_id(), e.TYPE, f"/doudi/{e.PUBLISHER}", e.case, self.clock.now()),
                e.model_dump_json(),
            )
            for i, e in enumerate(events)
        ]
        await Reception(self.runtime, self.service.hears).take(messages)
        parked = await self.fetch(
            "SELECT type, reason FROM parked WHERE event_id = ANY($1)", [m.envelope.id for m in messages]
        )
        if parked:
            raise AssertionError(f"parked: {[tuple(p) for p in parked]}")
        return [m.envelope.id for m in messages]

    async def tick(self, day: date | datetime | None = None) -> None:
        """Moves the clock when a day is given, then runs due work and couriers until nothing is left."""
        if day is not None:
            self.clock.set(day)
        for due in self.service.every:
            await run_due(self.runtime, due)
        for talk in self.service.couriers:
            while await talk(Courier(self.runtime, self._http)):
                pass

    async def measured(self, name: str) -> dict[tuple[str, ...], Any]:
        """Counts everything that the service measures, and gives one measure: its number by its labels' values."""
        await measure(self.runtime, self.service.measures)
        (one,) = [m for m in self.service.measures if m.name == name]
        samples = [s for f in self.app.state.metrics.registry.collect() for s in f.samples if s.name == name]
        return {tuple(s.labels[label] for label in one.labels): s.value for s in samples}

    async def close(self) -> None:
        """Closes the clients."""
        for client in self._clients:
            await client.aclose()


@asynccontextmanager
async def running(
    service: Service,
    servers: Servers,
    *,
    today: date = date(2020, 3, 2),
    kafka: bool = False,
    clock: FixedClock | None = None,
    database: str | None = None,
    on_death: Callable[[BaseException], None] | None = None,
    **settings: Any,
) -> AsyncIterator[Running]:
    """A service on a database of its own. With `kafka`, relay, consumer, due work and couriers run by themselves."""
    url = database or await servers.database(service.package)
    chosen = service.settings(
        database_url=url,
        kafka_bootstrap_servers=servers.kafka,
        issuer=ISSUER,
        profile="test",
        sealing_keys=_SEALING,
        sealing_active="t1",
        match_key=_MATCH,
        **settings,
    )
    moved = clock or FixedClock(today)
    died: list[BaseException] = []
    parts = Parts(
        clock=moved, verifier=servers.verifier(), on_death=on_death or died.append, background=kafka, migrate=False
    )
    app = service.app(chosen, parts=parts)
    async with AsyncExitStack() as stack:
        if database is None:
            stack.push_async_callback(servers.drop, url)
        await stack.enter_async_context(app.router.lifespan_context(app))
        http = await stack.enter_async_context(httpx.AsyncClient(trust_env=False, verify=_TLS))
        running = Running(service, app, servers, moved, http)
        stack.push_async_callback(running.close)
        yield running
    if died:
        raise died[0]


async def until(condition: Callable[[], Any], seconds: float = 30.0) -> Any:
    """Waits for a condition (an async function or a plain one) to be true; returns its value. Fails after `seconds`."""
    try:
        async with asyncio.timeout(seconds):
            while True:
                found = condition()
                if asyncio.iscoroutine(found):
                    found = await found
                if found:
                    return found
                await asyncio.sleep(0.02)
    except TimeoutError:
        raise AssertionError(f"never true within {seconds} s: {getattr(condition, '__name__', condition)}") from None


def service_named(name: str) -> Service:
    """The service of a package, e.g. `intake`."""
    service: Service = import_module(f"{name.replace('-', '_')}.app").SERVICE
    return service


PACKAGES = ("intake", "eligibility", "payments", "relief", "care_institutions", "oversight")
ROOT = Path(__file__).resolve().parents[2]
