"""The project's own Python files, and the ratchet: an offence is excused by a named reason, or it fails."""

from __future__ import annotations

import ast
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from doudi.testing import ROOT

FOLDERS = ("shared", "services", "deploy/local", "tests", "benchmarks")


@dataclass(frozen=True, slots=True)
class Source:
    """One file: its path from the root, its text, its tree."""

    path: str
    text: str

    @property
    def tree(self) -> ast.Module:
        """Its syntax."""
        return ast.parse(self.text)


@dataclass(frozen=True, slots=True, order=True)
class Offence:
    """Something that a rule of the house forbids: where (`path` or `path:name`), and what."""

    where: str
    what: str


Check = Callable[[Source], Iterator[Offence]]


@cache
def sources(*below: str) -> tuple[Source, ...]:
    """Every Python file below these folders (all of the project's when none is given)."""
    found: list[Source] = []
    for folder in below or FOLDERS:
        for path in sorted((ROOT / folder).rglob("*.py")):
            if not {"__pycache__", ".venv", "build"} & set(path.parts):
                found.append(Source(str(path.relative_to(ROOT)), path.read_text(encoding="utf-8")))
    return tuple(found)


def rules_sources() -> Iterator[Source]:
    """The files of every service's `rules/`."""
    return (s for s in sources("services") if "/rules/" in s.path)


def judged(offences: Iterator[Offence], excused: Mapping[str, str]) -> list[str]:
    """What fails: offences without an excuse, excuses without a reason, and excuses that nobody needs any more."""
    found = list(offences)
    needed = {o.where for o in found}
    failed = [f"{o.where}: {o.what}" for o in sorted(found) if o.where not in excused]
    failed += [f"{where}: this exception gives no reason" for where, why in excused.items() if len(why) < 15]
    return failed + [f"{where}: this exception is no longer needed" for where in sorted(set(excused) - needed)]


def all_of(check: Check, within: Iterator[Source] | tuple[Source, ...]) -> Iterator[Offence]:
    """What a check finds in many files."""
    for source in within:
        yield from check(source)


def example(text: str, path: str = "services/x/x/rules/bad.py") -> Source:
    """A bad example for a check."""
    return Source(path, text)


def functions(source: Source) -> Iterator[tuple[str, ast.FunctionDef | ast.AsyncFunctionDef]]:
    """Every function with its qualified name."""

    def below(node: ast.AST, prefix: str) -> Iterator[tuple[str, ast.FunctionDef | ast.AsyncFunctionDef]]:
        for child in ast.iter_child_nodes(node):
            if isinstance(child, ast.FunctionDef | ast.AsyncFunctionDef):
                yield f"{prefix}{child.name}", child
                yield from below(child, f"{prefix}{child.name}.")
            elif isinstance(child, ast.ClassDef):
                yield from below(child, f"{prefix}{child.name}.")
            else:
                yield from below(child, prefix)

    return below(source.tree, "")


def place(source: Source, node: ast.AST) -> str:
    """`path:function` of a node, or `path` outside functions: stable when lines move."""
    line = getattr(node, "lineno", 0)
    within = [(n, f) for n, f in functions(source) if f.lineno <= line <= (f.end_lineno or 0)]
    return f"{source.path}:{within[-1][0]}" if within else source.path


def yaml_files() -> Iterator[Path]:
    """The YAML of every service's rules."""
    return (p for p in sorted((ROOT / "services").rglob("*.yaml")) if "rules" in p.parts)
