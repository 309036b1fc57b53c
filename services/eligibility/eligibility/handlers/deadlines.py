"""What time makes due: reviews, the end of holds and tapers, the county's statutory terms. Each is said once."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import asyncpg

from doudi.calendar import Month
from doudi.division import Division
from doudi.events.eligibility_life import (
    ReviewDue,
    ReviewOverdue,
    StatutoryTermNearing,
    StatutoryTermPassed,
    SuspensionEnding,
)
from doudi.transaction import Transaction
from eligibility import rules, store
from eligibility.handlers import dropping, effects, programme_changes
from eligibility.store import life

_BY = "system:time"


async def remind_of_reviews(tx: Transaction) -> int:
    """Reviews that come near, and reviews that were not made in time (民发〔2012〕220号 art. 33)."""
    near = await life.reviews_due(tx, rules.life.review_horizon(tx.today), "near")
    await tx.announce(
        *(ReviewDue(award_id=r["id"], division=Division(r["division"]), due_on=r["due_on"]) for r in near)
    )
    late = await life.reviews_due(tx, _yesterday(tx), "late")
    await tx.announce(
        *(ReviewOverdue(award_id=r["id"], division=Division(r["division"]), due_on=r["due_on"]) for r in late)
    )
    return len(near) + len(late)


async def remind_of_holds(tx: Transaction) -> int:
    """Holds near, and past, their longest time: the county must decide; nothing ends by itself (domain §4.2)."""
    near = await life.holds_ending(tx, rules.life.hold_horizon(tx.today), "near")
    late = await life.holds_ending(tx, _yesterday(tx), "late")
    for rows, overdue in ((near, False), (late, True)):
        await tx.announce(
            *(
                SuspensionEnding(
                    award_id=r["id"], division=Division(r["division"]), decide_by=r["due_on"], overdue=overdue
                )
                for r in rows
            )
        )
    return len(near) + len(late)


async def end_tapers(tx: Transaction) -> int:
    """Awards whose taper's last month is over are stopped, as was decided and told (卫民发〔2019〕21号 二(一)5)."""
    over = await life.tapers_over(tx, str(Month.of(tx.today)))
    for award in over:
        last = award.taper_ends(tx.today)
        await store.end_lines(tx, award.id, last)
        await store.uncover(tx, award.id)
        for open_one in await life.interventions_touching(tx, award.id):
            await dropping.drop(open_one, "渐退期满，待遇已停发", _BY, tx)
        await effects.say_stopped(award, last, "渐退期满", [], _BY, tx)
        await programme_changes.dibao_changed(award.id, last.next(), _BY, tx)
    return len(over)


async def remind_of_terms(tx: Transaction) -> int:
    """The county's statutory terms that are nearly over, or over with nothing done."""
    soon, before = rules.clocks.near_until(tx.today), _yesterday(tx)
    near = [*await life.terms_due(tx, soon, "near"), *await life.whole_terms_due(tx, soon, "near")]
    late = [*await life.terms_due(tx, before, "late"), *await life.whole_terms_due(tx, before, "late")]
    await tx.announce(*(StatutoryTermNearing.model_validate(_term(row)) for row in near))
    await tx.announce(*(StatutoryTermPassed.model_validate(_term(row)) for row in late))
    return len(near) + len(late)


def _term(row: asyncpg.Record) -> dict[str, Any]:
    found = rules.clocks.TERMS[row["term"]](row["due_on"])
    return {
        "case_id": row["id"],
        "division": Division(row["division"]),
        "term": found.code,
        "title": found.name,
        "clause": found.clause,
        "due_on": row["due_on"],
    }


def _yesterday(tx: Transaction) -> date:
    return tx.today - timedelta(days=1)
