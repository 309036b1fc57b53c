"""By which doors a rule is reached: endpoints, events that are heard, work by time. Read from the code, not run.

A name is followed to what it stands for in its module. A method of something that is not known by name (`case.approve`)
is taken to be every method of that name below the service's API: a door too many may be shown, none is missing.
"""

from __future__ import annotations

import ast
import inspect
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from importlib import import_module
from pathlib import Path
from pkgutil import walk_packages
from types import FunctionType, ModuleType
from typing import Any

from fastapi.routing import APIRoute

from doudi.service import Service

_READS = ("GET", "HEAD")
_LAYERS = ("rules", "model", "store", "handlers")


@dataclass(frozen=True, slots=True)
class Door:
    """One way in: what it is called, the metric that counts it, whether it only reads."""

    name: str
    metric: str
    reads: bool
    function: Callable[..., Any]


def doors(service: Service) -> Iterator[Door]:
    """Every way into a service: its endpoints by path, what it hears, what it does by time."""
    routes = (r for router in service.routers for r in router.routes if isinstance(r, APIRoute))
    for route in sorted(routes, key=lambda r: (r.path, sorted(r.methods or ()))):
        for method in sorted(route.methods or ()):
            yield Door(f"{method} {route.path}", "http_requests_total", method in _READS, route.endpoint)
    for event, handler in service.hears.items():
        yield Door(f"hears {event.__name__}", "doudi_events_handled_total", False, handler)
    for due in service.every:
        yield Door(f"by time: {due.__name__}", "", False, due)
    for talk in service.couriers:
        yield Door(f"courier: {talk.__name__}", "", False, talk)


def doors_of(service: Service, rule: str) -> tuple[Door, ...]:
    """The doors that lead to a rule, e.g. `eligibility.rules.need.per_capita`: first those that act."""
    found = [door for door in doors(service) if rule in reached(service.package, door.function)]
    return tuple(sorted(found, key=lambda door: door.reads))


@cache
def reached(package: str, function: Callable[..., Any]) -> frozenset[str]:
    """Every function of the package that a function leads to, by module and name."""
    seen: dict[str, FunctionType] = {}
    waiting = list(_functions(function, package))
    while waiting:
        found = waiting.pop()
        name = f"{found.__module__}.{found.__qualname__}"
        if name not in seen:
            seen[name] = found
            waiting += _named_in(package, found)
    return frozenset(seen)


def _functions(value: Any, package: str) -> Iterator[FunctionType]:
    """The functions of the package in a value: itself, a property's, a decorated one's, those in a table."""
    if isinstance(value, dict):
        yield from _all(value.values(), package)
    elif isinstance(value, tuple | list):
        yield from _all(value, package)
    elif isinstance(value, property):
        yield from _functions(value.fget, package)
    elif isinstance(value, classmethod | staticmethod):
        yield from _functions(value.__func__, package)
    elif not isinstance(value, type | ModuleType) and callable(value):
        bare = inspect.unwrap(getattr(value, "__func__", value))
        if isinstance(bare, FunctionType) and bare.__module__.split(".")[0] == package:
            yield bare


def _all(values: Iterable[Any], package: str) -> Iterator[FunctionType]:
    for value in values:
        if not isinstance(value, dict | tuple | list):
            yield from _functions(value, package)


def _named_in(package: str, function: FunctionType) -> list[FunctionType]:
    """The package's functions that a function names."""
    tree = _nodes(function.__code__.co_filename).get(function.__code__.co_firstlineno)
    found: list[FunctionType] = []
    for node in ast.walk(tree) if tree else ():
        if isinstance(node, ast.Name):
            found += _functions(function.__globals__.get(node.id), package)
        elif isinstance(node, ast.Attribute):
            known, value = _value(node, function.__globals__)
            found += _functions(value, package) if known else _methods(package).get(node.attr, ())
    return found


def _value(node: ast.expr, names: dict[str, Any]) -> tuple[bool, Any]:
    """What a dotted name stands for, when its first part is a global."""
    if isinstance(node, ast.Name):
        return node.id in names, names.get(node.id)
    if isinstance(node, ast.Attribute):
        known, value = _value(node.value, names)
        return known, inspect.getattr_static(value, node.attr, None) if known else None
    return False, None


@cache
def _nodes(file: str) -> dict[int, ast.AST]:
    """A file's functions by the line on which Python says they begin: their first decorator's, or their own."""
    tree = ast.parse(Path(file).read_text(encoding="utf-8"))
    found = [n for n in ast.walk(tree) if isinstance(n, ast.FunctionDef | ast.AsyncFunctionDef)]
    return {min([n.lineno, *(d.lineno for d in n.decorator_list)]): n for n in found}


@cache
def _methods(package: str) -> dict[str, list[FunctionType]]:
    """The methods and properties of the classes of a service below its API, by name."""
    found: dict[str, list[FunctionType]] = {}
    for layer in _LAYERS:
        top = import_module(f"{package}.{layer}")
        names = [m.name for m in walk_packages(getattr(top, "__path__", []), f"{package}.{layer}.")]
        for module in (top, *map(import_module, names)):
            classes = [c for c in vars(module).values() if isinstance(c, type) and c.__module__ == module.__name__]
            for name, member in (item for c in classes for item in vars(c).items()):
                found.setdefault(name, []).extend(_functions(member, package))
    return found
