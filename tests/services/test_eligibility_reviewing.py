"""An award stands in REVIEWING (复核) while it is looked at again: told, listed, paid as before, and out again."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import date

import pytest
import pytest_asyncio
from tests.services.eligibility_county import County
from tests.services.eligibility_life import Life, family, look
from tests.services.eligibility_standards import granted, whole

from doudi.events.eligibility_life import ReviewBegan, ReviewOverdue, ReviewRecorded
from doudi.testing import Servers, running
from eligibility.app import SERVICE

DAY = date(2020, 3, 2)


@pytest_asyncio.fixture(loop_scope="session")
async def life(servers: Servers) -> AsyncIterator[Life]:
    async with running(SERVICE, servers, today=DAY) as s:
        yield Life(s)


async def listed(life: Life, status: str) -> list[str]:
    answer = await life.leader.get("/v1/awards", params={"status": status})
    return [item["id"] for item in answer.json()["items"]]


async def test_it_begins_is_listed_and_ends_with_what_was_found(life: Life):
    award = await life.award(family(), "6480.00")
    now = await life.post(life.clerk, f"awards/{award['id']}/begin-review")
    assert (now["status"], now["reviewing_since"], now["amount"]) == ("REVIEWING", "2020-03-10", award["amount"])
    assert (await listed(life, "REVIEWING"), await listed(life, "ACTIVE")) == ([award["id"]], [])
    (began,) = await life.s.said(ReviewBegan)
    assert (str(began.award_id), str(began.review_due_on), began.by) == (
        award["id"], award["review_due_on"], "county-clerk",
    )  # fmt: skip
    twice = await life.post(life.clerk, f"awards/{award['id']}/begin-review", status=409)
    assert twice["type"] == "/problems/award-not-in-this-state"
    assert (await life.review(award, "6480.00"))["outcome"] == "UNCHANGED"
    now = await life.now(award)
    assert (now["status"], now["reviewing_since"]) == ("ACTIVE", None)
    assert len(await life.s.said(ReviewRecorded)) == 1


async def test_what_the_review_leads_to_is_decided_from_there(life: Life):
    award = await life.award(family(), "6480.00")
    await life.post(life.clerk, f"awards/{award['id']}/begin-review")
    made = await life.review(award, "99999.00")
    assert made["outcome"] == "STOP"
    assert (await life.now(award))["status"] == "ACTIVE"  # nothing is changed before it is decided
    waits = await life.post(life.clerk, f"awards/{award['id']}/begin-review", status=409)
    assert waits["type"] == "/problems/already-proposed"
    await life.decides(made)
    assert (await life.now(award))["status"] == "STOPPED"


async def test_a_review_that_began_and_was_not_made_in_time_is_overdue_all_the_same(life: Life):
    award = await life.award(family(), "6480.00")
    await life.at(date.fromisoformat(award["review_due_on"]))
    await life.post(life.clerk, f"awards/{award['id']}/begin-review")
    assert await life.s.said(ReviewOverdue) == []
    due = date.fromisoformat(award["review_due_on"])
    await life.at(date.fromordinal(due.toordinal() + 1))
    assert [str(e.award_id) for e in await life.s.said(ReviewOverdue)] == [award["id"]]


async def test_a_higher_standard_reaches_an_award_that_is_being_reviewed(life: Life):
    county = County(life.s)
    award = await granted(county, "4800.00", 10)
    await life.post(life.clerk, f"awards/{award['id']}/begin-review")
    job = await whole(county)
    assert job["settled"]["adjusted"] == 1
    now = await life.now(award)
    assert (now["status"], now["amount"]) == ("REVIEWING", "480.00")


@pytest.mark.parametrize(("day", "insured"), [(DAY, 0), (DAY, 1), (DAY, 2), (date(2026, 7, 6), 2)])
async def test_a_review_insures_nobody_less_than_the_law_demands(life: Life, day: date, insured: int):
    """卫民发〔2019〕21号 二(一)4: an A or B household as a whole; 民发〔2022〕83号 一(一): no household in part."""
    award = await life.award(family(), "6480.00")
    await life.at(max(day, life.s.clock.today()))
    some = award["insured"][:insured]
    refused = await life.review(award, "6480.00", 409, insured=some)
    assert (refused["type"], f"保障 {insured} 人" in refused["detail"]) == ("/problems/approval-forbidden", True)
    moved = await life.proposes(
        award, "MOVE", "MOVED", 409, division="640521000000", look=look("6480.00", insured=some)
    )
    assert (moved["type"], "刚性支出" in moved["detail"]) == ("/problems/approval-forbidden", False)
    assert await life.s.fetch("SELECT FROM review UNION ALL SELECT FROM intervention") == []
    assert (await life.now(award))["insured"] == award["insured"]
