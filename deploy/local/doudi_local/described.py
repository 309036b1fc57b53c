"""What each service is, read from its code: settings, endpoints, metrics. For indexes, and for checks of manifests."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from fastapi import FastAPI
from fastapi.dependencies.models import Dependant
from fastapi.routing import APIRoute
from pydantic import AliasChoices
from pydantic.fields import FieldInfo
from pydantic_core import PydanticUndefined

from doudi.auth.permission import Permission
from doudi.service import Service
from doudi.service.health import health_router
from doudi.settings import Settings

LISTENS = {"DOUDI_HOST": "127.0.0.1", "DOUDI_PORT": "8000"}
"""Read by `python -m doudi.service` itself, before the settings: where it listens."""


@dataclass(frozen=True, slots=True)
class Setting:
    """One environment variable. `default` is text for people; None when there is none."""

    name: str
    required: bool
    default: str | None
    meaning: str


def settings_of(settings: type[Settings]) -> list[Setting]:
    """Every variable that a service reads, in the order of its class; those that all services share come first."""
    prefix = str(settings.model_config.get("env_prefix", ""))
    return [_setting(_variable(name, field, prefix), field) for name, field in settings.model_fields.items()]


def _variable(name: str, field: FieldInfo, prefix: str) -> str:
    alias = field.validation_alias
    if isinstance(alias, AliasChoices):
        return str(alias.choices[0])
    return str(alias) if alias else f"{prefix}{name}".upper()


def _setting(variable: str, field: FieldInfo) -> Setting:
    default = None if field.default in (None, PydanticUndefined) else str(field.default)
    return Setting(variable, field.is_required(), default, field.description or "")


@dataclass(frozen=True, slots=True)
class Endpoint:
    """One operation. `roles` is empty for any bearer; `open` means that nobody needs a token."""

    method: str
    path: str
    roles: tuple[str, ...]
    open: bool
    summary: str


def endpoints_of(service: Service) -> list[Endpoint]:
    """Every documented operation, by path and method."""
    found = []
    for route in _routes(service):
        permissions = list(_permissions(route.dependant))
        roles = tuple(sorted({str(role) for p in permissions for role in p.roles}))
        summary = (route.description or "").strip().splitlines()
        for method in sorted(route.methods or ()):
            found.append(Endpoint(method, route.path, roles, not permissions, summary[0] if summary else ""))
    return sorted(found, key=lambda e: (e.path, e.method))


def _routes(service: Service) -> Iterator[APIRoute]:
    for router in (*service.routers, health_router()):
        yield from (route for route in router.routes if isinstance(route, APIRoute) and route.include_in_schema)


def _permissions(dependant: Dependant) -> Iterator[Permission]:
    for inner in dependant.dependencies:
        if isinstance(inner.call, Permission):
            yield inner.call
        yield from _permissions(inner)


@dataclass(frozen=True, slots=True)
class Metric:
    """One metric as Prometheus names its samples' family."""

    name: str
    kind: str
    labels: tuple[str, ...]
    meaning: str


def metrics_of(app: FastAPI) -> list[Metric]:
    """Every metric that a service has from its start, by name."""
    registry = app.state.metrics.registry
    named = registry._collector_to_names.items()  # prometheus_client tells a metric's labels nowhere else
    labels = {name: tuple(getattr(c, "_labelnames", ())) for c, names in named for name in names}
    found = []
    for family in registry.collect():
        name = f"{family.name}_total" if family.type == "counter" else family.name
        found.append(Metric(name, family.type, labels.get(name, ()), family.documentation))
    return sorted(found, key=lambda m: m.name)


def described(service: Service) -> FastAPI:
    """The service's app with settings that reach nothing: to be read, not run."""
    reaches_nothing: dict[str, Any] = {
        "database_url": "postgresql://nobody@127.0.0.1:1/nothing",
        "kafka_bootstrap_servers": "127.0.0.1:1",
        "issuer": "http://127.0.0.1:1",
        "sealing_keys": "{}",
        "sealing_active": "none",
        "match_key": "",
    }
    return service.app(service.settings(**reaches_nothing))
