"""Advance relief: granted there, paid here at once (卫民发〔2019〕21号 二(二)6)."""

from __future__ import annotations

from doudi.calendar import Month
from doudi.clock import SHANGHAI
from doudi.events.relief import AdvanceGranted
from doudi.transaction import Transaction
from payments import rules
from payments.handlers import common, runs
from payments.model import Run
from payments.model.refusals import OneHandTooFew
from payments.store import awards, lines


async def granted(event: AdvanceGranted, tx: Transaction) -> None:
    """A run of one line, through three hands that have acted already: who saw it, who granted it, and finance's
    standing authorisation. One whose account cannot be paid to is held until the account is corrected.

    Raises OneHandTooFew, which parks it for people to look at.
    """
    if await lines.is_known(tx, event.payment_key):
        return
    hands = rules.hands_of_advance(event.verified_by, event.granted_by)
    if hands is None:
        raise OneHandTooFew
    maker, checker, finance = hands
    month = Month.of(event.granted_at.astimezone(SHANGHAI).date())
    await awards.add_payee(
        tx, event.relief_case_id, str(event.division), event.account, usable=common.usable(tx.keys, event.account)
    )
    run = Run(
        division=event.division.county.code, month_on=month.first_day, kind="ONE_OFF", maker=maker, opened_on=tx.today
    )
    tx.session.add(run)
    await tx.session.flush()
    line = lines.Advance(
        event.relief_case_id, event.person_id, str(event.division), month, event.payment_key, event.amount
    )
    await lines.put_in_advance(tx, run.id, line)
    found = await lines.figures(tx, run.id)
    run.count(found.lines, found.total)
    await runs.say_opened(tx, run)
    if run.lines:
        run.check(checker, on=tx.today)
        await runs.say_checked(tx, run)
        await runs.let_leave(tx, run, finance)
