"""What is asked and answered of standards: money, and the tables of classes (domain §3.7 D-01)."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Any, Literal
from uuid import UUID

from pydantic import Field

from doudi.dated import Parameter
from doudi.division import Division
from doudi.money import Money
from doudi.service import Request, View
from eligibility.model import Standard
from eligibility.rules import standards
from eligibility.rules.standards import StandardKey, TableKey

_Word = Annotated[str, Field(min_length=1, max_length=40)]
TableValue = _Word | dict[Literal["A", "B", "C"], _Word]
"""A word or a share as text, or a text for each class."""


class SetStandard(Request):
    """A standard: so much a month or a year, or a table of classes, from a day on, by a document.

    Money has `amount` and `period`; how classes are told apart and paid has `value`: a word (`"BY_SHARE"`), a share
    (`"0.9"`), or a table (`{"A": "380.00", "B": "300.00", "C": "150.00"}`).
    """

    standard: StandardKey | TableKey = "dibao.rural"
    division: Division
    amount: Money | None = None
    period: Literal["MONTH", "YEAR"] | None = None
    value: TableValue | None = None
    valid_from: date
    document: str = Field(min_length=1, max_length=200)


class StandardView(View):
    """A standard in the order of its days. Money has an amount and a period, a table of classes a value."""

    id: UUID | None
    standard: str
    division: str
    amount: Money | None
    period: str | None
    value: Any = None
    valid_from: date
    source: str
    status: str

    @classmethod
    def of(cls, standard: Standard) -> StandardView:
        """One that was set here."""
        return cls.known(standard.parameter).model_copy(update={"id": standard.id, "division": standard.division})

    @classmethod
    def known(cls, row: Parameter) -> StandardView:
        """Any value that is known, also from the law's files."""
        table = row.key in standards.TABLES
        return cls(
            id=None,
            standard=row.key,
            division=row.division.ljust(12, "0"),
            amount=None if table else row.money,
            period=None if table else row.period or "MONTH",
            value=row.value if table else None,
            valid_from=row.valid_from,
            source=row.source,
            status=row.status,
        )
