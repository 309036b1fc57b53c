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


class Process:
    """A program on a port of its own, which may be killed and started again with everything as it was."""

    def __init__(self, arguments: list[str], environment: dict[str, str], port: int, ready: str, log: Path) -> None:
        self.url = f"http://127.0.0.1:{port}"
        self._command = [sys.executable, "-m", *arguments, "--port", str(port)]
        self._environment, self._ready, self._log = environment, ready, log
        self._process: subprocess.Popen[bytes] | None = None

    @property
    def pid(self) -> int:
        """Of the running process."""
        assert self._process is not None
        return self._process.pid

    async def start(self) -> None:
        """Starts it and waits until `ready` answers 200; raises RuntimeError with the log's end when it does not."""
        with self._log.open("ab") as log:
            self._process = subprocess.Popen(self._command, env=self._environment, stdout=log, stderr=log)
        async with httpx.AsyncClient(trust_env=False) as http:
            for _ in range(900):
                if self._process.poll() is not None:
                    raise RuntimeError(f"{self._command[2:4]} ended: {self._log.read_text()[-800:]}")
                try:
                    if (await http.get(self.url + self._ready)).status_code == 200:
                        return
                except httpx.HTTPError:
                    pass
                await asyncio.sleep(0.1)
        raise RuntimeError(f"{self._command[2:4]} is not ready after 90 s: {self._log.read_text()[-800:]}")

    def last_words(self, lines: int = 12) -> str:
        """The end of its log, requests left out."""
        said = [line for line in self._log.read_text().splitlines() if '"request"' not in line]
        return "\n".join(said[-lines:])

    def kill(self) -> None:
        """SIGKILL: nothing is finished, nothing is told."""
        assert self._process is not None
        self._process.kill()
        self._process.wait()

    def stop(self) -> None:
        """Asks it to end, and waits. One that does not is killed, and TimeoutExpired raised."""
        if self._process is not None and self._process.poll() is None:
            self._process.terminate()
            try:
                self._process.wait(20)
            finally:
                self._process.kill()


class Stage:
    """PostgreSQL with durable commits, one Kafka broker, an issuer's key; processes end with the stage."""

    def __init__(self, folder: Path) -> None:
        self._stack = ExitStack()
        self.folder = folder
        self._processes: list[Process] = []
        self.server = EmbeddedPostgres(folder / "postgres")
        self.broker = EmbeddedKafka(folder / "kafka")
        self.postgres = self._stack.enter_context(self.server).url
        self.kafka = self._stack.enter_context(self.broker).bootstrap
        self.key: ECKey = signing_key(folder / "issuer.json")
        self.issuer = f"http://127.0.0.1:{free_port()}"
        self._keys = json.dumps({"b1": base64.b64encode(secrets.token_bytes(32)).decode()})
        self._match = base64.b64encode(secrets.token_bytes(32)).decode()
        self.settings: dict[str, str] = {"DOUDI_BANK_URL": "", "DOUDI_DEPARTMENTS_URL": "http://127.0.0.1:9"}
        """What services are started with beside the common settings."""

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
            **self.settings,
        }

    async def start(self, *arguments: str, database: str, ready: str) -> Process:
        """Starts `python -m … --port N`; ready when `ready` answers 200."""
        log = self.folder / f"{'-'.join(arguments[:2]).replace('/', '_')}.log"
        process = Process(list(arguments), self.environment(database), free_port(), ready, log)
        self._processes.append(process)
        await process.start()
        return process

    async def start_issuer(self) -> None:
        """The development issuer on the stage's key."""
        environment = {**os.environ, "DOUDI_PROFILE": "demonstration"}
        port = int(self.issuer.rpartition(":")[2])
        arguments = ["doudi.auth.issuer", "--key", str(self.folder / "issuer.json")]
        process = Process(arguments, environment, port, "/jwks.json", self.folder / "issuer.log")
        self._processes.append(process)
        await process.start()

    def token(self, role: Role, division: str) -> str:
        """A bearer token."""
        return mint(self.key, self.issuer, "doudi", [role], division, f"bench-{role}", 3600)

    def close(self) -> None:
        """Ends everything that was started here, the servers also when a process would not end."""
        with self._stack, ExitStack() as ending:
            for process in self._processes:
                ending.callback(process.stop)
