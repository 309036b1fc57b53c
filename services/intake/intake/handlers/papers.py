"""What the applicant hands in, put on file (民发〔2012〕220号 art. 12, 14)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from doudi.identity import AccountNumber
from doudi.transaction import Transaction
from intake import rules
from intake.handlers.means import Statement, means_of
from intake.model import AtTheWindow
from intake.model.refusals import NotOfTheHousehold


@dataclass(frozen=True, slots=True)
class Relative:
    """A declared relation between a member and an officer (domain §4.5)."""

    officer: str
    person_id: UUID
    relation: str


@dataclass(frozen=True, slots=True)
class Account:
    """Where the money is to go, as declared."""

    payee_person_id: UUID
    number: AccountNumber
    bank_code: str


@dataclass(frozen=True, slots=True)
class Papers:
    """What the applicant hands in; None: not now."""

    signed: bool | None = None
    truth_promised: bool | None = None
    consents: Sequence[UUID] | None = None
    declared: Statement | None = None
    relatives: Sequence[Relative] | None = None
    account: Account | None = None


def file_papers(application: AtTheWindow, papers: Papers, members: set[UUID], tx: Transaction) -> None:
    """Puts on file what was handed in; everything it names must be of the household."""
    if papers.signed is not None:
        application.signed = papers.signed
    if papers.truth_promised is not None:
        application.truth_promised = papers.truth_promised
    if papers.declared is not None:
        application.declared = means_of(papers.declared, members, "declared", tx).model_dump(mode="json")
    if papers.consents is not None:
        _of_household(papers.consents, members, "consents")
        application.consents = sorted({*application.consents, *map(str, papers.consents)})
    if papers.relatives is not None:
        _of_household([relative.person_id for relative in papers.relatives], members, "relatives")
        _file_relatives(application, papers.relatives, tx)
    if papers.account is not None:
        _of_household([papers.account.payee_person_id], members, "account/payee_person_id")
        application.payee_person_id = papers.account.payee_person_id
        application.account_number = str(tx.keys.seal(papers.account.number.value, "account.number"))
        application.bank_code = papers.account.bank_code


def _file_relatives(application: AtTheWindow, relatives: Sequence[Relative], tx: Transaction) -> None:
    application.relatives = [
        {"officer": r.officer, "person_id": str(r.person_id), "relation": r.relation} for r in relatives
    ]
    application.near_relative = rules.files_apart([r.relation for r in relatives], on=tx.today)


def _of_household(people: Sequence[UUID], members: set[UUID], field: str) -> None:
    if not members.issuperset(people):
        raise NotOfTheHousehold(field=field)
