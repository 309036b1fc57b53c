"""The awards of one person under a changed standard: counted with the dry-run, settled as approved (domain §5.4)."""

from __future__ import annotations

from dataclasses import dataclass, fields
from typing import Any
from uuid import UUID

from doudi.calendar import Month
from doudi.dated import Parameters
from doudi.division import Division
from doudi.events.eligibility_programmes import PersonalAwardAdjusted
from doudi.transaction import Transaction
from eligibility import rules
from eligibility.handlers import counting, personal_notices, programme_awards
from eligibility.handlers.drafting import Draft
from eligibility.handlers.outcomes import changed, counts, settle
from eligibility.handlers.programme_determination import applied
from eligibility.model import Redetermination, refusals
from eligibility.model.redetermination import FIGURES, Lines, as_kept, chained
from eligibility.rules import programmes, standards
from eligibility.store import people as store
from eligibility.store import redetermination as jobs
from eligibility.store import settlement
from eligibility.store.people import PersonStanding

BATCH = 200
_DIBAO = "dibao."


def touched(job: Redetermination) -> list[str]:
    """The programmes of one person whose numbers the job changes, such as tekun with the dibao standard."""
    keys = {kept["key"] for kept in job.keys}
    return sorted(name for name, own in programmes.PROGRAMMES.items() if keys & _read(own.numbers))


def _read(numbers: type[programmes.ProgrammeNumbers]) -> set[str]:
    return {f.metadata["key"] for f in fields(numbers) if "key" in f.metadata}


def begins_with(job: Redetermination) -> str:
    """The job's first phase: dibao is passed by where none of its numbers changes."""
    return "PEOPLE" if job.keys and not _touches_dibao(job) else "AWARDS"


def _touches_dibao(job: Redetermination) -> bool:
    return any(kept["key"].startswith(_DIBAO) for kept in job.keys)


@dataclass(frozen=True, slots=True)
class PersonVerdict:
    """What the new numbers say of one person's award. `kept`: why it keeps its lines; `look`: what to look at."""

    standing: PersonStanding
    made: programmes.ProgrammeDetermination | None
    change: standards.Change
    effective: Month
    old: Lines
    new: Lines
    kept: tuple[str, ...]
    look: tuple[str, ...]

    @property
    def owes(self) -> bool:
        """The same lines, but for months before they were paid: the comparison raised them later."""
        return self.old == self.new and Month.parse(self.standing.award.lines_from) > self.effective

    @property
    def listed_because(self) -> str | None:
        """Why a person has to look at it."""
        return "；".join((*self.kept, *self.look)) or None


def judge(standing: PersonStanding, numbers: Parameters, job: Redetermination, tx: Transaction) -> PersonVerdict:
    """The rules on the person's own facts beside what the person holds, by the numbers of the month."""
    award, old = standing.award, as_kept(standing.lines)
    effective, months = standards.effective_month(
        job.month, starts=Month.parse(award.starts), lines_began=Month.parse(award.facts_from)
    )
    look = () if months.met else (months.because,)
    try:
        made = applied(
            standing.case, standing.held, numbers, on=job.month.first_day, award_id=award.id, month=job.month,
            at_home=standing.at_home,
        ).result  # fmt: skip
    except (refusals.WrongRuleSet, refusals.NumbersMissing) as error:
        same = standards.Change("SAME", award.amount_fen, award.amount_fen, ())
        return PersonVerdict(standing, None, same, effective, old, old, (str(error.detail),), look)
    change = standards.compare_person(award.amount, made)
    hold = (
        standards.a_change_stops_nobody(change),
        standards.a_change_lowers_nobody_by_itself(change),
        standards.heard_before_less(change, on=tx.today),
    )
    kept = tuple(f.because for f in hold if not f.met)
    return PersonVerdict(standing, made, change, effective, old, as_kept(made.lines), kept, look)


async def count_batch(job: Redetermination, tx: Transaction, *, size: int = BATCH) -> int:
    """One batch of the dry-run; at least 1. Nothing is changed."""
    numbers = await _numbers(job, tx)
    batch = await store.people_after(tx, counting.prefix_of(job), touched(job), job.after, size)
    figures: dict[str, dict[str, int]] = {}
    rows, sha256 = [], job.sha256
    for standing in batch:
        found = judge(standing, numbers, job, tx)
        sha256 = chained(sha256, standing.award.id, standing.version, found.old, found.new)
        rows.append(_row(job.id, found, standing.version))
        _count(figures, found)
    await store.keep_counted(tx, rows)
    job.count(figures, sha256)
    if len(batch) == size:
        job.move("PEOPLE", batch[-1].award.id, len(batch))
        return len(batch)
    job.move("REGISTER" if _touches_dibao(job) or not job.keys else "DONE", None, len(batch))
    if job.phase == "DONE":
        job.counted([], tx.today)
    return max(1, len(batch))


def _count(figures: dict[str, dict[str, int]], found: PersonVerdict) -> None:
    award, change = found.standing.award, found.change
    into = figures.setdefault(f"{award.division[:9]}|{award.programme}", dict.fromkeys(FIGURES, 0))
    into["awards"] += 1
    into[counting.NAMES[change.outcome]] += 1
    into["listed"] += found.listed_because is not None
    into["old_fen"] += change.old_fen
    into["new_fen"] += change.new_fen
    into["personal_fen"] += change.new_fen
    into["leaving_fen"] += change.old_fen if change.outcome == "LEAVES" else 0


def _row(job_id: UUID, found: PersonVerdict, version: int | None) -> tuple[Any, ...]:
    """As `store.people.PEOPLE` names it."""
    award, change = found.standing.award, found.change
    old, new = jobs.lines_text(found.old), jobs.lines_text(found.new)
    return (
        job_id, award.id, award.division, award.programme, version, change.outcome, str(found.effective),
        old, new, change.old_fen, change.new_fen, found.listed_because, True,
    )  # fmt: skip


async def _numbers(job: Redetermination, tx: Transaction) -> Parameters:
    """All numbers with the draft, which is a standard when it is executed."""
    rows = {(p.key, p.division, p.valid_from): p for p in jobs.overrides(await jobs.standards(tx))}
    if job.draft is not None:
        drafted = Draft.from_json(job.draft).parameters(Division(job.division))
        rows |= {(p.key, p.division, p.valid_from): p for p in drafted}
    return rules.PARAMETERS.with_overrides(rows.values())


async def settle_batch(job: Redetermination, tx: Transaction, *, size: int = BATCH) -> int:
    """One batch of the execution; at least 1. Then the register, or `DONE` where dibao is not touched."""
    numbers = await _numbers(job, tx)
    batch = await store.due_after(tx, job.id, counting.prefix_of(job), touched(job), job.after, size)
    since = [due.id for due in batch if changed(due)]
    said = await settlement.last_said(tx, since, job.journal_position) if since else {}
    settled, adjusted, new = [], [], []
    for due in batch:
        found = None if due.standing is None else judge(due.standing, numbers, job, tx)
        outcome = settle(due, found, said)
        settled.append(outcome)
        if found is not None and due.counted is None:
            new.append(_row(job.id, found, None))
        if found is not None and outcome.settled == "ADJUSTED":
            adjusted.append(found)
    await store.keep_counted(tx, new)
    await settlement.keep_settled(tx, job.id, settled)
    await tx.announce(*[_adjust(found, job, tx) for found in adjusted])
    job.settle(counts(settled, [found.change for found in adjusted]))
    over = len(batch) < size
    then = "REGISTER" if _touches_dibao(job) or not job.keys else "DONE"
    job.move(then if over else "PEOPLE", None if over else batch[-1].id, len(batch))
    return max(1, len(batch))


def _adjust(found: PersonVerdict, job: Redetermination, tx: Transaction) -> PersonalAwardAdjusted:
    """The award pays the new lines; the notice goes with it in the batch's write."""
    assert found.made is not None
    assert job.approved_by is not None
    award, made = found.standing.award, found.made
    keys = _read(programmes.PROGRAMMES[award.programme].numbers)
    documents = "、".join(sorted({kept["document"] for kept in job.keys if kept["key"] in keys}))
    because = standards.told_person(award.programme, found.change, documents)
    award.adjust(made, award.case_id, found.effective, same_facts=True)
    notice = personal_notices.of_standard(found.standing.case, award, found.change, found.effective, because, made, tx)
    notice.redetermination_id = job.id
    return PersonalAwardAdjusted(
        award_id=award.id,
        from_month=found.effective,
        lines=programme_awards.lines(made),
        amount=made.amount,
        reason=because,
        findings=list(made.findings),
        adjusted_on=tx.today,
        by=job.approved_by,
        redetermination_id=job.id,
        notice_id=notice.id,
    )
