"""Awards of one person over time: what is reported of the person, the hearing, the county's act, the comparison."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import date
from typing import Any
from uuid import UUID

from doudi.calendar import Month
from doudi.division import Division
from doudi.events.eligibility_programmes import (
    PersonalAwardAdjusted,
    PersonalAwardQuestioned,
    PersonalHearingHeld,
)
from doudi.transaction import Transaction, new_id
from eligibility import rules
from eligibility.handlers import common, personal_notices, plausible, programme_awards, samples, tekun_end
from eligibility.handlers.programme_determination import Made, determine, make
from eligibility.model import ProgrammeAward, ProgrammeCase, refusals
from eligibility.rules import programmes
from eligibility.store import programmes as store

_BY = "system:comparison"


async def report(
    award_id: UUID, programme: str, given: Mapping[str, Any], circumstances: Collection[str], tx: Transaction
) -> ProgrammeCase:
    """What is known now of somebody who holds an award; the rules answer at once, the county decides.

    Raises AwardEnded, AnotherProgramme, AlreadyApplied, RelativeMustNotAct, NotPlausible or NoGroundToEnd.
    """
    await store.award_to_see(tx, award_id)
    award = await store.find_award(tx, award_id)
    if award.status != "ACTIVE":
        raise refusals.AwardEnded
    if award.programme != programme:
        raise refusals.AnotherProgramme(field="facts/programme")
    before = await store.find_case(tx, award.case_id)
    by = common.officer(tx)
    if not rules.procedure.may_act(by, before.relatives).met:
        raise refusals.RelativeMustNotAct
    if await store.is_open(tx, award.match_key, award.programme):
        raise refusals.AlreadyApplied
    plausible.personal(given, tx)
    case = _case(award, before, given, circumstances, by, tx)
    await determine(case, tx)
    tekun_end.grounded(case, tx.today)
    drawn = await samples.draw_person(case, tx)
    found = programmes.procedure.county_visit(near_relative=bool(case.relatives), drawn=drawn)
    case.visit_because = found.because if found.met else None
    if case.programme == "TEKUN":
        case.due_on = programmes.self_care.reassessment_due(tx.today)
    tx.session.add(case)
    return case


def _case(
    award: ProgrammeAward,
    before: ProgrammeCase,
    given: Mapping[str, Any],
    circumstances: Collection[str],
    by: str,
    tx: Transaction,
) -> ProgrammeCase:
    return ProgrammeCase(
        division=award.division,
        kind="CHANGE",
        award_id=award.id,
        circumstances=sorted(set(circumstances)),
        programme=award.programme,
        person_id=award.person_id,
        match_key=award.match_key,
        person_name=before.person_name,
        id_number=before.id_number,
        born=before.born,
        given=dict(given),
        account=before.account,
        relatives=before.relatives,
        applied_on=before.applied_on,
        accepted_by=by,
        facts={},
        numbers={},
        holdings=[],
        result={},
        sha256="",
        rule_set="",
        determined_on=tx.today,
    )


async def hear(case: ProgrammeCase, words: str, on: date, tx: Transaction) -> ProgrammeCase:
    """The person was heard on what the county means to do."""
    if case.award_id is None:
        raise refusals.NotInThisState(detail="新申请无须听取陈述")
    plausible.day(on, "heard_on", tx, after=case.applied_on, what="受理日期")
    by = common.officer(tx)
    case.hear(str(tx.keys.seal(words, "hearing.statement")), by, on)
    await tx.announce(PersonalHearingHeld(application_id=case.id, award_id=case.award_id, heard_on=on, by=by))
    return case


async def carry_out(case: ProgrammeCase, result: programmes.ProgrammeDetermination, tx: Transaction) -> None:
    """The leader signs a change: the award goes on, pays other lines from the next month, or ends with this one.

    Raises PersonNotHeard.
    """
    award = await store.find_award(tx, case.award_id)
    if award.status != "ACTIVE":
        raise refusals.AwardEnded
    heard = programmes.change.was_heard(
        award.amount, result, heard=case.heard_on is not None, circumstances=case.circumstances, on=tx.today
    )
    if not heard.met:
        raise refusals.PersonNotHeard
    case.outcome = programmes.change.outcome_of(result, award.items)
    by = common.officer(tx)
    case.decide(new_id(), by, tx.today, None)
    award.reviewed(programmes.procedure.next_review(tx.today))
    await tx.announce(programme_awards.decision(case, result))
    starts = Month.parse(award.starts)
    first = max(starts, Month.of(tx.today).next())
    if case.outcome == "ENDED" and award.programme == "TEKUN":
        await tekun_end.decided(award, case, result.findings, by, tx)
    elif case.outcome == "ENDED":
        reason = "；".join(finding.because for finding in result.findings if not finding.met)
        last = programmes.procedure.last_month_of(starts, decided_on=tx.today)
        await programme_awards.stop(award, last, reason, result.findings, by, tx)
    elif case.outcome == "ADJUSTED":
        await adjust(award, case.id, result, first, "复核后调整", by, tx)
    else:
        award.rests_on(case.id, first)


async def dibao_changed(dibao_id: UUID, from_month: Month, by: str, tx: Transaction) -> None:
    """As `dibao_awards_changed`, of one award."""
    await dibao_awards_changed({dibao_id: from_month}, by, tx)


async def dibao_awards_changed(changed: Mapping[UUID, Month], by: str, tx: Transaction) -> None:
    """A child's difference follows each change of the dibao beside it, from the same month (民发〔2019〕62号 三(一)).

    The child is paid the same in all, so nobody is heard for it. What else the rules would change waits for the
    comparison of the month, as does an award for which they have no numbers.
    """
    for award_id, dibao_id in await store.top_ups_beside(tx, changed):
        award = await store.find_award(tx, award_id)
        if award.status != "ACTIVE":
            continue  # ended while its lock was waited for, or with another of these awards
        case, starts = await store.find_case(tx, award.case_id), Month.parse(award.starts)
        first = max(changed[dibao_id], starts)
        try:
            made = await make(case, tx, award_id=award.id, month=first)
        except (refusals.WrongRuleSet, refusals.NumbersMissing):
            continue
        outcome = programmes.change.outcome_of(made.result, award.items)
        if not made.found.eligible or outcome == "UNCHANGED":
            continue
        if outcome == "ADJUSTED":
            await adjust(award, case.id, made.result, first, "低保变动，差额随之调整", by, tx)
            continue
        because = [finding for finding in made.result.findings if not finding.met]
        await programme_awards.stop(award, first.previous(), "低保变动后不低于标准，无须补差", because, by, tx)


async def adjust(
    award: ProgrammeAward,
    case_id: UUID,
    result: programmes.ProgrammeDetermination,
    from_month: Month,
    reason: str,
    by: str,
    tx: Transaction,
    *,
    same_facts: bool = False,
) -> None:
    before = award.amount
    award.adjust(result, case_id, from_month, same_facts=same_facts)
    await tx.announce(
        PersonalAwardAdjusted(
            award_id=award.id,
            from_month=from_month,
            lines=programme_awards.lines(result),
            amount=result.amount,
            reason=reason,
            findings=list(result.findings),
            adjusted_on=tx.today,
            by=by,
        )
    )
    await personal_notices.changed(award, before, from_month, reason, result.findings, tx)


async def compare_monthly(tx: Transaction) -> int:
    """Once a month each award is looked at by the numbers of the month and what the person holds now (C34).

    More money is paid from this month on. Less or nothing is a question to the county, which decides after it looked.
    """
    month = Month.of(tx.today)
    waiting = await store.unchecked(tx, str(month), limit=100)
    for award_id in waiting:
        award = await store.find_award(tx, award_id)
        if award.status != "ACTIVE" or award.checked_month >= str(month):
            continue
        if Month.parse(award.lines_from) > month:  # what it pays is of a later month, by that month's numbers
            award.checked(month, award.question)
            continue
        case = await store.find_case(tx, award.case_id)
        try:
            made = await make(case, tx, award_id=award.id, month=month)
        except (refusals.WrongRuleSet, refusals.NumbersMissing) as error:
            award.checked(month, error.detail)
            continue
        await _compared(award, case, made, month, tx)
    return len(waiting)


async def _compared(award: ProgrammeAward, case: ProgrammeCase, made: Made, month: Month, tx: Transaction) -> None:
    result = made.result
    outcome = programmes.change.outcome_of(result, award.items)
    if outcome == "ADJUSTED" and result.amount > award.amount:
        award.checked(month, None)
        first, same = max(month, Month.parse(award.starts)), case.beside(made.held)
        await adjust(award, case.id, result, first, "标准调整", _BY, tx, same_facts=same)
    elif outcome == "UNCHANGED":
        award.checked(month, None)
    else:
        unmet = [finding.because for finding in result.findings if not finding.met]
        because = "；".join(unmet) or f"按现行标准应为 {result.amount} 元，现发 {award.amount} 元"
        asked = award.question == because
        award.checked(month, because)
        if not asked:
            await tx.announce(
                PersonalAwardQuestioned(
                    award_id=award.id,
                    person_id=award.person_id,
                    division=Division(award.division),
                    programme=award.programme,
                    month=month,
                    because=because,
                    findings=list(result.findings),
                )
            )
