"""Steps on the way are said, so that nobody has to call back: who was drawn, what was reported, what was given up."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import date

import pytest_asyncio
from tests.services.eligibility_county import death, forwarded, member
from tests.services.eligibility_programmes import Someone, Window, care

from doudi.events.eligibility import CountyVisitRecorded
from doudi.events.eligibility_steps import (
    CaseReported,
    CaseSampled,
    InterventionDropped,
    PersonalApplicationWithdrawn,
)
from doudi.testing import Servers, running
from eligibility.app import SERVICE

DAY = date(2020, 3, 2)


@pytest_asyncio.fixture(loop_scope="session")
async def county(servers: Servers) -> AsyncIterator[Window]:
    async with running(SERVICE, servers, today=DAY) as s:
        yield Window(s)


async def test_each_case_says_whether_it_was_drawn_and_its_report_says_that_it_is_visited(county: Window):
    ids = [await county.receives(forwarded([member(i, "1946-01-01", "NONE")], "0.00", on=DAY)) for i in range(1, 5)]
    said = await county.s.said(CaseSampled)
    assert [(e.application_id, e.position, e.township, e.quarter) for e in said] == [
        (id_, n, "640522105", "2020Q1") for n, id_ in enumerate(ids, 1)
    ]
    kept = (await county.clerk.get("/v1/samples", params={"township": "640522105", "quarter": "2020Q1"})).json()
    assert [e.drawn for e in said] == [entry["drawn"] for entry in kept["entries"]]
    assert [e.drawn_so_far for e in said][-1] == kept["drawn"]
    assert [e.visit_because is not None for e in said] == [e.drawn for e in said]
    assert kept["seed"] not in said[0].model_dump_json()
    await county.post(county.clerk, ids[0], "report")
    (report,) = await county.s.said(CaseReported)
    assert (report.application_id, report.by, "举报" in report.visit_because) == (ids[0], "county-clerk", True)


async def test_a_proposal_that_is_given_up_or_overtaken_by_a_death_is_said(county: Window):
    alone = [member(9, "1946-01-01", "NONE")]
    award = await county.approves(await county.receives(forwarded(alone, "0.00", on=DAY)))
    body = {"kind": "SUSPEND", "ground": "OTHER", "reason": "账户异常"}
    for reason in ("已核实", None):
        made = await county.clerk.post(f"/v1/awards/{award['id']}/interventions", json=body)
        assert made.status_code == 201, made.text
        if reason:
            path = f"/v1/interventions/{made.json()['id']}/drop"
            assert (await county.clerk.post(path, json={"reason": reason})).status_code == 200
    await county.s.deliver(death(alone[0], county.s.clock.today(), county.s.clock.today()))
    said = await county.s.said(InterventionDropped)
    assert [(e.kind, e.because, e.by) for e in said] == [
        ("SUSPEND", "已核实", "county-clerk"), ("SUSPEND", "成员死亡，待遇已停发", "system:death-report"),
    ]  # fmt: skip


async def test_of_one_persons_application_the_visit_and_the_withdrawal_are_said(county: Window):
    who = Someone("1985-01-01")
    case = await county.applies(who, care(), relatives=["clerk-9"])
    visit = {"visited_on": DAY.isoformat(), "visitors": ["county-clerk", "county-checker"]}
    await county.act(county.clerk, case["id"], "visits", visit)
    assert [str(e.application_id) for e in await county.s.said(CountyVisitRecorded)] == [case["id"]]
    await county.act(county.window, case["id"], "withdraw")
    (said,) = await county.s.said(PersonalApplicationWithdrawn)
    assert (str(said.application_id), said.person_id, said.programme) == (case["id"], who.person_id, "CARE_SUB")
