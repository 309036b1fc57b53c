"""A member died: from the month after the report the award pays what is due without that person (domain §8.1, §4.7)."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from doudi.calendar import Month
from doudi.division import Division
from doudi.events.eligibility import AwardAdjusted, AwardStopped
from doudi.events.eligibility_life import DeathSettled, NoticeServed
from doudi.events.intake import DeathReported
from doudi.law import Finding
from doudi.money import Money
from doudi.transaction import Transaction
from eligibility import rules, store
from eligibility.handlers import common, dropping, granting, notices, programme_changes, recheck, tekun_end
from eligibility.model import Award, AwardState, Permit
from eligibility.model.award import rows
from eligibility.store import life

_BY = "system:death-report"


async def member_died(event: DeathReported, tx: Transaction) -> None:
    """民发〔2012〕220号 art. 33: the household is looked at again; the month of death is paid in full.

    Months that were paid since the death are overpaid and are settled by recovery, which is the money side's.
    """
    await store.remember_death(tx, event.match_key, event.person_id, event.died_on, event.reported_on)
    await tekun_end.person_died(event, tx)
    award = await store.award_covering(tx, event.match_key) or await store.award_with_member(tx, event.person_id)
    if award is None:
        return
    if _alone(award) and str(event.person_id) not in award.insured:
        return
    facts = rules.Facts.from_json(award.facts).without(event.person_id)
    last = max(Month.of(event.died_on), Month.of(event.reported_on), Month.parse(award.starts).previous())
    await store.uncover(tx, award.id, event.match_key)
    await _settle(award, facts, last, event, tx)
    await programme_changes.dibao_changed(award.id, last.next(), _BY, tx)


def _settled(award: Award, last: Month, event: DeathReported, tx: Transaction) -> DeathSettled:
    """That the award follows the death, and whether within the term (民发〔2022〕83号 一(三))."""
    found = rules.life.death_settled_in_time(event.died_on, on=tx.today)
    return DeathSettled(
        award_id=award.id,
        division=Division(award.division),
        person_id=event.person_id,
        outcome="STOPPED" if award.status == AwardState.STOPPED else "ADJUSTED",
        died_on=event.died_on,
        reported_on=event.reported_on,
        due_on=None if found is None else rules.life.recheck_due(event.died_on, on=tx.today),
        in_time=None if found is None else found.met,
        last_month=last,
        findings=[] if found is None else [found],
        settled_on=tx.today,
    )


async def _settle(award: Award, facts: rules.Facts, last: Month, event: DeathReported, tx: Transaction) -> None:
    if award.status == AwardState.TAPER or award.taper_until is not None:
        await _taper_without(award, facts, last, event, tx)
        await recheck.after_death(award, event, _BY, tx)
        return
    others = facts.unit and not _alone(award)
    determination = _without(award, facts, event, tx, await store.parameters(tx)) if others else None
    if determination is None or not determination.eligible or not determination.lines:
        await _stop(award, last, determination, event, tx)
    else:
        await _adjust(award, facts, last, determination, event, tx)
    await recheck.after_death(award, event, _BY, tx)


def _alone(award: Award) -> bool:
    """One member who is treated as single (domain §3.5): relatives neither enter the award by a death nor end it."""
    return award.household_size == len(award.insured) == 1


def _without(
    award: Award, facts: rules.Facts, event: DeathReported, tx: Transaction, parameters: rules.Parameters
) -> rules.Determination:
    kept = rules.Choice.from_json(award.choice)
    gone = str(event.person_id)
    choice = rules.Choice(
        None if kept.insured is None else tuple(p for p in kept.insured if p != gone),
        kept.special_case,
        tuple(extra for extra in kept.extras if extra.person_id != gone),
    )
    programme: rules.Programme = "DIBAO_U" if award.programme == "DIBAO_U" else "DIBAO_R"
    numbers = rules.decided(event.reported_on, Division(award.division), parameters, programme)
    return rules.determine(facts, numbers, on=event.reported_on, choice=choice)


async def _stop(
    award: Award, last: Month, determination: rules.Determination | None, event: DeathReported, tx: Transaction
) -> None:
    await store.end_lines(tx, award.id, last)
    award.stop(last, Permit.of_death(award.id))
    await store.uncover(tx, award.id)
    for open_one in await life.interventions_touching(tx, award.id):
        await dropping.drop(open_one, "成员死亡，待遇已停发", _BY, tx)
    stopped = AwardStopped(
        award_id=award.id,
        last_month=last,
        reason="保障对象死亡" if determination is None else "成员死亡后家庭不再符合条件",
        findings=[] if determination is None else list(determination.findings),
        stopped_on=tx.today,
        by=_BY,
    )
    await tx.announce(_notice(award, "成员死亡，停发待遇", tx), _settled(award, last, event, tx), stopped)
    await notices.stopped(award, stopped, tx)


def _notice(award: Award, reason: str, tx: Transaction) -> NoticeServed:
    """A death needs no hearing; the household is told all the same, in writing and with the reason (649号 art. 13)."""
    return NoticeServed(
        subject_id=award.id,
        division=Division(award.division),
        notice="DEATH",
        reason=reason,
        served_on=tx.today,
        by=_BY,
    )


async def _taper_without(award: Award, facts: rules.Facts, last: Month, event: DeathReported, tx: Transaction) -> None:
    """A taper goes on unchanged for those who live; nothing is worked out anew, since the income is over the line."""
    had = await life.present_lines(tx, award.id)
    kept = [line for line in had if line.person_id != str(event.person_id)]
    if not kept or not facts.unit:
        await _stop(award, last, None, event, tx)
        return
    before = Money(award.amount_fen)
    await store.end_lines(tx, award.id, last)
    award.cut(kept, facts, Permit.of_death(award.id))
    tx.session.add_all(rows(award.id, kept, last.next()))
    since = rules.life.due_since(event.died_on, Month.parse(award.starts), last.next(), had, kept)
    adjusted = _adjusted(award, kept, last, (), since, tx)
    await tx.announce(_notice(award, "成员死亡，其本人的部分停发", tx), _settled(award, last, event, tx), adjusted)
    await notices.changed(award, adjusted, before, tx)


async def _adjust(
    award: Award,
    facts: rules.Facts,
    last: Month,
    determination: rules.Determination,
    event: DeathReported,
    tx: Transaction,
) -> None:
    had = await life.present_lines(tx, award.id)
    choice = rules.Choice.from_json({**award.choice, "insured": determination.insured})
    before = Money(award.amount_fen)
    await store.end_lines(tx, award.id, last)
    kept = rules.Choice(choice.insured, choice.special_case, _kept(choice, determination))
    award.adjust(determination, facts, kept, Permit.of_death(award.id))
    tx.session.add_all(rows(award.id, determination.lines, last.next()))
    since = rules.life.due_since(event.died_on, Month.parse(award.starts), last.next(), had, determination.lines)
    adjusted = _adjusted(award, determination.lines, last, list(determination.findings), since, tx)
    await tx.announce(_notice(award, "成员死亡，按现有成员重新核定", tx), _settled(award, last, event, tx), adjusted)
    await notices.changed(award, adjusted, before, tx)


def _adjusted(
    award: Award,
    lines: Sequence[rules.Line],
    last: Month,
    found: Sequence[Finding],
    since: Month | None,
    tx: Transaction,
) -> AwardAdjusted:
    return AwardAdjusted(
        award_id=award.id,
        from_month=last.next(),
        lines=common.as_lines(lines),
        amount=Money(award.amount_fen),
        household_size=award.household_size,
        insured=[UUID(person) for person in award.insured],
        reason="成员死亡，按现有成员重新核定",
        findings=list(found),
        adjusted_on=tx.today,
        by=_BY,
        due_since=since,
        **granting.named(award),
    )


def _kept(choice: rules.Choice, determination: rules.Determination) -> tuple[rules.Extra, ...]:
    return tuple(extra for extra in choice.extras if extra.person_id in determination.insured)
