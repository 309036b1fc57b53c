"""The advance: granted by the township within its limit or by the county, then paid by payments."""

from __future__ import annotations

from typing import cast
from uuid import UUID

from doudi.auth import Principal, Role
from doudi.division import Division
from doudi.events.relief import AdvanceGranted
from doudi.law import Finding
from doudi.money import Money
from doudi.transaction import Transaction
from relief import rules, store
from relief.handlers import common
from relief.model import Grant, ReliefCase
from relief.model.refusals import (
    AboveTownshipLimit,
    NotUrgentEnough,
    PayeeMissing,
    SecondTimeNeedsCounty,
    VerifierMayNotGrant,
)


def level_of(who: Principal) -> rules.Level:
    """At which level this leader grants: the county's leader for the county, the township's for the township."""
    return "COUNTY" if Role.COUNTY_LEADER in who.roles else "TOWNSHIP"


async def grant(
    case_id: UUID, amount: Money, level: rules.Level, tx: Transaction, *, version: int | None
) -> ReliefCase:
    """Pay now. Raises what stands in the way: the trigger, the limit, a second time for one cause, the same officer."""
    case = await common.case(tx, case_id, version)
    by = common.officer(tx)
    apart = rules.granted_by_another(by, case.officers)
    if not apart.met:
        raise VerifierMayNotGrant(detail=apart.because)
    floor = rules.per_capita_floor(
        cast(rules.Registry, case.poverty_registry),
        case.persons,
        amount,
        on=tx.today,
        division=Division(case.division),
    )
    findings = [*await _permitted(case, amount, level, tx), floor.finding, apart]
    key = case.grant(Grant(amount, level, by, findings, floor.owed), at=tx.now)
    await tx.announce(_granted(case, key, amount, findings))
    return case


async def _permitted(case: ReliefCase, amount: Money, level: rules.Level, tx: Transaction) -> list[Finding]:
    """The findings that must be met, in the order of the law; raises the refusal of the first that is not."""
    urgent = rules.may_pay_first(rules.Urgency(**case.urgency))
    if not urgent.met:
        raise NotUrgentEnough(detail=urgent.because)
    limit = rules.within_level(level, amount, on=tx.today, division=Division(case.division))
    if not limit.met:
        raise AboveTownshipLimit(field="amount", detail=limit.because)
    if case.match_key is None:
        raise PayeeMissing
    await store.hold_person(tx, case.match_key)
    earlier = await store.grants_for_cause(tx, [case.match_key], rules.same_matter(case.cause), but=case.id)
    again = rules.same_cause_again(level, earlier, on=tx.today)
    if not again.met:
        raise SecondTimeNeedsCounty(detail=again.because)
    return [urgent, limit, again]


def _granted(case: ReliefCase, key: str, amount: Money, findings: list[Finding]) -> AdvanceGranted:
    assert case.granted_at is not None
    assert case.granted_by is not None
    account = case.account
    return AdvanceGranted(
        relief_case_id=case.id,
        payment_key=key,
        person_id=account.payee_person_id,
        division=Division(case.division),
        persons=case.persons,
        amount=amount,
        level=cast(rules.Level, case.level),
        account=account,
        granted_by=case.granted_by,
        verified_by=case.officers,
        granted_at=case.granted_at,
        findings=findings,
    )
