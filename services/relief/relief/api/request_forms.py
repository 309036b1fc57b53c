"""What people send about a request."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from doudi.division import Division
from doudi.identity import CitizenId
from doudi.money import NonNegativeMoney
from doudi.service import Request
from relief.api.forms import PayeeForm, Reason
from relief.handlers.requests import NewRequest, Verified
from relief.rules import Ground, Insured, Registry, Spending

Months = Annotated[int, Field(ge=0, le=1000)]


class MakeRequest(Request):
    """A household asks for relief: where it lives, why, who asks and gets the money, who else lives with them."""

    division: Division
    cause: Spending
    registry: Registry = "NONE"
    applicant: PayeeForm
    others: list[CitizenId] = Field(default_factory=list, max_length=30)

    def made(self) -> NewRequest:
        """As the handler takes it."""
        return NewRequest(self.division, self.cause, self.registry, self.applicant.payee(), self.others)


class ReviewRequest(Request):
    """What the township verified. Income and spending of the last twelve months, in yuan."""

    insured: Insured = "NONE"
    income: NonNegativeMoney
    property_within: bool
    spending: NonNegativeMoney
    beyond_means: bool
    months: Months

    def verified(self) -> Verified:
        """As the handler takes it."""
        return Verified(self.insured, self.income, self.property_within, self.spending, self.beyond_means, self.months)


class Refuse(Request):
    """By which rule, and why, in writing."""

    ground: Ground
    reason: Reason
