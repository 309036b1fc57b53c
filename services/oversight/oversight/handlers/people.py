"""R02, R07: deaths that no award follows, and vehicles that nobody verified."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from uuid import UUID

from doudi.clock import SHANGHAI
from doudi.events.intake import ApplicationForwarded, ApplicationForwardedV1
from doudi.transaction import Transaction
from oversight import rules
from oversight.handlers.flags import heard, hold
from oversight.model import Ground
from oversight.store import heard as facts
from oversight.store import life as store
from oversight.store.life import Followed

_AT_ONCE = 500
_DAY = timedelta(days=1)


async def judge_deaths(tx: Transaction, persons: Sequence[UUID]) -> None:
    """R02 for these persons, as far as their deaths and awards were heard of."""
    grounds = [ground for row in await store.followed(tx, persons) for ground in _late(row, tx)]
    await hold(tx, [f"R02/{person}" for person in persons], grounds)


async def judge_award(tx: Transaction, award_id: UUID) -> None:
    """R02 for those of an award who are reported dead."""
    await judge_deaths(tx, await store.dead_of(tx, award_id))


async def watch_deaths(tx: Transaction) -> int:
    """Deaths whose thirty days, or three months, are over by today. Returns of how many persons."""
    await facts.alone(tx)
    days = rules.death_followed_by(tx.today) - tx.today
    persons = await store.deaths_to_watch(tx, tx.today - days, _three_months_over(tx.today), _AT_ONCE)
    await judge_deaths(tx, persons)
    return len(persons)


def _three_months_over(today: date) -> date:
    """The first day such that whoever died before it died more than three months ago."""
    day = today
    while rules.death_settled_by(day - _DAY) >= today:
        day -= _DAY
    return day


def _late(row: Followed, tx: Transaction) -> list[Ground]:
    """Dated by the first day that was too late, or by the report where that came later still."""
    death = row.death
    followed_on = None if row.by is None else row.by.said_at.astimezone(SHANGHAI).date()
    found, severity = rules.death_followed(death.died_on, followed_on, on=tx.today)
    if found.met:
        return []
    first = rules.death_settled_by(death.died_on) if severity == "H" else rules.death_followed_by(death.died_on)
    return [
        Ground.of(
            "R02",
            ("death", f"{death.person_id}/{row.award_id}"),
            row.award_id,
            found.because,
            [death.shown, row.by or row.last],
            scope=death.person_id,
            on=max(first + _DAY, death.shown.said_at.astimezone(SHANGHAI).date()),
            severity=severity,
        )
    ]


async def vehicles(event: ApplicationForwarded | ApplicationForwardedV1, tx: Transaction) -> None:
    """R07: a car or truck that was found and not verified is a question; one that was verified is none any more."""
    grounds = []
    for asset in event.means.assets:
        found = rules.without_a_vehicle(asset.kind, asset.verified, on=event.forwarded_on)
        if not found.met:
            subject = ("application", event.application_id)
            grounds.append(
                Ground.of(
                    "R07", subject, event.application_id, found.because, [heard(tx)],
                    division=str(event.household.division),
                )
            )  # fmt: skip
    await hold(tx, [f"R07/{event.application_id}"], grounds)
