"""A payee's account is corrected after proof."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from doudi.events.payments import AccountCorrected
from doudi.identity import AccountNumber, CitizenId
from doudi.transaction import Transaction
from payments.handlers import common
from payments.store import awards
from payments.store.awards import Correction, Payee


@dataclass(frozen=True, slots=True)
class NewPayee:
    """Another person who takes the money from now on, e.g. after the head of the household died."""

    person_id: UUID
    name: str
    id_number: CitizenId


@dataclass(frozen=True, slots=True)
class NewAccount:
    """The account, what proves it (e.g. the number of the bank's paper), and another payee where there is one."""

    number: AccountNumber
    bank_code: str
    proof: str
    payee: NewPayee | None


async def correct(subject_id: UUID, account: NewAccount, tx: Transaction) -> Payee:
    """Another account for the money of a subject. Runs that are open keep the one that was frozen with them; what
    comes back from it is gathered by a repayment run. Raises NotFound."""
    await awards.payee_for_update(tx, subject_id)
    other, keys, by = account.payee, tx.keys, common.officer(tx)
    new = Correction(
        number=keys.seal(account.number.value, "account.number"),
        bank_code=account.bank_code,
        proof=account.proof,
        person_id=other.person_id if other else None,
        name=keys.seal(other.name, "person.name") if other else None,
        id_number=keys.seal(other.id_number.value, "person.id_number") if other else None,
    )
    payee = await awards.correct_account(tx, subject_id, new, by, tx.today)
    await tx.announce(AccountCorrected(subject_id=subject_id, person_id=payee.person_id, corrected_on=tx.today, by=by))
    return payee
