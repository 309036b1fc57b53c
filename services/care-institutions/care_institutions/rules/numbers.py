"""Where the rules find the law's numbers, and by what names they cite the law."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from doudi.calendar import Month
from doudi.dated import Parameters

SEED = "卫民发〔2019〕21号"
TEKUN = "民发〔2021〕43号"
"""特困人员认定办法. Its grades and terms stood in 民发〔2016〕178号 before: they hold in RS2019 too (domain §7.2)."""
DESIGN = "domain.md"
"""Where law and seed are silent, the domain reference proposes; each such rule says so."""

NUMBERS = Parameters.load(Path(__file__).with_name("parameters.yaml"))


def integer(key: str, on: date) -> int:
    """A whole number in force on a day; raises MissingParameter."""
    return int(NUMBERS.at(key, on=on).number)


def months_later(day: date, months: int) -> date:
    """The same day so many months later; where that month has no such day, its last (民法典 art. 202)."""
    month = Month.of(day).plus(months)
    return month.first_day.replace(day=min(day.day, month.last_day.day))
