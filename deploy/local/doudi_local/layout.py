"""What the one-machine start consists of and where it keeps things. The environment is read here, once."""

from __future__ import annotations

import hashlib
import os
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from doudi_local.errors import LocalError

CHECKOUT = Path(__file__).resolve().parents[3]
OURS = ("cache", "clock", "demo", "kafka", "logs", "outside", "postgres", "run", "secrets")
_SOCKET_PATH_LIMIT = 100  # sockaddr_un holds 108 bytes


@dataclass(frozen=True)
class Named:
    """A service's names: `care-institutions` for people and topics, `care_institutions` for Python and PostgreSQL."""

    name: str

    @property
    def package(self) -> str:
        """Python package."""
        return self.name.replace("-", "_")

    @property
    def database(self) -> str:
        """Database, and the role that owns it."""
        return f"doudi_{self.package}"

    @property
    def topic(self) -> str:
        """The topic it publishes on."""
        return f"doudi.{self.name}"

    @property
    def variable(self) -> str:
        """The environment variable with the URL of a database that is given to us."""
        return f"DATABASE_URL_{self.package.upper()}"


SERVICES = tuple(
    Named(name) for name in ("intake", "eligibility", "payments", "relief", "care-institutions", "oversight")
)


@dataclass(frozen=True)
class Layout:
    """One installation: its data folder, and the servers that were given instead of embedded ones."""

    data: Path
    kafka_given: str | None = None
    database_base_given: str | None = None
    databases_given: Mapping[str, str] = field(default_factory=dict)

    @classmethod
    def from_environment(cls, environment: Mapping[str, str] | None = None) -> Layout:
        """DOUDI_DATA (default: `.data` in the checkout), KAFKA_BOOTSTRAP_SERVERS, DATABASE_URL, DATABASE_URL_<SERVICE>.

        DATABASE_URL is the URL of a role that may create databases, or a pattern with `{service}`
        (`postgresql://…/{service}`), which is filled with intake, …, care_institutions and taken as it is.
        """
        given = os.environ if environment is None else environment
        base = given.get("DATABASE_URL") or None
        databases = {s.name: given[s.variable] for s in SERVICES if given.get(s.variable)}
        if base is not None and "{service}" in base:
            databases = {s.name: base.replace("{service}", s.package) for s in SERVICES} | databases
            base = None
        databases = {name: _plain(url) for name, url in databases.items()}
        base = _plain(base) if base else None
        data = Path(given.get("DOUDI_DATA") or CHECKOUT / ".data").expanduser().absolute()
        return cls(data, given.get("KAFKA_BOOTSTRAP_SERVERS") or None, base, databases)

    @property
    def embeds_kafka(self) -> bool:
        """Whether we run the broker."""
        return self.kafka_given is None

    @property
    def embeds_postgres(self) -> bool:
        """Whether we run PostgreSQL: not when one was given, nor when every service's database was."""
        return self.database_base_given is None and len(self.databases_given) < len(SERVICES)

    @property
    def postgres(self) -> Path:
        """Folder of the embedded PostgreSQL."""
        return self.data / "postgres"

    @property
    def kafka(self) -> Path:
        """Folder of the embedded Kafka."""
        return self.data / "kafka"

    @property
    def run(self) -> Path:
        """What describes the running installation: addresses, ports, supervisor."""
        return self.data / "run"

    @property
    def logs(self) -> Path:
        """One log a process."""
        return self.data / "logs"

    @property
    def secrets(self) -> Path:
        """Keys and passwords, made once, mode 0600."""
        return self.data / "secrets"

    @property
    def clock(self) -> Path:
        """The demonstration's date, shared by all processes."""
        return self.data / "clock"

    @property
    def addresses(self) -> Path:
        """Where everything is, for programs that drive the installation from outside."""
        return self.run / "addresses.json"

    @property
    def demo_done(self) -> Path:
        """There once the demonstration county was loaded."""
        return self.data / "demo"

    @property
    def socket(self) -> Path:
        """Supervisor's socket: in our folder unless the path is too long for a socket."""
        inside = self.run / "supervisor.sock"
        if len(os.fsencode(inside)) < _SOCKET_PATH_LIMIT:
            return inside
        digest = hashlib.sha256(os.fsencode(self.data)).hexdigest()[:12]
        return Path(tempfile.gettempdir()) / f"doudi-{os.getuid()}-{digest}" / "supervisor.sock"


def _plain(url: str) -> str:
    """`postgresql://…`, whatever the scheme was called."""
    scheme, separator, rest = url.partition("://")
    if not separator or scheme.partition("+")[0] not in ("postgresql", "postgres"):
        raise LocalError("DATABASE_URL… must look like postgresql://user:password@host:5432/name.")
    return f"postgresql://{rest}"
