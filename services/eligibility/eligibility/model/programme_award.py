"""What one person gets of a programme other than dibao, and how it goes on, changes and ends (domain §4.2)."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import BigInteger
from sqlmodel import Field

from doudi.calendar import Month
from doudi.money import Money
from eligibility.model.base import JsonColumn, Record
from eligibility.rules import programmes


class ProgrammeAward(Record, table=True):
    """What one person gets of one programme every month."""

    __tablename__ = "programme_award"

    application_id: UUID
    decision_id: UUID
    programme: str
    person_id: UUID
    match_key: str
    status: str = "ACTIVE"
    rule_set: str
    lines: list[Any] = Field(sa_type=JsonColumn)
    """[[item, yuan]], per month."""
    amount_fen: int = Field(sa_type=BigInteger)
    whole: bool
    """It is the programme's whole line, not a difference to other aid."""
    starts: str
    lines_from: str
    """The first month of what it pays now."""
    facts_from: str
    """The first month of the facts that this rests on: standards may have changed since, nothing else."""
    last_month: str | None = None
    granted_on: date
    review_due_on: date
    stopped_because: str | None = None
    case_id: UUID
    """The application or change whose facts it rests on."""
    checked_month: str
    """The last month in which the comparison looked at it."""
    checked_on: date
    """The last day on which a living subsidy was held against dibao."""
    question: str | None = None
    """What the comparison asks the county to look at; it takes nothing away by itself."""

    @property
    def items(self) -> list[tuple[str, Money]]:
        """What it pays per month."""
        return [(item, Money.yuan(amount)) for item, amount in self.lines]

    @property
    def amount(self) -> Money:
        """Per month."""
        return Money(self.amount_fen)

    def lower(self, left: Money, from_month: Month) -> None:
        """It pays only the difference to other aid from a month on."""
        self.lines_from = self.facts_from = str(from_month)
        self.lines, self.amount_fen, self.whole = [["TOP_UP", str(left)]], left.fen, False
        self._changed()

    def adjust(
        self, made: programmes.ProgrammeDetermination, case_id: UUID, from_month: Month, *, same_facts: bool
    ) -> None:
        """It pays what the rules say now, on the facts of this case, from a month on."""
        self.lines_from = str(from_month)
        self.facts_from = self.facts_from if same_facts else str(from_month)
        self.lines, self.amount_fen = [[line.item, str(line.amount)] for line in made.lines], made.amount.fen
        self.whole = self.programme != "DEFACTO" or all(line.item != "TOP_UP" for line in made.lines)
        self.rule_set, self.case_id, self.question = made.rule_set, case_id, None
        self._changed()

    def reviewed(self, due_on: date) -> None:
        """Somebody looked at it; `due_on`: when the next time is due."""
        self.review_due_on = due_on
        self._changed()

    def rests_on(self, case_id: UUID, from_month: Month) -> None:
        """It goes on unchanged, on newer facts, which count from a month on."""
        self.case_id, self.question, self.facts_from = case_id, None, str(from_month)
        self._changed()

    def checked(self, month: Month, question: str | None) -> None:
        """The comparison of a month looked at it, and asks something or nothing."""
        if question != self.question:
            self._changed()
        self.checked_month, self.question = str(month), question

    def stop(self, last_month: Month, because: str) -> None:
        """`last_month` is the last that is paid."""
        self.status, self.last_month, self.stopped_because = "STOPPED", str(last_month), because
        self._changed()
