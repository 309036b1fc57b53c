"""R39: tapers that are too long, and payments after their last month."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from doudi.events.eligibility_life import AwardResumed, TaperGranted
from doudi.transaction import Transaction
from oversight import rules
from oversight.handlers.flags import ask, heard, hold
from oversight.model import Ground
from oversight.store import heard as facts
from oversight.store import life as store
from oversight.store.life import Taper


async def granted(event: TaperGranted, tx: Transaction) -> None:
    """A taper has a last month."""
    await facts.alone(tx)
    await facts.place(tx, event.award_id, event.division)
    await store.add_taper(tx, event, heard(tx))
    await _judge(tx, event.award_id)


async def resumed(event: AwardResumed, tx: Transaction) -> None:
    """A household that is in need again pays on past it."""
    if not event.taper_given_up:
        return
    await facts.alone(tx)
    await store.give_up_taper(tx, event.award_id, heard(tx))
    await _judge(tx, event.award_id)


async def look_at_lines(tx: Transaction, awards: Sequence[UUID]) -> None:
    """Lines of these awards were heard of."""
    await ask(tx, [ground for taper in await store.tapers(tx, awards) for ground in await _found(tx, taper)])


async def _judge(tx: Transaction, award_id: UUID) -> None:
    grounds = [ground for taper in await store.tapers(tx, [award_id]) for ground in await _found(tx, taper)]
    await hold(tx, [f"R39/{award_id}"], grounds)


async def _found(tx: Transaction, taper: Taper) -> list[Ground]:
    long = rules.taper_short_enough(taper.from_month, taper.last_month, granted_on=taper.granted_on)
    award, place = taper.award_id, taper.division
    grounds = [] if long.met else [Ground.of("R39", ("award", award), award, long.because, [taper.shown])]
    for line in await store.lines_after(tx, award, taper.last_month):
        told = rules.paid_within_the_taper(line.month, taper.last_month, line.amount)
        if not told.met:
            shown, subject = (line.shown, taper.shown), ("payment", line.payment_key)
            grounds.append(Ground.of("R39", subject, award, told.because, shown, division=place))
    return grounds
