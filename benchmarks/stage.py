"""Servers of the benchmark's own, services as processes, and a run's figures."""

from __future__ import annotations

import asyncio
import base64
import json
import os
import secrets
import socket
import subprocess
import sys
from contextlib import ExitStack
from dataclasses import asdict, dataclass
from pathlib import Path

import asyncpg
import httpx
from joserfc.jwk import ECKey

from doudi.auth import Role
from doudi.auth.issuer import mint, signing_key
from doudi_local.kafka import EmbeddedKafka
from doudi_local.postgres import EmbeddedPostgres


@dataclass(frozen=True)
class Figure:
    """One measured thing: ours and the raw limit in the same unit, their ratio, and what is aimed at."""

    name: str
    ours: float
    raw: float | None
    ratio: float | None
    unit: str
    goal: str

    @property
    def row(self) -> dict[str, object]:
        """As it stands in results.json."""
        return asdict(self)


def free_port() -> int:
    """A loopback port that is free now."""
    with socket.socket() as s:
        s.bind(("127.0.0.1", 0))
        port: int = s.getsockname()[1]
        return port


class Stage:
    """PostgreSQL with durable commits, one Kafka broker, an issuer's key; processes end with the stage."""

    def __init__(self, folder: Path) -> None:
        self._stack = ExitStack()
        self._folder = folder
        self._processes: list[subprocess.Popen[bytes]] = []
        self.postgres = self._stack.enter_context(EmbeddedPostgres(folder / "postgres")).url
        self.kafka = self._stack.enter_context(EmbeddedKafka(folder / "kafka")).bootstrap
        self.key: ECKey = signing_key(folder / "issuer.json")
        self.issuer = f"http://127.0.0.1:{free_port()}"
        self._keys = json.dumps({"b1": base64.b64encode(secrets.token_bytes(32)).decode()})
        self._match = base64.b64encode(secrets.token_bytes(32)).decode()

    def url(self, database: str) -> str:
        """A database's URL."""
        return f"{self.postgres.rpartition('/')[0]}/{database}"

    async def database(self, name: str) -> str:
        """Makes a database."""
        admin = await asyncpg.connect(self.postgres)
        await admin.execute(f"CREATE DATABASE {name}")
        await admin.close()
        return self.url(name)

    def environment(self, database: str) -> dict[str, str]:
        """What a service is started with."""
        return {
            **os.environ,
            "DATABASE_URL": database,
            "KAFKA_BOOTSTRAP_SERVERS": self.kafka,
            "DOUDI_ISSUER": self.issuer,
            "DOUDI_SEALING_KEYS": self._keys,
            "DOUDI_SEALING_ACTIVE": "b1",
            "DOUDI_MATCH_KEY": self._match,
            "DOUDI_PROFILE": "test",
            "DOUDI_LOG_LEVEL": "WARNING",
            "DOUDI_BANK_URL": "",
            "DOUDI_DEPARTMENTS_URL": "http://127.0.0.1:9",
        }

    async def start(self, module: str, *arguments: str, database: str, ready: str) -> tuple[str, int]:
        """Starts `python -m module … --port N`; returns its URL and process id once `ready` answers 200."""
        port = free_port()
        log = (self._folder / f"{module}-{arguments[0] if arguments else ''}.log").open("wb")
        process = subprocess.Popen(
            [sys.executable, "-m", module, *arguments, "--port", str(port)],
            env=self.environment(database),
            stdout=log,
            stderr=log,
        )
        self._processes.append(process)
        url = f"http://127.0.0.1:{port}"
        async with httpx.AsyncClient(trust_env=False) as http:
            for _ in range(600):
                if process.poll() is not None:
                    raise RuntimeError(f"{module} {arguments} ended: {Path(log.name).read_text()[-800:]}")
                try:
                    if (await http.get(url + ready)).status_code == 200:
                        return url, process.pid
                except httpx.HTTPError:
                    pass
                await asyncio.sleep(0.1)
        raise RuntimeError(f"{module} {arguments} is not ready after 60 s")

    async def start_issuer(self) -> None:
        """The development issuer on the stage's key."""
        port = self.issuer.rpartition(":")[2]
        process = subprocess.Popen(
            [sys.executable, "-m", "doudi.auth.issuer", "--port", port, "--key", str(self._folder / "issuer.json")],
            env={**os.environ, "DOUDI_PROFILE": "demonstration"},
            stdout=subprocess.DEVNULL,
        )
        self._processes.append(process)
        async with httpx.AsyncClient(trust_env=False) as http:
            for _ in range(200):
                try:
                    if (await http.get(f"{self.issuer}/jwks.json")).status_code == 200:
                        return
                except httpx.HTTPError:
                    await asyncio.sleep(0.1)
        raise RuntimeError("the issuer does not start")

    def token(self, role: Role, division: str) -> str:
        """A bearer token."""
        return mint(self.key, self.issuer, "doudi", [role], division, f"bench-{role}", 3600)

    def stop(self, pid: int) -> None:
        """Ends one process."""
        for process in self._processes:
            if process.pid == pid:
                process.terminate()
                process.wait(20)

    def close(self) -> None:
        """Ends everything that was started here."""
        for process in self._processes:
            if process.poll() is None:
                process.terminate()
        for process in self._processes:
            process.wait(20)
        self._stack.close()
