"""By which doors a rule is reached: endpoints, events, work by time, commands. Read from the code, not run.

A name is followed to what it stands for in its module: also a table (`PROGRAMMES[code].determine`) to every function
that stands in it, a partial, a class to what makes it, and `@mirrors(rule)` to the rules that a query says in SQL.
A method is that of the receiver's class, its bases and its subclasses: of `self`, of what is annotated or just made, of
an attribute or a result whose annotation tells. Where nothing tells, it is taken to be every method of that name below
the service's API: a door too many may be shown, none is missing.
"""

from __future__ import annotations

import ast
import inspect
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, fields, is_dataclass
from functools import cache, partial
from importlib import import_module
from pathlib import Path
from pkgutil import walk_packages
from types import FunctionType, ModuleType, NoneType, UnionType
from typing import Any, Protocol, Union, get_args, get_origin, get_type_hints

from fastapi.routing import APIRoute

from doudi import cli
from doudi.service import Service
from doudi.service.tasks import work_name

_MADE_BY = ("__new__", "__init__", "__post_init__")
_OTHERS = ("builtins", "datetime", "uuid")
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
    """Every way into a service: its endpoints by path, what it hears, what it does by time, the operator's commands."""
    routes = (r for router in service.routers for r in router.routes if isinstance(r, APIRoute))
    for route in sorted(routes, key=lambda r: (r.path, sorted(r.methods or ()))):
        for method in sorted(route.methods or ()):
            yield Door(f"{method} {route.path}", "http_requests_total", method in _READS, route.endpoint)
    for event, handler in service.hears.items():
        yield Door(f"hears {event.__name__}", "doudi_events_handled_total", False, handler)
    for due in service.every:
        yield Door(f"by time: {work_name(due)}", "doudi_due_work_total", False, due)
    for talk in service.couriers:
        yield Door(f"courier: {work_name(talk)}", "doudi_courier_work_total", False, talk)
    for command in cli.app.registered_commands:
        if command.callback and _named_in(service.package, command.callback, guess=False):
            name = command.name or command.callback.__name__.replace("_", "-")
            yield Door(f"command: doudi {name}", "", True, command.callback)


def doors_of(service: Service, rule: str) -> tuple[Door, ...]:
    """The doors that lead to a rule, e.g. `eligibility.rules.need.per_capita`: first those that act."""
    found = [door for door in doors(service) if rule in reached(service.package, door.function)]
    return tuple(sorted(found, key=lambda door: door.reads))


@cache
def reached(package: str, function: Callable[..., Any]) -> frozenset[str]:
    """Every function of the package that a function leads to, by module and name."""
    seen: dict[str, FunctionType] = {}
    waiting = list(_functions(function, package)) or _named_in(package, function, guess=False)
    while waiting:
        found = waiting.pop()
        name = f"{found.__module__}.{found.__qualname__}"
        if name not in seen:
            seen[name] = found
            waiting += _named_in(package, found)
    return frozenset(seen)


def _functions(value: Any, package: str) -> Iterator[FunctionType]:
    """The functions of the package in a value: itself, a property's, a decorated one's, those in a table."""
    if isinstance(value, Mapping | tuple | list | set | frozenset):
        for item in value.values() if isinstance(value, Mapping) else value:
            yield from _functions(item, package)
    elif isinstance(value, property):
        yield from _functions(value.fget, package)
    elif isinstance(value, classmethod | staticmethod):
        yield from _functions(value.__func__, package)
    elif isinstance(value, partial):
        yield from _functions((value.func, *value.args, *value.keywords.values()), package)
    elif isinstance(value, type):
        made = [vars(value)[name] for name in _MADE_BY if name in vars(value)]
        yield from _functions(made if value.__module__.split(".")[0] == package else (), package)
    elif is_dataclass(value):
        yield from _functions([getattr(value, field.name) for field in fields(value)], package)
    elif not isinstance(value, ModuleType) and callable(value):
        bare = inspect.unwrap(getattr(value, "__func__", value))
        if isinstance(bare, FunctionType) and bare.__module__.split(".")[0] == package:
            yield bare


def _named_in(package: str, function: Callable[..., Any], *, guess: bool = True) -> list[FunctionType]:
    """The package's functions that a function names. `guess`: also the methods that an unknown thing may have."""
    bare: Any = function
    tree = _nodes(bare.__code__.co_filename).get(bare.__code__.co_firstlineno)
    names = {**bare.__globals__, **_locals(bare, tree)}
    found: list[FunctionType] = []
    for node in ast.walk(tree) if tree else ():
        if isinstance(node, ast.Name):
            found += _functions(names.get(node.id), package)
        elif isinstance(node, ast.Attribute):
            known, value = _value(node, names)
            if known:
                found += _functions(value, package)
            elif guess and not node.attr.startswith("__"):
                found += _methods(package).get(node.attr, ())
    return found


def _locals(function: Any, tree: ast.AST | None) -> dict[str, Any]:
    """The classes of what a function's parameters and variables hold, where annotations tell them.

    A variable's is that of the function it was got from: `case = await store.case_for_update(…)`, or of its items.
    """
    known = {name: _class_of(hint) for name, hint in _hints(function).items() if name != "return"}
    if isinstance(owner := getattr(inspect.getmodule(function), function.__qualname__.split(".")[0], None), type):
        known |= dict.fromkeys(("self", "cls", "super()"), owner)
    for node in ast.walk(tree) if tree else ():
        if isinstance(node, ast.Assign | ast.AnnAssign | ast.For | ast.AsyncFor | ast.comprehension):
            target = node.targets[0] if isinstance(node, ast.Assign) else node.target
            source = node.value if isinstance(node, ast.Assign | ast.AnnAssign) else node.iter
            if isinstance(target, ast.Name):
                held = _result(source, function.__globals__)
                looped = not isinstance(node, ast.Assign | ast.AnnAssign)
                known[target.id] = _class_of(_item(held) if looped else held)
            else:
                set_here = (n for n in ast.walk(target) if isinstance(n, ast.Name) and isinstance(n.ctx, ast.Store))
                known |= {n.id: None for n in set_here}
    return {name: kind for name, kind in known.items() if kind is not None}


def _result(node: ast.expr | None, names: dict[str, Any]) -> Any:
    """The annotation of what a call gives back; the class that is called; None when it is not known."""
    if isinstance(node, ast.Await):
        return _result(node.value, names)
    if isinstance(node, ast.Call):
        known, value = _value(node.func, names)
        value = value[0] if isinstance(value, list) and value else value
        value = getattr(value, "__func__", value)
        if known and isinstance(value, type):
            return value
        return _hints(value).get("return") if known and isinstance(value, FunctionType) else None
    return None


@cache
def _hints(function: Any) -> dict[str, Any]:
    try:
        return get_type_hints(function)
    except (NameError, TypeError, AttributeError):
        return {}  # a name that only a type checker imports


def _class_of(hint: Any) -> type | None:
    """The one class that an annotation names, also beside None; no class for what could be several, as a protocol."""
    if isinstance(hint, type) and get_origin(hint) is None:
        return None if hint.__module__ in _OTHERS or Protocol in hint.__bases__ else hint
    if get_origin(hint) in (Union, UnionType):
        kinds = [one for one in get_args(hint) if one is not NoneType]
        return _class_of(kinds[0]) if len(kinds) == 1 else None
    return None


def _item(hint: Any) -> Any:
    """What a sequence of an annotation holds."""
    several = isinstance(get_origin(hint), type) and issubclass(get_origin(hint), Sequence)
    return get_args(hint)[0] if several else None


def _value(node: ast.expr, names: dict[str, Any]) -> tuple[bool, Any]:
    """What a name, or an attribute of something known, stands for; of a class also as its subclasses have it."""
    if isinstance(node, ast.Name):
        return node.id in names, names.get(node.id)
    if not isinstance(node, ast.Attribute):
        return False, None
    known, of = _receiver(node.value, names)
    if isinstance(of, cli.Later):
        return known, getattr(of, node.attr)
    if isinstance(of, type):
        return known, [vars(kind)[node.attr] for kind in _made_as(of) if node.attr in vars(kind)]
    return known, inspect.getattr_static(of, node.attr, None) if known else None


def _receiver(node: ast.expr, names: dict[str, Any]) -> tuple[bool, Any]:
    """What an attribute is taken of: a module or a thing itself, or the class of what an expression gives."""
    if isinstance(node, ast.Name):
        return _value(node, names)
    if ast.unparse(node) == "super()":
        return "super()" in names, names.get("super()")
    if isinstance(node, ast.Call | ast.Await):
        kind = _class_of(_result(node, names))
        return kind is not None, kind
    if not isinstance(node, ast.Attribute):
        return False, None
    known, of = _receiver(node.value, names)
    if known and isinstance(of, type):
        member = inspect.getattr_static(of, node.attr, None)
        hints = _hints(member.fget) if isinstance(member, property) else _hints(of)
        kind = _class_of(hints.get("return" if isinstance(member, property) else node.attr))
        return kind is not None, kind
    return _value(node, names)


def _made_as(kind: type) -> list[type]:
    """The classes whose method may be meant where a thing is known to be of one: it, its bases and its subclasses."""
    below = [kind]
    for one in below:
        subclasses: list[type] = type.__subclasses__(one)
        below += [sub for sub in subclasses if sub not in below]
    return list(dict.fromkeys(base for one in below for base in one.__mro__))


@cache
def _nodes(file: str) -> dict[int, ast.AST]:
    """A file's functions by the line on which Python says they begin: their first decorator's, or their own."""
    if file.startswith("<"):
        return {}  # made without a file, as a dataclass's __init__
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
