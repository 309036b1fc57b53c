"""The award: money due every month, from its first month to its last."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import BigInteger
from sqlmodel import Field

from doudi.calendar import Month
from doudi.money import Money
from eligibility import rules
from eligibility.model.base import Base, Json, JsonColumn, Record


class Award(Record, table=True):
    """What a household gets (domain §4.2: ACTIVE, STOPPED in the first cut)."""

    __tablename__ = "award"

    application_id: UUID
    decision_id: UUID
    household_id: UUID
    status: str = "ACTIVE"
    programme: str = "DIBAO_R"
    rule_set: str
    assistance_class: str
    household_size: int
    insured: list[Any] = Field(sa_type=JsonColumn)
    amount_fen: int = Field(sa_type=BigInteger)
    starts: str
    last_month: str | None = None
    granted_on: date
    review_due_on: date
    facts: Json = Field(sa_type=JsonColumn)
    choice: Json = Field(sa_type=JsonColumn)

    def adjust(self, determination: rules.Determination, facts: rules.Facts, choice: rules.Choice) -> None:
        """It pays other lines from some month on."""
        self.household_size, self.insured = determination.size, list(determination.insured)
        self.assistance_class = determination.assistance_class or self.assistance_class
        self.amount_fen = determination.amount.fen
        self.facts, self.choice = facts.as_json(), choice.as_json()
        self._changed()

    def stop(self, last_month: Month) -> None:
        """`last_month` is the last that is paid."""
        self.status, self.last_month = "STOPPED", str(last_month)
        self._changed()


class AwardLineRow(Base, table=True):
    """One person's money of one kind, from a month to a month (None: still)."""

    __tablename__ = "award_line"

    award_id: UUID = Field(primary_key=True)
    person_id: UUID = Field(primary_key=True)
    item: str = Field(primary_key=True)
    from_month: str = Field(primary_key=True)
    to_month: str | None = None
    amount_fen: int = Field(sa_type=BigInteger)

    @property
    def amount(self) -> Money:
        """Per month."""
        return Money(self.amount_fen)


def rows(award_id: UUID, lines: Sequence[rules.Line], starts: Month) -> list[AwardLineRow]:
    """The lines of an award from a month on."""
    return [
        AwardLineRow(
            award_id=award_id,
            person_id=UUID(line.person_id),
            item=line.item,
            from_month=str(starts),
            amount_fen=line.amount.fen,
        )
        for line in lines
    ]
