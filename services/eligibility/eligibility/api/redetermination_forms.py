"""What is asked of redeterminations and simulations."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Literal
from uuid import UUID

from pydantic import Field

from doudi.calendar import Month
from doudi.division import Division
from doudi.money import PositiveMoney
from doudi.service import Request
from eligibility.api.standard_views import TableValue
from eligibility.handlers import drafting, simulation
from eligibility.rules.standards import DibaoStandard, StandardKey, TableKey


class DraftTable(Request):
    """How classes are told apart or what each is paid, not set yet; as `value` of `/v1/standards`."""

    key: TableKey
    value: TableValue


class DraftStandard(Request):
    """What one document would set, and is not set yet: a standard, tables of classes, or both.

    It is set when the redetermination is executed.
    """

    standard: StandardKey = "dibao.rural"
    amount: PositiveMoney | None = None
    period: Literal["MONTH", "YEAR"] | None = None
    valid_from: date
    document: str = Field(min_length=1, max_length=200)
    tables: list[DraftTable] = Field(default=[], max_length=10)

    def draft(self) -> drafting.Draft:
        """As the handler takes it."""
        tables = tuple((table.key, table.value) for table in self.tables)
        return drafting.Draft(self.amount, self.period, self.valid_from, self.document, self.standard, tables)


class Propose(Request):
    """The standards to apply, by id or as a draft, and the month from which awards are adjusted."""

    division: Division
    from_month: Month
    standard_ids: list[UUID] = Field(default=[], max_length=20)
    draft: DraftStandard | None = None


class Approve(Request):
    """The hash of the results that the approver saw."""

    sha256: str = Field(pattern="^[0-9a-f]{64}$|^$")


Text = Annotated[str, Field(min_length=1, max_length=40)]


class SimulatedStandard(Request):
    """A standard that nobody set."""

    standard: DibaoStandard = "dibao.rural"
    amount: PositiveMoney
    period: Literal["MONTH", "YEAR"]


class SimulatedChange(Request):
    """Another value of a number, list or table of the law; by default in the whole division.

    A number is a decimal text (`"0.3"`), a choice its word (`"BY_SHARE"`), a list of words, a table of texts
    (`{"A": "FULL", "B": "BAND", "C": "BAND"}`), or yes and no.
    """

    key: str = Field(min_length=1, max_length=100)
    value: bool | Text | list[Text] | dict[Text, Text]
    period: Literal["MONTH", "YEAR"] | None = None
    division: Division | None = None


class Simulate(Request):
    """A draft standard, changed rules, another rule set, or all of them, and the month whose other numbers hold."""

    division: Division
    from_month: Month
    standard: SimulatedStandard | None = None
    changes: list[SimulatedChange] = Field(default=[], max_length=50)
    rule_set: str | None = Field(default=None, pattern="^RS[0-9]{4}$")
    """By which dibao would be determined instead of the month's, with the month's standard."""

    def asked(self) -> list[simulation.Change]:
        """As the handler takes it."""
        found = [simulation.Change(c.key, c.value, c.division or self.division, c.period) for c in self.changes]
        if self.standard is not None:
            amount, period = str(self.standard.amount), self.standard.period
            found.append(simulation.Change(self.standard.standard, amount, self.division, period))
        return found
