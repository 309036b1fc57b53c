"""Notices (通知书): each decision, change and stop is told in writing; what was told is kept."""

from __future__ import annotations

from doudi.division import Division
from doudi.events.eligibility import AwardAdjusted, AwardStopped
from doudi.events.eligibility_life import NoticeServed
from doudi.money import Money
from doudi.transaction import Transaction
from eligibility import rules, store
from eligibility.handlers import common
from eligibility.model import Award, Case, ProgrammeCase
from eligibility.model.notice import Notice, addressee


async def decided(case: Case, made: rules.Determination, tx: Transaction) -> None:
    """Writes the approval or the refusal (民发〔2012〕220号 art. 26, 29)."""
    assert case.decided_on is not None
    approved = case.status == "APPROVED"
    starts = str(rules.procedure.first_month(case.decided_on)) if approved else None
    tx.session.add(Notice.of_decision(case, made, starts))


async def changed(award: Award, event: AwardAdjusted, before: Money, tx: Transaction) -> None:
    """Writes that an award pays another amount (国务院令649号 art. 13). `before`: what it paid a month."""
    tx.session.add(Notice.of_change(award, event, before, await to_whom(award, tx)))


async def stopped(award: Award, event: AwardStopped, tx: Transaction) -> None:
    """Writes that an award ends (国务院令649号 art. 13)."""
    tx.session.add(Notice.of_stop(award, event, await to_whom(award, tx)))


async def continued(award: Award, made: rules.Determination, reason: str, tx: Transaction) -> None:
    """Writes to the household of an award that goes on where another ended (国务院令649号 art. 13)."""
    tx.session.add(Notice.of_successor(award, made, reason, await to_whom(award, tx)))


async def to_whom(award: Award, tx: Transaction) -> tuple[str, bool]:
    """Whom it is addressed to: of those whom the award is about, the head, or who lives."""
    case = await store.find_case(tx, award.application_id)
    assert case is not None
    keys = [m.match_key for m in case.members.members]
    unit = {str(person["person_id"]) for person in award.facts["unit"]}
    return addressee(case.members, await store.dead_among(tx, keys), unit)


def refusal_served(case: Case | ProgrammeCase, tx: Transaction) -> NoticeServed:
    """That the written refusal was handed over today, and by whom."""
    return NoticeServed(
        subject_id=case.id,
        division=Division(case.division),
        notice="REFUSAL",
        reason=case.outcome_because or "",
        served_on=tx.today,
        by=common.officer(tx),
    )
