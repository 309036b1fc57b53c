"""The execution: every award is settled as approved; what changed since is determined anew and listed."""

from __future__ import annotations

from collections.abc import Mapping
from uuid import UUID

from doudi.division import Division
from doudi.events.eligibility import AwardAdjusted
from doudi.events.eligibility_standards import RedeterminationExecuted, RescreeningFound
from doudi.money import Money
from doudi.transaction import Transaction, new_id
from eligibility import rules
from eligibility.handlers import common, counting, rescreening
from eligibility.handlers.counting import CountyNumbers, Verdict
from eligibility.model import Case, Redetermination
from eligibility.model.redetermination import as_kept
from eligibility.rules import standards
from eligibility.store import mass_notices, settlement
from eligibility.store import redetermination as store
from eligibility.store.mass_notices import ChangeTold
from eligibility.store.redetermination import Standing
from eligibility.store.settlement import Adjustment, Due, Settled

Said = dict[UUID, tuple[UUID, str, str | None]]


async def step(job: Redetermination, tx: Transaction, *, size: int = counting.BATCH) -> int:
    """One batch; at least 1 as long as there is something to do."""
    if job.phase == "AWARDS":
        return await _awards(job, tx, size)
    if job.phase == "REGISTER":
        return await _register(job, tx)
    return await _cases(job, tx, size)


async def _awards(job: Redetermination, tx: Transaction, size: int) -> int:
    batch = await settlement.due_after(tx, job.id, counting.prefix_of(job), job.after, size)
    changed = [due.id for due in batch if _changed(due)]
    said = await settlement.last_said(tx, changed, job.journal_position) if changed else {}
    known = counting.numbers_of(job)
    settled, adjusted, verdicts = [], [], []
    for due in batch:
        found = None
        if due.standing is not None:
            found = counting.judge(due.standing, _numbers(due.standing, known), job, tx)
        outcome = _settle(due, found, said)
        settled.append(outcome)
        if found is not None and due.counted is None:
            verdicts.append(counting.row_of(job.id, found, None))
        if found is not None and outcome.settled == "ADJUSTED":
            adjusted.append(found)
    await settlement.keep_new(tx, verdicts)
    await settlement.keep_settled(tx, job.id, settled)
    if adjusted:
        await settlement.adjust(tx, [Adjustment(v.award.id, v.effective, v.made) for v in adjusted])
        told = [_told(v, _numbers(v.award, known)) for v in adjusted]
        await mass_notices.write(tx, job.id, told, tx.today)
        await tx.announce(*(_adjusted(v, t, job, tx) for v, t in zip(adjusted, told, strict=True)))
    job.settle(_counts(settled, adjusted))
    over = len(batch) < size
    job.move("CASES" if over else "AWARDS", None if over else batch[-1].id, len(batch))
    return max(1, len(batch))


def _numbers(award: Standing, known: Mapping[str, CountyNumbers]) -> CountyNumbers:
    return counting.county_of(award.division, award.programme, known)


def _changed(due: Due) -> bool:
    """Whether it is another award than the dry-run saw: changed, ended, or new."""
    if due.standing is None or due.counted is None:
        return True
    return due.standing.version != due.counted.version or as_kept(due.standing.lines) != due.counted.old


def _settle(due: Due, found: Verdict | None, said: Said) -> Settled:
    event, because = _why(due, said) if _changed(due) else (None, None)
    if found is None:
        return Settled(due.id, "GONE", 0, because, event, None)
    listed, fen = found.listed_because, found.change.old_fen
    if due.counted is not None and because is None and found.new != due.counted.new:
        return Settled(due.id, "LISTED", fen, None, None, "与批准的测算结果不一致，未调整")
    if found.kept:
        return Settled(due.id, "LISTED", fen, because, event, listed)
    if found.old == found.new:
        return Settled(due.id, "UNCHANGED", fen, because, event, listed)
    return Settled(due.id, "ADJUSTED", found.change.new_fen, because, event, listed)


def _why(due: Due, said: Said) -> tuple[UUID | None, str]:
    """The event that changed it since the dry-run, or that there is none."""
    if due.id in said:
        id_, type_, reason = said[due.id]
        return id_, f"{type_}：{reason}" if reason else type_
    return None, "测算后新增" if due.counted is None else "测算后已变化，无对应事件"


def _counts(settled: list[Settled], adjusted: list[Verdict]) -> dict[str, int]:
    by = [s.settled for s in settled]
    return {
        "adjusted": by.count("ADJUSTED"),
        "unchanged": by.count("UNCHANGED"),
        "listed": by.count("LISTED"),
        "gone": by.count("GONE"),
        "changed_since": sum(s.changed_because is not None for s in settled),
        "change_fen": sum(v.change.difference for v in adjusted),
    }


def _told(found: Verdict, n: CountyNumbers) -> ChangeTold:
    """What the household's notice says (国务院令649号 art. 13)."""
    made = found.made
    return ChangeTold(
        id=new_id(),
        award_id=found.award.id,
        before_fen=found.change.old_fen,
        fen=made.amount.fen,
        from_month=found.effective,
        because=standards.told_because(n.before, n.after),
        rule_set=made.rule_set,
        findings=made.findings,
    )


def _adjusted(found: Verdict, told: ChangeTold, job: Redetermination, tx: Transaction) -> AwardAdjusted:
    assert job.approved_by is not None
    made = found.made
    return AwardAdjusted(
        award_id=found.award.id,
        from_month=found.effective,
        lines=common.lines(made),
        amount=made.amount,
        household_size=made.size,
        insured=[UUID(person) for person in made.insured],
        reason=told.because,
        findings=list(made.findings),
        adjusted_on=tx.today,
        by=job.approved_by,
        redetermination_id=job.id,
        programme=made.programme,
        single_basis=made.single_basis,
        notice_id=told.id,
    )


async def _cases(job: Redetermination, tx: Transaction, size: int) -> int:
    batch, entering = await counting.rescreen(job, tx, size)
    rows = [counting.rescreened_row(job.id, case, made, tx.today) for case, made in entering]
    await store.keep_rescreened(tx, rows)
    if entering:
        await tx.announce(*(_found(case, made, job, tx) for case, made in entering))
    job.settle({"rescreened": len(entering)})
    over = len(batch) < size
    job.move("REGISTER" if over else "CASES", None if over else batch[-1].id, len(batch))
    return max(1, len(batch))


async def _register(job: Redetermination, tx: Transaction) -> int:
    said = await rescreening.say_register(job, tx)
    if not said:
        job.executed(tx.today)
        await tx.announce(_executed(job, tx))
    return max(1, said)


def _found(case: Case, made: rules.Determination, job: Redetermination, tx: Transaction) -> RescreeningFound:
    assert case.decided_on is not None
    assert made.assistance_class is not None
    return RescreeningFound(
        redetermination_id=job.id,
        application_id=case.id,
        household_id=case.members.household_id,
        division=Division(case.division),
        refused_on=case.decided_on,
        assistance_class=made.assistance_class,
        amount=made.amount,
        findings=list(made.findings),
        found_on=tx.today,
    )


def _executed(job: Redetermination, tx: Transaction) -> RedeterminationExecuted:
    assert job.approved_by is not None
    assert job.executed_by is not None
    assert job.approved_sha256 is not None
    counts = job.settled
    return RedeterminationExecuted(
        redetermination_id=job.id,
        division=Division(job.division),
        from_month=job.month,
        sha256=job.approved_sha256,
        adjusted=counts["adjusted"],
        unchanged=counts["unchanged"],
        listed=counts["listed"],
        changed_since=counts["changed_since"],
        rescreened=counts["rescreened"],
        registered=counts["registered"],
        change_month=Money(counts["change_fen"]),
        executed_on=tx.today,
        proposed_by=job.proposed_by,
        approved_by=job.approved_by,
        by=job.executed_by,
    )
