"""What day it is. Real by default; the demonstration and the tests move a simulated date.

Only the plumbing reads a clock; rules get the day as an argument called `on`.
"""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path
from typing import Protocol
from zoneinfo import ZoneInfo

SHANGHAI = ZoneInfo("Asia/Shanghai")


class Clock(Protocol):
    """The legal day and time in Asia/Shanghai (domain §0.2)."""

    def now(self) -> datetime:
        """The present moment with zone."""
        ...

    def today(self) -> date:
        """The present calendar day."""
        ...


class RealClock:
    """The machine's clock."""

    def now(self) -> datetime:
        """The present moment in Asia/Shanghai."""
        return datetime.now(SHANGHAI)

    def today(self) -> date:
        """The present calendar day in Asia/Shanghai."""
        return self.now().date()


class FixedClock:
    """A date that a test moves by hand; the time of day stands at nine in the morning."""

    def __init__(self, today: date) -> None:
        self._now = datetime(today.year, today.month, today.day, 9, tzinfo=SHANGHAI)

    def set(self, moment: date | datetime) -> None:
        """Moves to a day (nine o'clock) or to a moment with zone."""
        if isinstance(moment, datetime):
            self._now = moment.astimezone(SHANGHAI)
        else:
            self._now = datetime(moment.year, moment.month, moment.day, 9, tzinfo=SHANGHAI)

    def now(self) -> datetime:
        """The moment that was set."""
        return self._now

    def today(self) -> date:
        """The day that was set."""
        return self._now.date()


class FileClock:
    """A date shared by all processes of a demonstration: the first line of a file, `2020-03-02`."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._stamp = -1
        self._today = date.min

    def today(self) -> date:
        """The day in the file; raises OSError or ValueError when there is none, since guessing a day would be worse."""
        stamp = self._path.stat().st_mtime_ns
        if stamp != self._stamp:
            self._today = date.fromisoformat(self._path.read_text().split()[0])
            self._stamp = stamp
        return self._today

    def now(self) -> datetime:
        """The simulated day with the machine's time of day."""
        return datetime.combine(self.today(), datetime.now(SHANGHAI).timetz())


def clock_from(setting: str, profile: str) -> Clock:
    """The clock that the setting names: `real`, or `file:/path` outside production. Raises ValueError otherwise."""
    if setting == "real":
        return RealClock()
    if setting.startswith("file:") and profile != "production":
        return FileClock(Path(setting.removeprefix("file:")))
    raise ValueError(f"DOUDI_CLOCK={setting!r} is not allowed in the {profile} profile; use 'real'")
