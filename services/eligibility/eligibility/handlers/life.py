"""An award's life (民发〔2012〕220号 art. 33; 国务院令649号 art. 13): review, change, hold, resume, offers of work."""

from __future__ import annotations

from datetime import date
from typing import Literal
from uuid import UUID

from doudi.calendar import Month
from doudi.division import Division
from doudi.events.eligibility_life import (
    AwardResumed,
    AwardSuspended,
    ChangeReported,
    NoticeServed,
    ReviewBegan,
    ReviewRecorded,
    WorkOffered,
)
from doudi.money import Money
from doudi.transaction import Transaction
from eligibility import rules
from eligibility.handlers import common, interventions, looks, plausible
from eligibility.handlers.looks import Look
from eligibility.handlers.plans import Plan, added_and_left
from eligibility.model import Award, AwardState, ChangeReport, Intervention, Review, WorkOffer, refusals
from eligibility.store import life as stored

Ground = Literal["ACCOUNT_RETURNED", "PERSON_NOT_FOUND", "ALIVE_CHECK_MISSED"]


async def begin_review(award_id: UUID, tx: Transaction, version: int | None) -> Award:
    """The household is to be looked at again now (民发〔2012〕220号 art. 33); it is paid as before meanwhile."""
    award = await looks.award(tx, award_id, version)
    await interventions.none_open(award.id, tx)
    award.begin_review(tx.today)
    await tx.announce(
        ReviewBegan(
            award_id=award.id,
            division=Division(award.division),
            began_on=tx.today,
            review_due_on=award.review_due_on,
            by=common.officer(tx),
        )
    )
    return award


async def review(award_id: UUID, look: Look, tx: Transaction, version: int | None) -> Review:
    """The household is looked at again; what the rules say becomes nothing, or a proposal for three people."""
    award = await looks.award(tx, award_id, version)
    await interventions.none_open(award.id, tx)
    facts = look.facts(rules.Facts.from_json(award.facts))
    record, result = await looks.determined(award, facts, look.choice, tx)
    looks.lawful(result)
    before, same = Money(award.amount_fen), await _same_lines(award, result, tx)
    tapers = award.taper_until is not None
    outcome = rules.life.effect(before, result.amount, eligible=result.eligible, same_lines=same and not tapers)
    if tapers and outcome == "STOP":
        outcome = "UNCHANGED"  # over the line, as was known when the taper was granted: it goes on to its end
    made = Review(
        division=award.division,
        award_id=award.id,
        was_due_on=award.review_due_on,
        reviewed_on=tx.today,
        reviewed_by=common.officer(tx),
        determination_id=record.id,
        outcome=outcome,
        before_fen=before.fen,
        after_fen=result.amount.fen,
    )
    award.reviewed(rules.life.next_review(award.programme, result.assistance_class or "C", tx.today))
    await tx.session.flush()
    if outcome == "UNCHANGED" and not tapers:
        award.adjust(result, facts, rules.Choice.from_json(record.choice))
    elif outcome != "UNCHANGED":
        made.intervention_id = (await _follow_up(award, look, record.id, result, outcome, tx)).id
    tx.session.add(made)
    await tx.announce(_recorded(made, award, result, tx))
    return made


async def _same_lines(award: Award, result: rules.Determination, tx: Transaction) -> bool:
    return set(await stored.present_lines(tx, award.id)) == set(result.lines)


async def _follow_up(
    award: Award, look: Look, determination_id: UUID, result: rules.Determination, outcome: str, tx: Transaction
) -> Intervention:
    ground = "REVIEW"
    if outcome == "STOP":
        ground = "INCOME_OVER" if result.findings[0].met else "PROPERTY_OVER"
    grounded = rules.stop.stop_is_grounded(
        ground,
        income_below=result.findings[1].met or result.findings[2].met,
        property_within=result.findings[0].met,
        registry=rules.Facts.from_json(award.facts).registry,
    )
    found = [*result.findings, *([grounded] if outcome == "STOP" and grounded.met else [])]
    unmet = [f.because for f in result.findings[:3] if not f.met] if outcome == "STOP" else []
    told = rules.life.told_changed(Money(award.amount_fen), result.amount, result.per_capita_income)
    reason = "；".join(unmet) or told
    plan = Plan(
        after=result.amount,
        rule_set=result.rule_set,
        findings=found,
        body={"determination_id": str(determination_id), **added_and_left(look)},
    )
    return await interventions.record(award, outcome, ground, reason, plan, tx)


def _recorded(made: Review, award: Award, result: rules.Determination, tx: Transaction) -> ReviewRecorded:
    return ReviewRecorded(
        review_id=made.id,
        award_id=award.id,
        division=Division(award.division),
        outcome=made.outcome,
        rule_set=result.rule_set,
        amount_before=Money(made.before_fen),
        amount_after=result.amount,
        findings=list(result.findings),
        reviewed_on=tx.today,
        review_due_on=award.review_due_on,
        by=made.reviewed_by,
    )


async def report_change(
    award_id: UUID, kind: str, happened_on: date, person_id: UUID | None, tx: Transaction, version: int | None
) -> ChangeReport:
    """Somebody reports that the household changed: it is looked at again soon. Nothing is changed by the report."""
    award = await looks.award(tx, award_id, version)
    unit = {p.person_id: date.fromisoformat(p.born) for p in rules.Facts.from_json(award.facts).unit}
    if kind == "MEMBER_LEFT" and str(person_id) not in unit:
        raise refusals.UnknownMember(field="person_id")
    plausible.change(happened_on, unit.get(str(person_id)), "happened_on", tx)
    award.change_reported(rules.life.review_after_change(tx.today))
    made = ChangeReport(
        division=award.division,
        award_id=award.id,
        kind=kind,
        happened_on=happened_on,
        reported_on=tx.today,
        reported_by=common.officer(tx),
        person_id=person_id,
        review_by=award.review_due_on,
    )
    tx.session.add(made)
    await tx.announce(
        ChangeReported(
            award_id=award.id,
            division=Division(award.division),
            kind=made.kind,
            person_id=person_id,
            happened_on=happened_on,
            reported_on=tx.today,
            review_due_on=award.review_due_on,
            by=made.reported_by,
        )
    )
    return made


async def hold(award_id: UUID, reason: Ground, tx: Transaction, version: int | None) -> Award:
    """Payment is held for an operational reason; the person is told, and the entitlement goes on."""
    award = await looks.award(tx, award_id, version)
    award.hold(reason, tx.today)
    await say_suspended(award, reason, tx)
    await tx.announce(
        NoticeServed(
            subject_id=award.id,
            division=Division(award.division),
            notice="HOLD",
            reason=award.held_because or "",
            served_on=tx.today,
            by=common.officer(tx),
        )
    )
    return award


async def say_suspended(award: Award, ground: str, tx: Transaction) -> None:
    """Announces a hold."""
    assert award.held_from is not None
    assert award.decide_by is not None
    await tx.announce(
        AwardSuspended(
            award_id=award.id,
            from_month=Month.parse(award.held_from),
            ground=ground,
            reason=award.held_because or "",
            decide_by=award.decide_by,
            suspended_on=tx.today,
            by=common.officer(tx),
        )
    )


async def resume(award_id: UUID, tx: Transaction, version: int | None) -> Award:
    """Payment goes on; what was held is owed."""
    award = await looks.award(tx, award_id, version)
    owed = award.resume(tx.today)
    await tx.announce(AwardResumed(award_id=award.id, months_owed=owed, resumed_on=tx.today, by=common.officer(tx)))
    return award


async def offer_work(
    award_id: UUID, person_id: UUID, offered_on: date, outcome: rules.life.Offer, tx: Transaction, version: int | None
) -> bool:
    """Suitable work was offered. Returns whether the person has now refused so often in a row that the law acts."""
    award = await looks.award(tx, award_id, version)
    if award.status == AwardState.STOPPED:
        raise refusals.AwardNotInThisState(detail=f"当前状态：{award.status}")
    plausible.day(offered_on, "offered_on", tx, after=award.granted_on, what="给予保障之日")
    unit = rules.Facts.from_json(award.facts).unit
    if str(person_id) not in {p.person_id for p in unit if rules.life.may_be_offered_work(p, on=offered_on).met}:
        raise refusals.UnknownMember(field="person_id", detail="不是有就业能力但未就业的家庭成员")
    by = common.officer(tx)
    tx.session.add(
        WorkOffer(
            division=award.division,
            award_id=award.id,
            person_id=person_id,
            offered_on=offered_on,
            outcome=outcome,
            recorded_by=by,
        )
    )
    found = rules.life.refuses_work(await stored.offers_to(tx, award.id, person_id), on=tx.today)
    await tx.announce(
        WorkOffered(
            award_id=award.id,
            division=Division(award.division),
            person_id=person_id,
            outcome=outcome,
            law_acts=found.met,
            because=found.because,
            offered_on=offered_on,
            by=by,
        )
    )
    return found.met
