"""Redeterminations in the database: jobs, the awards and refusals that a batch takes, what was found of each."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

import asyncpg
from sqlmodel import col, select

from doudi.calendar import Month
from doudi.dated import Parameter
from doudi.errors import NotFound
from doudi.money import Money
from doudi.transaction import Transaction
from eligibility import rules
from eligibility.model import Case, Redetermination, Standard
from eligibility.model.redetermination import Lines

PROGRAMMES = list(rules.standards.PROGRAMMES)
STANDING = "a.status IN ('ACTIVE', 'REVIEWING', 'SUSPENDED') AND a.last_month IS NULL"
"""Awards that go on, held or not: one whose end is fixed keeps its money to the end (D-06: unchanged in the taper)."""


@dataclass(frozen=True, slots=True)
class Standing:
    """An award as a batch takes it, with the lines that it pays."""

    id: UUID
    version: int
    division: str
    programme: str
    starts: Month
    began: Month | None
    facts: rules.Facts
    choice: rules.Choice
    lines: tuple[rules.Line, ...]

    @classmethod
    def of(cls, row: asyncpg.Record) -> Standing:
        """From a row of `AWARD`."""
        lines = row["lines"] or []
        return cls(
            id=row["id"],
            version=row["version"],
            division=row["division"],
            programme=row["programme"],
            starts=Month.parse(row["starts"]),
            began=Month.parse(row["began"]) if row["began"] else None,
            facts=rules.Facts.from_json(row["facts"]),
            choice=rules.Choice.from_json(row["choice"]),
            lines=tuple(rules.Line(person, item, Money(fen)) for person, item, fen in lines),
        )


LINES = """
LEFT JOIN LATERAL (
    SELECT jsonb_agg(jsonb_build_array(person_id, item, amount_fen) ORDER BY person_id, item) AS lines,
           max(from_month) AS began
    FROM award_line WHERE award_id = a.id AND to_month IS NULL
) l ON true
"""
AWARD = "a.id, a.version, a.division, a.programme, a.starts, a.facts, a.choice, l.lines, l.began"


def overrides(standards: Iterable[Standard]) -> list[Parameter]:
    """Standards that were set, as parameters take them."""
    return [s.parameter for s in standards]


async def standards(tx: Transaction) -> Sequence[Standard]:
    """Every standard that was set."""
    return (await tx.session.exec(select(Standard).order_by(col(Standard.id)))).all()


async def to_do(tx: Transaction, prefix: str, refused_since: date) -> int:
    """How many awards and refusals a dry-run goes through."""
    count = await tx.fetchval(
        f"""SELECT (SELECT count(*) FROM award a WHERE a.division LIKE $1::text || '%' AND {STANDING}
                      AND a.programme = ANY($2::text[]))
                 + (SELECT count(*) FROM county_case WHERE status = 'REJECTED' AND decided_on > $3
                      AND division LIKE $1::text || '%')""",
        prefix, PROGRAMMES, refused_since,
    )  # fmt: skip
    return int(count)


async def journal_position(tx: Transaction) -> int:
    """The journal's last entry now."""
    return int(await tx.fetchval("SELECT coalesce(max(position), 0) FROM outbox"))


async def next_job(tx: Transaction) -> Redetermination | None:
    """The oldest that is at work, locked; None when there is none or another process has it."""
    query = select(Redetermination).where(col(Redetermination.status).in_(["COUNTING", "EXECUTING"]))
    query = query.order_by(col(Redetermination.id)).limit(1).with_for_update(skip_locked=True)
    return (await tx.session.exec(query)).first()


async def job_to_see(tx: Transaction, id_: UUID, kind: str) -> Redetermination:
    """One of the principal's subtree. Raises NotFound."""
    return _seen(await tx.session.get(Redetermination, id_), kind, tx)


async def job_for_update(tx: Transaction, id_: UUID) -> Redetermination:
    """Locks a redetermination of the principal's subtree. Raises NotFound."""
    query = select(Redetermination).where(Redetermination.id == id_).with_for_update()
    return _seen((await tx.session.exec(query)).first(), "REDETERMINATION", tx)


def _seen(job: Redetermination | None, kind: str, tx: Transaction) -> Redetermination:
    if job is None or job.kind != kind or tx.principal is None or not tx.principal.may_see(job.division):
        raise NotFound
    return job


async def jobs(
    tx: Transaction, kind: str, *, status: str | None, after: UUID | None, limit: int
) -> Sequence[Redetermination]:
    """Those of the principal's subtree, by id."""
    assert tx.principal is not None
    query = select(Redetermination).where(
        Redetermination.kind == kind, col(Redetermination.division).like(tx.principal.prefix + "%")
    )
    if status is not None:
        query = query.where(Redetermination.status == status)
    if after is not None:
        query = query.where(col(Redetermination.id) > after)
    return (await tx.session.exec(query.order_by(col(Redetermination.id)).limit(limit))).all()


async def awards_after(tx: Transaction, prefix: str, after: UUID | None, limit: int) -> list[Standing]:
    """The next awards that go on, in the order of ids, not locked."""
    rows = await tx.fetch(
        f"""SELECT {AWARD} FROM (
                SELECT * FROM award a WHERE a.division LIKE $1::text || '%' AND {STANDING}
                  AND a.programme = ANY($2::text[]) AND ($3::uuid IS NULL OR a.id > $3)
                ORDER BY a.id LIMIT $4
            ) a {LINES} ORDER BY a.id""",
        prefix, PROGRAMMES, after, limit,
    )  # fmt: skip
    return [Standing.of(row) for row in rows]


async def refused_after(tx: Transaction, prefix: str, since: date, after: UUID | None, limit: int) -> Sequence[Case]:
    """The next cases that were refused after a day, in the order of ids."""
    query = select(Case).where(
        Case.status == "REJECTED", col(Case.decided_on) > since, col(Case.division).like(prefix + "%")
    )
    if after is not None:
        query = query.where(col(Case.id) > after)
    return (await tx.session.exec(query.order_by(col(Case.id)).limit(limit))).all()


async def covered_or_dead(tx: Transaction, match_keys: Sequence[str]) -> tuple[set[str], set[str]]:
    """Who of these people is on an award now, and who is reported dead."""
    covered = await tx.fetch("SELECT match_key FROM covered WHERE active AND match_key = ANY($1::text[])", match_keys)
    dead = await tx.fetch("SELECT match_key FROM death WHERE match_key = ANY($1::text[])", match_keys)
    return {row["match_key"] for row in covered}, {row["match_key"] for row in dead}


COUNTED = (
    "redetermination_id", "award_id", "division", "programme", "counted_version", "outcome", "effective",
    "old_lines", "new_lines", "old_fen", "new_fen", "listed_because",
)  # fmt: skip


async def keep_counted(tx: Transaction, rows: Sequence[tuple[Any, ...]]) -> None:
    """Keeps what a batch of awards was determined to, in the order of `COUNTED`."""
    await tx.copy("redetermined_award", COUNTED, rows)


async def keep_rescreened(tx: Transaction, rows: Sequence[tuple[Any, ...]]) -> None:
    """Keeps refused households that would qualify; one that is there keeps its row."""
    await tx.executemany(
        """INSERT INTO rescreened_case (redetermination_id, application_id, division, refused_on, assistance_class,
               amount_fen, announced_on) VALUES ($1, $2, $3, $4, $5, $6, $7)
           ON CONFLICT (redetermination_id, application_id) DO UPDATE SET announced_on = excluded.announced_on,
               amount_fen = excluded.amount_fen, assistance_class = excluded.assistance_class""",
        rows,
    )


async def results_in_order(
    tx: Transaction, job_id: UUID, after: UUID | None, *, personal: bool, limit: int
) -> list[asyncpg.Record]:
    """What the dry-run kept, as it was hashed: dibao, and then (`personal`) the awards of one person."""
    return await tx.fetch(
        """SELECT award_id, counted_version, old_lines, new_lines FROM redetermined_award
           WHERE redetermination_id = $1 AND counted_version IS NOT NULL AND ($2::uuid IS NULL OR award_id > $2)
             AND personal = $3 ORDER BY award_id LIMIT $4""",
        job_id, after, personal, limit,
    )  # fmt: skip


def lines_text(lines: Lines) -> str:
    """Lines as they are kept."""
    return json.dumps(lines, separators=(",", ":"))


@dataclass(frozen=True, slots=True)
class ResultFilters:
    """What the list of results is narrowed to; `listed`: only what a person has to look at."""

    outcome: str | None = None
    listed: bool = False
    changed: bool = False


async def results_page(
    tx: Transaction, job_id: UUID, filters: ResultFilters, *, after: UUID | None, limit: int
) -> list[asyncpg.Record]:
    """Results award by award; `id` is the award's."""
    return await tx.fetch(
        """SELECT award_id AS id, * FROM redetermined_award
           WHERE redetermination_id = $1 AND ($2::text IS NULL OR outcome = $2)
             AND (NOT $3 OR listed_because IS NOT NULL OR changed_because IS NOT NULL)
             AND (NOT $4 OR changed_because IS NOT NULL) AND ($5::uuid IS NULL OR award_id > $5)
           ORDER BY award_id LIMIT $6""",
        job_id, filters.outcome, filters.listed, filters.changed, after, limit,
    )  # fmt: skip


async def rescreened_page(tx: Transaction, job_id: UUID, *, after: UUID | None, limit: int) -> list[asyncpg.Record]:
    """Refused households that would qualify; `id` is the application's."""
    return await tx.fetch(
        """SELECT application_id AS id, * FROM rescreened_case
           WHERE redetermination_id = $1 AND ($2::uuid IS NULL OR application_id > $2)
           ORDER BY application_id LIMIT $3""",
        job_id, after, limit,
    )  # fmt: skip
