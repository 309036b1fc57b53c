"""What several handlers do."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from uuid import UUID

import asyncpg

from doudi import service
from doudi.calendar import Month
from doudi.events.parts import Account
from doudi.events.payments import PaymentInstructed, PaymentPaid, PaymentReturned
from doudi.identity import AccountNumber, IdentityError
from doudi.money import Money
from doudi.sealed import KeyRing, SealError
from doudi.transaction import Transaction
from payments.model import Run
from payments.store import lines, runs

TOLD_AT_ONCE = 500  # see results: more at once takes longer
"""Lines of one transaction of which something is said."""


async def run(tx: Transaction, run_id: UUID, version: int | None) -> Run:
    """The run, locked, for somebody who acts on it: unchanged since they saw it."""
    found = await runs.run_for_update(tx, run_id)
    service.check_version(found.version, version)
    return found


def officer(tx: Transaction) -> str:
    """Who acts."""
    assert tx.principal is not None
    return tx.principal.sub


def usable(keys: KeyRing, account: Account) -> bool:
    """Whether the bank can be told of this account. Looked at once, when it is heard, and forgotten."""
    try:
        AccountNumber.parse(keys.open(account.number, "account.number"))
        keys.open(account.payee_name, "person.name")
        keys.open(account.payee_id_number, "person.id_number")
    except (SealError, IdentityError):
        return False
    return bool(account.bank_code)


async def say_instructed(tx: Transaction, run: Run) -> int:
    """Says PaymentInstructed of the next lines; returns of how many. After the last the run is told."""
    rows = await lines.untold(tx, run.id, TOLD_AT_ONCE)
    if len(rows) < TOLD_AT_ONCE:
        run.all_told()
    await tx.announce(*(PaymentInstructed(instructed_on=row["instructed_on"], **_line(row)) for row in rows))
    return len(rows)


async def say_settled(tx: Transaction, rows: Sequence[asyncpg.Record]) -> None:
    """Says what the bank did with each of these lines."""
    await tx.announce(*(_settled(row) for row in rows))


def _settled(row: asyncpg.Record) -> PaymentPaid | PaymentReturned:
    if row["status"] == "PAID":
        return PaymentPaid(paid_on=row["settled_on"], **_line(row))
    return PaymentReturned(returned_on=row["settled_on"], reason=row["reason"], **_line(row))


def _line(row: asyncpg.Record) -> dict[str, Any]:
    names = ("payment_key", "subject_id", "run_id", "person_id", "programme", "item", "attempt")
    return {
        **{name: row[name] for name in names},
        "payment_id": row["id"],
        "month": Month.of(row["month"]),
        "amount": Money(row["amount_fen"]),
    }
