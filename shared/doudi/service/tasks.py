"""What runs beside the requests: work that time makes due, and slow talk with the outside."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import date
from typing import Any

import httpx
import structlog

from doudi.clock import Clock
from doudi.errors.transient import is_transient
from doudi.settings import Settings
from doudi.telemetry import Measure, measure
from doudi.transaction import Runtime, Transaction

log = structlog.get_logger()

Due = Callable[[Transaction], Awaitable[int]]


@dataclass(frozen=True)
class Courier:
    """What a courier gets: short transactions, an HTTP client for the outside, the settings, the clock."""

    runtime: Runtime
    http: httpx.AsyncClient

    @asynccontextmanager
    async def transaction(self) -> AsyncIterator[Transaction]:
        """A transaction of its own. Never keep it open while talking."""
        async with self.runtime.transaction() as tx:
            yield tx

    @property
    def settings(self) -> Settings:
        """The service's settings."""
        return self.runtime.settings

    @property
    def clock(self) -> Clock:
        """The legal day and time."""
        return self.runtime.clock

    @property
    def keys(self) -> Any:
        """The key ring."""
        return self.runtime.keys


Talk = Callable[[Courier], Awaitable[int]]


def work_name(work: Callable[..., Any]) -> str:
    """How work by time and couriers are called: `deadlines.end_tapers`."""
    return f"{work.__module__.rpartition('.')[2]}.{work.__name__}"


async def run_due(runtime: Runtime, due: Due) -> int:
    """Runs one kind of due work until nothing is left; one process at a time does so. Returns how much was done."""
    done = 0
    while True:
        async with runtime.transaction() as tx:
            name = f"doudi every {due.__qualname__}"
            if not await tx.fetchval("SELECT pg_try_advisory_xact_lock(hashtext($1))", name):
                return done
            count = await due(tx)
        if not count:
            return done
        done += count
        runtime.metrics.worked(work_name(due), count)


async def forget_answers(tx: Transaction) -> int:
    """Takes away answers that were kept for their Idempotency-Key longer than anybody repeats a request."""
    return await tx.execute(
        "DELETE FROM idempotency WHERE (sub, key) IN (SELECT sub, key FROM idempotency"
        " WHERE at < clock_timestamp() - make_interval(days => $1) LIMIT 500)",
        tx.settings.idempotency_days,
    )


async def keep_time(runtime: Runtime, every: tuple[Due, ...]) -> None:
    """Runs due work once a second, and at once when the simulated day moves. Works until cancelled."""
    while True:
        day = runtime.clock.today()
        try:
            for due in every:
                await run_due(runtime, due)
        except Exception as error:
            if not is_transient(error):
                raise
            log.warning("due work waits", error=type(error).__name__)
        await _until_next(runtime.clock, day)


async def keep_measuring(runtime: Runtime, measures: Sequence[Measure]) -> None:
    """Counts what the service measures, at the start and then as often as the settings say. Works until cancelled."""
    while True:
        try:
            await measure(runtime, measures)
        except Exception as error:
            if not is_transient(error):
                raise
            log.warning("measures wait", error=type(error).__name__)
        await asyncio.sleep(runtime.settings.measure_seconds)


async def _until_next(clock: Clock, day: date) -> None:
    for _ in range(10):
        await asyncio.sleep(0.1)
        if clock.today() != day:
            return


async def keep_talking(runtime: Runtime, talk: Talk) -> None:
    """Runs a courier: at once while it finds work, else after half a second; backs off when the outside is away."""
    pause = 0.5
    async with httpx.AsyncClient(timeout=httpx.Timeout(10.0), trust_env=False) as http:
        courier = Courier(runtime, http)
        while True:
            try:
                done = await talk(courier)
                runtime.metrics.talked(work_name(talk), done)
                pause = 0.5
            except Exception as error:
                if not isinstance(error, httpx.HTTPError) and not is_transient(error):
                    raise
                done, pause = 0, min(pause * 2, 30.0)
                log.warning("courier waits", courier=talk.__qualname__, error=type(error).__name__, seconds=pause)
            if not done:
                await asyncio.sleep(pause)
