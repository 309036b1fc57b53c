"""The execution: every award is settled as approved; what changed since is determined anew and listed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from uuid import UUID

from doudi.calendar import Month
from doudi.division import Division
from doudi.events.eligibility import AwardAdjusted
from doudi.events.eligibility_standards import RedeterminationExecuted, RescreeningFound
from doudi.money import Money
from doudi.transaction import Transaction, new_id
from eligibility import rules
from eligibility.handlers import common, counting, people, programme_changes, rescreening
from eligibility.handlers.counting import CountyNumbers, Verdict
from eligibility.handlers.outcomes import changed, counts, settle
from eligibility.model import Case, Redetermination
from eligibility.rules import standards
from eligibility.store import mass_notices, settlement
from eligibility.store import redetermination as store
from eligibility.store.mass_notices import ChangeTold
from eligibility.store.redetermination import Standing
from eligibility.store.settlement import Adjustment


async def step(job: Redetermination, tx: Transaction, *, size: int = counting.BATCH) -> int:
    """One batch; at least 1 as long as there is something to do."""
    if job.phase == "AWARDS":
        return await _awards(job, tx, size)
    if job.phase == "REGISTER":
        return await _register(job, tx)
    if job.phase == "PEOPLE":
        return await _people(job, tx, size)
    return await _cases(job, tx, size)


async def _people(job: Redetermination, tx: Transaction, size: int) -> int:
    done = await people.settle_batch(job, tx, size=min(size, people.BATCH))
    if job.phase == "DONE":
        await _finish(job, tx)
    return done


async def _awards(job: Redetermination, tx: Transaction, size: int) -> int:
    batch = await settlement.due_after(tx, job.id, counting.prefix_of(job), job.after, size)
    since = [due.id for due in batch if changed(due)]
    said = await settlement.last_said(tx, since, job.journal_position) if since else {}
    known = counting.numbers_of(job)
    settled, adjusted, verdicts = [], [], []
    for due in batch:
        found = None
        if due.standing is not None:
            found = counting.judge(due.standing, _numbers(due.standing, known), job, tx)
        outcome = settle(due, found, said)
        settled.append(outcome)
        if found is not None and due.counted is None:
            verdicts.append(counting.row_of(job.id, found, None))
        if found is not None and outcome.settled == "ADJUSTED":
            adjusted.append(found)
    await settlement.keep_new(tx, verdicts)
    await settlement.keep_settled(tx, job.id, settled)
    if adjusted:
        await settlement.adjust(tx, [Adjustment(v.award.id, v.effective, v.made) for v in adjusted])
        told = [_told(v, _numbers(v.award, known), job) for v in adjusted]
        await mass_notices.write(tx, job.id, told, tx.today)
        await tx.announce(*(_adjusted(v, t, job, tx) for v, t in zip(adjusted, told, strict=True)))
        await _followed(adjusted, job, tx)
    job.settle(counts(settled, [v.change for v in adjusted]))
    over = len(batch) < size
    job.move("CASES" if over else "AWARDS", None if over else batch[-1].id, len(batch))
    return max(1, len(batch))


async def _followed(adjusted: Sequence[Verdict], job: Redetermination, tx: Transaction) -> None:
    """A child's difference follows (民发〔2019〕62号 三(一)), of months that are over nothing is taken back."""
    assert job.approved_by is not None
    next_month = Month.of(tx.today).next()
    changed = {v.award.id: max(v.effective, next_month) for v in adjusted}
    await programme_changes.dibao_awards_changed(changed, job.approved_by, tx)


def _numbers(award: Standing, known: Mapping[str, CountyNumbers]) -> CountyNumbers:
    return counting.county_of(award.division, award.programme, known)


def _told(found: Verdict, n: CountyNumbers, job: Redetermination) -> ChangeTold:
    """What the household's notice says (国务院令649号 art. 13)."""
    made = found.made
    tables = [k["key"] for k in job.keys if k["key"] in standards.TABLES]
    documents = "、".join(sorted({k["document"] for k in job.keys if k["key"] in standards.TABLES}))
    reasons = [standards.told_because_of_tables(tables, documents)] if tables else []
    if not tables or n.before.standard != n.after.standard:
        reasons.insert(0, standards.told_because(n.before, n.after))
    return ChangeTold(
        id=new_id(),
        award_id=found.award.id,
        before_fen=found.change.old_fen,
        fen=made.amount.fen,
        from_month=found.effective,
        because="；".join(reasons),
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
    job.move("PEOPLE" if over else "CASES", None if over else batch[-1].id, len(batch))
    return max(1, len(batch))


async def _register(job: Redetermination, tx: Transaction) -> int:
    said = await rescreening.say_register(job, tx)
    if not said:
        await _finish(job, tx)
    return max(1, said)


async def _finish(job: Redetermination, tx: Transaction) -> None:
    job.executed(tx.today)
    await tx.announce(_executed(job, tx))


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
