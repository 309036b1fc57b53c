"""domain.md §9, head: what a flag is. A question, not a verdict; how soon it must be answered; who may see it."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Literal

from doudi.calendar import Calendar, CalendarUnknown
from doudi.division import Level
from doudi.law import Finding, clause, finding
from oversight.rules.numbers import DESIGN, integer

Severity = Literal["H", "M", "L"]

_SATURDAY = 5


@clause(DESIGN, "9", "H 5个工作日、M 15个工作日、L 30个工作日内处理")
def answer_due(severity: Severity, raised_on: date, calendar: Calendar) -> date:
    """The last day for an answer.

    Where the holiday plan of a year is not loaded yet, weekends alone are left out: this term is our own, not the
    law's, and a question must not wait for the State Council's notice.
    """
    days = integer(f"severity.{severity}", raised_on)
    try:
        return calendar.add_working_days(raised_on, days)
    except CalendarUnknown:
        day = raised_on
        while days > 0:
            day += timedelta(days=1)
            days -= day.weekday() < _SATURDAY
        return day


@clause(DESIGN, "13 D-18", "涉及工作人员的风险提示，由市级查看")
def may_see(about_officials: bool, level: Level) -> Finding:
    """A flag about officials is seen from the city upwards, not in the county whose officials it is about."""
    met = not about_officials or level <= Level.CITY
    return finding(may_see, met, "可以查看" if met else "涉及工作人员的风险提示由市级查看")
