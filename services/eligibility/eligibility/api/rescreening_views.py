"""What is answered about a register under a new line, and about the awards of one person in a simulation."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID

from doudi.money import Money
from doudi.service import View


class RegisteredView(View):
    """A registered household that nobody covers and that is below the new line. Yuan per person and year."""

    household: UUID
    """A keyed hash of its number in the register; the comparison's lists tell its keeper who it is"""
    comparison_id: UUID
    division: str
    income_year: Money
    announced_on: date | None

    @classmethod
    def of(cls, row: Any) -> RegisteredView:
        """From a row of the store."""
        return cls.model_validate({**row, "income_year": Money(row["income_fen"])})


class PersonResultView(View):
    """What a simulation found of an award of one person. Yuan per month."""

    award_id: UUID
    division: str
    programme: str
    outcome: str
    old_amount: Money
    new_amount: Money
    because: str
    """Why nothing would be paid any more, or why it could not be worked out; else empty"""

    @classmethod
    def of(cls, row: Any) -> PersonResultView:
        """From a row of the store."""
        return cls.model_validate({**row, "old_amount": Money(row["old_fen"]), "new_amount": Money(row["new_fen"])})
