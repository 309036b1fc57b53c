"""The home and its roster. Names of staff are sealed."""

from __future__ import annotations

from datetime import date
from typing import Literal
from uuid import UUID

from care_institutions.model.base import Record
from care_institutions.model.refusals import DatesOutOfOrder, NotOnLeave, NotOnTheRoster
from care_institutions.rules import Post

Turn = Literal["FELL_SHORT", "RECOVERED"]


class Institution(Record, table=True):
    """A home on record with the county (domain §7.8)."""

    __tablename__ = "institution"

    credit_code: str
    name: str
    kind: str
    beds: int
    licence_until: date | None = None
    fire_accepted_on: date | None = None
    registered_on: date
    registered_by: str
    short_since: date | None = None
    """Since when staff are too few; None while they suffice."""
    judged_on: date

    def judge(self, enough: bool, *, on: date) -> Turn | None:
        """The ratio was judged; says whether the home fell short or recovered by it, each once."""
        self.judged_on = on
        if enough == (self.short_since is None):
            return None
        self.short_since = None if enough else on
        self._changed()
        return "RECOVERED" if enough else "FELL_SHORT"


class RosterEntry(Record, table=True):
    """One person on the roster, in hundredths of a full-time post."""

    __tablename__ = "roster_entry"

    institution_id: UUID
    name: str
    role: str
    share_hundredths: int
    started_on: date
    ended_on: date | None = None
    """The first day without them."""
    leave_from: date | None = None
    leave_until: date | None = None

    @property
    def post(self) -> Post:
        """As the rules take it."""
        return Post(self.started_on, self.ended_on, self.leave_from, self.leave_until)

    def end(self, on: date) -> None:
        """They left; `on` is the first day without them."""
        self._employed()
        if on < self.started_on:
            raise DatesOutOfOrder(field="ended_on")
        self.ended_on = on
        self._changed()

    def take_leave(self, start: date, until: date | None) -> None:
        """They are away, until a last day where it is known. A second notice replaces the first."""
        self._employed()
        if start < self.started_on or (until is not None and until < start):
            raise DatesOutOfOrder(field="until" if until is not None and until < start else "from")
        self.leave_from, self.leave_until = start, until
        self._changed()

    def come_back(self) -> None:
        """They are back from leave."""
        self._employed()
        if self.leave_from is None:
            raise NotOnLeave
        self.leave_from = self.leave_until = None
        self._changed()

    def _employed(self) -> None:
        if self.ended_on is not None:
            raise NotOnTheRoster
