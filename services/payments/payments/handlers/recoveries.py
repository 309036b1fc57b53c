"""People's verbs on a recovery: open by hand, decide, notify, take instalments, write off, withdraw, close."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from doudi import service
from doudi.errors import Invalid, NotFound
from doudi.events.payments_recovery import (
    RecoveryClosed,
    RecoveryDecided,
    RecoveryNotified,
    RecoveryRepaid,
    RecoveryWithdrawn,
    RecoveryWrittenOff,
)
from doudi.money import Money
from doudi.transaction import Transaction
from payments import rules
from payments.handlers import common
from payments.handlers.overpaid import open_case
from payments.model import Recovery, Ruling
from payments.model.refusals import MoreThanFound, ReceiptKnown
from payments.store import overpaid, recoveries
from payments.store.recoveries import MonthOfMoney, PaidLine, Repayment


@dataclass(frozen=True, slots=True)
class Claim:
    """So much of a paid line is claimed back."""

    payment_id: UUID
    amount: Money


async def open_by_hand(subject_id: UUID, claims: Sequence[Claim], because: str, tx: Transaction) -> Recovery:
    """An officer claims money back that payments itself can't see was not due.

    Raises NotFound for a line that is no paid one of this subject in the officer's division, Invalid where it is named
    twice, MoreThanFound for more than was paid and is not claimed yet.
    """
    named = [claim.payment_id for claim in claims]
    if len(set(named)) < len(named):
        raise Invalid(field="payments", detail="同一笔发放重复填写 / a payment is named twice")
    await overpaid.alone(tx)
    lines = await recoveries.paid_lines(tx, subject_id, named)
    found: dict[MonthOfMoney, Money] = {}
    for claim in claims:
        for money, share in _share(claim, [line for line in lines if line.payment_id == claim.payment_id]):
            found[money] = found.get(money, Money.zero()) + share
    case = Recovery(
        division=lines[0].division,
        subject_id=subject_id,
        origin="BY_HAND",
        found_fen=sum((claim.amount for claim in claims), Money.zero()).fen,
        because=because,
        opened_on=tx.today,
        opened_by=common.officer(tx),
    )
    await open_case(tx, case, list(found.items()), undue=False)
    return case


def _share(claim: Claim, lines: Sequence[PaidLine]) -> list[tuple[MonthOfMoney, Money]]:
    if not lines:
        raise NotFound
    room = [max(line.amount - line.claimed, Money.zero()) for line in lines]
    shares = rules.spread(claim.amount, room)
    if sum(shares, Money.zero()) < claim.amount:
        left = sum(room, Money.zero())
        raise MoreThanFound(field="payments", detail=f"该笔发放尚可追回{left}元，填写{claim.amount}元。")
    return [(line.money, share) for line, share in zip(lines, shares, strict=True) if share]


async def decide(recovery_id: UUID, ruling: Ruling, tx: Transaction, *, version: int | None) -> Recovery:
    """The county decides what is taken back, and on which ground. Raises Invalid for a hearing that lies ahead."""
    if ruling.heard_on is not None and ruling.heard_on > tx.today:
        raise Invalid(field="heard_on", detail="听取意见的日期晚于今日 / the day of the hearing lies ahead")
    case = await _case(tx, recovery_id, version)
    by = common.officer(tx)
    found = case.decide(ruling, by, on=tx.today)
    await tx.announce(
        RecoveryDecided(
            recovery_id=case.id,
            subject_id=case.subject_id,
            amount=ruling.amount,
            fault=ruling.fault,
            because=ruling.because,
            findings=[found],
            heard_on=ruling.heard_on,
            decided_on=tx.today,
            by=by,
        )
    )
    return case


async def notify(recovery_id: UUID, tx: Transaction, *, version: int | None) -> Recovery:
    """The household was told in writing."""
    case = await _case(tx, recovery_id, version)
    case.notify(common.officer(tx), on=tx.today)
    await tx.announce(RecoveryNotified(recovery_id=case.id, notified_on=tx.today, by=common.officer(tx)))
    return case


async def repaid(recovery_id: UUID, repayment: Repayment, tx: Transaction, *, version: int | None) -> Recovery:
    """An instalment came. Raises MoreThanOwed, ReceiptKnown, and Invalid for a day that lies ahead."""
    if repayment.repaid_on > tx.today:
        raise Invalid(field="repaid_on", detail="退回日期晚于今日 / the day lies ahead")
    case = await _case(tx, recovery_id, version)
    case.repay(repayment.amount)
    if not await recoveries.add_repayment(tx, case.id, repayment, common.officer(tx)):
        raise ReceiptKnown(field="receipt")
    claimed = await recoveries.parts(tx, case.id)
    shares = rules.spread(repayment.amount, [part.rest for part in claimed])
    await recoveries.repay(tx, case.id, list(zip(claimed, shares, strict=True)))
    await tx.announce(_repaid(case, repayment.amount, repayment.way, repayment.repaid_on, common.officer(tx)))
    return case


def _repaid(case: Recovery, amount: Money, way: str, on: date, by: str) -> RecoveryRepaid:
    given = {"recovery_id": case.id, "subject_id": case.subject_id, "outstanding": case.outstanding}
    return RecoveryRepaid.model_validate({**given, "amount": amount, "way": way, "repaid_on": on, "by": by})


async def propose_write_off(recovery_id: UUID, because: str, tx: Transaction, *, version: int | None) -> Recovery:
    """Somebody proposes that the rest be given up, with the reason."""
    case = await _case(tx, recovery_id, version)
    case.propose_write_off(because, common.officer(tx))
    return case


async def write_off(recovery_id: UUID, tx: Transaction, *, version: int | None) -> Recovery:
    """A second person gives up the rest."""
    case = await _case(tx, recovery_id, version)
    by = common.officer(tx)
    rest = case.write_off(by, on=tx.today)
    assert case.write_off_because is not None
    assert case.write_off_proposed_by is not None
    await tx.announce(
        RecoveryWrittenOff(
            recovery_id=case.id,
            amount=rest,
            because=case.write_off_because,
            proposed_by=case.write_off_proposed_by,
            written_off_on=tx.today,
            by=by,
        )
    )
    return case


async def withdraw(recovery_id: UUID, because: str, tx: Transaction, *, version: int | None) -> Recovery:
    """One that was opened by hand in error is given up by another person."""
    await overpaid.alone(tx)
    case = await _case(tx, recovery_id, version)
    by = common.officer(tx)
    case.withdraw(because, by, on=tx.today)
    await recoveries.drop_claims(tx, case.id)
    await overpaid.look_at(tx, [case.subject_id])
    await tx.announce(RecoveryWithdrawn(recovery_id=case.id, because=because, withdrawn_on=tx.today, by=by))
    return case


async def close(recovery_id: UUID, tx: Transaction, *, version: int | None) -> Recovery:
    """Everything is repaid or written off."""
    case = await _case(tx, recovery_id, version)
    by = common.officer(tx)
    case.close(by, on=tx.today)
    repaid_in_all, written_off = Money(case.repaid_fen), Money(case.written_off_fen)
    await tx.announce(
        RecoveryClosed(
            recovery_id=case.id, repaid=repaid_in_all, written_off=written_off, closed_on=tx.today, by=by
        )
    )  # fmt: skip
    return case


async def _case(tx: Transaction, recovery_id: UUID, version: int | None) -> Recovery:
    """The case, locked, for somebody who acts on it: unchanged since they saw it."""
    case = await recoveries.for_update(tx, recovery_id)
    service.check_version(case.version, version)
    return case
