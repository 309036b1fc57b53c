"""Where the indicators find their numbers, and by what names they cite the law."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from doudi.dated import Parameters
from doudi.money import Money

SEED = "卫民发〔2019〕21号"
REVIEW = "民发〔2012〕220号"
CONFIRMATION = "民发〔2021〕57号"
RELIEF = "国务院令649号"
APPROVAL_2022 = "民发〔2022〕83号"
ASSISTANCE = "社会救助法"
DESIGN = "domain.md"
"""Where law and seed are silent, the domain reference proposes; each such rule says so."""

NUMBERS = Parameters.load(Path(__file__).with_name("parameters.yaml"))


def integer(key: str, on: date) -> int:
    """A whole number in force on a day; raises MissingParameter."""
    return int(NUMBERS.at(key, on=on).number)


def money(key: str, on: date) -> Money:
    """An amount in force on a day; raises MissingParameter."""
    return NUMBERS.at(key, on=on).money


def named(key: str, on: date) -> tuple[str, ...]:
    """A list of codes in force on a day; raises MissingParameter."""
    return tuple(str(NUMBERS.at(key, on=on).value).split())
