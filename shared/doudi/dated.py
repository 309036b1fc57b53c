"""The law's numbers: dated, by division, each with its source and standing."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import yaml

from doudi.division import Division
from doudi.money import Money

STANDINGS = ("confirmed", "seed", "design", "example", "knowledge")


class MissingParameter(LookupError):
    """No value of this number is in force on that day; the law's number must be loaded before it can be applied."""


@dataclass(frozen=True, slots=True)
class Parameter:
    """A number in force: its value, what it is per, since when, for which division, and where it comes from."""

    key: str
    value: Any
    valid_from: date
    division: str
    source: str
    status: str
    period: str | None = None

    def __post_init__(self) -> None:
        """A whole 12-digit code counts by the digits that mean something, so that it holds for all below it."""
        if len(self.division) == 12:
            object.__setattr__(self, "division", Division(self.division).prefix)

    @property
    def money(self) -> Money:
        """The value as yuan; raises MoneyError when it is none."""
        return Money.yuan(str(self.value))

    @property
    def number(self) -> Decimal:
        """The value as an exact decimal."""
        return Decimal(str(self.value))


class Parameters:
    """All values of all numbers. `at` picks the one in force."""

    def __init__(self, rows: Iterable[Parameter], overrides: Iterable[Parameter] = ()) -> None:
        self._file, self._overrides = tuple(rows), tuple(overrides)
        ranked: dict[str, list[tuple[int, bool, date, Parameter]]] = {}
        for wins, some in ((False, self._file), (True, self._overrides)):
            for row in some:
                ranked.setdefault(row.key, []).append((len(row.division), wins, row.valid_from, row))
        self._rows = {
            key: [row[3] for row in sorted(values, key=lambda r: r[:3], reverse=True)] for key, values in ranked.items()
        }

    @classmethod
    def load(cls, path: Path) -> Parameters:
        """From YAML `key: [{from, value, source, status, division?, period?}]`. Raises ValueError on a bare number,
        and on two values of one number for the same division and day."""
        table: Mapping[str, list[Mapping[str, Any]]] = yaml.safe_load(path.read_text(encoding="utf-8"))
        rows = [parameter(key, row) for key, listed in table.items() for row in listed]
        seen: set[tuple[str, str, date]] = set()
        for row in rows:
            if _place(row) in seen:
                raise ValueError(f"{row.key}: two values from {row.valid_from} for the same division")
            seen.add(_place(row))
        return cls(rows)

    def at(self, key: str, *, on: date, division: Division | None = None) -> Parameter:
        """The value in force on a day: of the nearest division that has one, the latest. Raises MissingParameter."""
        code = division.code if division else ""
        for row in self._rows.get(key, ()):
            if code.startswith(row.division) and row.valid_from <= on:
                return row
        raise MissingParameter(f"{on} 没有有效的参数 {key} / no value of {key} is in force on {on}")

    def with_overrides(self, rows: Iterable[Parameter]) -> Parameters:
        """These and values set since: each wins over the file from its date on, as does that of a nearer division.

        Among them the latest date counts; one for the same division and date replaces the one before.
        """
        merged = {_place(r): r for r in (*self._overrides, *rows)}
        return Parameters(self._file, merged.values())

    def fingerprint(self) -> str:
        """The same for the same numbers, whatever their order."""
        rows = sorted(
            [r.key, str(r.value), str(r.valid_from), r.division, r.source, r.status, r.period or "", wins]
            for wins, some in (("", self._file), ("set", self._overrides))
            for r in some
        )
        return hashlib.sha256(json.dumps(rows, ensure_ascii=False).encode()).hexdigest()

    def __iter__(self) -> Iterator[Parameter]:
        return (row for values in self._rows.values() for row in values)


def parameter(key: str, row: Mapping[str, Any]) -> Parameter:
    """One value; raises ValueError without a source or with an unknown standing."""
    if not row.get("source") or row.get("status") not in STANDINGS:
        raise ValueError(f"{key}: a number needs a source and a status of {', '.join(STANDINGS)}")
    if row.get("value") is None:
        raise ValueError(f"{key}: a number needs a value")
    if _inexact(row["value"]):
        raise ValueError(f"{key}: write a decimal in quotes, a float is not exact")
    day = row.get("from", date(1949, 10, 1))
    if type(day) is not date:
        raise ValueError(f"{key}: `from` is a day, such as 2020-01-01")
    return Parameter(
        key, row["value"], day, str(row.get("division", "")), str(row["source"]), str(row["status"]), row.get("period")
    )


def _place(row: Parameter) -> tuple[str, str, date]:
    return row.key, row.division, row.valid_from


def _inexact(value: Any) -> bool:
    if isinstance(value, Mapping):
        return any(_inexact(v) for v in value.values())
    if isinstance(value, list):
        return any(_inexact(v) for v in value)
    return isinstance(value, float)
