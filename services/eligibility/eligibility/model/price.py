"""A month's temporary price subsidy in a county: prepared, checked, signed, then granted to everybody it is for."""

from __future__ import annotations

from datetime import date
from enum import StrEnum

from sqlalchemy import BigInteger
from sqlmodel import Field

from doudi.money import Money
from eligibility import rules
from eligibility.model import refusals
from eligibility.model.base import Record


class PriceState(StrEnum):
    """Where a month stands."""

    PREPARED = "PREPARED"
    CHECKED = "CHECKED"
    SIGNED = "SIGNED"
    DONE = "DONE"


class PriceRun(Record, table=True):
    """One month of one county. `granted`: how many people so far."""

    __tablename__ = "price_run"

    status: str = PriceState.PREPARED.value
    month: str
    amount_fen: int = Field(sa_type=BigInteger)
    prepared_by: str
    prepared_on: date
    checked_by: str | None = None
    signed_by: str | None = None
    signed_on: date | None = None
    granted: int = 0

    @property
    def amount(self) -> Money:
        """For each person."""
        return Money(self.amount_fen)

    def _from(self, state: PriceState, to: PriceState) -> None:
        if PriceState(self.status) is not state:
            raise refusals.NotInThisState(detail=f"当前环节：{self.status}")
        self.status = to.value
        self._changed()

    def check(self, by: str) -> None:
        """The section head agrees."""
        if by == self.prepared_by:
            raise refusals.ThreePeopleNeeded(field="checked_by")
        self._from(PriceState.PREPARED, PriceState.CHECKED)
        self.checked_by = by

    def sign(self, by: str, on: date) -> None:
        """The leader lets it be granted."""
        if not rules.procedure.three_people(self.prepared_by, self.checked_by or "-", by).met:
            raise refusals.ThreePeopleNeeded(field="signed_by")
        self._from(PriceState.CHECKED, PriceState.SIGNED)
        self.signed_by, self.signed_on = by, on

    def count(self, people: int) -> None:
        """So many more people got it."""
        self.granted += people
        self._changed()

    def done(self) -> None:
        """Everybody got it."""
        self._from(PriceState.SIGNED, PriceState.DONE)
