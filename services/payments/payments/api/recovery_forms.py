"""What people send about a recovery."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Literal
from uuid import UUID

from pydantic import Field, StringConstraints

from doudi.money import PositiveMoney
from doudi.service import Request
from payments.api.forms import Words
from payments.handlers.recoveries import Claim
from payments.model import Fault, Ruling
from payments.store.recoveries import Repayment

Receipt = Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9-]{1,40}$")]


class ClaimForm(Request):
    """How much of a paid line is claimed back."""

    payment_id: UUID
    amount: PositiveMoney


class OpenRecovery(Request):
    """Paid lines of one award or relief case, how much of each is claimed back, and why."""

    subject_id: UUID
    payments: Annotated[list[ClaimForm], Field(min_length=1, max_length=500)]
    because: Words

    def claims(self) -> list[Claim]:
        """As the handler takes them."""
        return [Claim(form.payment_id, form.amount) for form in self.payments]


class Decide(Request):
    """What is taken back. CONCEALMENT: the household concealed or misstated something; NO_FAULT: it did no wrong.
    `heard_on`: when it was heard, or its chance to be heard ended; needed from 2026-07-01."""

    amount: PositiveMoney
    fault: Fault
    because: Words
    heard_on: date | None = None

    def ruling(self) -> Ruling:
        """As the handler takes it."""
        return Ruling(self.amount, self.fault, self.because, self.heard_on)


class Repay(Request):
    """An instalment. `receipt`: the number of the bank's or the treasury's paper, once in a case."""

    amount: PositiveMoney
    way: Literal["TRANSFER", "BANK_REVERSAL", "CASH"]
    receipt: Receipt
    repaid_on: date

    def repayment(self) -> Repayment:
        """As the handler takes it."""
        return Repayment(self.receipt, self.amount, self.way, self.repaid_on)


class ProposeWriteOff(Request):
    """Why the rest can't be had."""

    because: Words


class WithdrawRecovery(Request):
    """Why it is given up."""

    because: Words
