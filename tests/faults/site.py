"""The installation as processes that may be killed, a clock in a file, and clients that do not give up."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import asyncpg
import httpx
from benchmarks.stage import Process, Stage

from doudi.auth import Role
from doudi.testing import PACKAGES, until

VILLAGE, TOWNSHIP, COUNTY = "640522105201", "640522105000", "640522000000"


class Site:
    """The installation as processes, a clock in a file, and clients that do not give up."""

    def __init__(self, stage: Stage, clock: Path) -> None:
        self.stage, self._clock = stage, clock
        self.services: dict[str, Process] = {}
        self._http: dict[tuple[str, Role], httpx.AsyncClient] = {}

    async def begin(self) -> None:
        """Everything started."""
        await self.stage.start_issuer()
        self.day("2020-03-02")
        folder = str(self.stage.folder / "outside")
        self.stage.settings |= {"DOUDI_CLOCK": f"file:{self._clock}", "DOUDI_OUTSIDE_BANK_DELAY_MS": "0"}
        self.outside = await self.stage.start(
            "doudi_local.outside", "--data", folder, database="", ready="/health/live"
        )
        self.stage.settings |= {
            "DOUDI_BANK_URL": f"{self.outside.url}/bank",
            "DOUDI_DEPARTMENTS_URL": f"{self.outside.url}/departments",
        }
        for package in PACKAGES:
            database = await self.stage.database(f"fault_{package}")
            self.services[package] = await self.stage.start(
                "doudi.service", package, database=database, ready="/health/ready"
            )

    def day(self, day: str) -> None:
        """Time passes for every process."""
        fresh = self._clock.with_suffix(".new")
        fresh.write_text(day)
        fresh.rename(self._clock)

    async def kills(self, name: str) -> None:
        """SIGKILL, and started again as a supervisor would."""
        if name == "kafka":
            await asyncio.to_thread(self.stage.broker.kill)
            await asyncio.to_thread(self.stage.broker.start)
        elif name == "postgres":
            await asyncio.to_thread(self.stage.server.kill)
            await asyncio.to_thread(self.stage.server.start)
        else:
            self.services[name].kill()
            await self.services[name].start()

    def client(self, service: str, role: Role, division: str) -> httpx.AsyncClient:
        """One client for a role at a service."""
        if (service, role) not in self._http:
            headers = {"Authorization": f"Bearer {self.stage.token(role, division)}"}
            limits = httpx.Limits(max_connections=16)
            self._http[service, role] = httpx.AsyncClient(
                base_url=self.services[service].url, headers=headers, timeout=10, trust_env=False, limits=limits
            )
        return self._http[service, role]

    async def post(self, who: tuple[str, Role, str], path: str, body: Any, key: str) -> Any:
        """Repeats a POST under one key until it is answered. A refusal is an answer, and fails the test."""
        client = self.client(*who)

        async def answered() -> httpx.Response | None:
            try:
                answer = await client.post(path, json=body, headers={"Idempotency-Key": key})
            except httpx.HTTPError:
                return None
            return None if answer.status_code == 503 else answer

        answer: httpx.Response = await until(answered, 90)
        assert answer.status_code in (200, 201), f"{path}: {answer.status_code} {answer.text}"
        return answer.json()

    async def rows(self, package: str, sql: str) -> list[asyncpg.Record]:
        """Rows of a service's database."""
        connection = await asyncpg.connect(self.stage.url(f"fault_{package}"))
        try:
            return await connection.fetch(sql)
        finally:
            await connection.close()

    async def count(self, package: str, sql: str) -> int:
        """One number of a service's database."""
        return int((await self.rows(package, sql))[0][0])

    async def state(self) -> str:
        """Where everything stands: per service what is unsent and parked, what it takes part in, its last words."""
        told = []
        for package, process in self.services.items():
            unsent = await self.count(package, "SELECT count(*) FROM outbox WHERE sent_at IS NULL")
            parked = await self.rows(package, "SELECT type, reason, count(*) FROM parked GROUP BY 1, 2")
            try:
                async with httpx.AsyncClient(trust_env=False) as http:
                    ready = (await http.get(f"{process.url}/health/ready")).text
            except httpx.HTTPError as error:
                ready = f"no answer: {error!r}"
            told.append(
                f"{package}: {unsent} unsent, parked {[tuple(r) for r in parked]}, {ready}\n{process.last_words()}"
            )
        return "\n".join(told)

    async def close(self) -> None:
        """Ends everything."""
        for client in self._http.values():
            await client.aclose()
        await asyncio.to_thread(self.stage.close)


@asynccontextmanager
async def site(folder: Path) -> AsyncIterator[Site]:
    """A site that ends with the test."""
    made = Site(await asyncio.to_thread(Stage, folder), folder / "clock")
    try:
        await made.begin()
        yield made
    finally:
        await made.close()
