"""Relief: granted there, paid here at once (卫民发〔2019〕21号 二(二)6)."""

from __future__ import annotations

from uuid import UUID

from doudi.calendar import Month
from doudi.clock import SHANGHAI
from doudi.division import Division
from doudi.events.parts import Account
from doudi.events.relief import AdvanceGranted, FollowUpGranted
from doudi.events.relief_requests import RequestGranted
from doudi.transaction import Transaction
from payments import rules
from payments.handlers import common, runs
from payments.model import Run
from payments.model.refusals import OneHandTooFew
from payments.store import awards, lines


async def advance_granted(event: AdvanceGranted, tx: Transaction) -> None:
    """An advance: whoever saw it on the spot made the list. Raises OneHandTooFew."""
    line = _line(event, event.relief_case_id, "ADVANCE")
    await _pay(line, event.account, rules.hands_of_advance(event.verified_by, event.granted_by), tx)


async def follow_up_granted(event: FollowUpGranted, tx: Transaction) -> None:
    """More help in the same case, to where its advance went: whoever proposed it made the list.

    Raises OneHandTooFew.
    """
    line = _line(event, event.relief_case_id, "FOLLOW_UP")
    await _pay(line, event.account, rules.hands_of_advance([event.proposed_by], event.granted_by), tx)


async def request_granted(event: RequestGranted, tx: Transaction) -> None:
    """Relief by the ordinary way: whoever reviewed the request made the list. Raises OneHandTooFew."""
    line = _line(event, event.request_id, "EXPENDITURE")
    await _pay(line, event.account, rules.hands_of_advance([event.reviewed_by], event.granted_by), tx)


def _line(event: AdvanceGranted | FollowUpGranted | RequestGranted, subject_id: UUID, item: str) -> lines.Relief:
    month = Month.of(event.granted_at.astimezone(SHANGHAI).date())
    return lines.Relief(subject_id, event.person_id, str(event.division), month, item, event.payment_key, event.amount)


async def _pay(line: lines.Relief, account: Account, hands: tuple[str, str, str] | None, tx: Transaction) -> None:
    """A run of one line, through three hands that have acted already: who prepared it, who granted it, and finance's
    standing authorisation. One whose account cannot be paid to is held until the account is corrected.

    Raises OneHandTooFew, which parks the event for people to look at.
    """
    if await lines.is_known(tx, line.key):
        return
    if hands is None:
        raise OneHandTooFew
    maker, checker, finance = hands
    if not await awards.payee_is_known(tx, line.subject_id):
        await awards.add_payee(tx, line.subject_id, line.division, account, usable=common.usable(tx.keys, account))
    county = Division(line.division).county.code
    run = Run(division=county, month_on=line.month.first_day, kind="ONE_OFF", maker=maker, opened_on=tx.today)
    tx.session.add(run)
    await tx.session.flush()
    await lines.put_in_relief(tx, run.id, line)
    found = await lines.figures(tx, run.id)
    run.count(found.lines, found.total)
    await runs.say_opened(tx, run)
    if run.lines:
        run.check(checker, on=tx.today)
        await runs.say_checked(tx, run)
        await runs.let_leave(tx, run, finance)
