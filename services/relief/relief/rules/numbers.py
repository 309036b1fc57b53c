"""Where the rules find the law's numbers, and by what names they cite the law."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

from doudi.calendar import Month
from doudi.dated import Parameters

SEED = "卫民发〔2019〕21号"
DESIGN = "domain.md"
"""Where law and seed are silent, the domain reference proposes; each such rule says so."""

NUMBERS = Parameters.load(Path(__file__).with_name("parameters.yaml"))


def integer(key: str, on: date) -> int:
    """A whole number in force on a day; raises MissingParameter."""
    return int(NUMBERS.at(key, on=on).number)


def hours(key: str, on: date) -> timedelta:
    """A term in hours; raises MissingParameter."""
    return timedelta(hours=integer(key, on))


def months_later(day: date, months: int) -> date:
    """The same day so many months later; where that month has no such day, its last (民法典 art. 202)."""
    month = Month.of(day).plus(months)
    return month.first_day.replace(day=min(day.day, month.last_day.day))
