"""What is owed: awards and their changes, deaths, advances of relief that are paid at once."""

from __future__ import annotations

import hashlib

from doudi.calendar import Month
from doudi.events.eligibility import AwardAdjusted, AwardGranted, AwardStopped
from doudi.events.intake import DeathReported
from doudi.events.parts import Account
from doudi.events.payments import RunChecked, RunConfirmed, RunOpened
from doudi.events.relief import AdvanceGranted
from doudi.transaction import Transaction
from payments import rules, store
from payments.handlers import common, files
from payments.model import Run, Subject


def _subject(id_: object, kind: str, programme: str, division: str, account: Account) -> Subject:
    return Subject(
        id=id_,
        kind=kind,
        programme=programme,
        division=division,
        payee_person_id=account.payee_person_id,
        payee_name=str(account.payee_name),
        payee_id_number=str(account.payee_id_number),
        account_number=str(account.number),
        bank_code=account.bank_code,
    )


async def award_granted(event: AwardGranted, tx: Transaction) -> None:
    """民发〔2012〕220号 art. 29: money is due every month from the first."""
    tx.session.add(_subject(event.award_id, "AWARD", event.programme, event.division.code, event.account))
    await store.add_lines(tx, event.award_id, event.starts, event.lines)


async def award_adjusted(event: AwardAdjusted, tx: Transaction) -> None:
    """From a month on other lines are due; what was paid stays paid."""
    await store.subject_for_update(tx, event.award_id)
    await store.end_lines(tx, event.award_id, event.from_month.previous())
    await store.add_lines(tx, event.award_id, event.from_month, event.lines)


async def award_stopped(event: AwardStopped, tx: Transaction) -> None:
    """Nothing is due after the last month."""
    await store.subject_for_update(tx, event.award_id)
    await store.end_lines(tx, event.award_id, event.last_month)


async def person_died(event: DeathReported, tx: Transaction) -> None:
    """The month of death is paid, nothing after it (domain §8.1), whatever the award still says."""
    await store.note_death(tx, event.person_id, rules.last_paid_month(event.died_on))


async def advance_granted(event: AdvanceGranted, tx: Transaction) -> None:
    """卫民发〔2019〕21号 二(二)6: pay first. Verifier, approver and finance's standing authorisation are the three."""
    subject = _subject(event.relief_case_id, "ADVANCE", "RELIEF", event.division.code, event.account)
    month = Month.of(tx.today)
    run = Run(
        division=event.division.code,
        kind="ONE_OFF",
        month=str(month),
        lines=1,
        total_fen=event.amount.fen,
        maker=event.verified_by[0],
        opened_on=tx.today,
        pay_by=tx.today,
    )
    tx.session.add_all([subject, run])
    await store.add_payment(tx, run, subject, event.payment_key, "ADVANCE")
    rows = await store.instruct(tx, run.id)
    run.check(event.granted_by)
    run.confirm(rules.finance_of_advance(), tx.today, await files.digest(run, tx, hashlib.sha256()))
    assert run.checker is not None
    await tx.announce(
        RunOpened(
            run_id=run.id, kind="ONE_OFF", division=event.division, month=month, lines=1, total=event.amount,
            opened_on=tx.today, maker=run.maker,
        ),
        RunChecked(run_id=run.id, maker=run.maker, checker=run.checker, checked_on=tx.today),
        RunConfirmed(
            run_id=run.id, maker=run.maker, checker=run.checker, finance=rules.finance_of_advance(),
            confirmed_on=tx.today, lines=1, total=event.amount,
        ),
    )  # fmt: skip
    await common.announce_instructed(rows, tx)
