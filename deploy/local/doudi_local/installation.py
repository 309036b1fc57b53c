"""`up`, `down`, `reset`, `status`: one installation, from its data folder to six services that are ready."""

from __future__ import annotations

import asyncio
import fcntl
import json
import shutil
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import httpx
from rich.console import Console

from doudi_local import places
from doudi_local.errors import LocalError
from doudi_local.layout import OURS, SERVICES, Layout
from doudi_local.processes import Ports, outside, programs
from doudi_local.servers import Servers, stop_stray
from doudi_local.supervisor import Program, Supervisor, configuration

BYTES_NEEDED = 2**30
FIRST_DAY = "2020-03-02"  # a Monday under RS2019, standards of 2020-01-01 in force (domain §0.1, §2.4)
_SERVERS = ("postgres", "kafka")
_READY = "/health/ready"
_LIVE = {"issuer": "/health/live", "outside": "/health/live"}
_READY_SECONDS = 120.0
_GIVE_UP_ON_A_CRASH = 15.0
# What runs behind the servers; a test puts small processes in its place.
Behind = Callable[[Layout, Ports, Servers, bool], list[Program]]


class Installation:
    """One data folder and what runs on it."""

    def __init__(self, layout: Layout, console: Console, behind: Behind = programs) -> None:
        self.layout = layout
        self.console = console
        self.supervisor = Supervisor(layout)
        self.servers = Servers(layout)
        self._behind = behind

    def up(self, demonstration: bool = True) -> dict[str, Any]:
        """Starts what does not run, waits until every service is ready, writes and gives the addresses."""
        self._folders()
        with self._alone():
            ports = self._launch(demonstration)
            self._step("PostgreSQL and Kafka", self._start_servers)
            others = [name for name in self.supervisor.states() if name not in _SERVERS]
            self.supervisor.start(*others)
            self._step("the services", lambda: self._wait_ready(ports))
            addresses = self._addresses(ports)
            places.write_private(self.layout.addresses, json.dumps(addresses, indent=2) + "\n")
        return addresses

    def down(self) -> bool:
        """Stops everything; False when nothing ran."""
        if not self.layout.run.is_dir():
            return False
        with self._alone():
            ran = self.supervisor.stop_all(last=_SERVERS)
            strays = [stop_stray(server) for server in self.servers.embedded()]
            self.layout.addresses.unlink(missing_ok=True)  # it says that something runs
        return ran or any(strays)

    def reset(self) -> None:
        """Stops everything and wipes what is ours in the data folder; databases that were given stay as they are."""
        self.down()
        if self.servers.postgres:
            self.servers.postgres.remove()
        for name in OURS:
            path = self.layout.data / name
            if path.is_dir():
                shutil.rmtree(path)
            else:
                path.unlink(missing_ok=True)
        if self.layout.data.is_dir() and not any(self.layout.data.iterdir()):
            self.layout.data.rmdir()

    def addresses(self) -> dict[str, Any]:
        """What `up` wrote; LocalError when nothing runs."""
        if not self.layout.addresses.is_file() or not self.supervisor.alive():
            raise LocalError(f"Nothing runs on {self.layout.data}: start it with `make up`.")
        read: dict[str, Any] = json.loads(self.layout.addresses.read_text())
        return read

    def readiness(self) -> dict[str, str]:
        """Of every process, what one would tell a person: its state, or for a service whether it is ready."""
        found = {name: state.state.lower() for name, state in self.supervisor.states().items()}
        with httpx.Client(timeout=5, trust_env=False) as http:
            for name, service in self.addresses()["services"].items():
                if found.get(name) == "running":
                    found[name] = "ready" if _ready(http, service["url"]) else "not ready"
        return found

    def _folders(self) -> None:
        places.make_folder(self.layout.data, 0o755)
        places.require_space(self.layout.data, BYTES_NEEDED)
        for folder in (self.layout.run, self.layout.logs):
            places.make_folder(folder, 0o700)
        if not self.layout.clock.exists():  # services refuse to guess a day
            self.layout.clock.write_text(f"{FIRST_DAY}\n")

    @contextmanager
    def _alone(self) -> Iterator[None]:
        """Two commands on one folder would start everything twice."""
        with (self.layout.run / "lock").open("w") as lock:
            try:
                fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError as error:
                raise LocalError(
                    f"Another `make up` or `make down` is at work on {self.layout.data}: wait until it has ended."
                ) from error
            yield

    def _launch(self, demonstration: bool) -> Ports:
        """Prepares and starts the supervisor, or checks that the one that runs was started with the same settings."""
        if self.supervisor.alive():
            self.servers.find()
            ports = Ports.find(self.layout)
            if configuration(self.layout, self._programs(ports, demonstration)) != self.supervisor.file.read_text():
                raise LocalError("It runs with other settings than these: run `make down`, then `make up`.")
            return ports
        self._step("data folder, Java and jars", self.servers.prepare)
        ports = Ports.choose(self.layout)
        self.supervisor.launch(self._programs(ports, demonstration))
        return ports

    def _programs(self, ports: Ports, demonstration: bool) -> list[Program]:
        return self.servers.programs() + self._behind(self.layout, ports, self.servers, demonstration)

    def _start_servers(self) -> None:
        self.supervisor.start(*(program.name for program in self.servers.programs()))
        self.servers.wait(self.supervisor)
        asyncio.run(self.servers.create())

    def _wait_ready(self, ports: Ports) -> None:
        """Until every /health/ready says so. A process that keeps dying is reported with the end of its log."""
        deadline = time.monotonic() + _READY_SECONDS
        started = time.monotonic()
        waiting = ["issuer", "outside", *(service.name for service in SERVICES)]
        with httpx.Client(timeout=5, trust_env=False) as http:
            while waiting := [name for name in waiting if not _ready(http, ports.url(name), _LIVE.get(name, _READY))]:
                states = self.supervisor.states()
                dying = [name for name, state in states.items() if not state.runs]
                late = time.monotonic() > deadline
                if late or (dying and time.monotonic() > started + _GIVE_UP_ON_A_CRASH):
                    raise self._not_ready((dying or waiting)[0], states)
                time.sleep(0.1)

    def _not_ready(self, name: str, states: Any) -> LocalError:
        log = self.layout.logs / f"{name}.log"
        state = states[name].state.lower()
        return LocalError(f"{name} does not become ready (it is {state}); see {log}:\n{places.tail(log)}")

    def _addresses(self, ports: Ports) -> dict[str, Any]:
        services = {
            service.name: {"url": ports.url(service.name), "openapi": f"{ports.url(service.name)}/openapi.json"}
            for service in SERVICES
        }
        return {
            "services": services,
            "issuer": ports.url("issuer"),
            "kafka": self.servers.bootstrap,
            "databases": self.servers.databases(),
            "outside": outside(ports),
            "data": str(self.layout.data),
        }

    def _step(self, what: str, work: Any) -> None:
        """Does one step, and says on the screen what it was and how long it took."""
        started = time.monotonic()
        with self.console.status(f"{what} …"):
            work()
        self.console.print(f"  {what}: ready ({time.monotonic() - started:.1f} s)")


def _ready(http: httpx.Client, url: str, path: str = _READY) -> bool:
    try:
        return http.get(f"{url}{path}").status_code == httpx.codes.OK
    except httpx.TransportError:
        return False
