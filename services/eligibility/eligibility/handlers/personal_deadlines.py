"""What time makes due for programmes of one person: statutory terms and reviews. Each is said once."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import asyncpg

from doudi.division import Division
from doudi.events.eligibility_life import ReviewDue, ReviewOverdue, StatutoryTermNearing, StatutoryTermPassed
from doudi.transaction import Transaction
from eligibility import rules
from eligibility.rules.programmes.clocks import TERMS
from eligibility.store import personal_terms as store


async def remind_of_terms(tx: Transaction) -> int:
    """The terms of domain §4.9 that are nearly over, or over with nothing done."""
    near = await store.terms_due(tx, rules.clocks.near_until(tx.today), "near")
    late = await store.terms_due(tx, tx.today - timedelta(days=1), "late")
    await tx.announce(*(StatutoryTermNearing.model_validate(_term(row)) for row in near))
    await tx.announce(*(StatutoryTermPassed.model_validate(_term(row)) for row in late))
    return len(near) + len(late)


def _term(row: asyncpg.Record) -> dict[str, Any]:
    found = TERMS[row["term"]](row["programme"])
    return {
        "case_id": row["id"],
        "division": Division(row["division"]),
        "term": found.code,
        "title": found.name,
        "clause": found.clause,
        "due_on": row["due_on"],
    }


async def remind_of_reviews(tx: Transaction) -> int:
    """Yearly reviews that come near, and those that were not made in time (domain §4.7)."""
    near = await store.reviews_due(tx, rules.life.review_horizon(tx.today), "near")
    late = await store.reviews_due(tx, tx.today - timedelta(days=1), "late")
    for kind, rows in ((ReviewDue, near), (ReviewOverdue, late)):
        await tx.announce(*(kind(award_id=r["id"], division=Division(r["division"]), due_on=r["due_on"]) for r in rows))
    return len(near) + len(late)
