"""The county's stored samples of homes to visit, and its statutory terms near and passed."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import date
from math import ceil
from typing import Any

import pytest_asyncio
from tests.services.eligibility_county import County, forwarded, member

from doudi.auth import Role
from doudi.events.eligibility_life import NoticeServed, StatutoryTermNearing, StatutoryTermPassed
from doudi.testing import Servers, running
from eligibility.app import SERVICE

DAY = date(2020, 3, 2)


@pytest_asyncio.fixture(loop_scope="session")
async def county(servers: Servers) -> AsyncIterator[County]:
    async with running(SERVICE, servers, today=DAY) as s:
        yield County(s)


def case(number: int = 1, *, on: date = DAY, village: str = "640522105201", **more: Any) -> Any:
    event = forwarded([member(number, "1946-01-01", "NONE")], "0.00", on=on, **more)
    household = event.household.model_copy(update={"division": type(event.household.division)(village)})
    return event.model_copy(update={"household": household})


async def sample(county: County, township: str = "640522105", quarter: str = "2020Q1") -> Any:
    answer = await county.clerk.get("/v1/samples", params={"township": township, "quarter": quarter})
    assert answer.status_code == 200, answer.text
    return answer.json()


async def test_at_every_moment_thirty_percent_of_the_township_are_in_and_anybody_can_draw_again(county: County):
    drawn = 0
    for n in range(1, 31):
        id_ = await county.receives(case(n))
        told = (await county.clerk.get(f"/v1/cases/{id_}")).json()["visit_because"]
        drawn += told == "须入户调查：抽中入户抽查"
        assert drawn >= ceil(3 * n / 10)
    seen = await sample(county)
    assert (seen["size"], seen["drawn"], seen["rate"], seen["equal"]) == (30, drawn, "3/10", True)
    assert [e["position"] for e in seen["entries"]] == list(range(1, 31))
    assert seen["redrawn"] == [e["case_id"] for e in seen["entries"] if e["drawn"]]
    await county.s.fetch("UPDATE sample_entry SET drawn = NOT drawn WHERE position = 30")
    assert (await sample(county))["equal"] is False


async def test_each_township_and_quarter_has_its_own_frame_and_seed(county: County):
    await county.s.deliver(case(1), case(2, village="640522101201"), case(3, on=date(2020, 4, 1)))
    frames = [await sample(county, t, q) for t, q in (("640522105", "2020Q1"), ("640522101", "2020Q1"))]
    frames.append(await sample(county, "640522105000", "2020Q2"))
    assert [(f["size"], f["drawn"]) for f in frames] == [(1, 1)] * 3
    assert len({f["seed"] for f in frames}) == 3
    nothing = await county.clerk.get("/v1/samples", params={"township": "640522107", "quarter": "2020Q1"})
    other = county.s.client(Role.COUNTY_CLERK, "640521000000")
    hidden = await other.get("/v1/samples", params={"township": "640522105", "quarter": "2020Q1"})
    assert (hidden.status_code, hidden.json()) == (404, nothing.json())


async def test_a_case_that_comes_back_keeps_what_was_drawn_for_it(county: County):
    event = case(1)
    id_ = await county.receives(event)
    await county.post(county.clerk, id_, "return", {"reason": "缺少收入证明"})
    await county.s.deliver(event)
    seen = await sample(county)
    assert (seen["size"], seen["drawn"]) == (1, 1)


async def test_kin_doubt_and_reports_are_visited_whatever_was_drawn(county: County):
    for n in range(1, 40):
        id_ = await county.receives(case(n))
        if (await county.clerk.get(f"/v1/cases/{id_}")).json()["visit_because"] is None:
            break
    await county.post(county.clerk, id_, "report")
    assert (await county.clerk.get(f"/v1/cases/{id_}")).json()["visit_because"] == "须入户调查：有举报"
    kin = await county.receives(case(50, near_relative=True, matching="INCOMPLETE"))
    told = (await county.clerk.get(f"/v1/cases/{kin}")).json()["visit_because"]
    assert "近亲属备案" in told
    assert "核对有疑问" in told
    await county.post(county.clerk, kin, "return", {"reason": "x"})
    await county.post(county.clerk, kin, "report", status=409)


async def test_from_2021_on_there_is_no_share_but_every_ground_is_visited(county: County):
    county.s.clock.set(date(2021, 7, 1))
    plain = await county.receives(case(1, on=date(2021, 7, 1)))
    kin = await county.receives(case(2, on=date(2021, 7, 1), near_relative=True))
    seen = await sample(county, quarter="2021Q3")
    assert (seen["size"], seen["drawn"], seen["rate"]) == (2, 0, "0")
    views = [(await county.clerk.get(f"/v1/cases/{i}")).json()["visit_because"] for i in (plain, kin)]
    assert views == [None, "须入户调查：近亲属备案"]


def told(events: list[Any]) -> list[tuple[str, str, str]]:
    return [(e.term, e.clause, str(e.due_on)) for e in events]


async def test_the_countys_opinion_comes_near_and_passes(county: County):
    id_ = await county.receives(case(1))
    opinion = [("COUNTY_OPINION", "民发〔2012〕220号 26", "2020-03-09")]
    await county.s.tick(date(2020, 3, 4))
    assert await county.s.said(StatutoryTermNearing) == []
    for day in (date(2020, 3, 5), date(2020, 3, 9)):
        await county.s.tick(day)
        assert told(await county.s.said(StatutoryTermNearing, id_)) == opinion
        assert await county.s.said(StatutoryTermPassed) == []
    for day in (date(2020, 3, 10), date(2020, 3, 11)):
        await county.s.tick(day)
        assert told(await county.s.said(StatutoryTermPassed, id_)) == opinion


async def test_what_was_done_in_time_is_not_reminded_of(county: County):
    id_ = await county.receives(case(1))
    await county.checks(id_)
    await county.post(county.leader, id_, "propose")
    await county.s.tick(date(2020, 3, 10))
    assert await county.s.said(StatutoryTermPassed) == []
    final = [("FINAL_DECISION", "民发〔2012〕220号 29", "2020-03-12")]
    assert told(await county.s.said(StatutoryTermNearing)) == final
    assert (await county.clerk.get(f"/v1/cases/{id_}")).json()["decision_due_on"] == "2020-03-12"
    await county.s.tick(date(2020, 3, 13))
    assert told(await county.s.said(StatutoryTermPassed)) == final
    await county.post(county.leader, id_, "decide", {"outcome": "APPROVED"})
    await county.s.tick(date(2020, 5, 1))
    assert len(await county.s.said(StatutoryTermPassed)) == 1


async def test_an_objection_is_looked_into_within_twenty_working_days(county: County):
    id_ = await county.receives(case(1))
    await county.checks(id_)
    await county.post(county.leader, id_, "propose")
    posting = (await county.s.public().get("/v1/postings")).json()["items"][0]["id"]
    await county.s.public().post(f"/v1/postings/{posting}/objections", json={"statement": "他有一辆车"})
    term = [("REINVESTIGATION", "民发〔2012〕220号 29", "2020-03-30")]
    await county.s.tick(date(2020, 3, 25))
    assert await county.s.said(StatutoryTermNearing) == []
    await county.s.tick(date(2020, 3, 26))
    assert told(await county.s.said(StatutoryTermNearing)) == term
    await county.s.tick(date(2020, 3, 31))
    assert told(await county.s.said(StatutoryTermPassed)) == term


async def test_a_refusal_is_handed_over_within_three_days(county: County):
    ids = [await county.receives(forwarded([member(n, "1980-01-01")], "9000.00", on=DAY)) for n in (1, 2)]
    for id_ in ids:
        await county.checks(id_)
        await county.post(county.leader, id_, "decide", {"outcome": "REFUSED", "reason": "人均收入不低于标准"})
    await county.post(county.clerk, ids[0], "refusal-notice")
    again = await county.post(county.clerk, ids[0], "refusal-notice", status=409)
    assert again["type"] == "/problems/not-in-this-state"
    (served,) = await county.s.said(NoticeServed)
    assert (served.notice, served.subject_id, served.reason) == ("REFUSAL", ids[0], "人均收入不低于标准")
    await county.s.tick(date(2020, 3, 6))
    late = await county.s.said(StatutoryTermPassed)
    assert [(e.case_id, e.term, str(e.due_on)) for e in late] == [(ids[1], "REFUSAL_NOTICE", "2020-03-05")]
