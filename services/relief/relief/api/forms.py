"""What people send."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Literal
from uuid import UUID

from pydantic import Field, StringConstraints

from doudi.division import Division
from doudi.identity import AccountNumber, CitizenId
from doudi.money import Money, PositiveMoney
from doudi.service import Request
from relief.handlers.common import NewPayee
from relief.handlers.emergency import Cause, Channel, Evidence, Report
from relief.handlers.paperwork import HandedIn, Invalid, Paper
from relief.rules import Registry, Threat, Urgency

Name = Annotated[str, StringConstraints(min_length=1, max_length=60)]
Officer = Annotated[str, StringConstraints(min_length=1, max_length=120)]
Phone = Annotated[str, StringConstraints(pattern=r"^\+?[0-9][0-9 -]{4,19}$")]
BankCode = Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9]{2,20}$")]
Reason = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=2000)]
Persons = Annotated[int, Field(ge=1, le=100)]


class UrgencyForm(Request):
    """Urgent, needed at once, and which loss nobody could make good later."""

    urgent: bool
    needed_now: bool
    threatens: list[Threat] = Field(default_factory=list, max_length=4)

    def facts(self) -> Urgency:
        """As the rules take it."""
        return Urgency(self.urgent, self.needed_now, self.threatens)


class AccountForm(Request):
    """The account that the money goes to."""

    number: AccountNumber
    bank_code: BankCode


class PayeeForm(Request):
    """Who gets the money. `person_id`: the id at the window (intake), where the person is registered there."""

    name: Name
    id_number: CitizenId
    phone: Phone | None = None
    account: AccountForm
    person_id: UUID | None = None

    def payee(self) -> NewPayee:
        """As the handler takes it."""
        return NewPayee(
            self.name, self.id_number, self.phone, self.account.number, self.account.bank_code, self.person_id
        )


class ReportEmergency(Request):
    """People in sudden need: where it happened, why, how many, how urgent."""

    division: Division
    cause: Cause
    persons: Persons
    registry: Registry = "NONE"
    channel: Channel
    urgency: UrgencyForm
    payee: PayeeForm | None = None

    def report(self) -> Report:
        """As the handler takes it."""
        return Report(
            division=self.division,
            cause=self.cause,
            persons=self.persons,
            registry=self.registry,
            channel=self.channel,
            urgency=self.urgency.facts(),
            payee=self.payee.payee() if self.payee else None,
        )


class Verify(Request):
    """What the officers found on the spot."""

    officers: list[Officer] = Field(min_length=1, max_length=20)
    evidence: list[Evidence] = Field(min_length=1, max_length=2)
    urgency: UrgencyForm
    persons: Persons | None = None


class GrantAdvance(Request):
    """How much."""

    amount: PositiveMoney


class ProposeFollowUp(Request):
    """How much more."""

    amount: PositiveMoney


class Why(Request):
    """The reason, in writing."""

    reason: Reason


class EndEmergency(Request):
    """When it was over."""

    ended_on: date


class Papers(Request):
    """The papers afterwards: object, cause, amount, signature and seal, enclosures."""

    recipient_id_number: CitizenId
    cause: Cause
    amount: Money
    signed_by_handler: bool
    stamped: bool
    enclosed: list[Paper] = Field(max_length=3)

    def handed_in(self) -> HandedIn:
        """As the handler takes it."""
        return HandedIn(
            self.recipient_id_number, self.cause, self.amount, self.signed_by_handler, self.stamped, self.enclosed
        )


class Close(Request):
    """How it ended. `reason` only with INVALID."""

    outcome: Literal["COMPLETE", "INVALID"]
    reason: Invalid | None = None
