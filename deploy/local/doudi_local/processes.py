"""The processes beside the servers: development issuer, simulators of the outside, the six services."""

from __future__ import annotations

import json
import sys
from collections.abc import Mapping
from dataclasses import dataclass

from doudi_local import keys, places
from doudi_local.layout import SERVICES, Layout
from doudi_local.servers import Servers
from doudi_local.supervisor import Program

_BEHIND_SERVERS, _SERVICES = 30, 40


@dataclass(frozen=True)
class Ports:
    """Loopback ports by process name, kept across restarts while they are free."""

    by_name: Mapping[str, int]

    @classmethod
    def choose(cls, layout: Layout) -> Ports:
        """For a start from nothing: the kept ones, another where one was taken meanwhile, no two alike."""
        folder = places.make_folder(layout.run / "ports", 0o700)
        chosen: dict[str, int] = {}
        for name in _names():
            port = places.kept_port(folder / name)
            while port in chosen.values():
                (folder / name).unlink()
                port = places.kept_port(folder / name)
            chosen[name] = port
        return cls(chosen)

    @classmethod
    def find(cls, layout: Layout) -> Ports:
        """Those of an installation that runs."""
        return cls({name: int((layout.run / "ports" / name).read_text()) for name in _names()})

    def url(self, name: str) -> str:
        """Base URL of a process."""
        return f"http://{places.LOOPBACK}:{self.by_name[name]}"


def _names() -> list[str]:
    return ["issuer", "outside", *(service.name for service in SERVICES)]


def outside(ports: Ports) -> dict[str, str]:
    """The simulators: one process, one path each."""
    base = ports.url("outside")
    return {"bank": f"{base}/bank", "departments": f"{base}/departments", "clock": f"{base}/clock"}


def common_environment(layout: Layout, ports: Ports, demonstration: bool) -> dict[str, str]:
    """What every service reads (doudi.settings), the same for all six."""
    places_outside = outside(ports)
    return {
        "DOUDI_PROFILE": "demonstration",
        "DOUDI_CLOCK": f"file:{layout.clock}" if demonstration else "real",
        "DOUDI_ISSUER": ports.url("issuer"),
        "DOUDI_SEALING_KEYS": keys.sealing_keys(layout.secrets),
        "DOUDI_SEALING_ACTIVE": keys.sealing_active(layout.secrets),
        "DOUDI_MATCH_KEY": keys.match_key(layout.secrets),
        "DOUDI_BANK_URL": places_outside["bank"],
        "DOUDI_DEPARTMENTS_URL": places_outside["departments"],
        **_python_environment(layout),
    }


def _python_environment(layout: Layout) -> dict[str, str]:
    """Compiled modules are kept, whatever the shell says about them: compiling is most of the time of a start."""
    cache = places.make_folder(layout.data / "cache" / "python", 0o700)
    return {"PYTHONUNBUFFERED": "1", "PYTHONDONTWRITEBYTECODE": "", "PYTHONPYCACHEPREFIX": str(cache)}


def programs(layout: Layout, ports: Ports, servers: Servers, demonstration: bool) -> list[Program]:
    """Everything that runs behind the servers, in the order of stopping: services first, what they call last."""
    common = common_environment(layout, ports, demonstration)
    databases = servers.databases()
    started = [_issuer(layout, ports), _outside(layout, ports, common)]
    for service in SERVICES:
        environment = {
            **common,
            "DATABASE_URL": databases[service.name],
            "KAFKA_BOOTSTRAP_SERVERS": servers.bootstrap,
        }
        command = _python("doudi.service", service.package, "--port", str(ports.by_name[service.name]))
        started.append(Program(service.name, command, _SERVICES, environment, folder=layout.data))
    _keep_environments(layout, started)
    return started


def _keep_environments(layout: Layout, started: list[Program]) -> None:
    """What each service runs with, for the operator's commands (`doudi parked`, `doudi verify`). Holds secrets."""
    file = layout.run / "environment.json"
    file.touch(mode=0o600)
    file.write_text(json.dumps({p.name: dict(p.environment) for p in started}))


def _issuer(layout: Layout, ports: Ports) -> Program:
    """Signs the tokens of the demonstration and of development."""
    key = places.make_folder(layout.secrets, 0o700) / "issuer-key.json"
    command = _python("doudi.auth.issuer", "--port", str(ports.by_name["issuer"]), "--key", str(key))
    environment = {"DOUDI_PROFILE": "demonstration", **_python_environment(layout)}  # it refuses without a profile
    return Program("issuer", command, _BEHIND_SERVERS, environment, folder=layout.data)


def _outside(layout: Layout, ports: Ports, common: Mapping[str, str]) -> Program:
    """The bank, the other departments and the clock."""
    folder = places.make_folder(layout.data / "outside", 0o700)
    command = _python("doudi_local.outside", "--port", str(ports.by_name["outside"]), "--data", str(folder))
    return Program("outside", command, _BEHIND_SERVERS, common, folder=layout.data)


def _python(module: str, *arguments: str) -> list[str]:
    return [sys.executable, "-m", module, *arguments]
