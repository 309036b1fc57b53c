"""care-institutions: the ratio through the API, judged with every change (E17)."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import date
from uuid import uuid4

import pytest_asyncio
from tests.services.care_home import Home, citizen

from care_institutions.app import SERVICE
from doudi.events.care_institutions import ResidentLeft, RosterChanged, StaffingFellShort, StaffingRecovered
from doudi.events.intake import DeathReported
from doudi.testing import running


@pytest_asyncio.fixture
async def home(servers) -> AsyncIterator[Home]:
    async with running(SERVICE, servers, today=date(2020, 3, 2)) as s:
        home = Home(s)
        await home.register()
        yield home


async def test_E17_seven_staff_suffice_six_do_not(home: Home):
    staff = await home.hires(13)
    await home.houses(disabled=7, partly=10, self_caring=23)
    for entry in staff[7:]:
        await home.post(f"roster-entries/{entry}/end", {"ended_on": "2020-03-02"})
    shown = await home.staffing()
    assert shown["residents"] == {"disabled": 7, "partly_disabled": 10, "self_caring": 23, "unassessed": 0}
    assert shown["exact"] == {"numerator": 189, "denominator": 30}
    assert (shown["required"], shown["planned"], shown["staff_hundredths"]) == (7, 8, 700)
    assert shown["enough"]
    assert await home.s.said(StaffingFellShort) == []
    await home.post(f"roster-entries/{staff[0]}/end", {"ended_on": "2020-03-02"})
    shown = await home.staffing()
    assert (shown["enough"], shown["staff_hundredths"], shown["short_since"]) == (False, 600, "2020-03-02")
    (short,) = await home.s.said(StaffingFellShort)
    assert (short.required, short.planned, short.staff_hundredths) == (7, 8, 600)
    assert (short.residents.disabled, short.residents.partly_disabled, short.residents.self_caring) == (7, 10, 23)
    assert not short.findings[0].met


async def test_E17_three_six_and_ten_need_exactly_three(home: Home):
    await home.hires(3)
    await home.houses(disabled=3, partly=6, self_caring=10)
    shown = await home.staffing()
    assert shown["exact"] == {"numerator": 90, "denominator": 30}
    assert (shown["required"], shown["planned"], shown["enough"]) == (3, 3, True)


async def test_E17_one_of_each_needs_one_and_three_are_planned(home: Home):
    await home.hires(3)
    await home.houses(disabled=1, partly=1, self_caring=1)
    shown = await home.staffing()
    assert (shown["required"], shown["planned"]) == (1, 3)
    assert shown["exact"] == {"numerator": 18, "denominator": 30}


async def test_falling_short_and_recovering_are_said_once_each(home: Home):
    first = await home.admits(1)
    await home.admits(2)
    (short,) = await home.s.said(StaffingFellShort)
    assert (short.residents.disabled, short.required, short.since) == (1, 1, date(2020, 3, 2))
    home.s.clock.set(date(2020, 3, 9))
    await home.hires(1, share_hundredths=99)
    assert await home.s.said(StaffingRecovered) == []
    await home.hires(1, share_hundredths=1, role="OTHER")
    await home.hires(1)
    (recovered,) = await home.s.said(StaffingRecovered)
    assert (recovered.short_since, recovered.recovered_on) == (date(2020, 3, 2), date(2020, 3, 9))
    assert (recovered.staff_hundredths, recovered.required) == (100, 1)
    roster = await home.s.said(RosterChanged)
    assert [(r.staff_hundredths, r.care_staff_hundredths) for r in roster] == [(99, 99), (100, 99), (200, 199)]
    await home.admits(3)
    await home.admits(4)
    await home.admits(5)
    await home.admits(6)
    assert len(await home.s.said(StaffingFellShort)) == 1
    await home.admits(7)
    assert len(await home.s.said(StaffingFellShort)) == 2
    await home.post(f"residents/{first['id']}/leave", {"left_on": "2020-03-09", "reason": "MOVED"})
    assert len(await home.s.said(StaffingRecovered)) == 2


async def test_an_unassessed_resident_counts_as_disabled_until_assessed(home: Home):
    await home.hires(1)
    residents = [await home.admits(n) for n in range(4)]
    assert (await home.staffing())["residents"]["unassessed"] == 4
    assert not (await home.staffing())["enough"]
    await home.assesses(residents[0]["id"], 0)
    shown = await home.staffing()
    assert (shown["exact"], shown["required"]) == ({"numerator": 33, "denominator": 30}, 2)
    await home.assesses(residents[1]["id"], 0)
    shown = await home.staffing()
    assert (shown["exact"]["numerator"], shown["enough"]) == (26, True)
    assert len(await home.s.said(StaffingRecovered)) == 1


async def test_leave_of_more_than_thirty_days_is_seen_as_days_pass(home: Home):
    (entry,) = await home.hires(1)
    await home.admits(1)
    await home.post(f"roster-entries/{entry}/leave", {"from": "2020-03-03"})
    await home.s.tick(date(2020, 4, 1))
    assert await home.s.said(StaffingFellShort) == []
    await home.s.tick(date(2020, 4, 2))  # the thirty-first day
    await home.s.tick(date(2020, 4, 3))
    (short,) = await home.s.said(StaffingFellShort)
    assert (short.since, short.staff_hundredths) == (date(2020, 4, 2), 0)
    assert not (await home.get(f"institutions/{home.id}/roster-entries"))["items"][0]["counts"]
    await home.post(f"roster-entries/{entry}/return")
    assert len(await home.s.said(StaffingRecovered)) == 1
    await home.post(f"roster-entries/{entry}/return", expect=409)
    await home.post(f"roster-entries/{entry}/leave", {"from": "2020-04-03", "until": "2020-05-03"})
    assert len(await home.s.said(StaffingFellShort)) == 2
    await home.s.tick(date(2020, 5, 4))
    assert len(await home.s.said(StaffingRecovered)) == 2


async def test_the_dead_are_residents_no_more(home: Home):
    await home.hires(1)
    person = str(uuid4())
    for number in range(3):
        await home.admits(number)
    await home.admits(3, person_id=person)
    assert not (await home.staffing())["enough"]
    match_key = home.s.runtime.keys.match(citizen(3))
    death = DeathReported(
        person_id=person, match_key=match_key, died_on=date(2020, 3, 2), reported_on=date(2020, 3, 2), source="公安"
    )
    await home.s.deliver(death)
    await home.s.deliver(death)
    (left,) = await home.s.said(ResidentLeft)
    assert (str(left.person_id), left.reason, left.left_on) == (person, "DIED", date(2020, 3, 2))
    assert (await home.staffing())["enough"]
    assert len(await home.s.said(StaffingRecovered)) == 1
    problem = await home.admits(3, expect=409)
    assert problem["type"] == "/problems/reported-dead"


async def test_homes_that_are_short_are_listed(home: Home):
    assert (await home.get("institutions?short=true"))["items"] == []
    await home.admits(1)
    (short,) = (await home.get("institutions?short=true"))["items"]
    assert (short["id"], short["short_since"]) == (home.id, "2020-03-02")
