"""Interventions: three people, none kin, notice and hearing before an award becomes less, grounds to stop it."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from datetime import date

import pytest
import pytest_asyncio
from tests.services.eligibility_county import COUNTY, death, member
from tests.services.eligibility_life import Life, family, look

from doudi.auth import Role
from doudi.events.eligibility import AwardGranted
from doudi.events.eligibility_life import (
    AwardSuspended,
    InterventionProposed,
    NoticeServed,
    PersonHeard,
)
from doudi.testing import Servers, running
from eligibility.app import SERVICE

DAY = date(2020, 1, 2)


@pytest_asyncio.fixture(loop_scope="session")
async def life(servers: Servers) -> AsyncIterator[Life]:
    async with running(SERVICE, servers, today=DAY) as s:
        yield Life(s)


async def test_a_suspension_by_decision_goes_the_long_way_and_begins_with_the_next_month(life: Life):
    award = await life.award(family(), "6480.00")
    made = await life.proposes(award, "SUSPEND", "BY_DECISION")
    await life.step(life.checker, made, "check", status=409)
    await life.decides(made)
    (told,) = await life.s.said(AwardSuspended)
    assert (str(told.from_month), told.ground) == ("2020-02", "BY_DECISION")


@pytest.mark.parametrize(
    ("ground", "look_at", "status"),
    [
        ("WITHDRAWAL", None, 201),
        ("MOVED", None, 201),
        ("REFUSED_COOPERATION", None, 201),
        ("INCOME_OVER", look("13680.00"), 201),
        ("INCOME_OVER", look("13679.64"), 409),
        ("INCOME_OVER", None, 409),
        ("PROPERTY_OVER", look("6480.00", means={"verified_breaches": ["第二套商品房"]}), 201),
        ("PROPERTY_OVER", look("6480.00"), 409),
        ("POVERTY_EXIT", look("13680.00"), 409),
    ],
)
async def test_an_award_stops_for_the_listed_grounds_and_poverty_exit_is_none(life: Life, ground, look_at, status):
    award = await life.award(family(), "6480.00")
    made = await life.proposes(award, "STOP", ground, status, **({"look": look_at} if look_at else {}))
    if status == 409:
        assert made["type"] == "/problems/no-ground-to-stop"
        return
    await life.decides(made)
    now = await life.now(award)
    assert (now["status"], now["last_month"]) == ("STOPPED", "2020-01")
    assert [n.notice for n in await life.s.said(NoticeServed)] == ["PROPOSAL", "DECISION"]
    gone = await life.proposes(award, "STOP", "WITHDRAWAL", 409)
    assert gone["type"] == "/problems/award-not-in-this-state"
    again = await life.award([dict(p) for p in family()], "6480.00")
    assert again["status"] == "ACTIVE"


async def test_a_death_needs_no_hearing_but_gets_its_notice_and_drops_what_was_proposed(life: Life):
    alone = [member(1, "1946-01-01", "NONE")]
    award = await life.award(alone, "0.00")
    made = await life.proposes(award, "STOP", "WITHDRAWAL")
    await life.s.deliver(death(alone[0], date(2020, 1, 15), date(2020, 1, 16)))
    assert (await life.now(award))["status"] == "STOPPED"
    assert [(n.notice, n.reason) for n in await life.s.said(NoticeServed)] == [("DEATH", "成员死亡，停发待遇")]
    await life.step(life.clerk, made, "notice", status=409)
    listed = (await life.clerk.get("/v1/interventions", params={"status": "DROPPED"})).json()["items"]
    assert [i["id"] for i in listed] == [made["id"]]


async def test_what_was_heard_about_another_state_of_the_award_is_not_decided(life: Life):
    people = family()
    award = await life.award(people, "6480.00")
    made = await life.review(award, "7560.00")
    await life.tells_and_hears(made)
    await life.step(life.checker, made, "check")
    await life.s.deliver(death(people[1], date(2020, 1, 12), date(2020, 1, 20)))
    stale = await life.step(life.leader, made, "decide", status=409)
    assert stale["type"] == "/problems/award-changed-since"


async def test_three_people_act_none_of_them_kin_and_one_proposal_at_a_time(life: Life):
    award = await life.award(family(), "6480.00")
    everything = [Role.COUNTY_CLERK, Role.COUNTY_CHECKER, Role.COUNTY_LEADER]
    one = life.s.client(everything, COUNTY, sub="all-in-one")
    body = {"kind": "STOP", "ground": "WITHDRAWAL", "reason": "本人申请"}
    made = await life.post(one, f"awards/{award['id']}/interventions", body, 201)
    assert (await life.proposes(award, "STOP", "WITHDRAWAL", 409))["type"] == "/problems/already-proposed"
    assert (await life.review(award, "13680.00", 409))["type"] == "/problems/already-proposed"
    await life.tells_and_hears(made)
    assert (await life.step(one, made, "check", status=409))["type"] == "/problems/three-people-needed"
    assert (await life.step(life.leader, made, "decide", status=409))["type"] == "/problems/not-in-this-step"
    await life.step(life.checker, made, "check")
    assert (await life.step(one, made, "decide", status=409))["type"] == "/problems/three-people-needed"
    await life.step(life.leader, made, "decide")


async def test_a_near_relative_neither_reviews_nor_proposes_nor_holds(life: Life):
    award = await life.award(family(), "6480.00", relatives=["kin"], near_relative=True)
    kin = life.s.client([Role.COUNTY_CLERK, Role.COUNTY_CHECKER, Role.COUNTY_LEADER], COUNTY, sub="kin")
    offer = {"person_id": award["insured"][1], "offered_on": "2020-01-05", "outcome": "REFUSED"}
    for path, body in (
        ("review", look("6480.00")),
        ("interventions", {"kind": "STOP", "ground": "WITHDRAWAL", "reason": "x"}),
        ("hold", {"reason": "ACCOUNT_RETURNED"}),
        ("changes", {"kind": "INCOME", "happened_on": "2020-01-05"}),
        ("work-offers", offer),
    ):
        refused = await life.post(kin, f"awards/{award['id']}/{path}", body, 403)
        assert refused["clause"] == "民发〔2012〕220号 art. 14"
    made = await life.proposes(award, "STOP", "WITHDRAWAL")
    assert (await life.step(kin, made, "drop", {"reason": "x"}, 403))["type"] == "/problems/relative-must-not-act"
    assert (await life.step(kin, made, "notice", status=403))["type"] == "/problems/relative-must-not-act"
    await life.tells_and_hears(made)
    for verb in ("check", "decide"):
        assert (await life.step(kin, made, verb, status=403))["type"] == "/problems/relative-must-not-act"


async def test_under_RS2019_notice_and_reason_are_enough(life: Life):
    award = await life.award(family(), "6480.00")
    made = await life.proposes(award, "STOP", "WITHDRAWAL")
    needed = await life.step(life.checker, made, "check", status=409)
    assert (needed["type"], "尚未书面告知" in needed["detail"]) == ("/problems/hearing-needed", True)
    await life.step(life.clerk, made, "notice")
    await life.step(life.checker, made, "check")
    await life.step(life.leader, made, "decide")
    assert await life.s.said(PersonHeard) == []


async def test_under_RS2026_the_person_is_heard_first_and_silence_counts_only_after_the_term(life: Life):
    award = await life.award(family(), "6480.00")
    await life.at(date(2026, 7, 6))
    made = await life.proposes(award, "STOP", "REFUSED_COOPERATION")
    await life.step(life.clerk, made, "notice")
    for who, verb in ((life.checker, "check"), (life.leader, "decide")):
        unheard = await life.step(who, made, verb, status=409)
        assert (unheard["type"], unheard["clause"]) == ("/problems/hearing-needed", "社会救助法 art. 48")
    silent = {"hearing": "NO_ANSWER"}
    await life.at(date(2026, 7, 13))
    early = await life.step(life.clerk, made, "hearing", silent, 409)
    assert (early["type"], "2026-07-13" in early["detail"]) == ("/problems/term-still-running", True)
    await life.at(date(2026, 7, 14))
    await life.step(life.clerk, made, "hearing", silent)
    await life.step(life.checker, made, "check")
    await life.step(life.leader, made, "decide")
    assert (await life.now(award))["status"] == "STOPPED"
    assert [e.hearing for e in await life.s.said(PersonHeard)] == ["NO_ANSWER"]


async def test_what_the_person_said_is_kept_sealed(life: Life):
    award = await life.award(family(), "6480.00")
    made = await life.proposes(award, "STOP", "WITHDRAWAL")
    await life.step(life.clerk, made, "notice")
    await life.step(life.clerk, made, "hearing", {"hearing": "HEARD", "statement": "我没有申请退出"})
    rows = await life.s.fetch("SELECT statement FROM intervention")
    assert rows[0]["statement"].startswith("s1.")
    shown = (await life.leader.get(f"/v1/interventions/{made['id']}")).json()
    assert shown["statement"] == "我没有申请退出"


async def test_another_county_neither_sees_nor_touches_it(life: Life):
    award = await life.award(family(), "6480.00")
    made = await life.proposes(award, "STOP", "WITHDRAWAL")
    roles = [Role.COUNTY_CLERK, Role.COUNTY_CHECKER, Role.COUNTY_LEADER]
    other = life.s.client(roles, "640521000000", sub="other")
    assert (await other.get(f"/v1/interventions/{made['id']}")).status_code == 404
    assert (await other.get("/v1/interventions")).json()["items"] == []
    for verb in ("notice", "check", "decide", "accept"):
        await life.step(other, made, verb, status=404)
    await life.post(other, f"awards/{award['id']}/review", look("6480.00"), 404)
    stale = await life.clerk.post(f"/v1/interventions/{made['id']}/notice", headers={"If-Match": '"9"'})
    assert stale.status_code == 412
    assert len(await life.s.said(AwardGranted)) == 1


async def test_a_term_is_not_guessed_where_the_holiday_plan_is_not_loaded(life: Life):
    award = await life.award(family(), "6480.00")
    await life.at(date(2026, 12, 28))
    made = await life.proposes(award, "STOP", "WITHDRAWAL")
    unknown = await life.step(life.clerk, made, "notice", status=409)
    assert (unknown["type"], "2027" in unknown["detail"]) == ("/problems/holiday-plan-not-loaded", True)


async def test_of_two_who_propose_at_once_one_is_told_that_there_is_a_proposal(life: Life):
    award = await life.award(family(), "6480.00")
    body = {"kind": "STOP", "ground": "WITHDRAWAL", "reason": "本人申请"}
    path = f"/v1/awards/{award['id']}/interventions"
    answers = await asyncio.gather(*(life.clerk.post(path, json=body) for _ in range(4)))
    assert sorted(a.status_code for a in answers) == [201, 409, 409, 409]
    assert len(await life.s.said(InterventionProposed)) == 1
