"""民发〔2022〕83号 一(三): after a member's death the household is looked at again within three months."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import date
from typing import Any

import pytest_asyncio
from tests.services.eligibility_county import County, death, forwarded, member
from tests.services.eligibility_life import Life, family

from doudi.events.eligibility_life import ChangeReported, ReviewDue, ReviewOverdue
from doudi.testing import Running, Servers, running
from eligibility.app import SERVICE

DAY = date(2023, 3, 6)


@pytest_asyncio.fixture(loop_scope="session")
async def s(servers: Servers) -> AsyncIterator[Running]:
    async with running(SERVICE, servers, today=DAY) as s:
        yield s


async def award_of(s: Running, people: list[dict[str, Any]], income: str = "0.00") -> Any:
    """A household with an award, by the procedure of 2022: no second posting."""
    county = County(s)
    id_ = await county.receives(forwarded(people, income, on=s.clock.today(), posted_on="2023-02-20"))
    await county.checks(id_)
    await county.post(county.leader, id_, "decide", {"outcome": "APPROVED"})
    awards = (await county.leader.get("/v1/awards")).json()["items"]
    return next(a for a in awards if a["application_id"] == str(id_))


async def test_一_三_the_review_is_due_within_the_term_and_told_near_and_passed(s: Running):
    people = family()
    award = await award_of(s, people)
    assert award["review_due_on"] > "2023-06-15"
    await s.tick(date(2023, 3, 20))
    await s.deliver(death(people[1], date(2023, 3, 15), date(2023, 3, 20)))
    life = Life(s)
    assert (await life.now(award))["review_due_on"] == "2023-06-15"
    (told,) = await s.said(ChangeReported)
    assert (told.happened_on, told.review_due_on, told.by) == (
        date(2023, 3, 15),
        date(2023, 6, 15),
        "system:death-report",
    )
    changes = (await life.clerk.get(f"/v1/awards/{award['id']}/changes")).json()
    assert [(c["kind"], c["person_id"]) for c in changes] == [("MEMBER_LEFT", people[1]["person_id"])]
    await s.tick(date(2023, 5, 15))
    assert await s.said(ReviewDue) == []
    await s.tick(date(2023, 5, 16))
    assert [(str(e.award_id), e.due_on) for e in await s.said(ReviewDue)] == [(award["id"], date(2023, 6, 15))]
    await s.tick(date(2023, 6, 15))
    assert await s.said(ReviewOverdue) == []
    await s.tick(date(2023, 6, 16))
    assert [e.due_on for e in await s.said(ReviewOverdue)] == [date(2023, 6, 15)]


async def test_一_三_a_review_in_the_term_stops_the_clock(s: Running):
    people = family()
    award = await award_of(s, people)
    await s.deliver(death(people[1], DAY, DAY))
    life = Life(s)
    made = await life.review(award, "0.00")
    assert made["outcome"] == "UNCHANGED"
    assert (await life.now(award))["review_due_on"] > "2023-06-06"
    await s.tick(date(2023, 6, 7))
    assert await s.said(ReviewOverdue) == []


async def test_一_三_a_death_that_is_known_late_is_overdue_at_once(s: Running):
    people = family()
    await award_of(s, people)
    await s.tick(date(2023, 7, 3))
    before = len(await s.said(ReviewOverdue))
    await s.deliver(death(people[1], date(2023, 3, 15), date(2023, 7, 3)))
    await s.tick(date(2023, 7, 4))
    assert [e.due_on for e in (await s.said(ReviewOverdue))[before:]] == [date(2023, 6, 15)]


async def test_一_三_an_award_that_ends_with_the_death_has_no_term(s: Running):
    alone = [member(1, "1950-01-01", "NONE")]
    await award_of(s, alone)
    await s.deliver(death(alone[0], DAY, DAY))
    assert await s.said(ChangeReported) == []
