"""The rules of the house that can be checked (house.md), each as a function from a file to offences."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator

from tests.architecture.sources import Offence, Source, functions, place

MOST_LINES, MOST_FUNCTION_LINES = 300, 40
_MOCKS = {"MagicMock", "AsyncMock", "Mock", "PropertyMock", "create_autospec"}
_DOMAIN = re.compile(
    r"dibao|tekun|household|\bawards?\b|subsid|poverty|first_posting|second_posting|caregiver|低保|特困|临时救助",
    re.IGNORECASE,
)
_EXACT = {"Decimal", "Fraction", "yuan", "fen"}
_LOADERS = ("/numbers.py", "/rule_sets.py")


def too_long(source: Source) -> Iterator[Offence]:
    """House 20: files and functions that nobody reads in one go."""
    lines = source.text.count("\n")
    if lines > MOST_LINES:
        yield Offence(source.path, f"{lines} lines, {MOST_LINES} at most")
    for name, node in functions(source):
        length = (node.end_lineno or node.lineno) - node.lineno + 1
        if length > MOST_FUNCTION_LINES:
            yield Offence(f"{source.path}:{name}", f"{length} lines, {MOST_FUNCTION_LINES} at most")


def commits(source: Source) -> Iterator[Offence]:
    """House 11: only the plumbing commits."""
    for node in ast.walk(source.tree):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr == "commit":
            yield Offence(place(source, node), "commits")


def mocks(source: Source) -> Iterator[Offence]:
    """House 18: fakes at the edge, never mocks in the middle."""
    for node in ast.walk(source.tree):
        imported = {alias.name for alias in node.names} if isinstance(node, ast.Import | ast.ImportFrom) else set()
        module = node.module if isinstance(node, ast.ImportFrom) else None
        if module in ("unittest.mock", "mock") or imported & {"unittest.mock", "mock"}:
            yield Offence(place(source, node), "imports mocks")
        if isinstance(node, ast.Name) and node.id in _MOCKS:
            yield Offence(place(source, node), f"uses {node.id}")
        if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name):
            called = f"{node.value.id}.{node.attr}"
            if called in ("mock.patch", "mocker.patch", "monkeypatch.setattr", "monkeypatch.setitem"):
                yield Offence(place(source, node), f"uses {called}")


def floats(source: Source) -> Iterator[Offence]:
    """House 15: nothing inexact near money."""
    for node in ast.walk(source.tree):
        if isinstance(node, ast.Name) and node.id == "float":
            yield Offence(place(source, node), "uses float")
        if isinstance(node, ast.Constant) and isinstance(node.value, float):
            yield Offence(place(source, node), f"writes {node.value}, which is not exact")


def numbers(source: Source) -> Iterator[Offence]:
    """House 4: the law's numbers live in dated YAML. Those written as text (`Decimal("1.5")`) count too."""
    for node in ast.walk(source.tree):
        if isinstance(node, ast.Call) and getattr(node.func, "id", getattr(node.func, "attr", "")) in _EXACT:
            for argument in node.args:
                if isinstance(argument, ast.Constant) and str(argument.value).strip("0./") not in ("", "1"):
                    yield Offence(place(source, node), f"writes {argument.value!r}")
        elif isinstance(node, ast.Constant) and isinstance(node.value, int | float) and abs(node.value) > 1:
            yield Offence(place(source, node), f"writes {node.value}")


def uncited(source: Source) -> Iterator[Offence]:
    """House 1: every public function of a rule file cites a clause. What loads numbers and rule sets finds nothing."""
    loader = source.path.endswith(_LOADERS)
    if loader and re.search(r"\bFinding\b|\bclause\b", source.text):
        yield Offence(source.path, "finds something, and belongs into a chapter of its own")
    for node in source.tree.body:
        if not isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) or node.name.startswith("_") or loader:
            continue
        cited = any(
            isinstance(d, ast.Call) and isinstance(d.func, ast.Name) and d.func.id == "clause"
            for d in node.decorator_list
        )
        if not cited:
            yield Offence(f"{source.path}:{node.name}", "cites no clause")


def sleeps(source: Source) -> Iterator[Offence]:
    """A test waits for something (`doudi.testing.until`), not for some time."""
    for node in ast.walk(source.tree):
        if isinstance(node, ast.Call):
            name = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
            if name == "sleep":
                yield Offence(place(source, node), "sleeps")


def domain_words(source: Source) -> Iterator[Offence]:
    """House 23: shared holds plumbing and published events, and no policy."""
    for number, line in enumerate(source.text.splitlines(), 1):
        found = _DOMAIN.search(line)
        if found:
            yield Offence(source.path, f"line {number} speaks of {found.group()!r}")


def assigned_states(source: Source) -> Iterator[Offence]:
    """House 14: states move only by verbs, and those stand in the model."""
    for node in ast.walk(source.tree):
        targets = (
            node.targets if isinstance(node, ast.Assign) else [node.target] if isinstance(node, ast.AugAssign) else []
        )
        for target in targets:
            if isinstance(target, ast.Attribute) and target.attr in ("status", "state"):
                yield Offence(place(source, node), f"assigns .{target.attr}")


def environment(source: Source) -> Iterator[Offence]:
    """House 22: the environment is read once, in settings."""
    for node in ast.walk(source.tree):
        if isinstance(node, ast.Attribute) and node.attr in ("environ", "getenv"):
            yield Offence(place(source, node), "reads the environment")
