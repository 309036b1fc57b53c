"""The register's households that pass the screening under a new line, and the awards of one person, in sets."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any
from uuid import UUID

import asyncpg
from sqlmodel import col, select

from doudi.law import mirrors
from doudi.transaction import Transaction
from eligibility.model import ProgrammeAward, ProgrammeCase
from eligibility.rules.standards import register

_COUNTIES = """
SELECT DISTINCT ON (division, kind) id, division FROM comparison
WHERE status = 'DONE' AND division LIKE $1::text || '%' ORDER BY division, kind, id DESC
"""
_PASSING = """
INSERT INTO rescreened_register (redetermination_id, household, comparison_id, division, income_fen)
SELECT DISTINCT ON (r.right_household) $1::uuid, r.right_household, c.id, c.division, h.income_year
FROM comparison c
JOIN ledger_result r ON r.comparison_id = c.id AND r.code = 'PR_ONLY_UNLIKELY'
JOIN register_household h ON h.file_id = c.right_id AND h.household = r.right_household
WHERE c.id = $2 AND h.people > 0 AND h.income_year < $3
ON CONFLICT DO NOTHING
"""
UNIT = 1
"""A step over the register, as progress counts it."""


async def compared(tx: Transaction, prefix: str) -> list[asyncpg.Record]:
    """The newest comparison of each county and kind of register below a prefix: id and division."""
    return await tx.fetch(_COUNTIES, prefix)


@mirrors(register.passes_now)
async def keep_passing(tx: Transaction, job_id: UUID, comparison_id: UUID, standard_year: int) -> int:
    """Keeps who was registered, not covered and not passed, and is below this line now (`passes_now`); how many."""
    await tx.execute(_PASSING, job_id, comparison_id, standard_year)
    query = "SELECT count(*) FROM rescreened_register WHERE redetermination_id = $1 AND comparison_id = $2"
    return int(await tx.fetchval(query, job_id, comparison_id))


async def forget(tx: Transaction, job_id: UUID) -> None:
    """The dry-run's households make room for those of the execution."""
    await tx.execute("DELETE FROM rescreened_register WHERE redetermination_id = $1", job_id)


async def unsaid(tx: Transaction, job_id: UUID, on: date, *, limit: int) -> list[asyncpg.Record]:
    """Some households that were not announced yet; notes that they are."""
    return await tx.fetch(
        """UPDATE rescreened_register SET announced_on = $2 WHERE redetermination_id = $1 AND household IN (
               SELECT household FROM rescreened_register WHERE redetermination_id = $1 AND announced_on IS NULL
               ORDER BY household LIMIT $3)
           RETURNING household, comparison_id, division, income_fen""",
        job_id, on, limit,
    )  # fmt: skip


async def page(tx: Transaction, job_id: UUID, *, after: UUID | None, limit: int) -> list[asyncpg.Record]:
    """The register's households of a job; `id` is the household's key."""
    return await tx.fetch(
        """SELECT household AS id, * FROM rescreened_register
           WHERE redetermination_id = $1 AND ($2::uuid IS NULL OR household > $2) ORDER BY household LIMIT $3""",
        job_id, after, limit,
    )  # fmt: skip


async def people_to_do(tx: Transaction, prefix: str) -> int:
    """How many awards of one person a simulation goes through."""
    query = """SELECT count(*) FROM programme_award
               WHERE status = 'ACTIVE' AND programme <> 'PRICE_SUB' AND division LIKE $1::text || '%'"""
    return int(await tx.fetchval(query, prefix))


async def people_after(
    tx: Transaction, prefix: str, after: UUID | None, limit: int
) -> Sequence[tuple[ProgrammeAward, ProgrammeCase]]:
    """The next awards of one person with the case that each rests on, in the order of ids, not locked."""
    query = select(ProgrammeAward, ProgrammeCase).join(
        ProgrammeCase, col(ProgrammeCase.id) == col(ProgrammeAward.case_id)
    )
    query = query.where(
        ProgrammeAward.status == "ACTIVE",
        ProgrammeAward.programme != "PRICE_SUB",
        col(ProgrammeAward.division).like(prefix + "%"),
    )
    if after is not None:
        query = query.where(col(ProgrammeAward.id) > after)
    return (await tx.session.exec(query.order_by(col(ProgrammeAward.id)).limit(limit))).all()


PEOPLE = ("redetermination_id", "award_id", "division", "programme", "outcome", "old_fen", "new_fen", "because")


async def keep_people(tx: Transaction, rows: Sequence[tuple[Any, ...]]) -> None:
    """Keeps what a batch of one person's awards came to, in the order of `PEOPLE`."""
    await tx.copy("simulated_person", PEOPLE, rows)


async def people_page(
    tx: Transaction, job_id: UUID, outcome: str | None, *, after: UUID | None, limit: int
) -> list[asyncpg.Record]:
    """Results award by award; `id` is the award's."""
    return await tx.fetch(
        """SELECT award_id AS id, * FROM simulated_person
           WHERE redetermination_id = $1 AND ($2::text IS NULL OR outcome = $2) AND ($3::uuid IS NULL OR award_id > $3)
           ORDER BY award_id LIMIT $4""",
        job_id, outcome, after, limit,
    )  # fmt: skip
