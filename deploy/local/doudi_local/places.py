"""Ports, folders and users of the one-machine start: small facts about the machine, no servers."""

from __future__ import annotations

import os
import pwd
import secrets
import shutil
import socket
import threading
from collections.abc import Callable
from pathlib import Path

from doudi_local.errors import LocalError

LOOPBACK = "127.0.0.1"
PUBLIC = Path("/var/lib/doudi")  # every user can walk into it; only root ever needs it


def port_is_free(port: int) -> bool:
    """Whether a server could listen on this loopback port now (a port in TIME_WAIT counts as free)."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((LOOPBACK, port))
        except OSError:
            return False
    return True


def free_port() -> int:
    """A loopback port that nothing listens on at this moment."""
    with socket.socket() as probe:
        probe.bind((LOOPBACK, 0))
        return int(probe.getsockname()[1])


def kept_port(file: Path) -> int:
    """The port written in `file` while it is still free, otherwise another free one, which is written there."""
    if file.is_file() and (text := file.read_text().strip()).isdigit() and port_is_free(int(text)):
        return int(text)
    port = free_port()
    file.write_text(f"{port}\n")
    return port


def kept_secret(file: Path, make: Callable[[], str] = lambda: secrets.token_urlsafe(24)) -> str:
    """The secret in `file`, made once; only this user may read the file (mode 0600)."""
    if not file.exists():
        file.parent.mkdir(parents=True, exist_ok=True)
        write_private(file, make())
    return file.read_text().strip()


def write_private(file: Path, text: str) -> None:
    """Writes a file that was never readable by anyone else, whole or not at all."""
    fresh = file.with_name(f".{file.name}.{os.getpid()}")
    descriptor = os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(descriptor, "w") as out:
        out.write(text)
    fresh.replace(file)


def make_folder(folder: Path, mode: int = 0o755) -> Path:
    """Makes the folder (and its parents) or says in one sentence why not."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
        folder.chmod(mode)
    except OSError as error:
        raise LocalError(
            f"Cannot write {folder} ({error.strerror}): set DOUDI_DATA to a folder this user may write."
        ) from error
    return folder


def require_space(folder: Path, bytes_needed: int) -> None:
    """Refuses before anything is half-written when the disk has less than `bytes_needed` left."""
    free = shutil.disk_usage(folder).free
    if free < bytes_needed:
        raise LocalError(
            f"The disk of {folder} has {free // 2**20} MiB free and {bytes_needed // 2**20} MiB are needed: "
            "free some space, or set DOUDI_DATA to a folder on another disk."
        )


def unprivileged_user() -> pwd.struct_passwd | None:
    """Whom PostgreSQL runs as: nobody else when we are not root, otherwise `postgres` or `nobody` (it refuses root)."""
    if os.geteuid() != 0:
        return None
    for name in ("postgres", "nobody"):
        try:
            return pwd.getpwnam(name)
        except KeyError:
            continue
    raise LocalError("PostgreSQL refuses to run as root and there is no user `postgres` or `nobody`: add one of them.")


def reachable(path: Path, user: pwd.struct_passwd | None) -> bool:
    """Whether `user` may walk down to `path`: a root user's home is often 0700, and a dropped child stops there."""
    if user is None:
        return True
    for parent in path.resolve().parents:
        if not parent.exists():  # we make it, for all to walk through
            continue
        status = parent.stat()
        shift = 6 if status.st_uid == user.pw_uid else 3 if status.st_gid == user.pw_gid else 0
        if not (status.st_mode >> shift) & 1:
            return False
    return True


def dies_with_us(command: list[str], sign: str) -> list[str]:
    """`command`, made to get the signal `sign` when this process is killed, so that a killed test run leaves nothing.

    Linux ties this to the thread that forked, so it is only asked for from the main thread; `setpriv` is util-linux's.
    """
    helper = shutil.which("setpriv")
    if helper is None or threading.current_thread() is not threading.main_thread():
        return command
    return [helper, "--pdeathsig", sign, *command]


def tail(log: Path, lines: int = 12) -> str:
    """The last lines of a log, for an error that must show what the server said."""
    if not log.is_file():
        return ""
    return "\n".join(log.read_text(errors="replace").splitlines()[-lines:])
