"""What a decided intervention does to awards, in one transaction: no gap, no overlap, nobody twice, nobody lost."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from typing import Any
from uuid import UUID

from doudi.calendar import Month
from doudi.division import Division
from doudi.events.eligibility import AwardAdjusted, AwardStopped
from doudi.events.eligibility_life import AwardResumed, AwardSuspended, TaperGranted
from doudi.events.parts import Finding
from doudi.money import Money
from doudi.transaction import Transaction
from eligibility import rules, store
from eligibility.handlers import (
    common,
    granting,
    looks,
    notices,
    programme_awards,
    programme_changes,
    programmes,
    successors,
)
from eligibility.model import Award, DeterminationRecord, Intervention, ProgrammeAward, Taper, refusals
from eligibility.model.award import rows
from eligibility.store import life
from eligibility.store import programmes as personal


async def carry_out(made: Intervention, awards: Sequence[Award], tx: Transaction) -> None:
    """Does what was decided."""
    await _EFFECTS[made.kind](made, awards, tx)
    await tx.session.flush()


def last_paid(award: Award, tx: Transaction) -> Month:
    """The last month under the old terms: the month of the decision; for an award not begun the month before it."""
    return max(Month.of(tx.today), Month.parse(award.starts).previous())


def findings(made: Intervention) -> list[Finding]:
    """The findings that were put before the person."""
    return [Finding.model_validate(f) for f in made.findings]


async def _adjust(made: Intervention, awards: Sequence[Award], tx: Transaction) -> None:
    if "determination_id" not in made.plan:
        await _own_part(made, awards[0], tx)
        return
    award, record = awards[0], await store.determination(tx, UUID(made.plan["determination_id"]))
    result, facts = record.again(), rules.Facts.from_json(record.facts)
    last, before = last_paid(award, tx), Money(award.amount_fen)
    await store.end_lines(tx, award.id, last)
    change, tapered = (award.adjust, False) if award.taper_until is None else (award.restore, True)
    known = await looks.keys([award], tx) | {person: key for key, person in made.plan["added"]}
    begin = programme_awards.own_money(result, known, award.insured)
    await programme_awards.dibao_begins(begin, award.division, award.programme, last.next(), common.officer(tx), tx)
    change(result, facts, rules.Choice.from_json(record.choice), made.permit() if made.makes_less else None)
    tx.session.add_all(rows(award.id, result.lines, last.next()))
    await cover_instead([award], award, result.insured, known, tx)
    await _say_adjusted(made, award, result.lines, last.next(), before, tx)
    if tapered:
        await tx.announce(
            AwardResumed(
                award_id=award.id,
                months_owed=[],
                taper_given_up=True,
                held=award.held_from is not None,
                resumed_on=tx.today,
                by=common.officer(tx),
            )
        )


async def cover_instead(
    old: Sequence[Award], new: Award, insured: Sequence[str], known: dict[str, str], tx: Transaction
) -> None:
    """Frees the people of the old awards and enters these in the new one. Raises InsuredTwice."""
    for award in old:
        await store.uncover(tx, award.id)
    wanted = [(known[person], person) for person in insured]
    found = rules.procedure.not_insured_twice(await store.covered_elsewhere(tx, [key for key, _ in wanted]))
    if not found.met:
        raise refusals.InsuredTwice(detail=found.because)
    await life.cover(tx, new.id, wanted)


async def _own_part(made: Intervention, award: Award, tx: Transaction) -> None:
    lines, before = await life.present_lines(tx, award.id), Money(award.amount_fen)
    kept = rules.life.own_part(lines, made.plan["person_id"], Money(made.plan["keeps_fen"]))
    await keep_lines(award, kept, rules.Facts.from_json(award.facts), made.permit(), last_paid(award, tx), tx)
    await _say_adjusted(made, award, kept, last_paid(award, tx).next(), before, tx)


async def keep_lines(
    award: Award, kept: Sequence[rules.Line], facts: rules.Facts, permit: Any, last: Month, tx: Transaction
) -> None:
    """From the month after `last` only these lines are paid, and only their people are insured."""
    await store.end_lines(tx, award.id, last)
    known = await looks.keys([award], tx)
    award.cut(kept, facts, permit)
    tx.session.add_all(rows(award.id, kept, last.next()))
    await cover_instead([award], award, award.insured, known, tx)


async def _say_adjusted(
    made: Intervention, award: Award, lines: Sequence[rules.Line], from_month: Month, before: Money, tx: Transaction
) -> None:
    adjusted = AwardAdjusted(
        award_id=award.id,
        from_month=from_month,
        lines=common.as_lines(lines),
        amount=Money(award.amount_fen),
        household_size=award.household_size,
        insured=[UUID(person) for person in award.insured],
        reason=made.reason,
        findings=findings(made),
        adjusted_on=tx.today,
        by=common.officer(tx),
        **granting.named(award),
    )
    await tx.announce(adjusted)
    await notices.changed(award, adjusted, before, tx)
    await programme_changes.dibao_changed(award.id, from_month, adjusted.by, tx)


async def _suspend(made: Intervention, awards: Sequence[Award], tx: Transaction) -> None:
    award = awards[0]
    award.suspend(Month.of(tx.today).next(), made.reason, tx.today, made.permit())
    assert award.held_from is not None
    assert award.decide_by is not None
    await tx.announce(
        AwardSuspended(
            award_id=award.id,
            from_month=Month.parse(award.held_from),
            ground="BY_DECISION",
            reason=made.reason,
            decide_by=award.decide_by,
            suspended_on=tx.today,
            by=common.officer(tx),
        )
    )


async def _taper(made: Intervention, awards: Sequence[Award], tx: Transaction) -> None:
    award, plan = awards[0], made.plan
    if await life.tapered_before(tx, plan["match_key"], plan["job"]):
        raise refusals.TaperForbidden(detail="同一工作已给予过渐退期")
    first, last = Month.of(tx.today).next(), rules.taper.last_paid(tx.today, plan["months"])
    await _capped(made, award, last, tx)
    tx.session.add(
        Taper(
            division=award.division,
            award_id=award.id,
            match_key=plan["match_key"],
            job=plan["job"],
            first_month=str(first),
            last_month=str(last),
            granted_on=tx.today,
        )
    )
    await tx.announce(
        TaperGranted(
            award_id=award.id,
            division=Division(award.division),
            from_month=first,
            last_month=last,
            amount=Money(award.amount_fen),
            reason=made.reason,
            findings=findings(made),
            granted_on=tx.today,
            by=common.officer(tx),
        )
    )


async def _capped(made: Intervention, award: Award, until: Month, tx: Transaction) -> None:
    """The taper pays what was paid, at most the standard for each insured (domain §3.11, D-06)."""
    record = await store.determination(tx, UUID(made.plan["determination_id"]))
    paid, before = await life.present_lines(tx, award.id), Money(award.amount_fen)
    pays = rules.taper.taper_lines(paid, rules.Numbers(**record.numbers))
    award.taper(until, made.permit(), sum(line.amount.fen for line in pays))
    if set(pays) == set(paid):
        return
    last = last_paid(award, tx)
    await store.end_lines(tx, award.id, last)
    tx.session.add_all(rows(award.id, pays, last.next()))
    await _say_adjusted(made, award, pays, last.next(), before, tx)


async def stop(made: Intervention, award: Award, last: Month, tx: Transaction) -> None:
    """The award pays no more after a month; its people are free."""
    await store.end_lines(tx, award.id, last)
    award.stop(last, made.permit())
    await store.uncover(tx, award.id)
    await say_stopped(award, last, made.reason, findings(made), common.officer(tx), tx)


async def say_stopped(award: Award, last: Month, reason: str, found: list[Finding], by: str, tx: Transaction) -> None:
    """Announces the end of an award, and tells the household in writing."""
    stopped = AwardStopped(
        award_id=award.id, last_month=last, reason=reason, findings=found, stopped_on=tx.today, by=by
    )
    await tx.announce(stopped)
    await notices.stopped(award, stopped, tx)


async def _stop(made: Intervention, awards: Sequence[Award], tx: Transaction) -> None:
    last = last_paid(awards[0], tx)
    await stop(made, awards[0], last, tx)
    await programme_changes.dibao_changed(awards[0].id, last.next(), common.officer(tx), tx)


async def _replace(made: Intervention, awards: Sequence[Award], tx: Transaction) -> None:
    """The old awards end with a month and the new ones begin with the next (transfer, move, split, merge)."""
    last = max(last_paid(award, tx) for award in awards)
    known = await looks.keys(awards, tx) | {person: key for key, person in made.plan.get("added", [])}
    before = {person for award in awards if award.programme in rules.standards.PROGRAMMES for person in award.insured}
    for award in awards:
        await stop(made, award, last, tx)
    new: list[Award] = []
    for place in await successors.places(made, awards[0], tx):
        record: DeterminationRecord = place.record
        result = record.again()
        if not result.approvable:
            continue  # a household of a split that is not in need: it was told so, and heard
        begin = programme_awards.own_money(result, known, before)
        await programme_awards.dibao_begins(begin, place.division, place.programme, last.next(), common.officer(tx), tx)
        award = await successors.grant(awards[0], place, result, last.next(), made.id, tx)
        await notices.continued(award, result, made.reason, tx)
        await cover_instead([], award, result.insured, known, tx)
        new.append(award)
    for award in awards:
        await programme_changes.dibao_changed(award.id, last.next(), common.officer(tx), tx)
    await successors.say(made, awards, [*new, *await _personal(made, tx)], last, tx)


async def _personal(made: Intervention, tx: Transaction) -> list[ProgrammeAward]:
    """The application that takes the place of an award is signed with it."""
    if "case_id" not in made.plan:
        return []
    await tx.session.flush()
    case = await programmes.approve(UUID(made.plan["case_id"]), tx, None)
    await tx.session.flush()
    return [a for a in await personal.awards(tx, match_key=case.match_key) if a.application_id == case.id]


_EFFECTS: dict[str, Callable[[Intervention, Sequence[Award], Transaction], Awaitable[None]]] = {
    "RAISE": _adjust,
    "REDUCE": _adjust,
    "SUSPEND": _suspend,
    "TAPER": _taper,
    "STOP": _stop,
    "TRANSFER": _replace,
    "SPLIT": _replace,
    "MERGE": _replace,
    "MOVE": _replace,
}
