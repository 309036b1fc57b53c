"""Awards of one person over time: reported changes, the end of tekun, the hearing, the monthly comparison."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import date
from typing import Any

import pytest_asyncio
from tests.services.eligibility_programmes import LIMB_2, Someone, Window, care, defacto, elder, living, tekun
from tests.services.test_eligibility_programmes import DAY, in_dibao, lines

from doudi.events.eligibility import AwardStopped
from doudi.events.eligibility_programmes import (
    PersonalAwardAdjusted,
    PersonalAwardQuestioned,
    PersonalDecisionIssued,
    PersonalHearingHeld,
    PersonalPostingStarted,
)
from doudi.testing import Servers, running
from eligibility.app import SERVICE

ORPHAN = {"programme": "ORPHAN", "parents": ["DEAD", "DEAD"], "placement": "COMMUNITY"}
SUPPORTER = [{"born": "1980-01-01"}]


@pytest_asyncio.fixture(loop_scope="session")
async def window(servers: Servers) -> AsyncIterator[Window]:
    async with running(SERVICE, servers, today=DAY) as s:
        yield Window(s)


async def tekun_since_april(window: Window) -> dict[str, Any]:
    """H14 is tekun from 2020-04; the clock stands in the middle of May."""
    case = await window.applies(Someone("1957-06-01"), tekun())
    await window.hangs(case["id"])
    await window.confirms(case["id"])
    await window.s.tick(date(2020, 5, 11))
    award: dict[str, Any] = await window.award_of(case["id"])
    return award


async def reports(window: Window, award: Any, facts: dict[str, Any], *circumstances: str, status: int = 201) -> Any:
    """The window reports what is known now."""
    body = {"facts": facts, "circumstances": list(circumstances)}
    answer = await window.window.post(f"/v1/programme-awards/{award['id']}/changes", json=body)
    assert answer.status_code == status, answer.text
    return answer.json()


async def test_another_grade_is_other_care_from_the_next_month(window: Window):
    award = await tekun_since_april(window)
    change = await reports(window, award, tekun("EAT", "DRESS", "TOILET"))
    assert (change["kind"], change["determination"]["amount"]) == ("CHANGE", "590.00")
    assert change["due_on"] == "2020-05-25"
    decided = await window.confirms(change["id"])
    assert (decided["status"], decided["outcome"]) == ("APPROVED", "ADJUSTED")
    adjusted = (await window.s.said(PersonalAwardAdjusted))[0]
    assert (str(adjusted.from_month), [(x.item, str(x.amount)) for x in adjusted.lines]) == (
        "2020-06", [("BASE", "510.00"), ("CARE", "80.00")],
    )  # fmt: skip
    assert lines(await window.award_of(award["application_id"])) == [("BASE", "510.00"), ("CARE", "80.00")]
    decision = (await window.s.said(PersonalDecisionIssued))[-1]
    assert (str(decision.award_id), decision.change) == (award["id"], "ADJUSTED")


async def test_the_end_of_tekun_is_posted_and_comes_with_the_month(window: Window):
    award = await tekun_since_april(window)
    change = await reports(window, award, tekun(supporters=SUPPORTER))
    assert change["determination"]["eligible"] is False
    missing = await window.act(window.clerk, change["id"], "prepare", status=409)
    assert missing["type"] == "/problems/posting-missing"
    await window.hangs(change["id"])
    await window.confirms(change["id"])
    stopped = (await window.s.said(AwardStopped))[0]
    assert (str(stopped.last_month), "履行能力" in stopped.reason) == ("2020-05", True)
    assert len(await window.s.said(PersonalPostingStarted)) == 2
    await reports(window, award, tekun(), status=409)


async def test_who_asks_to_leave_leaves(window: Window):
    someone = Someone("1985-01-01")
    award = await window.gets(someone, care())
    change = await reports(window, award, care(), "ASKS_TO_LEAVE", "REGAINED_LABOUR")
    told = [f["because"] for f in change["determination"]["findings"] if not f["met"]]
    assert told == ["本人自愿申请退出"]
    await window.confirms(change["id"])
    ended = await window.award_of(award["application_id"])
    assert (ended["status"], ended["last_month"], ended["stopped_because"]) == (
        "STOPPED", "2020-03", "本人自愿申请退出",
    )  # fmt: skip
    assert (await window.applies(someone, care()))["determination"]["eligible"] is True


async def test_a_change_that_is_refused_or_changes_nothing_leaves_the_award(window: Window):
    award = await window.gets(Someone("1985-01-01"), care())
    change = await reports(window, award, care(disability={"category": "LIMB", "grade": 3}))
    await reports(window, award, care(), status=409)
    await window.act(window.clerk, change["id"], "prepare")
    await window.act(window.checker, change["id"], "check", {})
    await window.act(window.leader, change["id"], "decide", {"outcome": "REFUSED", "reason": "鉴定有误"})
    again = await reports(window, award, care(care_needed_months=24))
    assert (await window.confirms(again["id"]))["outcome"] == "UNCHANGED"
    assert (await window.award_of(award["application_id"]))["status"] == "ACTIVE"
    assert await window.s.said(AwardStopped) == []
    assert await window.s.said(PersonalAwardAdjusted) == []


async def test_the_facts_are_of_the_awards_programme(window: Window):
    award = await window.gets(Someone("1985-01-01"), care())
    assert (await reports(window, award, elder(), status=422))["type"] == "/problems/another-programme"
    other = {"id": "00000000-0000-0000-0000-000000000001"}
    await reports(window, other, care(), status=404)


async def test_since_2026_nobody_loses_money_unheard(window: Window):
    window.s.clock.set(date(2026, 7, 2))
    award = await window.gets(Someone("1985-01-01"), care())
    assert award["rule_set"] == "RS2026"
    change = await reports(window, award, care(disability={"category": "LIMB", "grade": 3}))
    unheard = await window.confirms(change["id"], status=409)
    assert (unheard["type"], unheard["clause"]) == ("/problems/person-not-heard", "社会救助法 art. 48")
    assert (await window.award_of(award["application_id"]))["status"] == "ACTIVE"
    words = {"heard_on": "2026-07-02", "statement": "我的腿没有好转"}
    await window.act(window.clerk, change["id"], "hearing", {**words, "heard_on": "2026-07-03"}, 422)
    await window.act(window.clerk, change["id"], "hearing", words)
    await window.act(window.leader, change["id"], "decide", {"outcome": "APPROVED"})
    assert (await window.award_of(award["application_id"]))["status"] == "STOPPED"
    assert len(await window.s.said(PersonalHearingHeld)) == 1
    assert "腿" not in str(await window.s.fetch("SELECT hearing FROM programme_case"))
    fresh = await window.applies(Someone("1985-01-01"), care())
    await window.act(window.clerk, fresh["id"], "hearing", words, 409)


async def test_a_raised_standard_is_paid_from_its_month_on(window: Window):
    someone = Someone("1985-01-01")
    await in_dibao(window, someone)
    one, two = await window.gets(someone, living()), await window.gets(someone, care())
    await window.s.tick(date(2020, 12, 31))
    assert await window.s.said(PersonalAwardAdjusted) == []
    await window.s.tick(date(2021, 1, 4))
    raised = {str(e.award_id): (str(e.from_month), str(e.amount)) for e in await window.s.said(PersonalAwardAdjusted)}
    assert raised == {one["id"]: ("2021-01", "110.00"), two["id"]: ("2021-01", "120.00")}
    await window.s.tick(date(2021, 2, 4))
    assert len(await window.s.said(PersonalAwardAdjusted)) == 2


async def test_ninety_is_more_from_the_month_after_the_birthday(window: Window):
    award = await window.gets(Someone("1930-04-20"), elder())
    assert (award["amount"], award["starts"]) == ("270.00", "2020-04")
    await window.s.tick(date(2020, 4, 30))
    assert await window.s.said(PersonalAwardAdjusted) == []
    await window.s.tick(date(2020, 5, 1))
    adjusted = (await window.s.said(PersonalAwardAdjusted))[0]
    assert (str(adjusted.from_month), str(adjusted.amount)) == ("2020-05", "500.00")


async def test_a_child_that_turned_eighteen_is_a_question_and_no_cut(window: Window):
    award = await window.gets(Someone("2002-05-10"), ORPHAN, guardian=Someone("1970-01-01"))
    await window.s.tick(date(2020, 5, 2))
    assert await window.s.said(PersonalAwardQuestioned) == []
    await window.s.tick(date(2020, 6, 2))
    await window.s.tick(date(2020, 7, 2))
    asked = await window.s.said(PersonalAwardQuestioned)
    assert [(str(e.award_id), str(e.month), "18 周岁" in e.because) for e in asked] == [(award["id"], "2020-06", True)]
    now = await window.award_of(award["application_id"])
    assert (now["status"], now["amount"], "18 周岁" in now["question"]) == ("ACTIVE", "736.00", True)
    change = await reports(window, award, {**ORPHAN, "at_school": True})
    assert (await window.confirms(change["id"]))["outcome"] == "UNCHANGED"
    await window.s.tick(date(2020, 8, 3))
    now = await window.award_of(award["application_id"])
    assert (now["status"], now["question"]) == ("ACTIVE", None)


async def test_the_difference_becomes_the_whole_when_the_other_aid_ended(window: Window):
    child = Someone("2010-01-01")
    await in_dibao(window, child)
    award = await window.gets(child, defacto(), guardian=Someone("1970-01-01"))
    assert lines(award) == [("TOP_UP", "150.00")]
    await window.s.fetch("UPDATE covered SET active = false WHERE match_key = $1", child.match_key)
    await window.s.tick(date(2020, 5, 6))
    adjusted = (await window.s.said(PersonalAwardAdjusted))[-1]
    assert (str(adjusted.from_month), [(x.item, str(x.amount)) for x in adjusted.lines]) == (
        "2020-05", [("BASE", "530.00")],
    )  # fmt: skip


async def test_a_certificate_that_ran_out_is_a_question(window: Window):
    award = await window.gets(Someone("1985-01-01"), care(disability=LIMB_2, valid_until="2020-05-31"))
    await window.s.tick(date(2020, 5, 31))
    assert await window.s.said(PersonalAwardQuestioned) == []
    await window.s.tick(date(2020, 6, 1))
    asked = (await window.s.said(PersonalAwardQuestioned))[0]
    assert (str(asked.award_id), "已过期" in asked.because) == (award["id"], True)
    assert asked.programme == "CARE_SUB"


async def test_the_notice_tells_what_why_and_how_to_appeal(window: Window):
    async def told(id_: str) -> Any:
        return (await window.clerk.get(f"/v1/programme-applications/{id_}/notice")).json()

    waiting = await window.applies(Someone("1990-01-01"), care())
    assert (await told(waiting["id"]))["status"] == 404
    award = await window.gets(Someone("1985-01-01"), care())
    granted = await told(award["application_id"])
    assert "批准你享受重度残疾人护理补贴，自 2020-03 起每月 80.00 元" in granted["text"]
    assert ("六十日内申请行政复议" in granted["text"], granted["due_on"]) == (True, "2020-03-05")
    assert "国发〔2015〕52号 二(一)2" in granted["clauses"]
    change = await reports(window, award, care(care_needed_months=6))
    await window.confirms(change["id"])
    ended = await told(change["id"])
    assert "发至 2020-03，自次月起停发" in ended["text"]
    assert "需要照护 6 个月，未超过 6 个月" in ended["text"]
    await window.act(window.clerk, waiting["id"], "prepare")
    await window.act(window.checker, waiting["id"], "check", {})
    await window.act(window.leader, waiting["id"], "decide", {"outcome": "REFUSED", "reason": "材料不实"})
    refused = await told(waiting["id"])
    assert (refused["outcome"], "不予批准。理由：材料不实" in refused["text"]) == ("REFUSED", True)
