"""A run from the maker to finance."""

from __future__ import annotations

import hashlib
from collections.abc import AsyncIterator
from uuid import UUID

from doudi.calendar import Month
from doudi.division import Division, Level
from doudi.events.payments import RunChecked, RunConfirmed, RunOpened
from doudi.transaction import Runtime, Transaction
from payments import rules
from payments.handlers import bank_file, common
from payments.model import Kind, Run, RunState
from payments.model.refusals import (
    FileChanged,
    FileNotThere,
    NotACounty,
    NothingLeft,
    NothingToPay,
    OutsideOwnDivision,
    TooEarly,
)
from payments.store import lines, runs

_WITH_FILE = (RunState.CONFIRMED, RunState.SENT, RunState.DONE)


async def open_run(tx: Transaction, division: Division, month: Month, kind: Kind) -> Run:
    """The maker freezes a list. Raises NotACounty, OutsideOwnDivision, TooEarly, NothingToPay."""
    assert tx.principal is not None
    if division.level is not Level.COUNTY:
        raise NotACounty(field="division")
    if not tx.principal.may_see(division):
        raise OutsideOwnDivision(field="division")
    early = rules.may_be_opened(month, today=tx.today)
    if not early.met:
        raise TooEarly(field="month", detail=early.because)
    run = Run(division=division.code, month_on=month.first_day, kind=kind, maker=common.officer(tx), opened_on=tx.today)
    tx.session.add(run)
    await tx.session.flush()
    put_in = await (lines.put_in_month(tx, run) if kind == "MONTHLY" else lines.put_in_again(tx, run))
    if not put_in:
        raise NothingToPay
    await _count(tx, run)
    await say_opened(tx, run)
    return run


async def say_opened(tx: Transaction, run: Run) -> None:
    """Announces a run."""
    await tx.announce(
        RunOpened(
            run_id=run.id,
            kind=run.run_kind,
            division=Division(run.division),
            month=run.month,
            lines=run.lines,
            total=run.total,
            opened_on=run.opened_on,
            maker=run.maker,
        )
    )


async def check(run_id: UUID, tx: Transaction, *, version: int | None) -> Run:
    """Somebody other than the maker checked the list."""
    run = await common.run(tx, run_id, version)
    run.check(common.officer(tx), on=tx.today)
    await say_checked(tx, run)
    return run


async def say_checked(tx: Transaction, run: Run) -> None:
    """Announces the check."""
    assert run.checker is not None
    await tx.announce(RunChecked(run_id=run.id, maker=run.maker, checker=run.checker, checked_on=tx.today))


async def confirm(run_id: UUID, tx: Transaction, *, version: int | None) -> Run:
    """Finance, a third person, lets the file go. Raises NothingLeft when no line would be in it.

    Lines whose award ended, was lowered, or whose person died since the run was opened fall away now.
    """
    run = await common.run(tx, run_id, version)
    run.may_be_confirmed(common.officer(tx))
    await lines.drop_undue(tx, run)
    await _count(tx, run)
    if not run.lines:
        raise NothingLeft
    await let_leave(tx, run, common.officer(tx))
    return run


async def let_leave(tx: Transaction, run: Run, finance: str) -> None:
    """Fixes the bytes of the file and says that its lines are in it."""
    sha256 = await bank_file.digest(bank_file.pain(run, tx.now, tx.keys, lines.in_file(tx, run.id)))
    run.confirm(finance, sha256, at=tx.now)
    await tx.session.flush()
    await lines.instruct(tx, run.id, tx.today)
    assert run.checker is not None
    await tx.announce(
        RunConfirmed(
            run_id=run.id,
            maker=run.maker,
            checker=run.checker,
            finance=finance,
            confirmed_on=tx.today,
            lines=run.lines,
            total=run.total,
        )
    )
    await common.say_instructed(tx, run)


async def cancel(run_id: UUID, because: str, tx: Transaction, *, version: int | None) -> Run:
    """Given up before finance let it go; the money can be put in again."""
    run = await common.run(tx, run_id, version)
    run.cancel(common.officer(tx), because, on=tx.today)
    await tx.session.flush()
    await lines.let_go(tx, run)
    return run


async def say_rest(tx: Transaction) -> int:
    """Says PaymentInstructed of the lines of large files, piece by piece. Returns of how many."""
    run = await runs.with_untold_lines(tx)
    if run is None:
        return 0
    await common.say_instructed(tx, run)
    return 1


async def file_of(run_id: UUID, tx: Transaction) -> Run:
    """The run whose file somebody takes. Raises FileNotThere before finance's confirmation; notes the access."""
    run = await runs.run_to_see(tx, run_id)
    if run.state not in _WITH_FILE:
        raise FileNotThere
    tx.saw("bank_file", run.id)
    return run


async def chunks(runtime: Runtime, run: Run, kind: str) -> AsyncIterator[bytes]:
    """The file in pieces, read in a transaction of its own."""
    assert run.confirmed_at is not None
    async with runtime.transaction() as tx:
        pieces = lines.in_file(tx, run.id)
        made = (
            bank_file.table(tx.keys, pieces)
            if kind == "csv"
            else bank_file.pain(run, run.confirmed_at, tx.keys, pieces)
        )
        async for chunk in made:
            yield chunk


async def verified(runtime: Runtime, run: Run) -> bytes:
    """The pain.001 as finance confirmed it. Raises FileChanged when a byte differs."""
    body = b"".join([chunk async for chunk in chunks(runtime, run, "pain.001")])
    if hashlib.sha256(body).hexdigest() != run.sha256:
        raise FileChanged
    return body


async def _count(tx: Transaction, run: Run) -> None:
    found = await lines.figures(tx, run.id)
    run.count(found.lines, found.total)
    await tx.session.flush()
