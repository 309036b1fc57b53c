"""Further help after an advance: an officer proposes, the county decides, payments pays."""

from __future__ import annotations

from typing import Literal, cast
from uuid import UUID

from doudi import service
from doudi.division import Division
from doudi.events.relief import FollowUpEnded, FollowUpGranted, FollowUpProposed
from doudi.law import Finding
from doudi.money import Money
from doudi.transaction import Transaction
from relief import rules, store
from relief.handlers import common
from relief.model import FollowUp, ReliefCase
from relief.model.refusals import BelowFloor, ByTheSameHands, FollowUpPending


async def propose(case_id: UUID, amount: Money, tx: Transaction, *, version: int | None) -> FollowUp:
    """More than the advance is needed. Raises FollowUpPending while another waits, BelowFloor."""
    case = await common.case(tx, case_id, version)
    _reaches_floor(case, case.takes_follow_up(), amount)
    if await store.follow_up_pending(tx, case.id):
        raise FollowUpPending
    proposed = FollowUp(case_id=case.id, amount_fen=amount.fen, proposed_by=common.officer(tx), proposed_on=tx.today)
    tx.session.add(proposed)
    await tx.session.flush()
    await tx.announce(
        FollowUpProposed(
            relief_case_id=case.id,
            follow_up_id=proposed.id,
            amount=amount,
            proposed_by=proposed.proposed_by,
            proposed_on=tx.today,
        )
    )
    return proposed


async def grant(follow_up_id: UUID, tx: Transaction, *, version: int | None) -> FollowUp:
    """The county grants what was proposed, by somebody who had no hand in the case. Raises ByTheSameHands."""
    case, found = await _for_update(tx, follow_up_id, version)
    by, advance = common.officer(tx), case.takes_follow_up()
    apart = rules.follow_up_by_another(by, [*case.officers, case.granted_by or "", found.proposed_by])
    if not apart.met:
        raise ByTheSameHands(detail=apart.because)
    findings = [*_reaches_floor(case, advance, found.amount), apart]
    key = found.grant(case.account.payee_person_id, findings, by=by, at=tx.now)
    case.helped_further(found.amount)
    await tx.announce(
        FollowUpGranted(
            relief_case_id=case.id,
            follow_up_id=found.id,
            payment_key=key,
            person_id=case.account.payee_person_id,
            division=Division(case.division),
            persons=case.persons,
            amount=found.amount,
            advance=advance,
            account=case.account,
            proposed_by=found.proposed_by,
            granted_by=by,
            granted_at=tx.now,
            findings=findings,
        )
    )
    return found


async def refuse(follow_up_id: UUID, reason: str, tx: Transaction, *, version: int | None) -> FollowUp:
    """The county refuses it, with its reason in writing."""
    _, found = await _for_update(tx, follow_up_id, version)
    found.refuse(reason, by=common.officer(tx), at=tx.now)
    await _ended(found, "REFUSED", reason, tx)
    return found


async def withdraw(follow_up_id: UUID, reason: str, tx: Transaction, *, version: int | None) -> FollowUp:
    """The officers take it back before the county decides."""
    _, found = await _for_update(tx, follow_up_id, version)
    found.withdraw(reason, by=common.officer(tx), at=tx.now)
    await _ended(found, "WITHDRAWN", reason, tx)
    return found


async def _for_update(tx: Transaction, follow_up_id: UUID, version: int | None) -> tuple[ReliefCase, FollowUp]:
    case, found = await store.follow_up_for_update(tx, follow_up_id)
    service.check_version(found.version, version)
    return case, found


def _reaches_floor(case: ReliefCase, advance: Money, more: Money) -> list[Finding]:
    assert case.granted_on is not None
    registry, on, where = cast(rules.Registry, case.poverty_registry), case.granted_on, Division(case.division)
    floor = rules.per_capita_floor(registry, case.persons, advance + more, on=on, division=where)
    together = rules.follow_up_reaches_floor(registry, case.persons, advance, more, on=on, division=where)
    if not together.met:
        raise BelowFloor(field="amount", detail=f"{floor.finding.because}；{together.because}")
    return [floor.finding, together]


async def _ended(found: FollowUp, outcome: Literal["REFUSED", "WITHDRAWN"], reason: str, tx: Transaction) -> None:
    await tx.announce(
        FollowUpEnded(
            relief_case_id=found.case_id,
            follow_up_id=found.id,
            outcome=outcome,
            reason=reason,
            ended_on=tx.today,
            by=common.officer(tx),
        )
    )
