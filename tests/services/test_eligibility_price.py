"""The temporary price subsidy of a month: three people, everybody whom it is for, once, also across counties."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import date
from typing import Any

import pytest_asyncio
from tests.services.eligibility_county import COUNTY, death, member
from tests.services.eligibility_programmes import Someone, Window, care, elder
from tests.services.test_eligibility_programmes import DAY, in_dibao

from doudi.auth import Role
from doudi.events.eligibility import AwardStopped
from doudi.events.eligibility_programmes import PersonalAwardGranted
from doudi.testing import Servers, running
from eligibility.app import SERVICE

BEFORE = date(2020, 1, 6)


@pytest_asyncio.fixture(loop_scope="session")
async def window(servers: Servers) -> AsyncIterator[Window]:
    async with running(SERVICE, servers, today=DAY) as s:
        yield Window(s)


async def february(window: Window, *, status: int = 201, month: str = "2020-02", division: str = COUNTY) -> Any:
    """The clerk prepares February 2020."""
    answer = await window.clerk.post("/v1/price-subsidies", json={"division": division, "month": month})
    assert answer.status_code == status, answer.text
    return answer.json()


async def let_go(window: Window, run: Any) -> Any:
    """Checked, signed, granted."""
    for who, verb in ((window.checker, "check"), (window.leader, "sign")):
        answer = await who.post(f"/v1/price-subsidies/{run['id']}/{verb}")
        assert answer.status_code == 200, answer.text
    await window.s.tick()
    return (await window.leader.get(f"/v1/price-subsidies/{run['id']}")).json()


def subsidies(events: list[PersonalAwardGranted]) -> list[tuple[Any, str, str]]:
    return [(e.person_id, str(e.starts), str(e.amount)) for e in events if e.programme == "PRICE_SUB"]


async def holders(window: Window) -> list[Someone]:
    """One in dibao, one with the elderly allowance, one with a care subsidy only; all since before February 2020."""
    window.s.clock.set(BEFORE)
    poor, old, disabled = Someone("1970-01-01"), Someone("1935-01-01"), Someone("1985-01-01")
    people = [poor, old, disabled]
    await in_dibao(window, poor)
    window.s.clock.set(BEFORE)
    await window.gets(old, elder())
    await window.gets(disabled, care())
    window.s.clock.set(DAY)
    await window.s.fetch("UPDATE award SET starts = '2020-02'")
    await window.s.fetch("UPDATE award_line SET from_month = '2020-02'")
    return people


async def test_everybody_of_the_gates_gets_it_once_for_one_month(window: Window):
    poor, old, _ = await holders(window)
    done = await let_go(window, await february(window))
    assert (done["status"], done["granted"], done["amount"]) == ("DONE", 2, "21.66")
    said = subsidies(await window.s.said(PersonalAwardGranted))
    assert sorted(said, key=str) == sorted(
        [(poor.person_id, "2020-02", "21.66"), (old.person_id, "2020-02", "21.66")], key=str
    )
    ended = [str(e.last_month) for e in await window.s.said(AwardStopped)]
    assert ended == ["2020-02", "2020-02"]
    assert (await february(window, status=409))["type"] == "/problems/conflict"


async def test_who_has_it_from_another_county_does_not_get_it_twice(window: Window):
    await holders(window)
    await let_go(window, await february(window))
    await window.s.fetch("UPDATE price_run SET division = '640521000000'")
    again = await let_go(window, await february(window))
    assert (again["status"], again["granted"]) == ("DONE", 0)
    assert len(subsidies(await window.s.said(PersonalAwardGranted))) == 2


async def test_who_died_before_the_month_gets_nothing(window: Window):
    poor, old, _ = await holders(window)
    dead = member(1, old.born) | {"person_id": str(old.person_id), "match_key": old.match_key}
    await window.s.deliver(death(dead, date(2020, 1, 31), date(2020, 3, 2)))
    await let_go(window, await february(window))
    assert [who for who, _, _ in subsidies(await window.s.said(PersonalAwardGranted))] == [poor.person_id]


async def test_a_month_without_a_trigger_or_to_come_and_another_county_are_refused(window: Window):
    for month in ("2020-01", "2020-03", "2020-04"):
        assert (await february(window, month=month, status=409))["type"] == "/problems/not-triggered"
    for division in ("640521000000", "640522105000"):
        await february(window, division=division, status=403)


async def test_three_people(window: Window):
    run = await february(window)
    roles = [Role.COUNTY_CLERK, Role.COUNTY_CHECKER, Role.COUNTY_LEADER]
    clerk = window.s.client(roles, COUNTY, sub="county-clerk")
    checker = window.s.client(roles, COUNTY, sub="county-checker")
    path = f"/v1/price-subsidies/{run['id']}"
    assert (await clerk.post(f"{path}/check")).json()["type"] == "/problems/three-people-needed"
    assert (await window.leader.post(f"{path}/sign")).json()["type"] == "/problems/not-in-this-state"
    assert (await checker.post(f"{path}/check")).status_code == 200
    for two in (clerk, checker):
        assert (await two.post(f"{path}/sign")).json()["type"] == "/problems/three-people-needed"
    assert (await window.leader.post(f"{path}/sign", headers={"If-Match": '"1"'})).status_code == 412
    assert len((await window.leader.get("/v1/price-subsidies")).json()["items"]) == 1
    other = window.s.client(Role.COUNTY_CLERK, "640521000000")
    assert (await other.get(path)).status_code == 404
