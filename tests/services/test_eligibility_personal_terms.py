"""Terms and reviews of programmes of one person come near and pass, and each is said once."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import date

import pytest_asyncio
from tests.services.eligibility_programmes import Someone, Window, care, defacto, tekun

from doudi.events.eligibility_life import (
    NoticeServed,
    ReviewDue,
    ReviewOverdue,
    StatutoryTermNearing,
    StatutoryTermPassed,
)
from doudi.testing import Servers, running
from eligibility.app import SERVICE

DAY = date(2020, 3, 2)


@pytest_asyncio.fixture(loop_scope="session")
async def window(servers: Servers) -> AsyncIterator[Window]:
    async with running(SERVICE, servers, today=DAY) as s:
        yield Window(s)


async def test_the_countys_fifteen_days_on_a_child_come_near_and_pass(window: Window):
    case = await window.applies(Someone("2010-01-01"), defacto(), guardian=Someone("1970-01-01"))
    assert case["due_on"] == "2020-03-23"
    await window.s.tick(date(2020, 3, 18))
    assert await window.s.said(StatutoryTermNearing) == []
    await window.s.tick(date(2020, 3, 19))
    await window.s.tick(date(2020, 3, 20))
    (near,) = await window.s.said(StatutoryTermNearing)
    assert (str(near.case_id), near.term, near.clause) == (case["id"], "COUNTY_OPINION", "民发〔2019〕62号 二")
    await window.s.tick(date(2020, 3, 23))
    assert await window.s.said(StatutoryTermPassed) == []
    await window.s.tick(date(2020, 3, 24))
    await window.s.tick(date(2020, 3, 25))
    (late,) = await window.s.said(StatutoryTermPassed)
    assert (str(late.due_on), late.title) == ("2020-03-23", "县级审核确认")


async def test_what_was_decided_in_time_is_not_reminded_of(window: Window):
    await window.gets(Someone("2010-01-01"), defacto(), guardian=Someone("1970-01-01"))
    await window.s.tick(date(2020, 4, 1))
    assert await window.s.said(StatutoryTermNearing) == []
    assert await window.s.said(StatutoryTermPassed) == []


async def test_a_reported_change_of_somebody_tekun_has_ten_days(window: Window):
    case = await window.applies(Someone("1957-06-01"), tekun())
    await window.hangs(case["id"])
    await window.confirms(case["id"])
    award = await window.award_of(case["id"])
    body = {"facts": tekun("EAT")}
    change = (await window.window.post(f"/v1/programme-awards/{award['id']}/changes", json=body)).json()
    await window.s.tick(date.fromisoformat(change["due_on"]))
    near = [e for e in await window.s.said(StatutoryTermNearing) if str(e.case_id) == change["id"]]
    assert [(e.term, e.clause) for e in near] == [("REASSESSMENT", "民发〔2021〕43号 23")]


async def test_a_refusal_is_handed_over_within_three_working_days(window: Window):
    ids = []
    for _ in ("one", "another"):
        case = await window.applies(Someone("1990-01-01"), care())
        await window.act(window.clerk, case["id"], "prepare")
        await window.act(window.checker, case["id"], "check", {})
        await window.act(window.leader, case["id"], "decide", {"outcome": "REFUSED", "reason": "材料不实"})
        ids.append(case["id"])
    served = await window.act(window.window, ids[0], "refusal-notice")
    assert served["notice_served_on"] == "2020-03-02"
    await window.act(window.window, ids[0], "refusal-notice", status=409)
    assert [str(e.subject_id) for e in await window.s.said(NoticeServed)] == [ids[0]]
    await window.s.tick(date(2020, 3, 6))
    assert [str(e.case_id) for e in await window.s.said(StatutoryTermPassed)] == [ids[1]]


async def test_the_yearly_review_comes_near_and_passes_and_a_look_moves_it(window: Window):
    award = await window.gets(Someone("1985-01-01"), care())
    assert award["review_due_on"] == "2021-03-31"
    await window.s.tick(date(2021, 2, 28))
    assert await window.s.said(ReviewDue) == []
    await window.s.tick(date(2021, 3, 1))
    await window.s.tick(date(2021, 3, 31))
    (near,) = await window.s.said(ReviewDue)
    assert (str(near.award_id), await window.s.said(ReviewOverdue)) == (award["id"], [])
    await window.s.tick(date(2021, 4, 1))
    (late,) = await window.s.said(ReviewOverdue)
    assert str(late.due_on) == "2021-03-31"
    body = {"facts": care()}
    change = (await window.window.post(f"/v1/programme-awards/{award['id']}/changes", json=body)).json()
    await window.confirms(change["id"])
    assert (await window.award_of(award["application_id"]))["review_due_on"] == "2022-04-30"
    await window.s.tick(date(2021, 5, 3))
    assert len(await window.s.said(ReviewOverdue)) == 1
