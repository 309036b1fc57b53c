"""The stored samples of homes to visit: a frame for each programme, township and quarter, its cases by arrival."""

from __future__ import annotations

from datetime import date
from uuid import UUID

import asyncpg

from doudi.transaction import Transaction
from eligibility.rules.sampling import Frame


async def entry(tx: Transaction, case_id: UUID) -> bool | None:
    """Whether the sample drew this case; None when it is in no frame yet."""
    found: bool | None = await tx.fetchval("SELECT drawn FROM sample_entry WHERE case_id = $1", case_id)
    return found


async def frame_for_update(tx: Transaction, of: Frame, *, seed: str, rate: str, on: date) -> asyncpg.Record:
    """The frame, locked; opened with this seed and rate when the first case comes."""
    await tx.execute(
        "INSERT INTO sample_frame (programme, township, quarter, seed, rate, opened_on) "
        "VALUES ($1, $2, $3, $4, $5, $6) ON CONFLICT DO NOTHING",
        *of, seed, rate, on,
    )  # fmt: skip
    row = await tx.fetchrow(
        "SELECT * FROM sample_frame WHERE programme = $1 AND township = $2 AND quarter = $3 FOR UPDATE", *of
    )
    assert row is not None
    return row


async def enter(tx: Transaction, frame: asyncpg.Record, case_id: UUID, *, drawn: bool, on: date) -> None:
    """The case is the frame's next."""
    of = (frame["programme"], frame["township"], frame["quarter"])
    await tx.execute(
        "INSERT INTO sample_entry (programme, township, quarter, case_id, position, drawn, entered_on) "
        "VALUES ($1, $2, $3, $4, $5, $6, $7)",
        *of, case_id, frame["size"] + 1, drawn, on,
    )  # fmt: skip
    await tx.execute(
        "UPDATE sample_frame SET size = size + 1, drawn = drawn + $4 "
        "WHERE programme = $1 AND township = $2 AND quarter = $3",
        *of, int(drawn),
    )  # fmt: skip


async def frame(tx: Transaction, of: Frame) -> asyncpg.Record | None:
    """A frame, or None."""
    return await tx.fetchrow("SELECT * FROM sample_frame WHERE programme = $1 AND township = $2 AND quarter = $3", *of)


async def entries(tx: Transaction, of: Frame) -> list[asyncpg.Record]:
    """The cases of a frame in order of arrival, with why each is visited and when it was."""
    return await tx.fetch(
        """SELECT e.case_id, e.position, e.drawn, e.entered_on,
                  coalesce(c.visit_because, p.visit_because) AS visit_because,
                  coalesce(c.visited_on, p.visited_on) AS visited_on
           FROM sample_entry e LEFT JOIN county_case c ON c.id = e.case_id
           LEFT JOIN programme_case p ON p.id = e.case_id
           WHERE e.programme = $1 AND e.township = $2 AND e.quarter = $3 ORDER BY e.position""",
        *of,
    )
