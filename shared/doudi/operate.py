"""What an operator does to a service from outside its process: parked messages, the journal.

`doudi parked list|replay|discard`, `doudi replay`, `doudi verify` call this. Settings come from the environment, as the
service's do; beside an embedded installation, from the file that its launcher wrote.
"""

from __future__ import annotations

import json
import os
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from importlib import import_module
from pathlib import Path
from uuid import UUID

from pydantic import ValidationError

from doudi import inbox
from doudi.clock import clock_from
from doudi.consumer import Reception
from doudi.sealed import KeyRing
from doudi.service.app import Service
from doudi.settings import Settings
from doudi.telemetry import Metrics
from doudi.transaction import Database, Runtime

NAMES = ("intake", "eligibility", "payments", "relief", "care-institutions", "oversight")


class NotConfigured(RuntimeError):
    """Neither DATABASE_URL and the DOUDI_ settings are given, nor does an embedded installation run here."""


def service_named(name: str) -> Service:
    """The service by its name, e.g. `care-institutions`."""
    service: Service = import_module(f"{name.replace('-', '_')}.app").SERVICE
    return service


def settings_of(service: Service, data: Path) -> Settings:
    """The settings that the service runs with: of the environment when it names keys as well as a database (a
    DATABASE_URL alone is what the launcher was told), else of the installation in `data`. Raises NotConfigured."""
    if {"DATABASE_URL", "DOUDI_MATCH_KEY"} <= os.environ.keys():
        return _settings(service)
    try:
        environment = json.loads((data / "run" / "environment.json").read_text())[service.name]
    except (OSError, KeyError, ValueError) as error:
        raise NotConfigured(NotConfigured.__doc__) from error
    before = dict(os.environ)
    os.environ.update(environment)
    try:
        return _settings(service)
    finally:
        os.environ.clear()
        os.environ.update(before)


def _settings(service: Service) -> Settings:
    try:
        return service.settings()
    except ValidationError as error:
        lacks = ", ".join(".".join(map(str, wrong["loc"])) for wrong in error.errors(include_input=False))
        raise NotConfigured(f"settings are missing or wrong: {lacks}") from None


@asynccontextmanager
async def opened(service: Service, settings: Settings) -> AsyncIterator[tuple[Runtime, Reception]]:
    """The service's database and handlers, without its server."""
    keys = KeyRing.from_settings(
        settings.sealing_keys.get_secret_value(), settings.sealing_active, settings.match_key.get_secret_value()
    )
    database = Database(settings.database_url.get_secret_value(), 2)
    clock = clock_from(settings.clock, settings.profile)
    runtime = Runtime(service.name, settings, keys, clock, database, Metrics(service.name))
    try:
        yield runtime, Reception(runtime, service.hears)
    finally:
        await database.close()


async def replay_parked(runtime: Runtime, reception: Reception, key: str) -> int:
    """Handles a case's parked messages in order, each in its own transaction; returns how many went through.

    Stops at the first that fails again: it and those behind it stay parked, in their places. While it works, the
    consumer waits with new messages of the case, so that none overtakes.
    """
    done = 0
    while True:
        async with runtime.transaction() as tx:
            message = await inbox.oldest_parked(tx, key)
            if message is None:
                return done
            try:
                await reception.dispatch(tx, [message])
            except Exception as error:
                raise StillFails(type(error).__name__, done) from error
            await inbox.unpark(tx, message.envelope.id)
        done += 1


class StillFails(RuntimeError):
    """The oldest parked message of the case failed again; it stays parked."""

    def __init__(self, reason: str, done: int) -> None:
        super().__init__(reason)
        self.reason, self.done = reason, done


async def discard_parked(runtime: Runtime, event_id: UUID, *, by: str, because: str) -> bool:
    """Gives one parked message up, with who and why; false when there is none with this id."""
    async with runtime.transaction() as tx:
        return await inbox.discard(tx, event_id, by, because)
