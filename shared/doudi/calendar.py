"""Working days, periods and benefit months (domain §0.2). The holiday plan is a loaded table, not code."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from functools import cache, lru_cache
from importlib import resources
from typing import Any

import yaml
from pydantic import GetCoreSchemaHandler
from pydantic_core import CoreSchema, core_schema


class CalendarUnknown(ValueError):
    """该年节假日安排未载入，不能推算工作日 / the holiday plan of that year is not loaded, and nobody may guess it"""


class DayKind(StrEnum):
    """What a period counts."""

    WORKING = "WORKING"
    CALENDAR = "CALENDAR"


@dataclass(frozen=True)
class Calendar:
    """Days off that fall on weekdays (`holidays`) and weekend days that are worked (`make_up`), year by year."""

    holidays: frozenset[date]
    make_up: frozenset[date]
    years: frozenset[int]

    @classmethod
    def load(cls, overrides: Mapping[int, Mapping[str, Any]] | None = None) -> Calendar:
        """The table that doudi ships: State Council General Office notices, each year with its source.

        A year in `overrides` (same shape as `of`) is added, or replaces the shipped one whole.
        """
        return cls.of({**_shipped_table(), **overrides}) if overrides else _shipped()

    @classmethod
    def of(cls, years: Mapping[int, Mapping[str, Any]]) -> Calendar:
        """A calendar from a table {year: {source, holidays: [date], make_up: [date]}}.

        Raises ValueError for a year without source, a day of another year, or a day that is both off and worked.
        """
        for number, year in years.items():
            off, worked = set(year["holidays"]), set(year["make_up"])
            if not year.get("source"):
                raise ValueError(f"{number}: a holiday plan needs its source, the State Council's notice")
            if any(d.year != number for d in off | worked) or off & worked:
                raise ValueError(f"{number}: a day lies in another year, or is both off and worked")
        return cls(
            frozenset(d for y in years.values() for d in y["holidays"]),
            frozenset(d for y in years.values() for d in y["make_up"]),
            frozenset(years),
        )

    def is_working_day(self, day: date) -> bool:
        """Not a weekend or holiday, or a make-up working day. Raises CalendarUnknown outside the table."""
        if day.year not in self.years:
            raise CalendarUnknown(
                f"{day.year} 年节假日安排未载入，不能推算工作日："
                f"请载入《国务院办公厅关于{day.year}年部分节假日安排的通知》"
                f" / load the State Council's holiday notice for {day.year}"
            )
        return day in self.make_up or (day.weekday() < 5 and day not in self.holidays)

    def add_working_days(self, day: date, days: int) -> date:
        """The last day of a term of working days; the day of the event does not count (民法典 art. 201).

        No days give the day itself. Raises ValueError for less than none, CalendarUnknown where the table ends.
        """
        if days < 0:
            raise ValueError("a term has no less than no days")
        while days > 0:
            day += timedelta(days=1)
            days -= self.is_working_day(day)
        return day

    def period_end(self, day: date, days: int, kind: DayKind, *, roll: bool = False) -> date:
        """The last day of a period that begins the day after `day` (民法典 art. 201).

        `roll`: a last day that is no working day moves to the next one (民法典 art. 203; 法定休假日 takes in weekends,
        and a weekend that is worked is none). A posting is shown for its days as they are: it does not roll.
        """
        if days < 0:
            raise ValueError("a period has no less than no days")
        if kind is DayKind.WORKING:
            return self.add_working_days(day, days)
        end = day + timedelta(days=days)
        while roll and not self.is_working_day(end):
            end += timedelta(days=1)
        return end


@cache
def _shipped_table() -> Mapping[int, Mapping[str, Any]]:
    text = (resources.files("doudi") / "data" / "calendar.yaml").read_text(encoding="utf-8")
    table: Mapping[int, Mapping[str, Any]] = yaml.safe_load(text)["years"]
    return table


@cache
def _shipped() -> Calendar:
    return Calendar.of(_shipped_table())


# Bounded, so that no month that is read has a neighbour without days.
MONTHS_A_YEAR = 12

_MONTH = re.compile(r"((?:19|20|21)[0-9]{2})-(0[1-9]|1[0-2])")


class MonthError(ValueError):
    """月份应为 YYYY-MM，例如 2020-03 / a month is YYYY-MM"""


@dataclass(frozen=True, order=True, slots=True)
class Month:
    """A benefit month, `2020-03`. Months are ordered and counted."""

    year: int
    month: int

    @classmethod
    def parse(cls, text: str) -> Month:
        """Raises MonthError when the text is not `YYYY-MM`, from 1900 to 2199."""
        if not isinstance(text, str):
            raise MonthError(MonthError.__doc__)
        return _month(text)

    @classmethod
    def of(cls, day: date) -> Month:
        """The month of a day."""
        return cls(day.year, day.month)

    def plus(self, months: int) -> Month:
        """The month so many months later (or earlier)."""
        count = self.year * 12 + self.month - 1 + months
        return Month(count // 12, count % 12 + 1)

    def next(self) -> Month:
        """The month after."""
        return self.plus(1)

    def previous(self) -> Month:
        """The month before."""
        return self.plus(-1)

    @property
    def first_day(self) -> date:
        """Its first day."""
        return date(self.year, self.month, 1)

    @property
    def last_day(self) -> date:
        """Its last day."""
        return self.next().first_day - timedelta(days=1)

    def same_day(self, day: date) -> date:
        """The day here with the number of another day, else the last: where a term in months ends (民法典 202)."""
        return min(self.last_day, self.first_day + timedelta(days=day.day - 1))

    def __str__(self) -> str:
        return f"{self.year:04d}-{self.month:02d}"

    @classmethod
    def __get_pydantic_core_schema__(cls, source: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
        text = core_schema.no_info_after_validator_function(cls.parse, core_schema.str_schema(strict=True))
        return core_schema.no_info_wrap_validator_function(
            lambda value, read: value if isinstance(value, cls) else read(value),
            text,
            serialization=core_schema.plain_serializer_function_ser_schema(str, return_schema=core_schema.str_schema()),
        )

    @classmethod
    def __get_pydantic_json_schema__(cls, schema: CoreSchema, handler: Any) -> dict[str, Any]:
        return {"type": "string", "pattern": "^(19|20|21)[0-9]{2}-(0[1-9]|1[0-2])$", "examples": ["2020-04"]}


@lru_cache(maxsize=4_096)
def _month(text: str) -> Month:
    """Months are few and stand in every payment, so each is read once."""
    found = _MONTH.fullmatch(text)
    if found is None:
        raise MonthError(MonthError.__doc__)
    return Month(int(found[1]), int(found[2]))
