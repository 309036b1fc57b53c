"""From dibao into a programme of one person in one decision: no month without money, no month with both."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import date
from typing import Any

import pytest_asyncio
from tests.services.eligibility_county import forwarded, member
from tests.services.eligibility_life import Life, look
from tests.services.eligibility_programmes import Someone, Window, tekun

from doudi.events.eligibility import AwardGranted, AwardStopped
from doudi.events.eligibility_life import AwardTransferred
from doudi.events.eligibility_programmes import PersonalAwardGranted
from doudi.testing import Running, Servers, running
from eligibility.app import SERVICE

DAY = date(2020, 3, 2)


@pytest_asyncio.fixture(loop_scope="session")
async def s(servers: Servers) -> AsyncIterator[Running]:
    async with running(SERVICE, servers, today=DAY) as s:
        yield s


async def in_dibao(window: Window, *people: Someone) -> Any:
    members = [
        member(n, someone.born, "NONE") | {"person_id": str(someone.person_id), "match_key": someone.match_key}
        for n, someone in enumerate(people)
    ]
    return await window.approves(await window.receives(forwarded(members, "0.00", on=window.s.clock.today())))


async def checked(window: Window, who: Someone, award: Any) -> Any:
    """Somebody in dibao applies for tekun in its place; posted, prepared, checked, visited."""
    case = await window.applies(who, tekun(), in_place_of=award["id"])
    assert case["determination"]["eligible"], case["determination"]
    await window.hangs(case["id"])
    await window.confirms(case["id"], status=409)
    return case


async def test_the_award_ends_and_tekun_begins_with_the_next_month(s: Running):
    window, life = Window(s), Life(s)
    who = Someone("1957-06-01")
    award = await in_dibao(window, who)
    case = await window.applies(who, tekun(), in_place_of=award["id"])
    early = await life.proposes(award, "TRANSFER", "TO_OTHER_PROGRAMME", 409, application_id=case["id"])
    assert early["type"] == "/problems/not-eligible"
    await window.hangs(case["id"])
    first = await window.confirms(case["id"], status=409)
    assert (first["type"], "一并决定" in first["detail"]) == ("/problems/ends-first", True)
    made = await life.proposes(award, "TRANSFER", "TO_OTHER_PROGRAMME", application_id=case["id"])
    await life.decides(made)
    (stopped,), (granted,) = await s.said(AwardStopped), await s.said(PersonalAwardGranted)
    assert (stopped.last_month.next(), str(granted.amount)) == (granted.starts, "510.00")
    (moved,) = await s.said(AwardTransferred)
    assert (moved.into, moved.programmes, moved.last_month) == ([granted.award_id], ["TEKUN"], stopped.last_month)
    assert (await life.now(award))["status"] == "STOPPED"
    assert (await window.award_of(case["id"]))["status"] == "ACTIVE"


async def test_who_stays_goes_on_in_an_award_of_its_own(s: Running):
    window, life = Window(s), Life(s)
    who, stays = Someone("1957-06-01"), Someone("1950-01-01")
    award = await in_dibao(window, who, stays)
    case = await checked(window, who, award)
    missing = await life.proposes(award, "TRANSFER", "TO_OTHER_PROGRAMME", 422, application_id=case["id"])
    assert missing["type"] == "/problems/look-needed"
    rest = look("0.00", left=[str(who.person_id)])
    await life.decides(
        await life.proposes(award, "TRANSFER", "TO_OTHER_PROGRAMME", application_id=case["id"], look=rest)
    )
    granted = (await s.said(AwardGranted))[-1]
    (own,) = await s.said(PersonalAwardGranted)
    assert (granted.insured, str(granted.amount), granted.starts) == ([stays.person_id], "380.00", own.starts)
    (moved,) = await s.said(AwardTransferred)
    assert moved.programmes == ["DIBAO_R", "TEKUN"]


async def test_nobody_asks_for_the_place_of_an_award_that_is_not_theirs(s: Running):
    window = Window(s)
    award = await in_dibao(window, Someone("1950-01-01"))
    stranger = await window.applies(Someone("1957-06-01"), tekun(), in_place_of=award["id"], status=422)
    assert stranger["type"] == "/problems/unknown-member"
