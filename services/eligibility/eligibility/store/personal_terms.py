"""What time makes due for programmes of one person: terms and reviews that come near or pass, each said once."""

from __future__ import annotations

from datetime import date
from typing import Literal

import asyncpg

from doudi.transaction import Transaction

AT_ONCE = 500
Stage = Literal["near", "late"]

_CASES = """
UPDATE programme_case SET {said}_term = term, {said}_due_on = term_due_on WHERE id IN (
    SELECT id FROM programme_case
    WHERE (term IS DISTINCT FROM {said}_term OR term_due_on IS DISTINCT FROM {said}_due_on) AND term_due_on <= $1
    ORDER BY term_due_on LIMIT $2 FOR UPDATE SKIP LOCKED)
RETURNING id, division, programme, term, term_due_on AS due_on
"""
_AWARDS = """
UPDATE programme_award SET review_{said} = review_due_on WHERE id IN (
    SELECT id FROM programme_award
    WHERE status = 'ACTIVE' AND review_{said} IS DISTINCT FROM review_due_on AND review_due_on <= $1
    ORDER BY review_due_on LIMIT $2 FOR UPDATE SKIP LOCKED)
RETURNING id, division, review_due_on AS due_on
"""


async def terms_due(tx: Transaction, until: date, stage: Stage) -> list[asyncpg.Record]:
    """Applications whose present term ends up to a day and of which that was not said yet; notes that it is."""
    return await tx.fetch(_CASES.format(said=stage), until, AT_ONCE)


async def reviews_due(tx: Transaction, until: date, stage: Stage) -> list[asyncpg.Record]:
    """Awards whose review falls due up to a day and of which that was not said yet; notes that it is."""
    return await tx.fetch(_AWARDS.format(said=stage), until, AT_ONCE)
