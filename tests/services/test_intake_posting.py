"""intake: the first posting, and what comes from the county."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from datetime import date
from typing import Any
from uuid import UUID, uuid4

import pytest_asyncio
from tests.services.intake_window import ACCOUNT, VILLAGE, Window, departments

from doudi.auth import Role
from doudi.division import Division
from doudi.events.eligibility import ApplicationReturned, DecisionIssued
from doudi.events.intake import (
    ApplicationForwarded,
    FirstPostingEnded,
    FirstPostingObjected,
    FirstPostingStarted,
)
from doudi.money import Money
from doudi.testing import running
from intake.app import SERVICE


@pytest_asyncio.fixture
async def window(servers) -> AsyncIterator[Window]:
    async with (
        departments() as centre,
        running(SERVICE, servers, today=date(2020, 3, 2), departments_url=centre.url) as s,
    ):
        yield Window(s, Role)


async def test_a_posting_shows_what_it_may_and_only_while_it_hangs(window: Window):
    posting = await window.goes_to_posting()
    public = window.s.public()
    shown = (await public.get(f"/v1/postings/{posting}")).json()
    assert shown.keys() == {"id", "applicant", "members", "village", "posted_on", "ends_on", "hotline"}
    assert (shown["applicant"], shown["members"]) == ("马小云", 3)
    assert (shown["posted_on"], shown["ends_on"]) == ("2020-03-02", "2020-03-09")
    window.s.clock.set(date(2020, 3, 9))
    await window.s.tick()
    assert (await public.get(f"/v1/postings/{posting}")).status_code == 200
    window.s.clock.set(date(2020, 3, 10))
    assert (await public.get(f"/v1/postings/{posting}")).status_code == 404
    assert (await public.get("/v1/postings", params={"division": VILLAGE})).json()["items"] == []


async def test_a_quiet_posting_goes_to_the_county_by_itself(window: Window):
    await window.goes_to_posting()
    [started] = await window.s.said(FirstPostingStarted)
    assert (started.days, started.ends_on) == (7, date(2020, 3, 9))
    window.s.clock.set(date(2020, 3, 9))
    await window.s.tick()
    assert await window.s.said(ApplicationForwarded) == []
    window.s.clock.set(date(2020, 3, 10))
    await window.s.tick()
    await window.s.tick()
    assert await window.state() == "COUNTY"
    [ended] = await window.s.said(FirstPostingEnded)
    assert (ended.ended_on, ended.full) == (date(2020, 3, 9), True)
    [event] = await window.s.said(ApplicationForwarded)
    assert (event.matching, event.opinion, event.surveyors) == ("PASSED", "SUPPORT", ["clerk-1", "cadre-2"])
    (row,) = await window.s.fetch("SELECT submitted_on, supplied_on, matched_on, visited_on FROM application")
    days = (row["supplied_on"] or row["submitted_on"], row["matched_on"], row["visited_on"])
    assert (event.declared_on, event.matched_on, event.surveyed_on) == days
    assert None not in days
    assert set(event.officers) == {"clerk-1", "cadre-2", "leader-1"}
    assert {m.labour for m in event.household.members} == {"NONE"}
    assert str(event.account.payee_person_id) == window.family["HEAD"]
    for secret in ("马小云", ACCOUNT, "13900001234"):
        assert secret not in event.model_dump_json()


async def test_anyone_objects_and_the_case_is_looked_at_and_posted_again(window: Window):
    posting = await window.goes_to_posting()
    public = window.s.public()
    window.s.clock.set(date(2020, 3, 9))
    body = {"statement": "这家有一辆车", "name": "李四", "phone": "13800000000"}
    await window.post(f"/v1/postings/{posting}/objections", body, by=public, expect=201)
    assert await window.state() == "OBJECTION_1"
    assert (await public.get(f"/v1/postings/{posting}")).status_code == 404
    await window.post(f"/v1/postings/{posting}/objections", body, by=public, expect=404)
    assert [e.full for e in await window.s.said(FirstPostingEnded)] == [False]
    [objected] = await window.s.said(FirstPostingObjected)
    assert "李四" not in str([tuple(r) for r in await window.s.fetch("SELECT * FROM objection")])
    seen = (await window.clerk.get(f"/v1/applications/{window.id}/objections")).json()
    assert [(o["id"], o["statement"]) for o in seen] == [(str(objected.objection_id), "这家有一辆车")]
    again = await window.act("look-again", {"to": "ASSESSMENT", "answer": "车已报废"})
    assert (again["state"], again["assessment_due_on"]) == ("ASSESSMENT", "2020-03-16")
    second = await window.is_posted()
    assert second != posting
    window.s.clock.set(date(2020, 3, 17))
    await window.s.tick()
    assert [e.posted_on for e in await window.s.said(ApplicationForwarded)] == [date(2020, 3, 9)]


async def test_an_objection_after_the_last_day_is_too_late(window: Window):
    posting = await window.goes_to_posting()
    window.s.clock.set(date(2020, 3, 10))
    await window.post(f"/v1/postings/{posting}/objections", {"statement": "不同意"}, by=window.s.public(), expect=404)


async def test_of_two_objections_at_once_one_takes_the_posting_down_and_the_other_comes_too_late(window: Window):
    posting = await window.goes_to_posting()
    public = window.s.public()

    async def object_to(number: int) -> int:
        body = {"statement": f"异议{number}"}
        return int((await public.post(f"/v1/postings/{posting}/objections", json=body)).status_code)

    assert sorted(await asyncio.gather(*map(object_to, range(6)))) == [201, 404, 404, 404, 404, 404]
    assert await window.state() == "OBJECTION_1"
    assert len(await window.s.said(FirstPostingObjected)) == 1
    assert [e.full for e in await window.s.said(FirstPostingEnded)] == [False]
    assert len((await window.clerk.get(f"/v1/applications/{window.id}/objections")).json()) == 1


async def test_an_objection_at_midnight_is_either_heard_or_too_late_never_both(window: Window):
    posting = await window.goes_to_posting()
    public, body = window.s.public(), {"statement": "不同意"}

    async def object_to() -> int:
        return int((await public.post(f"/v1/postings/{posting}/objections", json=body)).status_code)

    status, _ = await asyncio.gather(object_to(), window.s.tick(date(2020, 3, 10)))
    await window.s.tick()
    said = [len(await window.s.said(event)) for event in (FirstPostingObjected, ApplicationForwarded)]
    assert (status, said) in [(201, [1, 0]), (404, [0, 1])]
    assert len(await window.s.said(FirstPostingEnded)) == 1


async def forwarded(window: Window) -> None:
    """The case lies with the county."""
    await window.goes_to_posting()
    window.s.clock.set(date(2020, 3, 10))
    await window.s.tick()


async def test_the_county_decides_and_the_family_may_apply_anew(window: Window):
    await forwarded(window)
    decision = decided(window.id, "APPROVED")
    await window.s.deliver(decision)
    shown = (await window.clerk.get(f"/v1/applications/{window.id}")).json()
    assert (shown["state"], shown["decision_id"]) == ("APPROVED", str(decision.decision_id))
    await window.apply()


async def test_the_county_refuses(window: Window):
    await forwarded(window)
    await window.s.deliver(decided(window.id, "REFUSED"))
    assert await window.state() == "REJECTED"


async def test_the_county_sends_it_back_and_it_is_surveyed_and_posted_again(window: Window):
    await forwarded(window)
    await window.s.deliver(
        ApplicationReturned(
            application_id=UUID(window.id), reason="收入不清", returned_on=date(2020, 3, 10), by="county-1"
        )
    )
    shown = (await window.clerk.get(f"/v1/applications/{window.id}")).json()
    assert (shown["state"], shown["returned_because"]) == ("RETURNED", "收入不清")
    assert (await window.act("look-again", {"answer": "重新入户"}))["state"] == "SURVEY"
    await window.act("home-visit", window.visit())
    await window.is_posted()
    window.s.clock.set(date(2020, 3, 18))
    await window.s.tick()
    assert len(await window.s.said(ApplicationForwarded)) == 2


async def test_a_withdrawal_at_the_board_takes_the_posting_down(window: Window):
    await window.goes_to_posting()
    await window.act("withdraw", {"reason": "不申请了"})
    assert [e.full for e in await window.s.said(FirstPostingEnded)] == [False]
    window.s.clock.set(date(2020, 3, 20))
    await window.s.tick()
    assert await window.s.said(ApplicationForwarded) == []


def decided(application: str, outcome: Any) -> DecisionIssued:
    """A decision of the county."""
    return DecisionIssued(
        decision_id=uuid4(),
        application_id=UUID(application),
        determination_id=uuid4(),
        division=Division(VILLAGE),
        outcome=outcome,
        rule_set="RS2019",
        assistance_class="C" if outcome == "APPROVED" else None,
        household_size=3,
        insured=[],
        special_case_reason=None,
        amount=Money.zero(),
        findings=[],
        decided_on=date(2020, 3, 20),
        first_posting_ended_on=date(2020, 3, 9),
        second_posting_ended_on=date(2020, 3, 19) if outcome == "APPROVED" else None,
        notice_due_on=date(2020, 3, 23),
        prepared_by="a",
        checked_by="b",
        signed_by="c",
    )
