"""What several handlers do."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from doudi import service
from doudi.calendar import Calendar, CalendarUnknown
from doudi.identity import AccountNumber, CitizenId
from doudi.transaction import Transaction, new_id
from relief import store
from relief.model import Payee, ReliefCase
from relief.model.refusals import HolidayPlanMissing


@dataclass(frozen=True, slots=True)
class NewPayee:
    """The payee as told. `person_id`: under which the window knows them, where it does."""

    name: str
    id_number: CitizenId
    phone: str | None
    account: AccountNumber
    bank_code: str
    person_id: UUID | None


async def case(tx: Transaction, case_id: UUID, version: int | None) -> ReliefCase:
    """The case, locked, for an officer who acts on it: unchanged since they saw it."""
    found = await store.case_for_update(tx, case_id)
    service.check_version(found.version, version)
    return found


def officer(tx: Transaction) -> str:
    """Who acts."""
    assert tx.principal is not None
    return tx.principal.sub


def due(rule: Callable[[date, Calendar], date], since: date) -> date:
    """The last day of a term of working days. Raises HolidayPlanMissing."""
    try:
        return rule(since, Calendar.load())
    except CalendarUnknown as error:
        raise HolidayPlanMissing from error


async def seal(payee: NewPayee, tx: Transaction) -> Payee:
    """Sealed; under the id by which the window or earlier help knows the person, else under a new one."""
    match_key = tx.keys.match(payee.id_number.value)
    await store.hold_person(tx, match_key)
    person_id = payee.person_id or await store.person_id_of(tx, match_key) or new_id()
    return Payee(
        person_id=person_id,
        match_key=match_key,
        name=tx.keys.seal(payee.name, "person.name"),
        id_number=tx.keys.seal(payee.id_number.value, "person.id_number"),
        phone=tx.keys.seal(payee.phone, "person.phone") if payee.phone else None,
        account_number=tx.keys.seal(payee.account.value, "account.number"),
        bank_code=payee.bank_code,
    )
