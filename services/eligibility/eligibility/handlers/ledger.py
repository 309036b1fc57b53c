"""The ledger comparison (domain §5): started by a person or by the month, done in steps, settled and closed by people.

Nothing here reads an award for update or writes one: what a comparison finds is a question to somebody.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any
from uuid import UUID

import structlog

from doudi.calendar import MONTHS_A_YEAR, CalendarUnknown, Month
from doudi.division import Division
from doudi.errors import Forbidden, Invalid
from doudi.events.eligibility_ledger import LedgerCompared, LedgerCount, LedgerTaskClosed, LedgerTaskOpened
from doudi.service import check_version
from doudi.transaction import Transaction, new_id
from eligibility import store
from eligibility.handlers import common
from eligibility.handlers.ledger_snapshot import snapshot
from eligibility.model import Comparison, LedgerTask, Probable, RegisterFile, refusals
from eligibility.model.ledger import Code
from eligibility.rules import ledger
from eligibility.store import compare, registers
from eligibility.store import ledger as lists

log = structlog.get_logger()

_EVENTS = 2_000
CLOCK = "comparison"
"""Who starts the monthly run."""


async def start(register_id: UUID, beneficiaries_id: UUID | None, tx: Transaction) -> Comparison:
    """Compares a register with a file of the four groups, or with the awards as of the register's day.

    Raises NotFound, Invalid, SnapshotsDiffer.
    """
    right = await registers.file_to_see(tx, register_id)
    if right.kind == "BENEFICIARIES":
        raise Invalid(field="register_id", detail="应为对方台账 / not a counterpart register")
    left = None
    if beneficiaries_id is not None:
        left = await registers.file_to_see(tx, beneficiaries_id)
        if (left.kind, left.division) != ("BENEFICIARIES", right.division):
            raise Invalid(field="beneficiaries_id", detail="应为同一县（区）的民政救助对象台账")
        if left.snapshot_on != right.snapshot_on:
            raise refusals.SnapshotsDiffer(detail=f"{left.snapshot_on} 与 {right.snapshot_on}")
    return await _begin(right, left, right.snapshot_on, common.officer(tx), tx)


async def _begin(right: RegisterFile, left: RegisterFile | None, on: date, by: str, tx: Transaction) -> Comparison:
    division = Division(right.division)
    standard = (await store.parameters(tx)).at("dibao.rural", on=tx.today, division=division)
    year = standard.money if standard.period == "YEAR" else standard.money * MONTHS_A_YEAR
    if left is None:
        left = RegisterFile(
            id=new_id(), division=right.division, kind="BENEFICIARIES", source="AWARDS", snapshot_on=on,
            imported_on=tx.today, imported_by=by,
        )  # fmt: skip
        tx.session.add(left)
        await tx.session.flush()
    made = Comparison(
        division=right.division,
        kind=right.kind,
        left_source=left.source,
        left_id=left.id,
        right_id=right.id,
        left_on=left.snapshot_on,
        right_on=right.snapshot_on,
        standard_fen=year.fen,
        standard_source=standard.source,
        started_on=tx.today,
        started_by=by,
        automatic=by == CLOCK,
        step="SNAPSHOT" if left.source == "AWARDS" else "COMPARE",
    )
    tx.session.add(made)
    return made


async def monthly(tx: Transaction) -> int:
    """Each month compares once what has a register and was not compared yet (D-14), with the newest of each side."""
    places = await lists.without_a_run(tx, Month.of(tx.today).first_day)
    for place in places:
        right = await registers.newest(tx, place["division"], place["kind"], tx.today)
        assert right is not None
        left = await registers.newest(tx, place["division"], "BENEFICIARIES", tx.today)
        await _begin(right, left, tx.today, CLOCK, tx)
        await tx.session.flush()
    return len(places)


async def advance(tx: Transaction) -> int:
    """One step of the oldest comparison that is under way, or a part of one. Killed, it is simply not done.

    Where the holiday plan ends nobody can say when a task is due: the comparison waits for the plan.
    """
    found = await lists.running(tx)
    if found is None:
        return 0
    try:
        await _STEPS[found.step](found, tx)
    except CalendarUnknown as error:
        log.warning("a comparison waits for the holiday plan", error=str(error))
        return 0
    return 1


async def _compare(c: Comparison, tx: Transaction) -> None:
    """All differences, as sets, in one transaction."""
    numbers = ledger.LEDGER
    pairs = tuple((str(a), str(b)) for a, b in numbers.at("ledger.conflicts", on=c.right_on).value)
    lines = compare.Lines(
        few=int(numbers.at("ledger.elder_household_most", on=c.right_on).number),
        stopped_after=ledger.stopped_since(c.right_on),
        conflicts=pairs,
    )
    counts, fingerprint = await compare.compare(tx, c, lines)
    c.found(counts, fingerprint)


async def _tasks(c: Comparison, tx: Transaction) -> None:
    actions = {str(code): ledger.action(code, tx.today) for code in Code if code is not Code.PR_ONLY_UNLIKELY}
    await lists.open_tasks(tx, c, actions, tx.today)
    c.go_to("ANNOUNCE")


async def _announce(c: Comparison, tx: Transaction) -> None:
    """What was opened and what lapsed is said, some at a time; last that the comparison is done."""
    some = await lists.unsaid_tasks(tx, c, limit=_EVENTS)
    await tx.announce(*(_opened(dict(r)) if r["said"] == "OPENED" else _closed(dict(r)) for r in some))
    if some:
        c.advance(some[-1]["id"])
        return
    c.finish(tx.today)
    await tx.announce(
        LedgerCompared.model_validate(
            {
                "comparison_id": c.id,
                "division": c.division,
                "kind": c.kind,
                "left_on": c.left_on,
                "right_on": c.right_on,
                "counts": [LedgerCount(code=code, **found) for code, found in sorted(c.counts.items())],
                "unsettled": await lists.unsettled(tx, c.id),
                "run": c.runs,
                "fingerprint": c.fingerprint,
                "compared_on": tx.today,
            }
        )
    )


_STEPS = {"SNAPSHOT": snapshot, "COMPARE": _compare, "TASKS": _tasks, "ANNOUNCE": _announce}


def _opened(row: Mapping[str, Any]) -> LedgerTaskOpened:
    """With the rule that it is a question: who acts on it goes through the procedure (卫民发〔2019〕21号 二(一)3)."""
    found = [ledger.decides_nothing(row["code"])]
    return LedgerTaskOpened.model_validate({**row, "task_id": row["id"], "findings": found})


def _closed(row: Mapping[str, Any]) -> LedgerTaskClosed:
    return LedgerTaskClosed.model_validate({**row, "task_id": row["id"], "by": row["closed_by"]})


async def settle(comparison_id: UUID, n: int, verdict: str, reason: str, tx: Transaction) -> Probable:
    """A person says whether two are one; then everything is compared anew. Raises NotFound, AlreadySettled."""
    c = await lists.comparison(tx, comparison_id, lock=True)
    found = await lists.probable(tx, c.id, n)
    found.settle(verdict, str(tx.keys.seal(reason, "ledger.reason")), common.officer(tx), tx.today)
    c.compare_again()
    return found


async def close_task(
    id_: UUID, outcome: str, reason: str, *, only_owner: str | None, tx: Transaction, version: int | None
) -> LedgerTask:
    """Its owner looked into it. What follows for an award goes the way of the procedure, never from here."""
    task = await lists.task_for_update(tx, id_)
    check_version(task.version, version)
    if only_owner is not None and task.owner != only_owner:
        raise Forbidden(detail="该事项由另一单位办理")
    task.close(outcome, reason, common.officer(tx), tx.today)
    await tx.announce(_closed(task.model_dump()))
    return task
