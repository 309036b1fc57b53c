"""刚性支出困难家庭认定办法 art. 10: the status begins with its decision, is listed, and ends with its term."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import date
from typing import Any
from uuid import UUID

import pytest_asyncio
from tests.services.eligibility_county import County, forwarded, member

from doudi.auth import Role
from doudi.events.eligibility_status import RigidStatusEnded, RigidStatusGranted
from doudi.testing import Servers, running
from eligibility.app import SERVICE

DAY = date(2025, 3, 3)


@pytest_asyncio.fixture(loop_scope="session")
async def county(servers: Servers) -> AsyncIterator[County]:
    async with running(SERVICE, servers, today=DAY) as s:
        yield County(s)


def three(income: str, rigid: str, **more: Any) -> Any:
    """Three people; 36,000.00 a year is above 1.5 x the standard and below last year's mean."""
    members = [member(1, "1980-01-01"), member(2, "1982-01-01"), member(3, "2012-01-01", "NONE", student=True)]
    return forwarded(members, income, means={"rigid_year": rigid}, posted_on="2025-02-20", **more)


async def refused(county: County, event: Any) -> UUID:
    """The county's three refuse dibao."""
    id_: UUID = await county.receives(event)
    await county.checks(id_)
    body = {"outcome": "REFUSED", "reason": "家庭收入高于低保标准"}
    await county.post(county.leader, id_, "decide", body)
    return id_


async def listed(county: County, **query: str) -> list[Any]:
    answer = await county.clerk.get("/v1/rigid-households", params=query)
    assert answer.status_code == 200, answer.text
    items: list[Any] = answer.json()["items"]
    return items


async def test_十_the_status_begins_with_the_decision_and_ends_after_its_last_day(county: County):
    id_ = await refused(county, three("36000.00", "30000.00", on=DAY))
    (granted,) = await county.s.said(RigidStatusGranted)
    assert (granted.application_id, granted.valid_until) == (id_, date(2026, 3, 3))
    assert any(f.clause == "刚性支出困难家庭认定办法 4" and f.met for f in granted.findings)
    (status,) = await listed(county, status="ACTIVE")
    assert (status["application_id"], status["valid_until"]) == (str(id_), "2026-03-03")
    await county.s.tick(date(2026, 3, 3))
    assert await county.s.said(RigidStatusEnded) == []
    await county.s.tick(date(2026, 3, 4))
    await county.s.tick(date(2026, 3, 5))
    (ended,) = await county.s.said(RigidStatusEnded)
    assert (ended.status_id, ended.cause, ended.last_day) == (granted.status_id, "TERM", date(2026, 3, 3))
    assert await listed(county, status="ACTIVE") == []
    (status,) = await listed(county)
    assert (status["status"], status["cause"], status["ended_on"]) == ("ENDED", "TERM", "2026-03-04")


async def test_十_a_refusal_that_finds_no_status_begins_none(county: County):
    await refused(county, three("36000.00", "28800.00", on=DAY))  # the share is reached, not exceeded
    assert (await listed(county), await county.s.said(RigidStatusGranted)) == ([], [])


async def test_四_another_decision_on_the_household_takes_its_place(county: County):
    first = three("36000.00", "30000.00", on=DAY)
    await refused(county, first)
    await county.s.tick(date(2025, 5, 6))
    again = three("36000.00", "30000.00", on=date(2025, 5, 6))
    again = again.model_copy(update={"household": again.household.model_copy(
        update={"household_id": first.household.household_id, "members": first.household.members}
    )})  # fmt: skip
    await refused(county, again)
    (ended,) = await county.s.said(RigidStatusEnded)
    assert (ended.cause, ended.last_day, ended.by) == ("DECIDED_ANEW", date(2025, 5, 5), "county-leader")
    (active,) = await listed(county, status="ACTIVE")
    assert (active["decided_on"], active["valid_until"]) == ("2025-05-06", "2026-05-06")


async def test_四_who_gets_dibao_is_none_any_more(county: County):
    first = three("36000.00", "30000.00", on=DAY)
    await refused(county, first)
    poor = three("0.00", "0.00", on=DAY)
    poor = poor.model_copy(update={"household": poor.household.model_copy(
        update={"household_id": first.household.household_id, "members": first.household.members}
    )})  # fmt: skip
    id_ = await county.receives(poor)
    await county.checks(id_)
    await county.post(county.leader, id_, "decide", {"outcome": "APPROVED"})
    (ended,) = await county.s.said(RigidStatusEnded)
    assert (ended.cause, ended.last_day) == ("DIBAO", DAY)
    assert await listed(county, status="ACTIVE") == []


async def test_another_county_does_not_see_it(county: County):
    await refused(county, three("36000.00", "30000.00", on=DAY))
    other = county.s.client(Role.COUNTY_CLERK, "640521000000", sub="other")
    assert (await other.get("/v1/rigid-households")).json()["items"] == []
