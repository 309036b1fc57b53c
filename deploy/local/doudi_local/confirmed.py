"""What a county expert still has to confirm or set: citations whose text was not read, and numbers without a law.

Two things are read: `tests/policy/texts.yaml` (where each document was read) and the `status` of every number in
`services/*/*/rules/**/*.yaml` (`confirmed`, `seed`, `design`, `example`, `knowledge`: domain.md §0.3).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from doudi.law import RegisteredClause
from doudi_local.layout import CHECKOUT

TEXTS = CHECKOUT / "tests" / "policy" / "texts.yaml"
READ = ("whole", "told", "no")
_WORDS = {"told": "only a report was read", "no": "from memory"}


@dataclass(frozen=True, slots=True)
class Text:
    """How well a document is known: `read` is one of READ; `doubtful` numbers are not borne out by it."""

    read: str
    where: str
    doubtful: Mapping[str, str]


def texts(path: Path = TEXTS) -> dict[str, Text]:
    """By document. Raises ValueError where it is not said how it was read."""
    found = {}
    for document, row in yaml.safe_load(path.read_text(encoding="utf-8")).items():
        read = "no" if row["read"] is False else row["read"]  # YAML reads a bare `no` as false
        if read not in READ:
            raise ValueError(f"{document}: {read!r} is not one of {', '.join(READ)}")
        found[document] = Text(read, row["where"], row.get("doubtful", {}))
    return found


def unknown(known: Mapping[str, Text], entries: Iterable[RegisteredClause]) -> list[str]:
    """What is cited and stands in no row, and rows that nothing cites any more."""
    cited = {e.clause.document for e in entries}
    return sorted(cited - set(known)) + sorted(set(known) - cited)


def to_confirm(known: Mapping[str, Text], entries: Sequence[RegisteredClause]) -> list[tuple[str, str, str, str]]:
    """Document, number, sentence and why, of each citation that the text itself does not vouch for."""
    rows = []
    for entry in sorted(entries, key=lambda e: e.clause):
        text, number = known[entry.clause.document], entry.clause.number
        why = text.doubtful.get(number) or (f"{_WORDS[text.read]}: {text.where}" if text.read != "whole" else "")
        if why:
            rows.append((entry.clause.document, number, entry.clause.sentence, why))
    return rows


@dataclass(frozen=True, slots=True)
class Number:
    """A dated value of a rule's YAML, and how sure it is."""

    file: str
    key: str
    value: str
    since: str
    division: str
    source: str
    status: str


def numbers(folder: Path = CHECKOUT / "services") -> Iterator[Number]:
    """Every value of every service's rules, in the order of the files."""
    for path in sorted(folder.rglob("*.yaml")):
        if "rules" in path.parts:
            file = path.relative_to(folder).as_posix()
            yield from _values(yaml.safe_load(path.read_text(encoding="utf-8")), file, "")


def _values(node: Any, file: str, key: str) -> Iterator[Number]:
    if isinstance(node, dict) and "status" in node:
        name = key or str(node.get("code", node.get("name", "")))
        shown = (str(node.get(what, "")) for what in ("from", "division", "source", "status"))
        yield Number(file, name, _words(node.get("value", "")), *shown)
    elif isinstance(node, dict):
        for name, value in node.items():
            yield from _values(value, file, f"{key}.{name}" if key else str(name))
    elif isinstance(node, list):
        for value in node:
            yield from _values(value, file, key)


def _words(value: Any) -> str:
    """As people read it: no brackets, no quotes."""
    if isinstance(value, Mapping):
        return "; ".join(f"{name} {_words(one)}" for name, one in value.items())
    return ", ".join(map(_words, value)) if isinstance(value, list) else str(value)


_HEAD = ("number", "value", "from", "division", "source", "file")


def _rows(status: str) -> list[tuple[str, ...]]:
    found = [n for n in numbers() if n.status == status]
    return [(f"`{n.key}`", n.value, n.since, n.division or "everywhere", n.source, n.file) for n in found]


def page(entries: Sequence[RegisteredClause], table: Callable[..., str]) -> str:
    """The part of tests/policy/README.md for the county's expert."""
    why = ("document", "number", "says", "why")
    return (
        "## For the county's expert\n\nWhere each text was read stands in [texts.yaml](texts.yaml); a number's "
        "`status` stands beside it.\n\n### Citations to confirm\n\n"
        + table(why, to_confirm(texts(), entries))
        + "### Numbers from memory, to confirm\n\n`status: knowledge`.\n\n"
        + table(_HEAD, _rows("knowledge"))
        + "### Example numbers, which the county sets\n\n`status: example`: chosen so that the code can run.\n\n"
        + table(_HEAD, _rows("example"))
        + "### Proposals where law and seed are silent, which the county may set\n\n`status: design`.\n\n"
        + table(_HEAD, _rows("design"))
    )
