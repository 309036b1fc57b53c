"""Determinations, second postings and objections, standards."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import BigInteger
from sqlmodel import Field

from doudi.dated import Parameter
from doudi.division import Division
from doudi.money import Money
from eligibility import rules
from eligibility.model.base import Json, JsonColumn, Record


class DeterminationRecord(Record, table=True):
    """What the rules said, with everything that they were given: it can be made again, byte for byte."""

    __tablename__ = "determination"

    application_id: UUID
    made_on: date
    made_by: str | None
    rule_set: str
    facts: Json = Field(sa_type=JsonColumn)
    numbers: Json = Field(sa_type=JsonColumn)
    choice: Json = Field(sa_type=JsonColumn)
    result: Json = Field(sa_type=JsonColumn)
    sha256: str

    def again(self) -> rules.Determination:
        """The same facts, numbers and choice through the rules once more."""
        return rules.determine(
            rules.Facts.from_json(self.facts),
            rules.Numbers(**self.numbers),
            on=self.made_on,
            choice=rules.Choice.from_json(self.choice),
        )


class Posting(Record, table=True):
    """The second posting: only what may be shown (domain §4.3). The name is sealed at rest.

    `kind`: POSTING before a decision (RS2019), PUBLICATION after it (from RS2021).
    """

    __tablename__ = "posting"

    application_id: UUID
    applicant_name: str
    members: int
    assistance_class: str
    amount_fen: int = Field(sa_type=BigInteger)
    posted_on: date
    ends_on: date
    ended_on: date | None = None
    full: bool | None = None
    kind: str = "POSTING"

    def end(self, on: date, *, full: bool) -> None:
        """It is taken down."""
        self.ended_on, self.full = on, full
        self._changed()


class Objection(Record, table=True):
    """What somebody said against a posting; sealed."""

    __tablename__ = "objection"

    application_id: UUID
    posting_id: UUID
    objected_on: date
    statement: str
    answer: str | None = None
    answered_on: date | None = None


class Standard(Record, table=True):
    """A county's or city's standard set through the API; it wins over the file from its date on.

    Money has `amount_fen` and `period`; a table of classes has `value`, as the law's files would have it.
    """

    __tablename__ = "standard"

    key: str
    amount_fen: int | None = Field(default=None, sa_type=BigInteger)
    period: str | None = None
    value: Any = Field(default=None, sa_type=JsonColumn)
    valid_from: date
    document: str
    set_on: date
    set_by: str

    @property
    def parameter(self) -> Parameter:
        """As the parameters take it."""
        value = self.value if self.amount_fen is None else str(Money(self.amount_fen))
        place = Division(self.division).prefix
        return Parameter(self.key, value, self.valid_from, place, self.document, "confirmed", self.period)
