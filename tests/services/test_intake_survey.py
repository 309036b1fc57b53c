"""intake: matching, home visit, assessment, review."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import date

import pytest
import pytest_asyncio
from tests.services.intake_window import STEPS, Departments, Window, citizen, departments

from doudi.auth import Role
from doudi.events.intake import (
    ApplicationRefusedAfterMatching,
    ApplicationReviewed,
    AssessmentHeld,
    HomeVisited,
    MatchingCompleted,
)
from doudi.testing import running
from intake.app import SERVICE

HEAD = citizen(date(1970, 5, 1), 1)


@pytest_asyncio.fixture
async def centre() -> AsyncIterator[Departments]:
    async with departments() as centre:
        yield centre


@pytest_asyncio.fixture
async def window(servers, centre: Departments) -> AsyncIterator[Window]:
    async with running(SERVICE, servers, today=date(2020, 3, 2), departments_url=centre.url) as s:
        yield Window(s, Role)


async def test_every_source_is_asked_once_about_every_member(window: Window, centre: Departments):
    await window.goes_to_survey()
    assert len(centre.asked) == len({(q["id_number"], q["source"]) for q in centre.asked}) == 3 * 8
    assert all(q["consent"] is True and q["name"] == "马小云" for q in centre.asked)
    [event] = await window.s.said(MatchingCompleted)
    assert (event.outcome, len(event.results)) == ("PASSED", 24)
    assert (await window.act("match", expect=409))["type"] == "/problems/matching-already-passed"


async def test_a_broken_source_is_unavailable_and_never_no_record(window: Window, centre: Departments):
    centre.broken.add("BANKS")
    await window.goes_to_survey()
    [event] = await window.s.said(MatchingCompleted)
    assert event.outcome == "INCOMPLETE"
    assert {r.code for r in event.results if r.source == "BANKS"} == {"UNAVAILABLE"}
    assert sum(q["source"] == "BANKS" for q in centre.asked) == 3 * 3
    centre.broken.clear()
    await window.act("match")
    await window.s.tick()
    assert [e.outcome for e in await window.s.said(MatchingCompleted)] == ["INCOMPLETE", "PASSED"]


async def test_a_result_that_does_not_agree_is_objected_to_with_proof(window: Window, centre: Departments):
    centre.replies[HEAD, "BANKS"] = {"code": "MISMATCH", "amount": "50000.00", "detail": "马小云名下存款"}
    await window.goes_to_survey()
    assert await window.state() == "CHECK_FAILED"
    [event] = await window.s.said(MatchingCompleted)
    assert str(next(r.amount for r in event.results if r.code == "MISMATCH")) == "50000.00"
    assert "马小云" not in event.model_dump_json()
    proof = {"person_id": window.family["HEAD"], "source": "BANKS", "proof": "为邻居代存", "accepted": True}
    wrong = {"proofs": [{**proof, "source": "TAX"}]}
    assert (await window.act("match/recheck", wrong, expect=422))["type"] == "/problems/nothing-to-recheck"
    await window.act("match/recheck", {"proofs": [proof]})
    await window.s.tick()
    assert await window.state() == "SURVEY"
    assert [e.outcome for e in await window.s.said(MatchingCompleted)] == ["FAILED", "PASSED"]


async def test_a_result_that_stands_is_refused_with_its_reason(window: Window, centre: Departments):
    centre.replies[HEAD, "PUBLIC_SECURITY"] = {"code": "MISMATCH"}
    await window.goes_to_survey()
    await window.act("match/refuse", {"reason": "名下有机动车"}, expect=403)
    await window.act("match/refuse", {"reason": "名下有机动车"}, by=window.leader)
    assert await window.state() == "REJECTED"
    [event] = await window.s.said(ApplicationRefusedAfterMatching)
    assert event.reason == "名下有机动车"


async def test_the_visit_comes_after_the_matching(window: Window):
    await window.register_family()
    await window.apply()
    await window.act("accept")
    assert (await window.act("home-visit", window.visit(), expect=409))["type"] == "/problems/not-in-this-state"
    await window.act("match")
    assert (await window.act("home-visit", window.visit(), expect=409))["type"] == "/problems/matching-under-way"


@pytest.mark.parametrize(
    "change",
    [
        {"surveyors": ["clerk-1"]},
        {"surveyors": ["clerk-1", "clerk-1"]},
        {"surveyors_signed": False},
        {"applicant_signed": False},
        {"found": []},
        {"visited_on": "2020-03-01"},
        {"visited_on": "2020-03-03"},
    ],
)
async def test_an_unlawful_visit_is_refused(window: Window, change):
    await window.goes_to_survey()
    assert (await window.act("home-visit", window.visit(**change), expect=422))["type"] == "/problems/visit-not-lawful"
    assert await window.s.said(HomeVisited) == []


async def test_the_visit_records_means_and_labour(window: Window):
    await window.goes_to_survey()
    answer = await window.act("home-visit", window.visit())
    assert (answer["state"], answer["assessment_due_on"]) == ("ASSESSMENT", "2020-03-09")
    [event] = await window.s.said(HomeVisited)
    assert (event.surveyors, str(event.means.income_year)) == (["clerk-1", "cadre-2"], "6480.00")
    head = (await window.clerk.get(f"/v1/persons/{window.family['HEAD']}")).json()
    assert head["labour"] == "NONE"


@pytest.mark.parametrize(
    "change", [{"representatives": 5}, {"steps": STEPS[:4]}, {"steps": STEPS[::-1]}, {"present": 5}]
)
async def test_an_unlawful_assessment_is_refused(window: Window, change):
    await window.goes_to_survey()
    await window.act("home-visit", window.visit())
    problem = await window.act("assessment", window.meeting(**change), expect=422)
    assert problem["type"] == "/problems/assessment-not-lawful"


async def test_much_dispute_sends_the_case_back_to_the_survey(window: Window):
    await window.goes_to_survey()
    await window.act("home-visit", window.visit())
    assert (await window.act("assessment", window.meeting(conclusion="DISPUTED")))["state"] == "SURVEY"
    await window.act("home-visit", window.visit())
    review = {"opinion": "SUPPORT", "reason": "人均收入低于标准"}
    problem = await window.act("review", review, by=window.leader, expect=409)
    assert problem["type"] == "/problems/assessment-first"
    window.s.clock.set(date(2020, 3, 10))
    await window.act("assessment", window.meeting())
    assert (await window.act("review", review, by=window.leader))["state"] == "REVIEWED"
    assert [e.conclusion for e in await window.s.said(AssessmentHeld)] == ["DISPUTED", "AGREED"]
    assert [e.opinion for e in await window.s.said(ApplicationReviewed)] == ["SUPPORT"]
    held = (await window.clerk.get(f"/v1/applications/{window.id}/assessments")).json()
    assert [h["late"] for h in held] == [False, True]


async def test_the_clerk_does_not_review(window: Window):
    await window.goes_to_survey()
    await window.act("home-visit", window.visit())
    await window.act("assessment", window.meeting())
    await window.act("review", {"opinion": "SUPPORT", "reason": "符合"}, expect=403)
