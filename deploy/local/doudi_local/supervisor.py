"""supervisord: keeps the processes running after the launcher has returned, and brings back what dies.

Everything is started by name over its socket, since supervisor starts in order but does not wait for readiness.
"""

from __future__ import annotations

import os
import shlex
import subprocess
import sys
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from xmlrpc.client import Fault, ServerProxy

from supervisor.xmlrpc import SupervisorTransport

from doudi_local import places
from doudi_local.errors import LocalError
from doudi_local.layout import Layout

_START_SECONDS = 15.0
_STOP_SECONDS = 90.0
_ALREADY_STARTED = 60


@dataclass(frozen=True)
class Program:
    """One process under supervision. Lower `priority` is stopped later."""

    name: str
    command: list[str]
    priority: int
    environment: Mapping[str, str] = field(default_factory=dict, repr=False)  # holds secrets
    user: str | None = None
    folder: Path | None = None
    stop_signal: str = "TERM"
    stop_seconds: int = 20


@dataclass(frozen=True)
class State:
    """What supervisor says of a program."""

    name: str
    state: str
    pid: int
    spawn_error: str

    @property
    def runs(self) -> bool:
        """Whether the process is up (not whether it is ready)."""
        return self.state in ("RUNNING", "STARTING")


def configuration(layout: Layout, programs: list[Program]) -> str:
    """supervisord's file. It holds secrets: written with mode 0600."""
    owner = "user=root\n" if os.geteuid() == 0 else ""
    head = (
        f"[unix_http_server]\nfile={_escaped(layout.socket)}\nchmod=0700\n\n"
        f"[supervisord]\nlogfile={_escaped(layout.logs / 'supervisord.log')}\n"
        f"pidfile={_escaped(layout.run / 'supervisord.pid')}\nchildlogdir={_escaped(layout.logs)}\n"
        f"identifier=doudi\nlogfile_maxbytes=5MB\nlogfile_backups=1\n{owner}\n"
        "[rpcinterface:supervisor]\n"
        "supervisor.rpcinterface_factory = supervisor.rpcinterface:make_main_rpcinterface\n\n"
    )
    text = head + "\n".join(_section(layout, program) for program in programs)
    if " ;" in text or " #" in text:  # supervisor cuts its lines there, quoted or not
        raise LocalError("A folder or setting holds a blank before ';' or '#': choose another path, or percent-encode.")
    return text


def _section(layout: Layout, program: Program) -> str:
    command = places.dies_with_us(program.command, program.stop_signal)
    lines = {
        "command": _escaped(shlex.join(command)),
        "priority": str(program.priority),
        "autostart": "false",
        "autorestart": "true",
        "startsecs": "2",
        "startretries": "1000",  # with growing pauses; a database that is away for an hour is no reason to give up
        "stopsignal": program.stop_signal,
        "stopwaitsecs": str(program.stop_seconds),
        "redirect_stderr": "true",
        "stdout_logfile": _escaped(layout.logs / f"{program.name}.log"),
        "stdout_logfile_maxbytes": "20MB",
        "stdout_logfile_backups": "2",
    }
    if program.user:
        lines["user"] = program.user
    if program.folder:
        lines["directory"] = _escaped(program.folder)
    if program.environment:
        pairs = (f"{name}={_quoted(value)}" for name, value in sorted(program.environment.items()))
        lines["environment"] = ",".join(pairs)
    return "\n".join([f"[program:{program.name}]", *(f"{key}={value}" for key, value in lines.items()), ""])


def _escaped(text: object) -> str:
    """supervisor expands %(…)s everywhere."""
    return str(text).replace("%", "%%")


def _quoted(value: str) -> str:
    """A value of `environment=`: taken as it stands between two quotes of a kind that it does not hold."""
    quote = "'" if '"' in value else '"'
    if quote in value or "\n" in value:
        raise LocalError("A setting holds both kinds of quotes or a line break: percent-encode them in its URL.")
    return f"{quote}{_escaped(value)}{quote}"


class Supervisor:
    """The supervisord of one installation, running or not."""

    def __init__(self, layout: Layout) -> None:
        self.layout = layout

    @property
    def _api(self) -> Any:
        """A connection for one call: supervisor's transport keeps a broken one for ever."""
        transport = SupervisorTransport(None, None, f"unix://{self.layout.socket}")
        return ServerProxy("http://127.0.0.1", transport=transport).supervisor

    @property
    def file(self) -> Path:
        """Its configuration, as it was started with."""
        return self.layout.run / "supervisord.conf"

    def alive(self) -> bool:
        """Whether it answers."""
        try:
            return bool(self._api.getState()["statename"] == "RUNNING")
        except (OSError, Fault):
            return False

    def launch(self, programs: list[Program]) -> None:
        """Starts supervisord in the background with these programs, all of them stopped."""
        place = places.make_folder(self.layout.socket.parent, 0o700)
        if place.stat().st_uid != os.getuid():  # it may lie in /tmp, where anyone could have made it before us
            raise LocalError(f"{place} belongs to someone else: set DOUDI_DATA to a folder with a shorter path.")
        places.write_private(self.file, configuration(self.layout, programs))
        command = [sys.executable, "-m", "supervisor.supervisord", "-c", str(self.file)]
        done = subprocess.run(command, capture_output=True, text=True, cwd=self.layout.data, check=False)
        deadline = time.monotonic() + _START_SECONDS
        while done.returncode == 0 and not self.alive():
            if time.monotonic() > deadline:
                break
            time.sleep(0.05)
        else:
            if done.returncode == 0:
                return
        said = done.stderr.strip() or places.tail(self.layout.logs / "supervisord.log", 3)
        raise LocalError(f"The process supervisor did not start; see {self.layout.logs / 'supervisord.log'}: {said}")

    def start(self, *names: str) -> None:
        """Starts programs without waiting; one that runs already is left alone."""
        for name in names:
            try:
                self._api.startProcess(name, False)
            except Fault as fault:
                if fault.faultCode != _ALREADY_STARTED:
                    raise LocalError(f"{name} could not be started: {fault.faultString}") from fault

    def states(self) -> dict[str, State]:
        """Every program, by name."""
        rows = self._api.getAllProcessInfo()
        return {row["name"]: State(row["name"], row["statename"], row["pid"], row["spawnerr"]) for row in rows}

    def stop_all(self, last: tuple[str, ...] = ()) -> bool:
        """Stops every program and supervisord, and waits; False when nothing ran.

        All but the `last` are told at once, since supervisor's own shutdown takes them one by one.
        """
        if not self.alive():
            return False
        pid = int(self._api.getPID())
        for name, state in self.states().items():
            if state.runs and name not in last:
                self._api.stopProcess(name, False)
        self._api.shutdown()
        deadline = time.monotonic() + _STOP_SECONDS
        while _exists(pid):
            if time.monotonic() > deadline:
                raise LocalError(f"The supervisor (process {pid}) does not stop; see {self.layout.logs}.")
            time.sleep(0.1)
        return True


def _exists(pid: int) -> bool:
    """Whether a process lives; one that ended and was not waited for does not."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except FileNotFoundError:
        return _answers_signal(pid) if not Path("/proc/self").exists() else False


def _answers_signal(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return True
