"""What was paid beyond what is due becomes a recovery case, once; what is due after all leaves it (domain §8.7)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from uuid import UUID

from doudi.division import Division
from doudi.events.payments_recovery import (
    OverpaidMonth,
    RecoveryLowered,
    RecoveryOpened,
    RecoveryRaised,
    RecoveryWithdrawn,
)
from doudi.money import Money
from doudi.transaction import Transaction
from payments import rules
from payments.model import ITSELF, Recovery, RecoveryState
from payments.store import overpaid, recoveries
from payments.store.overpaid import Compared
from payments.store.recoveries import MonthOfMoney

_AT_ONCE = 200
Claims = list[tuple[MonthOfMoney, Money]]


async def examine(tx: Transaction) -> int:
    """Looks at the awards whose due changed: claims what was paid beyond, gives up claims on what is due after all.

    Everything is worked out from what stands, so that events that come twice or in another order end in the same
    cases. An award with money on its way that is not due stays to be looked at. Returns how many awards are done with.
    """
    await overpaid.alone(tx)
    subjects = await overpaid.next_to_examine(tx, _AT_ONCE)
    if not subjects:
        return 0
    more: dict[UUID, list[Compared]] = {}
    fewer: dict[UUID, Claims] = {}
    waiting: set[UUID] = set()
    for row in await overpaid.compared(tx, subjects):
        if row.waits:
            waiting.add(row.subject_id)
        if await _unclaimed(tx, row):
            more.setdefault(row.subject_id, []).append(row)
        for case_id, claim in await _too_much(tx, row):
            fewer.setdefault(case_id, []).append(claim)
    for case_id, claims in fewer.items():
        await _lower(tx, case_id, claims)
    for subject_id, rows in more.items():
        await _claim(tx, subject_id, rows)
    await overpaid.look_at(tx, sorted(waiting))
    return len(set(subjects) - waiting)


def months(claims: Iterable[tuple[MonthOfMoney, Money]]) -> list[OverpaidMonth]:
    """Claims as events carry them."""
    return [
        OverpaidMonth(person_id=m.person_id, programme=m.programme, item=m.item, month=m.month, amount=amount)
        for m, amount in claims
    ]


def _money(row: Compared) -> MonthOfMoney:
    return MonthOfMoney(row.person_id, row.programme, row.item, row.month)


async def _unclaimed(tx: Transaction, row: Compared) -> Money:
    """What of it nobody claims yet. What an officer claimed by hand before the award said so counts as claimed."""
    target = rules.overpaid(row.paid, row.due)
    if row.by_hand and row.claimed + row.by_hand <= target:
        await recoveries.is_undue(tx, _money(row))
    return max(target - row.claimed - row.by_hand, Money.zero())


async def _too_much(tx: Transaction, row: Compared) -> Sequence[tuple[UUID, tuple[MonthOfMoney, Money]]]:
    """By which case so much of it is claimed that is due after all. What was repaid stays: it is owed again."""
    excess = max(row.claimed - rules.overpaid(row.paid, row.due), Money.zero())
    if not excess:
        return []
    claims = await recoveries.claims_on(tx, _money(row))
    shares = rules.spread(excess, [part.rest for part in claims])
    return [(part.recovery_id, (part.money, less)) for part, less in zip(claims, shares, strict=True) if less]


async def _lower(tx: Transaction, case_id: UUID, claims: Claims) -> None:
    case = await recoveries.locked(tx, case_id)
    assert case is not None
    for money, less in claims:
        await recoveries.lower(tx, case_id, money, less)
    before = case.found
    ended = case.lower_by(_sum(claims), on=tx.today)
    if case.found == before:
        return
    await tx.announce(
        RecoveryLowered(
            recovery_id=case.id,
            months=months(claims),
            found=case.found,
            outstanding=case.outstanding,
            lowered_on=tx.today,
        )
    )
    if ended and case.state is RecoveryState.WITHDRAWN:
        assert case.ended_because is not None
        await tx.announce(
            RecoveryWithdrawn(recovery_id=case.id, because=case.ended_because, withdrawn_on=tx.today, by=ITSELF)
        )


async def _claim(tx: Transaction, subject_id: UUID, rows: Sequence[Compared]) -> None:
    claims = [
        (_money(row), rules.overpaid(row.paid, row.due) - row.claimed - row.by_hand) for row in rows
    ]  # fmt: skip
    case = await recoveries.found_and_open(tx, subject_id)
    if case is not None:
        case.raise_by(_sum(claims))
        await recoveries.claim(tx, case.id, claims, True)
        await tx.announce(
            RecoveryRaised(recovery_id=case.id, months=months(claims), found=case.found, raised_on=tx.today)
        )
        return
    case = Recovery(
        division=rows[0].division,
        subject_id=subject_id,
        origin="DETECTED",
        found_fen=_sum(claims).fen,
        because=_why(rows, _sum(claims)),
        opened_on=tx.today,
        opened_by=ITSELF,
    )
    await open_case(tx, case, claims, undue=True)


async def open_case(tx: Transaction, case: Recovery, claims: Claims, *, undue: bool) -> None:
    """Keeps a new case with its months, and says so."""
    await recoveries.add(tx, case)
    await recoveries.claim(tx, case.id, claims, undue)
    await tx.announce(
        RecoveryOpened(
            recovery_id=case.id,
            subject_id=case.subject_id,
            division=Division(case.division),
            origin=case.opened_as,
            months=months(claims),
            found=case.found,
            because=case.because,
            opened_on=case.opened_on,
            by=case.opened_by,
        )
    )


def _sum(claims: Claims) -> Money:
    return sum((amount for _, amount in claims), Money.zero())


def _why(rows: Sequence[Compared], total: Money) -> str:
    first, last = min(row.month for row in rows), max(row.month for row in rows)
    paid, due = sum((r.paid for r in rows), Money.zero()), sum((r.due for r in rows), Money.zero())
    return f"{first}至{last}已发{paid}元，重新核定后应发{due}元，多发{total}元"
