"""`service(...)`: one call makes a service. Its `app.py` is a table of contents; nothing registers itself."""

from __future__ import annotations

import asyncio
import os
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import structlog
from aiokafka.admin import AIOKafkaAdminClient, NewTopic
from aiokafka.errors import KafkaError, TopicAlreadyExistsError
from fastapi import APIRouter, FastAPI
from starlette.routing import BaseRoute

from doudi import errors
from doudi.auth import TokenVerifier
from doudi.clock import Clock, clock_from
from doudi.consumer import Consumer, Hears
from doudi.events.base import Event, topic
from doudi.migrate import upgrade
from doudi.outbox import Relay
from doudi.sealed import KeyRing
from doudi.service import broken
from doudi.service.health import health_router
from doudi.service.tasks import Due, Talk, forget_answers, keep_measuring, keep_talking, keep_time
from doudi.settings import Settings
from doudi.telemetry import Measure, Metrics, Telemetry, Tracing, configure_logging
from doudi.transaction import Database, Runtime

log = structlog.get_logger()


@dataclass(frozen=True)
class Service:
    """The table of contents of a service: what it hears and says, its routes, its work by time, couriers, measures."""

    name: str
    package: str
    hears: Hears
    says: tuple[type[Event], ...]
    routers: tuple[APIRouter, ...]
    every: tuple[Due, ...]
    couriers: tuple[Talk, ...]
    settings: type[Settings]
    measures: tuple[Measure, ...] = ()

    def app(self, settings: Settings | None = None, *, parts: Parts | None = None) -> FastAPI:
        """The FastAPI app. Settings are read from the environment unless given."""
        chosen = settings or self.settings()
        parts = parts or Parts()
        configure_logging(self.name, chosen.log_level)
        app = FastAPI(
            title=f"doudi {self.name}",
            version="1",
            lifespan=lambda app: _lifespan(self, app, chosen, parts),
            docs_url="/docs",
            redoc_url=None,
        )
        app.state.metrics = Metrics(self.name, self.measures)
        app.state.verifier = parts.verifier or TokenVerifier(
            chosen.issuer, chosen.audience, chosen.jwks_url or f"{chosen.issuer.rstrip('/')}/jwks.json"
        )
        errors.install(app)
        app.router.routes.extend(self._routes)
        app.state.tracing = Tracing(self.name, chosen.otlp_endpoint)
        app.add_middleware(Telemetry, metrics=app.state.metrics, tracing=app.state.tracing)
        return app

    @cached_property
    def _routes(self) -> list[BaseRoute]:
        """What all apps of the service serve: what FastAPI works out of each endpoint is the same in all of them."""
        all_of_them = APIRouter()
        for router in (*self.routers, health_router()):
            all_of_them.include_router(router)
        return all_of_them.routes


def _die(error: BaseException) -> None:
    """A dead task kills the process: whoever supervises starts a whole one."""
    log.critical("a task died", error=type(error).__name__, exc_info=error)
    os._exit(70)


@dataclass(frozen=True)
class Parts:
    """What a test exchanges at the edge: the clock, the token verifier, what death does, whether tasks run."""

    clock: Clock | None = None
    verifier: TokenVerifier | None = None
    on_death: Callable[[BaseException], None] = _die
    background: bool = True
    migrate: bool = True


def service(
    name: str,
    *,
    package: str | None = None,
    hears: Hears | None = None,
    says: Sequence[type[Event]] = (),
    routers: Sequence[APIRouter] = (),
    every: Sequence[Due] = (),
    couriers: Sequence[Talk] = (),
    settings: type[Settings] = Settings,
    measures: Sequence[Measure] = (),
) -> Service:
    """A service from its parts. `name` is its topic's name, `package` its Python package."""
    return Service(
        name,
        package or name.replace("-", "_"),
        hears or {},
        tuple(says),
        tuple(routers),
        tuple(every),
        tuple(couriers),
        settings,
        tuple(measures),
    )


@asynccontextmanager
async def _lifespan(service: Service, app: FastAPI, settings: Settings, parts: Parts) -> AsyncIterator[None]:
    url = settings.database_url.get_secret_value()
    if parts.migrate:
        await upgrade(service.package, url, patience=settings.database_patience)
    runtime = Runtime(
        service.name,
        settings,
        KeyRing.from_settings(
            settings.sealing_keys.get_secret_value(), settings.sealing_active, settings.match_key.get_secret_value()
        ),
        parts.clock or clock_from(settings.clock, settings.profile),
        Database(url, settings.pool_size),
        app.state.metrics,
    )
    broken.install()
    app.state.runtime = runtime
    app.state.relay = Relay(runtime)
    app.state.consumer = Consumer(runtime, service.hears)
    tasks = await _start(service, app, parts) if parts.background else []
    try:
        yield
    finally:
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
        await runtime.database.close()
        app.state.tracing.close()


async def _start(service: Service, app: FastAPI, parts: Parts) -> list[asyncio.Task[None]]:
    """Starts the tasks of the service. One that ends by an error takes the process with it."""
    runtime: Runtime = app.state.runtime
    jobs: dict[str, Any] = {"relay": app.state.relay.run(), "consumer": _consume(service, app)}
    jobs["time"] = keep_time(runtime, (*service.every, forget_answers))
    for talk in service.couriers:
        jobs[talk.__qualname__] = keep_talking(runtime, talk)
    if service.measures:
        jobs["measures"] = keep_measuring(runtime, service.measures)

    def ended(task: asyncio.Task[None]) -> None:
        if not task.cancelled() and (error := task.exception()) is not None:
            parts.on_death(error)

    tasks = []
    for name, job in jobs.items():
        task = asyncio.create_task(job, name=f"{service.name} {name}")
        task.add_done_callback(ended)
        tasks.append(task)
    return tasks


async def _consume(service: Service, app: FastAPI) -> None:
    settings: Settings = app.state.runtime.settings
    names = {service.name, *(e.PUBLISHER for e in service.hears)}
    topics = sorted(topic(name, settings.topic_prefix) for name in names)
    await ensure_topics(settings.kafka_bootstrap_servers, topics, replication=settings.topic_replication)
    await app.state.consumer.run()


async def ensure_topics(bootstrap: str, topics: Sequence[str], *, partitions: int = 12, replication: int = 1) -> None:
    """Creates topics that do not exist; waits for a broker that is away."""
    pause = 0.1
    while True:
        admin = AIOKafkaAdminClient(bootstrap_servers=bootstrap)
        try:
            await admin.start()
            missing = set(topics) - set(await admin.list_topics())
            if missing:
                await admin.create_topics([NewTopic(name, partitions, replication) for name in sorted(missing)])
            return
        except TopicAlreadyExistsError:
            return
        except KafkaError as error:
            if not error.retriable:
                raise
            log.warning("topics wait for the broker", error=type(error).__name__)
            await asyncio.sleep(pause)
            pause = min(pause * 2, 5.0)
        finally:
            await admin.close()
