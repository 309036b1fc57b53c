"""The stored samples of homes to visit: one frame for each township and quarter, its cases in order of arrival."""

from __future__ import annotations

from datetime import date
from uuid import UUID

import asyncpg

from doudi.transaction import Transaction


async def entry(tx: Transaction, case_id: UUID) -> bool | None:
    """Whether the sample drew this case; None when it is in no frame yet."""
    found: bool | None = await tx.fetchval("SELECT drawn FROM sample_entry WHERE case_id = $1", case_id)
    return found


async def frame_for_update(
    tx: Transaction, township: str, quarter: str, *, seed: str, rate: str, on: date
) -> asyncpg.Record:
    """The frame, locked; opened with this seed and rate when the first case comes."""
    await tx.execute(
        "INSERT INTO sample_frame (township, quarter, seed, rate, opened_on) VALUES ($1, $2, $3, $4, $5) "
        "ON CONFLICT DO NOTHING",
        township, quarter, seed, rate, on,
    )  # fmt: skip
    row = await tx.fetchrow(
        "SELECT * FROM sample_frame WHERE township = $1 AND quarter = $2 FOR UPDATE", township, quarter
    )
    assert row is not None
    return row


async def enter(tx: Transaction, frame: asyncpg.Record, case_id: UUID, *, drawn: bool, on: date) -> None:
    """The case is the frame's next."""
    await tx.execute(
        "INSERT INTO sample_entry (case_id, township, quarter, position, drawn, entered_on) "
        "VALUES ($1, $2, $3, $4, $5, $6)",
        case_id, frame["township"], frame["quarter"], frame["size"] + 1, drawn, on,
    )  # fmt: skip
    await tx.execute(
        "UPDATE sample_frame SET size = size + 1, drawn = drawn + $3 WHERE township = $1 AND quarter = $2",
        frame["township"], frame["quarter"], int(drawn),
    )  # fmt: skip


async def frame(tx: Transaction, township: str, quarter: str) -> asyncpg.Record | None:
    """A frame, or None."""
    return await tx.fetchrow("SELECT * FROM sample_frame WHERE township = $1 AND quarter = $2", township, quarter)


async def entries(tx: Transaction, township: str, quarter: str) -> list[asyncpg.Record]:
    """The cases of a frame in order of arrival, with why each is visited and when it was."""
    return await tx.fetch(
        """SELECT e.case_id, e.position, e.drawn, e.entered_on, c.visit_because, c.visited_on
           FROM sample_entry e LEFT JOIN county_case c ON c.id = e.case_id
           WHERE e.township = $1 AND e.quarter = $2 ORDER BY e.position""",
        township, quarter,
    )  # fmt: skip
