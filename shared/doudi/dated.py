"""The law's numbers: dated, by division, each with its source and standing."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
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

    def __init__(self, rows: Iterable[Parameter]) -> None:
        self._rows: dict[str, list[Parameter]] = {}
        for row in rows:
            self._rows.setdefault(row.key, []).append(row)
        for values in self._rows.values():
            values.sort(key=lambda p: (len(p.division), p.valid_from), reverse=True)

    @classmethod
    def load(cls, path: Path) -> Parameters:
        """From YAML `key: [{from, value, source, status, division?, period?}]`. Raises ValueError on a bare number."""
        table: Mapping[str, list[Mapping[str, Any]]] = yaml.safe_load(path.read_text(encoding="utf-8"))
        return cls(parameter(key, row) for key, rows in table.items() for row in rows)

    def at(self, key: str, *, on: date, division: Division | None = None) -> Parameter:
        """The value in force on a day: of the nearest division that has one, the latest. Raises MissingParameter."""
        code = division.code if division else ""
        for row in self._rows.get(key, ()):
            if code.startswith(row.division) and row.valid_from <= on:
                return row
        raise MissingParameter(f"{on} 没有有效的参数 {key} / no value of {key} is in force on {on}")

    def with_overrides(self, rows: Iterable[Parameter]) -> Parameters:
        """These and more; at the same division and date the later one wins, a nearer division wins from its date on."""
        rows = list(rows)
        taken = {(r.key, r.division, r.valid_from) for r in rows}
        kept = [r for values in self._rows.values() for r in values if (r.key, r.division, r.valid_from) not in taken]
        return Parameters([*kept, *rows])

    def fingerprint(self) -> str:
        """The same for the same numbers, whatever their order."""
        rows = sorted(
            [r.key, str(r.value), str(r.valid_from), r.division, r.source, r.status, r.period or ""]
            for values in self._rows.values()
            for r in values
        )
        return hashlib.sha256(json.dumps(rows, ensure_ascii=False).encode()).hexdigest()

    def __iter__(self) -> Any:
        return (row for values in self._rows.values() for row in values)


def parameter(key: str, row: Mapping[str, Any]) -> Parameter:
    """One value; raises ValueError without a source or with an unknown standing."""
    if not row.get("source") or row.get("status") not in STANDINGS:
        raise ValueError(f"{key}: a number needs a source and a status of {', '.join(STANDINGS)}")
    if isinstance(row["value"], float):
        raise ValueError(f"{key}: write a decimal in quotes, a float is not exact")
    day = row.get("from", date(1949, 10, 1))
    return Parameter(
        key, row["value"], day, str(row.get("division", "")), str(row["source"]), str(row["status"]), row.get("period")
    )
