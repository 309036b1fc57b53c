"""What people send."""

from __future__ import annotations

from typing import Annotated, Literal
from uuid import UUID

from pydantic import StringConstraints

from doudi.calendar import Month
from doudi.division import Division
from doudi.identity import AccountNumber, CitizenId
from doudi.service import Request
from payments.handlers.accounts import NewAccount, NewPayee

Words = Annotated[str, StringConstraints(min_length=1, max_length=500)]
Name = Annotated[str, StringConstraints(min_length=1, max_length=60)]
BankCode = Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9]{2,20}$")]


class OpenRun(Request):
    """A run of a county. MONTHLY puts in what is due up to the month and was never put in; REPAYMENT what came back
    or was held and has another account since. One-off runs are opened by an advance, never by hand."""

    division: Division
    month: Month
    kind: Literal["MONTHLY", "REPAYMENT"] = "MONTHLY"


class CancelRun(Request):
    """Why it is given up."""

    because: Words


class PayeeForm(Request):
    """Another person who takes the money."""

    person_id: UUID
    name: Name
    id_number: CitizenId


class CorrectAccount(Request):
    """The account from now on. `proof`: the paper that proves it. `payee` only where the payee is another person."""

    number: AccountNumber
    bank_code: BankCode
    proof: Words
    payee: PayeeForm | None = None

    def account(self) -> NewAccount:
        """As the handler takes it."""
        form = self.payee
        other = NewPayee(form.person_id, form.name, form.id_number) if form else None
        return NewAccount(self.number, self.bank_code, self.proof, other)
