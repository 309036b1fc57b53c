"""What payments says about money of ours: it arrived, or the bank sent it back."""

from __future__ import annotations

from doudi.events.payments import PaymentPaid, PaymentReturned
from doudi.events.relief import AdvancePaid, FollowUpPaid
from doudi.events.relief_requests import RequestPaid
from doudi.transaction import Transaction
from relief import rules, store

PROGRAMME = "RELIEF"


async def payment_paid(event: PaymentPaid, tx: Transaction) -> None:
    """The bank credited money of ours."""
    if event.programme != PROGRAMME:
        return
    await _advance_paid(event, tx)
    await _follow_up_paid(event, tx)
    await _request_paid(event, tx)


async def payment_returned(event: PaymentReturned, tx: Transaction) -> None:
    """The bank sent money of ours back."""
    if event.programme != PROGRAMME:
        return
    case = await store.case_of_payment(tx, event.subject_id, event.payment_key)
    if case is not None and case.paid_on is None:
        case.returned(event.returned_on, event.reason)
    more = await store.follow_up_of_payment(tx, event.subject_id, event.payment_key)
    if more is not None and more.paid_on is None:
        more.returned(event.returned_on, event.reason)
    asked = await store.request_of_payment(tx, event.subject_id, event.payment_key)
    if asked is not None and asked.paid_on is None:
        asked.returned(event.returned_on, event.reason)


async def _advance_paid(event: PaymentPaid, tx: Transaction) -> None:
    """Hours to pay run from acceptance to the moment it was said."""
    case = await store.case_of_payment(tx, event.subject_id, event.payment_key)
    if case is None or case.paid_on is not None:
        return
    assert case.verified_at is not None
    assert tx.hearing is not None
    hours = rules.hours_to_pay(case.verified_at, tx.hearing.time)
    case.paid(event.paid_on, hours)
    await tx.announce(
        AdvancePaid(relief_case_id=case.id, amount=event.amount, paid_on=event.paid_on, hours_to_pay=hours)
    )


async def _follow_up_paid(event: PaymentPaid, tx: Transaction) -> None:
    more = await store.follow_up_of_payment(tx, event.subject_id, event.payment_key)
    if more is None or more.paid_on is not None:
        return
    more.paid(event.paid_on)
    await tx.announce(
        FollowUpPaid(relief_case_id=more.case_id, follow_up_id=more.id, amount=event.amount, paid_on=event.paid_on)
    )


async def _request_paid(event: PaymentPaid, tx: Transaction) -> None:
    asked = await store.request_of_payment(tx, event.subject_id, event.payment_key)
    if asked is None or asked.paid_on is not None:
        return
    asked.paid(event.paid_on)
    await tx.announce(RequestPaid(request_id=asked.id, amount=event.amount, paid_on=event.paid_on))
