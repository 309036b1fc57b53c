"""A changed standard on the live awards: the dry-run, its approval by a second person, its execution (domain §2.4)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import Any
from uuid import UUID

from doudi.calendar import Month
from doudi.dated import MissingParameter, Parameter, Parameters
from doudi.division import Division, Level
from doudi.errors import Forbidden, Invalid
from doudi.events.eligibility_standards import ChangeFigures, RedeterminationApproved, RedeterminationProposed
from doudi.law import Finding
from doudi.money import Money
from doudi.service import check_version
from doudi.transaction import Transaction
from eligibility import rules
from eligibility.handlers import common, counting, drafting, people, plausible, rescreening, settling
from eligibility.handlers.drafting import Draft
from eligibility.model import Progress, Redetermination, refusals
from eligibility.model.base import Json
from eligibility.model.redetermination import FIGURES, chained
from eligibility.rules import standards
from eligibility.rules.hypothetical import day_under
from eligibility.store import people as persons
from eligibility.store import redetermination as store
from eligibility.store import rescreening as others


async def propose(
    division: Division,
    from_month: Month,
    standard_ids: Sequence[UUID],
    draft: Draft | None,
    tx: Transaction,
    *,
    at_once: int = counting.BATCH,
) -> Redetermination:
    """Begins the dry-run. Raises Forbidden, Invalid, StandardNotInForce, WrongRuleSet."""
    known = await store.standards(tx)
    picked = drafting.chosen(known, set(standard_ids), division, from_month)
    rest = store.overrides(s for s in known if s not in picked)
    more = store.overrides(picked)
    if draft is not None:
        more += drafting.drafted(draft, division, from_month, known, tx)
    keys = [{"key": row.key, "document": row.source} for row in more]
    numbers = frozen(division, from_month, rest, [*rest, *more])
    if any(n["after"]["rule_set"] != _rule_set(tx.today) for n in numbers.values()):
        raise refusals.WrongRuleSet(detail=f"{from_month} 与今日适用的规则版本不同，须分别办理")
    kept = None if draft is None else draft.as_json()
    job = await begin(
        "REDETERMINATION", division, from_month, numbers, tx, standard_ids=standard_ids, draft=kept, keys=keys
    )
    await small_at_once(job, tx, at_once)
    return job


def _other_rules(job: Redetermination, on: date) -> str | None:
    """Why the rules of a day are not those of the job: nothing more is decided by them (domain §0.1)."""
    counted = {n.after.rule_set for n in counting.numbers_of(job).values()}
    try:
        today = rules.rule_set(on)
    except rules.RuleSetNotImplemented as error:
        return str(error)
    return None if counted == {today} else f"测算依据 {'、'.join(sorted(counted))}，今日适用 {today}，须重新测算"


def _rule_set(on: date) -> str:
    try:
        return rules.rule_set(on)
    except rules.RuleSetNotImplemented as error:
        raise refusals.WrongRuleSet(detail=str(error)) from error


def frozen(
    division: Division,
    month: Month,
    before: Sequence[Parameter],
    after: Sequence[Parameter],
    under: str | None = None,
    *,
    field: str = "draft",
) -> Json:
    """Every county's numbers of the month before and after, by programme. Raises WrongRuleSet, Invalid.

    `under`: the rule set by which the numbers after are taken instead of the month's. `field`: where the request says
    what changes.
    """
    on = month.first_day
    below = [d for d in Division.known() if d.level is Level.COUNTY and division.contains(d)]
    old, new = rules.PARAMETERS.with_overrides(before), rules.PARAMETERS.with_overrides(after)
    try:
        return {
            f"{county.prefix}|{programme}": {
                "before": rules.numbers(on, county, old, programme).as_json(),
                "after": _after(on, county, new, programme, under).as_json(),
                "floors": standards.floor_numbers(on, county, after, programme).as_json(),
            }
            for county in below or [division.county]
            for programme in standards.PROGRAMMES
        }
    except rules.RuleSetNotImplemented as error:
        raise refusals.WrongRuleSet(detail=str(error)) from error
    except (MissingParameter, ValueError, ArithmeticError) as error:
        raise Invalid(field=field, detail=str(error)) from error


def _after(on: date, county: Division, new: Parameters, programme: rules.Programme, under: str | None) -> rules.Numbers:
    """The numbers of the month, or those of another rule set with the month's standard: only the rules are others."""
    if under is None:
        return rules.numbers(on, county, new, programme)
    day = day_under(under, None, on)
    standard = new.at(standards.PROGRAMMES[programme], on=on, division=county)
    held = replace(standard, valid_from=day, division=county.prefix)
    return rules.numbers(day, county, new.with_overrides([held]), programme)


async def begin(
    kind: str, division: Division, month: Month, numbers: Json, tx: Transaction, *,
    standard_ids: Sequence[UUID] = (), draft: Json | None = None, changes: Sequence[Json] = (),
    keys: Sequence[Json] = (),
) -> Redetermination:  # fmt: skip
    """Keeps the job with the numbers that it is bound to. Raises Forbidden."""
    assert tx.principal is not None
    if not tx.principal.may_see(division):
        raise Forbidden(field="division")
    plausible.standard_day(month.first_day, "from_month", tx)
    job = Redetermination(
        division=division.code,
        kind=kind,
        from_month=str(month),
        standard_ids=[str(id_) for id_ in standard_ids],
        draft=draft,
        changes=list(changes),
        keys=list(keys),
        numbers=numbers,
        total=0,
        journal_position=await store.journal_position(tx),
        proposed_by=common.officer(tx),
        proposed_on=tx.today,
    )
    job.phase, job.total = people.begins_with(job), await _to_do(job, tx)
    tx.session.add(job)
    await tx.session.flush()
    return job


async def _to_do(job: Redetermination, tx: Transaction) -> int:
    """How many awards and refusals the job goes through."""
    prefix = counting.prefix_of(job)
    if job.kind == "SIMULATION":
        some = await others.people_to_do(tx, prefix)
    else:
        some = await persons.to_do(tx, prefix, people.touched(job))
    if job.phase == "PEOPLE":
        return some
    return some + await store.to_do(tx, prefix, standards.refused_since(tx.today))


async def small_at_once(job: Redetermination, tx: Transaction, at_once: int = counting.BATCH) -> None:
    """A small division has its answer with the request; a larger one is left to `work`."""
    while job.total <= at_once and job.status == Progress.COUNTING:
        await _step(job, tx)


async def approve(id_: UUID, sha256: str, tx: Transaction, version: int | None) -> Redetermination:
    """A second person approves the results with this hash."""
    job = await store.job_for_update(tx, id_)
    check_version(job.version, version)
    job.approve(sha256, common.officer(tx), tx.today)
    await tx.announce(
        RedeterminationApproved(
            redetermination_id=job.id,
            division=Division(job.division),
            sha256=sha256,
            approved_on=tx.today,
            proposed_by=job.proposed_by,
            by=common.officer(tx),
        )
    )
    return job


async def execute(id_: UUID, tx: Transaction, version: int | None) -> Redetermination:
    """Binds the execution to what was approved, sets the draft as a standard, and lets the job begin."""
    job = await store.job_for_update(tx, id_)
    check_version(job.version, version)
    job.execute(await _hash_of_kept(job, tx), common.officer(tx), tx.today, people.begins_with(job))
    if because := _other_rules(job, tx.today):
        raise refusals.WrongRuleSet(detail=because)
    await drafting.put_in_force(job, tx)
    return job


async def _hash_of_kept(job: Redetermination, tx: Transaction) -> str:
    """The hash over the results as they stand in the database now."""
    sha256 = ""
    for personal in (False, True):
        after = None
        while rows := await store.results_in_order(tx, job.id, after, personal=personal, limit=5_000):
            for row in rows:
                sha256 = chained(sha256, row["award_id"], row["counted_version"], row["old_lines"], row["new_lines"])
            after = rows[-1]["award_id"]
    return sha256


async def work(tx: Transaction) -> int:
    """One batch of the oldest job; 0 when nothing is at work. A batch and its progress are one transaction."""
    job = await store.next_job(tx)
    return 0 if job is None else await _step(job, tx)


async def _step(job: Redetermination, tx: Transaction) -> int:
    if job.kind == "REDETERMINATION" and (because := _other_rules(job, tx.today)):
        job.fail(because)
        return 1
    if job.status == Progress.EXECUTING:
        return await settling.step(job, tx)
    done = await count(job, tx)
    if job.status == Progress.PROPOSED:
        await tx.announce(_proposed(job, tx))
    return done


async def count(job: Redetermination, tx: Transaction, *, size: int = counting.BATCH) -> int:
    """One batch of a dry-run or a simulation, in whichever phase it is."""
    if job.phase == "REGISTER":
        return await rescreening.count_register(job, tx)
    if job.phase == "PEOPLE" and job.kind == "SIMULATION":
        return await rescreening.count_people(job, tx)
    if job.phase == "PEOPLE":
        return await people.count_batch(job, tx, size=min(size, people.BATCH))
    return await counting.step(job, tx, size=size)


def sums(job: Redetermination, prefix: str = "") -> dict[str, int]:
    """The figures of everything below a prefix."""
    own = [figures for place, figures in job.figures.items() if place.startswith(prefix)]
    return {name: sum(f.get(name, 0) for f in own) for name in FIGURES}


def _proposed(job: Redetermination, tx: Transaction) -> RedeterminationProposed:
    found = sums(job)
    counts: dict[str, Any] = {
        name: found[name] for name in ("awards", "gaining", "losing", "leaving", "same", "entering")
    }
    return RedeterminationProposed(
        redetermination_id=job.id,
        division=Division(job.division),
        from_month=job.month,
        standard_ids=[UUID(id_) for id_ in job.standard_ids],
        figures=ChangeFigures(
            **counts,
            change_month=Money(found["new_fen"] - found["old_fen"]),
            entering_month=Money(found["entering_fen"]),
        ),
        floors=[Finding.model_validate(floor["finding"]) for floor in job.floors],
        sha256=job.sha256,
        proposed_on=tx.today,
        by=job.proposed_by,
    )
