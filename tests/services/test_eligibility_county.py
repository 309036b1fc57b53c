"""The county's procedure: three people, visits, the second posting and what it shows, objections, no one twice."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from datetime import date

import pytest_asyncio
from tests.services.eligibility_county import COUNTY, County, death, forwarded, member

from doudi.auth import Role
from doudi.events.eligibility import (
    ApplicationReturned,
    AwardGranted,
    DecisionIssued,
    DeterminationMade,
    SecondPostingEnded,
    SecondPostingObjected,
)
from doudi.events.intake import ApplicationWithdrawn
from doudi.testing import Servers, running
from eligibility.app import SERVICE

DAY = date(2020, 3, 2)


@pytest_asyncio.fixture(loop_scope="session")
async def county(servers: Servers) -> AsyncIterator[County]:
    async with running(SERVICE, servers, today=DAY) as s:
        yield County(s)


def elder(number: int = 1):
    return [member(number, "1946-01-01", "NONE")]


async def test_one_person_does_not_do_two_of_the_three_steps(county: County):
    id_ = await county.receives(forwarded(elder(), "0.00", on=DAY))
    both = county.s.client([Role.COUNTY_CLERK, Role.COUNTY_CHECKER, Role.COUNTY_LEADER], COUNTY, sub="all-in-one")
    await county.post(both, id_, "prepare", {})
    refused = await county.post(both, id_, "check", {}, status=409)
    assert refused["type"] == "/problems/three-people-needed"
    await county.post(county.checker, id_, "check", {})
    assert (await county.post(both, id_, "propose", status=409))["type"] == "/problems/three-people-needed"


async def test_a_near_relative_keeps_out(county: County):
    id_ = await county.receives(forwarded(elder(), "0.00", on=DAY, relatives=["county-clerk"], near_relative=True))
    refused = await county.post(county.clerk, id_, "prepare", {}, status=403)
    assert refused["clause"] == "民发〔2012〕220号 art. 14"


async def test_where_kin_is_filed_the_county_visits_before_it_posts(county: County):
    id_ = await county.receives(forwarded(elder(), "0.00", on=DAY, near_relative=True))
    await county.post(county.clerk, id_, "prepare", {})
    await county.post(county.checker, id_, "check", {})
    missing = await county.post(county.leader, id_, "propose", status=409)
    assert (missing["type"], "近亲属备案" in missing["detail"]) == ("/problems/visit-missing", True)
    alone = {"visited_on": "2020-03-02", "visitors": ["county-clerk"]}
    assert (await county.post(county.clerk, id_, "visits", alone, status=422))["type"] == "/problems/visitors-too-few"


async def test_nobody_signs_before_the_posting_ended(county: County):
    id_ = await county.receives(forwarded(elder(), "0.00", on=DAY))
    await county.checks(id_)
    await county.post(county.leader, id_, "propose")
    for day in (date(2020, 3, 2), date(2020, 3, 9)):
        await county.s.tick(day)
        early = await county.post(county.leader, id_, "decide", {"outcome": "APPROVED"}, status=409)
        assert early["type"] == "/problems/posting-still-running"
        assert early["clause"] == "民发〔2012〕220号 art. 29"
    await county.s.tick(date(2020, 3, 10))
    await county.post(county.leader, id_, "decide", {"outcome": "APPROVED"})
    ended = (await county.s.said(SecondPostingEnded))[0]
    assert (ended.full, ended.posted_on, ended.ended_on) == (True, date(2020, 3, 2), date(2020, 3, 10))


async def test_the_posting_shows_name_number_and_amount_and_nothing_else(county: County):
    id_ = await county.receives(forwarded(elder(), "0.00", on=DAY))
    await county.checks(id_)
    await county.post(county.leader, id_, "propose")
    shown = (await county.s.public().get("/v1/postings")).json()["items"][0]
    assert set(shown) == {
        "id", "applicant_name", "members", "assistance_class", "amount", "division", "village", "posted_on", "ends_on",
        "objections",
        "kind",
    }  # fmt: skip
    assert (shown["applicant_name"], shown["members"], shown["amount"]) == ("马某某", 1, "380.00")
    await county.s.tick(date(2020, 3, 10))
    assert (await county.s.public().get("/v1/postings")).json()["items"] == []
    assert (await county.s.public().get(f"/v1/postings/{shown['id']}")).status_code == 404


async def test_an_objection_stops_the_posting_and_after_the_answer_it_hangs_anew(county: County):
    id_ = await county.receives(forwarded(elder(), "0.00", on=DAY))
    await county.checks(id_)
    await county.post(county.leader, id_, "propose")
    posting = (await county.s.public().get("/v1/postings")).json()["items"][0]["id"]
    public = county.s.public()
    assert (
        await public.post(f"/v1/postings/{posting}/objections", json={"statement": "他有一辆车"})
    ).status_code == 201
    assert (await public.post(f"/v1/postings/{posting}/objections", json={"statement": "又"})).status_code == 409
    case = (await county.clerk.get(f"/v1/cases/{id_}")).json()
    assert (case["status"], case["reinvestigate_by"]) == ("OBJECTION_2", "2020-03-30")
    assert len(await county.s.said(SecondPostingObjected)) == 1
    stored = await county.s.fetch("SELECT statement FROM objection")
    assert "车" not in stored[0]["statement"]
    await county.post(county.leader, id_, "answer-objection", {"statement": "查无此车"})
    await county.s.tick(date(2020, 3, 10))
    await county.post(county.leader, id_, "decide", {"outcome": "APPROVED"})
    assert len(await county.s.said(AwardGranted)) == 1


async def test_a_person_in_an_award_is_not_insured_again_anywhere(county: County):
    people = elder()
    await county.approves(await county.receives(forwarded(people, "0.00", on=DAY)))
    again = await county.receives(forwarded([dict(people[0])], "0.00", on=DAY))
    refused = await county.post(county.clerk, again, "prepare", {}, status=409)
    assert refused["type"] == "/problems/insured-twice"


async def test_a_member_who_died_meanwhile_is_not_counted(county: County):
    people = [*elder(1), *elder(2)]
    id_ = await county.receives(forwarded(people, "0.00", on=DAY))
    await county.checks(id_)
    await county.post(county.leader, id_, "propose")
    await county.s.deliver(death(people[1], date(2020, 3, 3), date(2020, 3, 4)))
    await county.s.tick(date(2020, 3, 10))
    changed = await county.post(county.leader, id_, "decide", {"outcome": "APPROVED"}, status=409)
    assert "变化" in changed["detail"]


async def test_another_county_does_not_learn_that_the_case_exists(county: County):
    id_ = await county.receives(forwarded(elder(), "0.00", on=DAY))
    other = county.s.client(Role.COUNTY_CLERK, "640521000000")
    unknown = await other.get("/v1/cases/00000000-0000-0000-0000-000000000001")
    hidden = await other.get(f"/v1/cases/{id_}")
    assert (hidden.status_code, hidden.json()) == (404, unknown.json())
    assert (await other.get("/v1/cases")).json()["items"] == []
    assert (await other.post(f"/v1/cases/{id_}/prepare", json={})).status_code == 404


async def test_the_case_goes_back_and_comes_again_or_is_withdrawn(county: County):
    event = forwarded(elder(), "0.00", on=DAY)
    id_ = await county.receives(event)
    await county.post(county.clerk, id_, "return", {"reason": "缺少收入证明"})
    assert [e.reason for e in await county.s.said(ApplicationReturned)] == ["缺少收入证明"]
    await county.receives(event)
    assert (await county.clerk.get(f"/v1/cases/{id_}")).json()["status"] == "COUNTY"
    await county.s.deliver(ApplicationWithdrawn(application_id=id_, withdrawn_on=DAY))
    assert (await county.clerk.get(f"/v1/cases/{id_}")).json()["status"] == "WITHDRAWN"
    await county.post(county.clerk, id_, "prepare", {}, status=409)


async def test_a_case_under_way_is_not_begun_again_by_a_second_forward(county: County):
    event = forwarded(elder(), "0.00", on=DAY)
    id_ = await county.receives(event)
    await county.approves(id_)
    await county.receives(event)
    case = (await county.clerk.get(f"/v1/cases/{id_}")).json()
    assert (case["status"], case["signed_by"]) == ("APPROVED", "county-leader")
    assert len(await county.s.said(AwardGranted)) == 1


async def test_what_hangs_is_taken_down_when_the_applicant_takes_it_back(county: County):
    id_ = await county.receives(forwarded(elder(), "0.00", on=DAY))
    await county.checks(id_)
    await county.post(county.leader, id_, "propose")
    await county.s.deliver(ApplicationWithdrawn(application_id=id_, withdrawn_on=DAY))
    assert (await county.s.public().get("/v1/postings")).json()["items"] == []
    assert [e.full for e in await county.s.said(SecondPostingEnded)] == [False]
    await county.s.tick(date(2020, 3, 10))
    assert len(await county.s.said(SecondPostingEnded)) == 1


async def test_nobody_insured_is_nothing_to_approve_even_in_a_household_of_one(county: County):
    able = [member(1, "1980-01-01", earns=True)]
    id_ = await county.receives(forwarded(able, "4000.00", on=DAY))
    made = await county.checks(id_, insured=[])
    assert (made["assistance_class"], made["approvable"]) == ("C", False)
    assert "无人纳入保障" in (await county.post(county.leader, id_, "propose", status=409))["detail"]


async def test_the_decision_is_made_by_the_rules_of_its_own_day(county: County):
    county.s.clock.set(date(2021, 6, 24))
    id_ = await county.receives(forwarded(elder(), "0.00", on=date(2021, 6, 24)))
    await county.checks(id_)
    await county.post(county.leader, id_, "propose")
    await county.s.tick(date(2021, 7, 2))
    for body in ({"outcome": "APPROVED"}, {"outcome": "REFUSED", "reason": "收入不低于标准"}):
        late = await county.post(county.leader, id_, "decide", body, status=409)
        assert (late["type"], "RS2021" in late["detail"]) == ("/problems/wrong-rule-set", True)
    assert await county.s.said(DecisionIssued) == []


async def test_a_case_that_the_new_rules_overtook_is_prepared_anew_and_decided_by_them(county: County):
    county.s.clock.set(date(2021, 6, 22))
    id_ = await county.receives(forwarded(elder(), "0.00", on=date(2021, 6, 22)))
    await county.checks(id_)
    await county.post(county.leader, id_, "propose")
    await county.s.tick(date(2021, 7, 1))
    made = await county.checks(id_)
    assert made["rule_set"] == "RS2021"
    await county.post(county.leader, id_, "decide", {"outcome": "APPROVED"})
    (decided,) = await county.s.said(DecisionIssued)
    assert (decided.rule_set, decided.second_posting_ended_on, decided.outcome) == ("RS2021", None, "APPROVED")


async def test_within_one_rule_set_a_checked_case_is_not_prepared_again(county: County):
    id_ = await county.receives(forwarded(elder(), "0.00", on=DAY))
    await county.checks(id_)
    refused = await county.post(county.clerk, id_, "prepare", {}, status=409)
    assert refused["type"] == "/problems/not-in-this-state"


async def test_a_county_sets_its_own_standard_once_for_a_day_and_nobody_elses(county: County):
    body = {
        "division": COUNTY,
        "amount": "400.00",
        "period": "MONTH",
        "valid_from": "2020-04-01",
        "document": "海政发〔2020〕1号",
    }
    answers = await asyncio.gather(*(county.leader.post("/v1/standards", json=body) for _ in range(4)))
    assert sorted(a.status_code for a in answers) == [201, 409, 409, 409]
    elsewhere = await county.leader.post("/v1/standards", json={**body, "division": "640521000000"})
    assert elsewhere.status_code == 403
    known = (await county.leader.get("/v1/standards", params={"division": COUNTY})).json()
    by_day = {s["valid_from"]: (s["amount"], s["status"]) for s in known}
    assert by_day["2020-04-01"] == ("400.00", "confirmed")
    assert any(s["status"] == "example" for s in known)


async def test_a_day_before_the_first_rules_decides_nothing(county: County):
    county.s.clock.set(date(2019, 3, 10))
    id_ = await county.receives(forwarded(elder(), "0.00", on=date(2019, 3, 8)))
    for verb, body in (("propose", None), ("decide", {"outcome": "APPROVED"})):
        await county.post(county.leader, id_, verb, body, status=409)
    await county.post(county.leader, id_, "decide", {"outcome": "REFUSED", "reason": "收入不低于标准"}, status=409)
    refused = await county.post(county.clerk, id_, "prepare", {}, status=409)
    assert (refused["type"], "最早的规则版本" in refused["detail"]) == ("/problems/wrong-rule-set", True)
    assert await county.s.said(DeterminationMade) == []
    assert await county.s.said(DecisionIssued) == []
