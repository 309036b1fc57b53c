"""What one person is told in writing of a programme: approval, refusal, change and stop, each as PDF in Chinese."""

from __future__ import annotations

import io
from collections.abc import AsyncIterator
from datetime import date
from typing import Any

import pytest_asyncio
from pypdf import PdfReader
from tests.services.eligibility_programmes import VILLAGE, Someone, Window, care, elder, tekun

from doudi.auth import Role
from doudi.events.intake import DeathReported
from doudi.testing import Servers, running
from eligibility.app import SERVICE

DAY = date(2020, 3, 2)


@pytest_asyncio.fixture(loop_scope="session")
async def window(servers: Servers) -> AsyncIterator[Window]:
    async with running(SERVICE, servers, today=DAY) as s:
        yield Window(s)


async def printed(window: Window, id_: Any) -> str:
    """The page, without blanks."""
    answer = await window.clerk.get(f"/v1/programme-notices/{id_}.pdf")
    assert (answer.status_code, answer.headers["content-type"]) == (200, "application/pdf")
    reader = PdfReader(io.BytesIO(answer.content))
    return "".join("".join(page.extract_text().split()) for page in reader.pages)


async def told(window: Window, award_id: Any) -> list[dict[str, Any]]:
    """Everything that was written about an award."""
    answer = await window.clerk.get(f"/v1/programme-awards/{award_id}/notices")
    assert answer.status_code == 200
    return list(answer.json())


async def test_an_approval_of_tekun_is_printed_with_clauses_and_rights(window: Window):
    who = Someone("1950-05-05", "马小云")
    case = await window.applies(who, tekun())
    await window.hangs(case["id"])
    assert (await window.clerk.get(f"/v1/programme-notices/{case['id']}")).status_code == 404
    await window.confirms(case["id"])
    page = await printed(window, case["id"])
    for said in (
        "特困人员救助供养批准通知书", "马小云", "批准你享受特困人员救助供养，每月510.00元，自2020年4月起发放",
        "60日内", "12349", "海原县民政局",
    ):  # fmt: skip
        assert said in page
    assert "domain.md" not in page


async def test_a_refusal_is_printed_with_what_was_not_met(window: Window):
    case = await window.applies(Someone("1990-01-01"), care(care_needed_months=6))
    await window.act(window.clerk, case["id"], "prepare")
    await window.act(window.checker, case["id"], "check", {})
    await window.act(window.leader, case["id"], "decide", {"outcome": "REFUSED", "reason": "照护需求未超过六个月"})
    page = await printed(window, case["id"])
    assert "重度残疾人护理补贴不予批准通知书" in page
    assert "你的重度残疾人护理补贴申请不予批准。理由：照护需求未超过六个月" in page
    assert "需要照护6个月，未超过6个月" in page


async def test_a_rise_by_time_and_a_death_are_told_too(window: Window):
    who = Someone("1930-04-20")
    award = await window.gets(who, elder())
    await window.s.tick(date(2020, 5, 1))  # ninety from May on
    approval, rise = await told(window, award["id"])
    assert (approval["kind"], rise["kind"]) == ("APPROVAL", "CHANGE")
    assert rise["lead"].startswith("经重新核定，你的高龄津贴自2020年5月起由每月 270.00 元调整为每月 500.00 元")
    assert "高龄津贴调整通知书" in await printed(window, rise["id"])
    death = DeathReported(
        person_id=who.person_id, match_key=who.match_key, died_on=DAY, reported_on=date(2020, 5, 1), source="公安"
    )
    await window.s.deliver(death)
    stop = (await told(window, award["id"]))[-1]
    assert (stop["kind"], stop["title"], stop["addressee"]) == ("STOP", "高龄津贴停发通知书", "马小云家属")
    assert "保障对象死亡" in stop["lead"]


async def test_the_end_by_the_county_is_told_with_its_last_month(window: Window):
    award = await window.gets(Someone("1985-01-01"), care())
    body = {"facts": care(care_needed_months=6)}
    change = (await window.window.post(f"/v1/programme-awards/{award['id']}/changes", json=body)).json()
    await window.confirms(change["id"])
    stop = (await told(window, award["id"]))[-1]
    assert stop["lead"].startswith("经重新核定，你的重度残疾人护理补贴发放至2020年3月，此后停发")
    assert any("未超过 6 个月" in reason for reason in stop["reasons"])


async def test_another_county_reads_none_and_an_inspector_no_name(window: Window):
    award = await window.gets(Someone("1985-01-01"), care())
    neighbour = window.s.client(Role.COUNTY_CLERK, "640521000000", sub="neighbour")
    for path in (f"/v1/programme-notices/{award['application_id']}", f"/v1/programme-awards/{award['id']}/notices"):
        assert (await neighbour.get(path)).status_code == 404
    inspector = window.s.client(Role.INSPECTOR, "640500000000", sub="inspector")
    assert (await inspector.get(f"/v1/programme-notices/{award['application_id']}")).json()["addressee"] is None
    assert award["division"] == VILLAGE
