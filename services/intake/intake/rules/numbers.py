"""Where the rules find the law's numbers: `parameters.yaml` and `sources.yaml`, each dated and with its source."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from pathlib import Path

import yaml

from doudi.dated import Parameters
from doudi.money import Money

C2 = "民发〔2012〕220号"

NUMBERS = Parameters.load(Path(__file__).with_name("parameters.yaml"))


def integer(key: str, *, on: date) -> int:
    """A whole number in force on a day; raises MissingParameter."""
    return int(NUMBERS.at(key, on=on).number)


def fraction(key: str, *, on: date) -> Fraction:
    """An exact fraction such as "2/3", in force on a day; raises MissingParameter."""
    return Fraction(NUMBERS.at(key, on=on).value)


def money(key: str, *, on: date) -> Money:
    """An amount in force on a day; raises MissingParameter."""
    return NUMBERS.at(key, on=on).money


def words(key: str, *, on: date) -> frozenset[str]:
    """A set of codes in force on a day; raises MissingParameter."""
    return frozenset(NUMBERS.at(key, on=on).value)


@dataclass(frozen=True, slots=True)
class Source:
    """A department that answers about a member. An auxiliary one raises questions and fails nobody."""

    code: str
    name: str
    auxiliary: bool


_SOURCES = [
    (entry["from"], Source(entry["code"], entry["name"], entry.get("auxiliary", False)))
    for entry in yaml.safe_load(Path(__file__).with_name("sources.yaml").read_text(encoding="utf-8"))
]


def sources(on: date) -> list[Source]:
    """The sources in use on a day, in their order in the file."""
    return [source for start, source in _SOURCES if start <= on]


def age(birth_date: date, on: date) -> int:
    """Completed years of life; the birthday counts."""
    return on.year - birth_date.year - ((on.month, on.day) < (birth_date.month, birth_date.day))
