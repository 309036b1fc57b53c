"""Where the rules find the law's numbers: `parameters.yaml` and `sources.yaml`, each dated and with its source."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from importlib import resources
from typing import Any, cast

import yaml

C2 = "民发〔2012〕220号"


class _Numbers:
    """Dated values by key; the newest that holds on the day."""

    def __init__(self, entries: dict[str, list[dict[str, Any]]]) -> None:
        self._entries = entries

    def _value(self, key: str, on: date) -> Any:
        held = [entry for entry in self._entries[key] if entry["from"] <= on]
        if not held:
            raise LookupError(f"no value of {key} on {on}")
        return max(held, key=lambda entry: cast(date, entry["from"]))["value"]

    def integer(self, key: str, *, on: date) -> int:
        """A whole number; raises LookupError before the first day of the key."""
        return int(self._value(key, on))

    def fraction(self, key: str, *, on: date) -> Fraction:
        """An exact fraction such as "2/3"."""
        return Fraction(self._value(key, on))

    def words(self, key: str, *, on: date) -> frozenset[str]:
        """A set of codes."""
        return frozenset(self._value(key, on))


@dataclass(frozen=True, slots=True)
class Source:
    """A department that answers about a member. An auxiliary one raises questions and fails nobody."""

    code: str
    name: str
    auxiliary: bool


def _load(name: str) -> Any:
    return yaml.safe_load(resources.files(__package__).joinpath(name).read_text(encoding="utf-8"))


NUMBERS = _Numbers(_load("parameters.yaml"))
_SOURCES = [
    (entry["from"], Source(entry["code"], entry["name"], entry.get("auxiliary", False)))
    for entry in _load("sources.yaml")
]


def sources(on: date) -> list[Source]:
    """The sources in use on a day, in their order in the file."""
    return [source for start, source in _SOURCES if start <= on]


def age(birth_date: date, on: date) -> int:
    """Completed years of life; the birthday counts."""
    return on.year - birth_date.year - ((on.month, on.day) < (birth_date.month, birth_date.day))
