"""A member died: from the month after the report the award pays what is due without that person (domain §8.1, §4.7)."""

from __future__ import annotations

from uuid import UUID

from doudi.calendar import Month
from doudi.division import Division
from doudi.events.eligibility import AwardAdjusted, AwardStopped
from doudi.events.intake import DeathReported
from doudi.transaction import Transaction
from eligibility import rules, store
from eligibility.handlers import common, programme_awards
from eligibility.model import Award
from eligibility.model.award import rows

_BY = "system:death-report"


async def member_died(event: DeathReported, tx: Transaction) -> None:
    """民发〔2012〕220号 art. 33: the household is looked at again; the month of death is paid in full.

    Months that were paid since the death are overpaid and are settled by recovery, which is the money side's.
    """
    await store.remember_death(tx, event.match_key, event.person_id, event.died_on, event.reported_on)
    await programme_awards.died(event, tx)
    award = await store.award_covering(tx, event.match_key) or await store.award_with_member(tx, event.person_id)
    if award is None:
        return
    facts = rules.Facts.from_json(award.facts).without(event.person_id)
    last = max(Month.of(event.died_on), Month.of(event.reported_on), Month.parse(award.starts).previous())
    await store.uncover(tx, award.id, event.match_key)
    determination = _without(award, facts, event, tx, await store.parameters(tx)) if facts.unit else None
    if determination is None or not determination.eligible or not determination.lines:
        await _stop(award, last, determination, tx)
    else:
        await _adjust(award, facts, last, determination, tx)


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
    numbers = rules.numbers(event.reported_on, Division(award.division), parameters)
    return rules.determine(facts, numbers, on=event.reported_on, choice=choice)


async def _stop(award: Award, last: Month, determination: rules.Determination | None, tx: Transaction) -> None:
    await store.end_lines(tx, award.id, last)
    award.stop(last)
    await store.uncover(tx, award.id)
    await tx.announce(
        AwardStopped(
            award_id=award.id,
            last_month=last,
            reason="保障对象死亡" if determination is None else "成员死亡后家庭不再符合条件",
            findings=[] if determination is None else list(determination.findings),
            stopped_on=tx.today,
            by=_BY,
        )
    )


async def _adjust(
    award: Award, facts: rules.Facts, last: Month, determination: rules.Determination, tx: Transaction
) -> None:
    choice = rules.Choice.from_json({**award.choice, "insured": determination.insured})
    await store.end_lines(tx, award.id, last)
    award.adjust(determination, facts, rules.Choice(choice.insured, choice.special_case, _kept(choice, determination)))
    tx.session.add_all(rows(award.id, determination.lines, last.next()))
    await tx.announce(
        AwardAdjusted(
            award_id=award.id,
            from_month=last.next(),
            lines=common.lines(determination),
            amount=determination.amount,
            household_size=determination.size,
            insured=[UUID(person) for person in determination.insured],
            reason="成员死亡，按现有成员重新核定",
            findings=list(determination.findings),
            adjusted_on=tx.today,
            by=_BY,
        )
    )


def _kept(choice: rules.Choice, determination: rules.Determination) -> tuple[rules.Extra, ...]:
    return tuple(extra for extra in choice.extras if extra.person_id in determination.insured)
