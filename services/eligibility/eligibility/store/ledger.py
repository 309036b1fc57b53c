"""Comparisons in the database: the job's next one, what it found, the tasks that follow, the lists that people read."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import TypeVar
from uuid import UUID

import asyncpg
from sqlmodel import col, select

from doudi.errors import NotFound
from doudi.transaction import Transaction
from eligibility.model import Award, Case, Comparison, LedgerReport, LedgerTask, Probable, ProgrammeAward, ProgrammeCase
from eligibility.model.base import Record

R = TypeVar("R", bound=Record)

# What lapsed and is there again is opened anew; how it stood before is kept, for whoever counts a day of then.
_OPEN_TASKS = """
WITH again AS (
    INSERT INTO ledger_task_past SELECT id, opened_on, due_on, closed_on FROM ledger_task t
    WHERE division = $2 AND kind = $3 AND status = 'LAPSED' AND seen_on <= $5
        AND EXISTS (SELECT FROM ledger_result r WHERE r.comparison_id = $1 AND r.actionable AND r.task_id = t.id)
    ON CONFLICT DO NOTHING
)
INSERT INTO ledger_task AS t (id, version, division, kind, code, programme, household, person, note, status, owner,
    opened_on, due_on, comparison_id, seen_on, unsaid)
SELECT DISTINCT ON (task_id) task_id, 1, $2, $3, r.code, programme, coalesce(left_household, right_household), person,
    note, 'OPEN', a.owner, $4::date, a.due, $1, $5::date, 'OPENED'
FROM ledger_result r JOIN unnest($6::text[], $7::text[], $8::date[]) AS a (code, owner, due) ON a.code = r.code
WHERE comparison_id = $1 AND actionable ORDER BY task_id, note
ON CONFLICT (id) DO UPDATE SET comparison_id = EXCLUDED.comparison_id, seen_on = EXCLUDED.seen_on,
    version = t.version + 1, note = EXCLUDED.note,
    status = CASE t.status WHEN 'LAPSED' THEN 'OPEN' ELSE t.status END,
    opened_on = CASE t.status WHEN 'LAPSED' THEN EXCLUDED.opened_on ELSE t.opened_on END,
    due_on = CASE t.status WHEN 'LAPSED' THEN EXCLUDED.due_on ELSE t.due_on END,
    unsaid = CASE t.status WHEN 'LAPSED' THEN 'OPENED' ELSE t.unsaid END,
    outcome = CASE t.status WHEN 'CLOSED' THEN t.outcome END, reason = CASE t.status WHEN 'CLOSED' THEN t.reason END,
    closed_on = CASE t.status WHEN 'CLOSED' THEN t.closed_on END,
    closed_by = CASE t.status WHEN 'CLOSED' THEN t.closed_by END
WHERE t.seen_on <= EXCLUDED.seen_on
"""
_LAPSE_TASKS = """
UPDATE ledger_task t SET status = 'LAPSED', version = version + 1, outcome = 'GONE', reason = '再次比对，差异已消除',
    closed_on = $4, closed_by = 'comparison', unsaid = 'CLOSED'
WHERE division = $2 AND kind = $3 AND status = 'OPEN' AND seen_on <= $5
    AND NOT EXISTS (SELECT FROM ledger_result r WHERE r.comparison_id = $1 AND r.task_id = t.id)
"""
_UNSAID = """
WITH waiting AS (
    SELECT id, unsaid FROM ledger_task WHERE unsaid IS NOT NULL AND division = $1 AND kind = $2 ORDER BY id LIMIT $3
)
UPDATE ledger_task t SET unsaid = NULL FROM waiting WHERE t.id = waiting.id
RETURNING t.*, waiting.unsaid AS said
"""
_PEOPLE = """
SELECT e.household, e.number, e.state, s.sealed FROM register_entry e JOIN register_sealed s USING (file_id, n)
WHERE e.file_id = $1 AND e.household = ANY($2::uuid[]) ORDER BY e.household, e.born, e.n
"""


async def running(tx: Transaction) -> Comparison | None:
    """The oldest comparison that is under way, locked."""
    query = select(Comparison).where(Comparison.status == "RUNNING").order_by(col(Comparison.id)).limit(1)
    return (await tx.session.exec(query.with_for_update())).first()


async def comparison(tx: Transaction, id_: UUID, *, lock: bool = False) -> Comparison:
    """A comparison of the principal's subtree. Raises NotFound."""
    query = select(Comparison).where(Comparison.id == id_)
    return _seen((await tx.session.exec(query.with_for_update() if lock else query)).first(), tx)


async def task_for_update(tx: Transaction, id_: UUID) -> LedgerTask:
    """Locks a task of the principal's subtree. Raises NotFound."""
    return _seen((await tx.session.exec(select(LedgerTask).where(LedgerTask.id == id_).with_for_update())).first(), tx)


async def report_for_update(tx: Transaction, id_: UUID) -> LedgerReport:
    """Locks a report of the principal's subtree. Raises NotFound."""
    query = select(LedgerReport).where(LedgerReport.id == id_)
    return _seen((await tx.session.exec(query.with_for_update())).first(), tx)


def _seen(record: R | None, tx: Transaction) -> R:
    if record is None or (tx.principal is not None and not tx.principal.may_see(record.division)):
        raise NotFound
    return record


async def awards_after(
    tx: Transaction, prefix: str, after: UUID | None, on: date, *, limit: int
) -> Sequence[tuple[Award, Case]]:
    """Awards of dibao that were granted by a day, with what the township sent, by id."""
    query = select(Award, Case).where(
        col(Award.application_id) == col(Case.id), col(Award.division).like(prefix + "%"), Award.granted_on <= on
    )
    if after is not None:
        query = query.where(col(Award.id) > after)
    return (await tx.session.exec(query.order_by(col(Award.id)).limit(limit))).all()


async def personal_awards_after(
    tx: Transaction, prefix: str, after: UUID | None, on: date, *, limit: int
) -> Sequence[tuple[ProgrammeAward, ProgrammeCase]]:
    """Awards of one person that were granted by a day, with their application, by id."""
    query = select(ProgrammeAward, ProgrammeCase).where(
        col(ProgrammeAward.application_id) == col(ProgrammeCase.id),
        col(ProgrammeAward.division).like(prefix + "%"),
        ProgrammeAward.granted_on <= on,
    )
    if after is not None:
        query = query.where(col(ProgrammeAward.id) > after)
    return (await tx.session.exec(query.order_by(col(ProgrammeAward.id)).limit(limit))).all()


async def probable(tx: Transaction, comparison_id: UUID, n: int) -> Probable:
    """Locks a probable match. Raises NotFound."""
    query = select(Probable).where(Probable.comparison_id == comparison_id, Probable.n == n)
    found = (await tx.session.exec(query.with_for_update())).first()
    if found is None:
        raise NotFound
    return found


async def probables(tx: Transaction, comparison_id: UUID, *, after: int, limit: int) -> Sequence[Probable]:
    """Probable matches by number."""
    query = select(Probable).where(Probable.comparison_id == comparison_id, Probable.n > after)
    return (await tx.session.exec(query.order_by(col(Probable.n)).limit(limit))).all()


async def unsettled(tx: Transaction, comparison_id: UUID) -> int:
    """How many probable matches wait for a person."""
    query = "SELECT count(*) FROM ledger_probable WHERE comparison_id = $1 AND verdict IS NULL"
    return int(await tx.fetchval(query, comparison_id))


async def open_tasks(tx: Transaction, c: Comparison, actions: Mapping[str, tuple[str, date]], on: date) -> None:
    """Opens a task for each difference to act on, keeps those that were there, ends those whose difference is gone."""
    codes = sorted(actions)
    # Results and tasks are held against each other as sets, also where the planner takes what is new for nothing.
    await tx.execute("ANALYZE ledger_result; SET LOCAL enable_nestloop = off")
    owners, dues = [actions[k][0] for k in codes], [actions[k][1] for k in codes]
    await tx.execute(_OPEN_TASKS, c.id, c.division, c.kind, on, c.right_on, codes, owners, dues)
    await tx.execute(_LAPSE_TASKS, c.id, c.division, c.kind, on, c.right_on)


async def unsaid_tasks(tx: Transaction, c: Comparison, *, limit: int) -> list[asyncpg.Record]:
    """Tasks that opened or lapsed and were not announced; they count as announced from now on."""
    return await tx.fetch(_UNSAID, c.division, c.kind, limit)


async def results(
    tx: Transaction, comparison_id: UUID, code: str | None, *, after: int, limit: int
) -> list[asyncpg.Record]:
    """What was found, by its place in the list."""
    return await tx.fetch(
        "SELECT * FROM ledger_result WHERE comparison_id = $1 AND n > $2 AND ($3::text IS NULL OR code = $3) "
        "ORDER BY n LIMIT $4",
        comparison_id,
        after,
        code,
        limit,
    )


async def screened(
    tx: Transaction, comparison_id: UUID, column: str, *, after: UUID | None, limit: int
) -> list[asyncpg.Record]:
    """Households of one screening list (`must`, `priority`, `key`, `first`), by key."""
    if column not in ("must", "priority", "key", "first"):
        raise ValueError(column)
    return await tx.fetch(
        f'SELECT *, household AS id FROM ledger_screened WHERE comparison_id = $1 AND "{column}" '
        "AND ($2::uuid IS NULL OR household > $2) ORDER BY household LIMIT $3",
        comparison_id,
        after,
        limit,
    )


async def people(tx: Transaction, file_id: UUID, households: Sequence[UUID]) -> list[asyncpg.Record]:
    """Who lives in these households by a register, still sealed."""
    return await tx.fetch(_PEOPLE, file_id, households)


async def tasks(
    tx: Transaction, where: Mapping[str, object], *, after: UUID | None, limit: int
) -> Sequence[LedgerTask]:
    """Tasks of the principal's subtree with these values, by id."""
    query = select(LedgerTask)
    if tx.principal is not None:
        query = query.where(col(LedgerTask.division).like(tx.principal.prefix + "%"))
    for name, value in where.items():
        if value is not None:
            query = query.where(getattr(LedgerTask, name) == value)
    if after is not None:
        query = query.where(col(LedgerTask.id) > after)
    return (await tx.session.exec(query.order_by(col(LedgerTask.id)).limit(limit))).all()


async def latest(tx: Transaction, division: str, kind: str, until: date) -> Comparison | None:
    """The newest comparison of a county that was started by a day."""
    query = select(Comparison).where(
        Comparison.division == division, Comparison.kind == kind, Comparison.started_on <= until
    )
    return (await tx.session.exec(query.order_by(col(Comparison.id).desc()).limit(1))).first()


async def without_a_run(tx: Transaction, since: date) -> list[asyncpg.Record]:
    """Counties and kinds that have a register and were not compared since a day."""
    return await tx.fetch(
        "SELECT DISTINCT division, kind FROM register_file f WHERE source = 'FILE' AND kind <> 'BENEFICIARIES' "
        "AND imported_on < $1 AND NOT EXISTS (SELECT FROM comparison c WHERE c.division = f.division "
        "AND c.kind = f.kind AND c.started_on >= $1) ORDER BY division, kind LIMIT 20",
        since,
    )


async def report_of(tx: Transaction, division: str, kind: str, quarter: str) -> bool:
    """Whether this quarter has its report."""
    query = "SELECT 1 FROM ledger_report WHERE division = $1 AND kind = $2 AND quarter = $3"
    return await tx.fetchval(query, division, kind, quarter) is not None
