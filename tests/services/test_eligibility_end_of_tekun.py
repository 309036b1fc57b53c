"""民发〔2021〕43号 art. 24-27: tekun ends on its grounds, after its posting, with its month; other aid is looked at."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import date
from typing import Any

import pytest
import pytest_asyncio
from tests.services.eligibility_county import death
from tests.services.eligibility_programmes import Someone, Window, tekun
from tests.services.test_eligibility_programme_changes import SUPPORTER, reports

from doudi.events.eligibility import AwardStopped
from doudi.events.eligibility_programmes import TekunEnded
from doudi.testing import Servers, running
from eligibility.app import SERVICE


@pytest_asyncio.fixture(loop_scope="session")
async def window(servers: Servers) -> AsyncIterator[Window]:
    async with running(SERVICE, servers, today=date(2020, 3, 2)) as s:
        yield Window(s)


async def granted(window: Window, who: Someone, **more: Any) -> Any:
    """Somebody is tekun from 2020-04; the clock stands in the middle of May."""
    guardian = Someone("1970-01-01") if who.born > "2002-03" else None
    case = await window.applies(who, tekun(**more), guardian=guardian)
    await window.hangs(case["id"])
    await window.confirms(case["id"])
    await window.s.tick(date(2020, 5, 11))
    return await window.award_of(case["id"])


@pytest.mark.parametrize(
    ("facts", "circumstances", "words", "look_at"),
    [
        ({"supporters": SUPPORTER}, (), "有履行能力的 1 人", ["DIBAO", "RELIEF"]),
        ({"incomes": [{"kind": "RENT", "amount_month": "380.00"}]}, (), "不低于低保标准", ["DIBAO", "RELIEF"]),
        ({"verified_breaches": ["商铺"]}, (), "财产超出规定", ["DIBAO", "RELIEF"]),
        ({}, ("REGAINED_LABOUR",), "恢复劳动能力", ["DIBAO", "RELIEF"]),
        ({}, ("ASKS_TO_LEAVE",), "自愿", ["DIBAO", "RELIEF"]),
        ({}, ("IMPRISONED",), "服刑", []),
    ],
)
async def test_二十四_each_ground_ends_it_after_the_posting_with_the_month(
    window: Window, facts: Any, circumstances: Any, words: str, look_at: list[str]
):
    award = await granted(window, Someone("1957-06-01"))
    change = await reports(window, award, tekun(**facts), *circumstances)
    early = await window.act(window.clerk, change["id"], "prepare", status=409)
    assert early["type"] == "/problems/posting-missing"
    await window.hangs(change["id"])
    await window.confirms(change["id"])
    (stopped,), (ended,) = await window.s.said(AwardStopped), await window.s.said(TekunEnded)
    assert (words in stopped.reason, str(stopped.last_month)) == (True, "2020-05")
    assert (str(ended.last_month), ended.posting_days, ended.look_at) == ("2020-05", 7, look_at)
    assert (str(ended.application_id), ended.posting_ended_on) == (change["id"], date(2020, 5, 19))
    assert {f.clause for f in ended.findings} == {"民发〔2021〕43号 24", "民发〔2021〕43号 26"}
    notices = (await window.clerk.get(f"/v1/programme-awards/{award['id']}/notices")).json()
    stop = next(n for n in notices if n["kind"] == "STOP")
    assert (words in stop["text"], "民发〔2021〕43号 24" in stop["clauses"]) == (True, True)
    assert ended.by == "county-leader"


async def test_二十四_a_missing_assessment_is_no_ground(window: Window):
    award = await granted(window, Someone("1957-06-01"))
    refused = await reports(window, award, tekun() | {"failed_items": None}, status=422)
    assert (refused["type"], refused["clause"]) == ("/problems/no-ground-to-end", "民发〔2021〕43号 art. 24")
    assert (await window.award_of(award["application_id"]))["status"] == "ACTIVE"
    assert await window.s.said(TekunEnded) == []


async def test_二十四_at_school_it_goes_on_and_ends_when_school_has_ended(window: Window):
    who = Someone("2004-05-05")
    award = await granted(window, who)
    kept = await reports(window, award, tekun(school="SENIOR_HIGH"))
    assert kept["determination"]["eligible"] is True
    assert (await window.confirms(kept["id"]))["outcome"] == "UNCHANGED"
    assert await window.s.said(TekunEnded) == []
    left = await reports(window, award, tekun())
    await window.hangs(left["id"])
    await window.confirms(left["id"])
    (ended,) = await window.s.said(TekunEnded)
    assert ("16 周岁" in ended.findings[0].because, str(ended.last_month)) == (True, "2020-05")


async def test_二十六_a_death_ends_with_its_month_and_is_not_posted(window: Window):
    who = Someone("1957-06-01")
    award = await granted(window, who)
    person = {"person_id": str(who.person_id), "match_key": who.match_key}
    await window.s.deliver(death(person, date(2020, 4, 30), date(2020, 5, 11)))
    (stopped,), (ended,) = await window.s.said(AwardStopped), await window.s.said(TekunEnded)
    assert (str(stopped.award_id), str(stopped.last_month)) == (award["id"], "2020-04")
    assert (ended.posting_days, ended.posting_ended_on, ended.look_at, ended.by) == (0, None, [], "system:death-report")
    assert [f.clause for f in ended.findings] == ["民发〔2021〕43号 24", "民发〔2021〕43号 26"]
