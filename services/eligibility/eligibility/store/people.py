"""The awards of one person in a redetermination, in sets: taken, held against what else is held, and kept."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

import asyncpg
from sqlmodel import col, select

from doudi.transaction import Transaction
from eligibility import rules
from eligibility.model import ProgrammeAward, ProgrammeCase
from eligibility.rules.programmes import Holding
from eligibility.store.programmes import holdings_of, in_dibao_households
from eligibility.store.redetermination import COUNTED
from eligibility.store.settlement import Counted


@dataclass(frozen=True, slots=True)
class PersonStanding:
    """An award that goes on, the case that it rests on, everything that the person holds, and whether the household is
    on dibao."""

    award: ProgrammeAward
    case: ProgrammeCase
    held: Sequence[Holding]
    at_home: bool

    @property
    def version(self) -> int:
        """The award's."""
        return self.award.version

    @property
    def lines(self) -> tuple[rules.Line, ...]:
        """What it pays per month."""
        return tuple(rules.Line(str(self.award.person_id), item, amount) for item, amount in self.award.items)


@dataclass(frozen=True, slots=True)
class PersonDue:
    """An award that is to be settled: `standing` is None when it ended, `counted` when it is new since."""

    id: UUID
    standing: PersonStanding | None
    counted: Counted | None


_BELOW = "a.programme = ANY($2::text[]) AND a.division LIKE $1::text || '%'"


async def to_do(tx: Transaction, prefix: str, programmes: Collection[str]) -> int:
    """How many awards of these programmes a dry-run goes through."""
    query = f"SELECT count(*) FROM programme_award a WHERE a.status = 'ACTIVE' AND {_BELOW}"
    return int(await tx.fetchval(query, prefix, list(programmes)))


async def people_after(
    tx: Transaction, prefix: str, programmes: Collection[str], after: UUID | None, limit: int
) -> list[PersonStanding]:
    """The next awards that go on, in the order of ids, not locked."""
    rows = await tx.fetch(
        f"""SELECT a.id FROM programme_award a WHERE a.status = 'ACTIVE' AND {_BELOW}
              AND ($3::uuid IS NULL OR a.id > $3) ORDER BY a.id LIMIT $4""",
        prefix, list(programmes), after, limit,
    )  # fmt: skip
    return await _standing(tx, [row["id"] for row in rows], lock=False)


async def due_after(
    tx: Transaction, job_id: UUID, prefix: str, programmes: Collection[str], after: UUID | None, limit: int
) -> list[PersonDue]:
    """The next awards: those that go on, and those of the dry-run that do not any more. Locked, people first."""
    await tx.session.flush()
    found = await tx.fetch(
        f"""SELECT a.id, a.match_key FROM programme_award a
            LEFT JOIN redetermined_award r ON r.award_id = a.id AND r.redetermination_id = $3
            WHERE {_BELOW} AND (a.status = 'ACTIVE' OR r.award_id IS NOT NULL) AND ($4::uuid IS NULL OR a.id > $4)
            ORDER BY a.id LIMIT $5""",
        prefix, list(programmes), job_id, after, limit,
    )  # fmt: skip
    ids, keys = [row["id"] for row in found], sorted({row["match_key"] for row in found})
    await tx.execute("SELECT pg_advisory_xact_lock(hashtextextended(k, 7)) FROM unnest($1::text[]) k", keys)
    # A second statement, so that it sees what those did for whom the lock waited.
    standing = {s.award.id: s for s in await _standing(tx, ids, lock=True)}
    rows = await tx.fetch(
        """SELECT award_id, counted_version, old_lines, new_lines FROM redetermined_award
           WHERE redetermination_id = $1 AND award_id = ANY($2::uuid[])""",
        job_id, ids,
    )  # fmt: skip
    counted = {row["award_id"]: _counted(row) for row in rows}
    return [PersonDue(id_, standing.get(id_), counted.get(id_)) for id_ in ids]


def _counted(row: asyncpg.Record) -> Counted | None:
    if row["counted_version"] is None:
        return None
    return Counted(row["counted_version"], row["old_lines"], row["new_lines"])


async def _standing(tx: Transaction, ids: Sequence[UUID], *, lock: bool) -> list[PersonStanding]:
    query = select(ProgrammeAward).where(col(ProgrammeAward.id).in_(ids), ProgrammeAward.status == "ACTIVE")
    query = query.order_by(col(ProgrammeAward.id)).execution_options(populate_existing=True)
    awards = (await tx.session.exec(query.with_for_update() if lock else query)).all()
    cases = select(ProgrammeCase).where(col(ProgrammeCase.id).in_([a.case_id for a in awards]))
    known = {case.id: case for case in (await tx.session.exec(cases)).all()}
    held = await holdings_of(tx, {a.match_key for a in awards})
    home = await in_dibao_households(tx, {a.person_id for a in awards})
    return [PersonStanding(a, known[a.case_id], held.get(a.match_key, []), a.person_id in home) for a in awards]


PEOPLE = (*COUNTED, "personal")


async def keep_counted(tx: Transaction, rows: Sequence[tuple[Any, ...]]) -> None:
    """Keeps what a batch was determined to, also of awards that are new since the dry-run, in the order of `PEOPLE`."""
    await tx.copy("redetermined_award", PEOPLE, rows)
