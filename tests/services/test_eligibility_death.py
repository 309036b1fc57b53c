"""A death is settled at once, without notice before it or hearing, and it is said whether within the term."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import date

import pytest
import pytest_asyncio
from tests.services.eligibility_county import death, member
from tests.services.eligibility_life import Life, family

from doudi.events.eligibility import AwardAdjusted, AwardStopped
from doudi.events.eligibility_life import DeathSettled, InterventionProposed, NoticeServed, PersonHeard
from doudi.testing import Servers, running
from eligibility.app import SERVICE

DAY = date(2020, 1, 2)


@pytest_asyncio.fixture(loop_scope="session")
async def life(servers: Servers) -> AsyncIterator[Life]:
    async with running(SERVICE, servers, today=DAY) as s:
        yield Life(s)


@pytest.mark.parametrize(
    ("died", "reported", "due", "in_time"),
    [
        (date(2026, 7, 6), date(2026, 10, 6), date(2026, 10, 6), True),
        (date(2026, 7, 6), date(2026, 10, 7), date(2026, 10, 6), False),
        (date(2020, 5, 15), date(2020, 9, 1), None, None),  # no term under the seed's rules
    ],
)
async def test_it_is_said_whether_the_death_was_settled_in_the_term(
    life: Life, died: date, reported: date, due: date | None, in_time: bool | None
):
    people = family()
    award = await life.award(people, "0.00")
    await life.at(reported)
    event = death(people[0], died, reported)
    ids = await life.s.deliver(event)
    await life.s.deliver(event, ids=ids)
    (said,) = await life.s.said(DeathSettled)
    assert (str(said.award_id), str(said.person_id), said.outcome) == (award["id"], people[0]["person_id"], "ADJUSTED")
    assert (said.died_on, said.due_on, said.in_time) == (died, due, in_time)
    assert [f.met for f in said.findings] == ([] if in_time is None else [in_time])
    (adjusted,) = await life.s.said(AwardAdjusted)
    assert adjusted.from_month == said.last_month.next()


async def test_a_death_alone_stops_an_award_unheard_under_the_law_of_2026_and_nothing_else_does(life: Life):
    people = [member(1, "1946-01-01", "NONE")]
    award = await life.award(people, "0.00")
    other = await life.award([member(11, "1946-01-01", "NONE")], "0.00")
    await life.at(date(2026, 7, 20))
    await life.s.deliver(death(people[0], date(2026, 7, 15), date(2026, 7, 20)))
    (said,), (stopped,) = await life.s.said(DeathSettled), await life.s.said(AwardStopped)
    assert (said.outcome, said.in_time, str(stopped.last_month)) == ("STOPPED", True, "2026-07")
    assert (await life.s.said(PersonHeard), await life.s.said(InterventionProposed)) == ([], [])
    assert [e.notice for e in await life.s.said(NoticeServed, award["id"])] == ["DEATH"]
    made = await life.proposes(other, "STOP", "WITHDRAWAL")
    assert (await life.step(life.checker, made, "check", status=409))["type"] == "/problems/hearing-needed"


async def test_whoever_is_on_no_award_dies_without_such_an_event(life: Life):
    await life.s.deliver(death(member(5, "1950-01-01"), DAY, DAY))
    assert await life.s.said(DeathSettled) == []
