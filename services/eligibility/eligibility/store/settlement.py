"""The writes of an execution, in sets: one statement a kind and batch."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

import asyncpg

from doudi.calendar import Month
from doudi.events.eligibility import AwardAdjusted, AwardGranted, AwardStopped
from doudi.events.eligibility_life import AwardResumed, AwardSuspended, AwardTransferred, ReviewRecorded, TaperGranted
from doudi.events.eligibility_programmes import PersonalAwardAdjusted, PersonalAwardGranted, TekunEnded
from doudi.transaction import Transaction
from eligibility import rules
from eligibility.model import refusals
from eligibility.model.redetermination import Lines
from eligibility.store.redetermination import AWARD, LINES, PROGRAMMES, STANDING, Standing

_CHANGES = (
    AwardGranted, AwardAdjusted, AwardStopped, AwardSuspended, AwardResumed, AwardTransferred, TaperGranted,
    ReviewRecorded, PersonalAwardGranted, PersonalAwardAdjusted, TekunEnded,
)  # fmt: skip
"""Events that say that an award changed, and why; others tell of steps, notices and dates."""


@dataclass(frozen=True, slots=True)
class Counted:
    """What the dry-run had found of an award."""

    version: int
    old: Lines
    new: Lines


@dataclass(frozen=True, slots=True)
class Due:
    """An award that is to be settled: `standing` is None when it does not go on, `counted` when it is new since."""

    id: UUID
    standing: Standing | None
    counted: Counted | None


@dataclass(frozen=True, slots=True)
class Adjustment:
    """New lines of an award from a month on."""

    award_id: UUID
    effective: Month
    determination: rules.Determination


@dataclass(frozen=True, slots=True)
class Settled:
    """What became of an award in the execution; `fen` is what it pays per month from now on."""

    award_id: UUID
    settled: str
    fen: int
    changed_because: str | None
    changed_event: UUID | None
    listed_because: str | None


async def due_after(tx: Transaction, job_id: UUID, prefix: str, after: UUID | None, limit: int) -> list[Due]:
    """The next awards: those that go on, and those of the dry-run that do not any more. Locked."""
    found = await tx.fetch(
        f"""SELECT a.id FROM award a LEFT JOIN redetermined_award r ON r.award_id = a.id AND r.redetermination_id = $1
            WHERE a.division LIKE $2::text || '%' AND a.programme = ANY($3::text[])
              AND (({STANDING}) OR r.award_id IS NOT NULL) AND ($4::uuid IS NULL OR a.id > $4)
            ORDER BY a.id LIMIT $5 FOR UPDATE OF a""",
        job_id, prefix, PROGRAMMES, after, limit,
    )  # fmt: skip
    # A second statement, so that it sees what those did for whom the lock waited.
    rows = await tx.fetch(
        f"""SELECT {AWARD}, ({STANDING}) AS goes_on, r.counted_version, r.old_lines, r.new_lines
            FROM award a {LINES} LEFT JOIN redetermined_award r ON r.award_id = a.id AND r.redetermination_id = $1
            WHERE a.id = ANY($2::uuid[]) ORDER BY a.id""",
        job_id, [row["id"] for row in found],
    )  # fmt: skip
    return [Due(row["id"], Standing.of(row) if row["goes_on"] else None, _counted(row)) for row in rows]


def _counted(row: asyncpg.Record) -> Counted | None:
    if row["counted_version"] is None:
        return None
    return Counted(row["counted_version"], row["old_lines"], row["new_lines"])


async def last_said(tx: Transaction, award_ids: Sequence[UUID], since: int) -> dict[UUID, tuple[UUID, str, str | None]]:
    """What changed each award last after a place in the journal: the event's id, its type, and the reason it gave.

    Where none of `_CHANGES` was said of it, the last event that was.
    """
    rows = await tx.fetch(
        """SELECT DISTINCT ON (key) key, id, type, value::jsonb ->> 'reason' AS reason FROM outbox
           WHERE key = ANY($1::text[]) AND position > $2 ORDER BY key, type = ANY($3::text[]) DESC, sequence DESC""",
        [str(id_) for id_ in award_ids], since, [event.TYPE for event in _CHANGES],
    )  # fmt: skip
    return {UUID(row["key"]): (row["id"], row["type"], row["reason"]) for row in rows}


async def adjust(tx: Transaction, made: Sequence[Adjustment]) -> None:
    """Ends the present lines, begins the new ones, and raises the versions: what `Award.adjust` does to one, to all.

    As that verb, it makes nobody's money less without a permit, and a redetermination has none: raises HearingNeeded.
    """
    ids = [a.award_id for a in made]
    fen = [a.determination.amount.fen for a in made]
    await _nobody_gets_less(tx, ids, fen)
    first, last = [str(a.effective) for a in made], [str(a.effective.previous()) for a in made]
    await tx.execute(
        """DELETE FROM award_line l USING unnest($1::uuid[], $2::text[]) AS e (id, month)
           WHERE l.award_id = e.id AND l.from_month >= e.month""",
        ids, first,
    )  # fmt: skip
    await tx.execute(
        """UPDATE award_line l SET to_month = e.month FROM unnest($1::uuid[], $2::text[]) AS e (id, month)
           WHERE l.award_id = e.id AND (l.to_month IS NULL OR l.to_month > e.month)""",
        ids, last,
    )  # fmt: skip
    await tx.copy(
        "award_line",
        ("award_id", "person_id", "item", "from_month", "amount_fen"),
        [
            (a.award_id, UUID(line.person_id), line.item, str(a.effective), line.amount.fen)
            for a in made
            for line in a.determination.lines
        ],
    )
    found = [a.determination for a in made]
    await tx.execute(
        """UPDATE award a SET version = a.version + 1, household_size = n.size, insured = n.insured::jsonb,
               assistance_class = n.class, amount_fen = n.fen, single_basis = n.basis
           FROM unnest($1::uuid[], $2::integer[], $3::text[], $4::text[], $5::bigint[], $6::text[])
               AS n (id, size, insured, class, fen, basis) WHERE a.id = n.id""",
        ids, [d.size for d in found], [json.dumps(list(d.insured)) for d in found],
        [d.assistance_class for d in found], fen, [d.single_basis for d in found],
    )  # fmt: skip


async def _nobody_gets_less(tx: Transaction, ids: list[UUID], fen: list[int]) -> None:
    less = await tx.fetchval(
        """SELECT count(*) FROM unnest($1::uuid[], $2::bigint[]) AS n (id, fen) JOIN award a ON a.id = n.id
           WHERE n.fen < a.amount_fen""",
        ids, fen,
    )  # fmt: skip
    if less:
        raise refusals.HearingNeeded(detail=f"{less} 户的保障金将减少，须经告知、听取意见并作出决定")


async def keep_new(tx: Transaction, rows: Sequence[tuple[Any, ...]]) -> None:
    """Awards that the dry-run had not seen, in the order of `store.redetermination.COUNTED`."""
    await tx.executemany(
        """INSERT INTO redetermined_award (redetermination_id, award_id, division, programme, counted_version, outcome,
               effective, old_lines, new_lines, old_fen, new_fen, listed_because)
           VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)""",
        rows,
    )


async def keep_settled(tx: Transaction, job_id: UUID, made: Sequence[Settled]) -> None:
    """What became of each award of a batch."""
    await tx.execute(
        """UPDATE redetermined_award r SET settled = s.settled, settled_fen = s.fen,
               changed_because = s.changed_because, changed_event = s.changed_event, listed_because = s.listed
           FROM unnest($2::uuid[], $3::text[], $4::bigint[], $5::text[], $6::uuid[], $7::text[])
               AS s (id, settled, fen, changed_because, changed_event, listed)
           WHERE r.redetermination_id = $1 AND r.award_id = s.id""",
        job_id, [s.award_id for s in made], [s.settled for s in made], [s.fen for s in made],
        [s.changed_because for s in made], [s.changed_event for s in made], [s.listed_because for s in made],
    )  # fmt: skip
