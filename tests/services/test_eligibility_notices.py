"""Notices over the API: approval, refusal, change and stop, as text and as PDF that another program reads."""

from __future__ import annotations

import io
import json
from collections.abc import AsyncIterator
from datetime import date
from runpy import run_path
from typing import Any
from uuid import UUID

import pytest
import pytest_asyncio
from pypdf import PdfReader
from tests.services.eligibility_county import COUNTY, County, death, forwarded, member

from doudi.auth import Role
from doudi.testing import ROOT, Servers, key_ring, running
from eligibility.app import SERVICE

DAY = date(2020, 3, 2)
RIGHTS = ("行政复议", "60 日内", "行政诉讼", "6 个月内")


@pytest_asyncio.fixture(loop_scope="session")
async def county(servers: Servers) -> AsyncIterator[County]:
    async with running(SERVICE, servers, today=DAY) as s:
        yield County(s)


def couple() -> list[dict[str, Any]]:
    return [member(1, "1946-01-01", "NONE"), member(2, "1949-01-01", "NONE", relation="SPOUSE")]


def read(pdf: bytes) -> str:
    """What another program reads in it, without the breaks of lines."""
    reader = PdfReader(io.BytesIO(pdf))
    return "".join("".join(page.extract_text().split()) for page in reader.pages)


def fonts(pdf: bytes) -> list[str]:
    """The fonts of a page, those that are embedded."""
    resources: Any = PdfReader(io.BytesIO(pdf)).pages[0]["/Resources"]
    found = []
    for font in resources["/Font"].values():
        inner = font.get_object()["/DescendantFonts"][0].get_object()
        if "/FontFile3" in inner["/FontDescriptor"].get_object():
            found.append(str(inner["/BaseFont"]))
    return found


async def printed(county: County, id_: object) -> bytes:
    answer = await county.clerk.get(f"/v1/notices/{id_}.pdf")
    assert (answer.status_code, answer.headers["content-type"]) == (200, "application/pdf")
    return answer.content


def bare(text: str) -> str:
    return "".join(text.split())


async def test_the_approval_says_how_much_since_when_and_what_can_be_done_against_it(county: County):
    id_ = await county.receives(forwarded(couple(), "0.00", on=DAY))
    award = await county.approves(id_)
    notice = (await county.clerk.get(f"/v1/notices/{award['decision_id']}")).json()
    assert (notice["kind"], notice["outcome"], notice["id"]) == ("APPROVAL", "APPROVED", award["decision_id"])
    assert (notice["amount"], notice["from_month"], notice["office"]) == ("760.00", "2020-04", "海原县民政局")
    assert (notice["addressee"], notice["hotline"]) == ("马某某", "12349")
    assert "每月 760.00 元，自2020年4月起发放" in notice["text"]
    assert (await county.clerk.get(f"/v1/notices/{id_}")).json() == notice
    text = read(await printed(county, id_))
    for said in (
        notice["title"],
        "马某某：",
        notice["lead"],
        *notice["reasons"],
        notice["rights"],
        "海原县民政局（盖章）",
    ):
        assert bare(said) in text
    for right in RIGHTS:
        assert bare(right) in text
    assert "2020年3月10日" in text
    assert notice["id"] in text


async def test_the_refusal_says_why_by_which_clause_and_until_when_it_is_due(county: County):
    people = [member(1, "1980-01-01", earns=True), member(2, "1982-01-01")]
    id_ = await county.receives(forwarded(people, "9120.00", on=DAY))
    await county.checks(id_)
    reason = '人均收入不低于标准；#let x = 1 *不是* \\ 标记 $x$ "引号"'
    case = await county.post(county.leader, id_, "decide", {"outcome": "REFUSED", "reason": reason})
    notice = (await county.clerk.get(f"/v1/notices/{case['decision_id']}")).json()
    assert (notice["kind"], notice["due_on"], notice["amount"]) == ("REFUSAL", "2020-03-05", "0.00")
    assert "国务院令649号 9" in notice["clauses"]
    text = read(await printed(county, case["decision_id"]))
    assert bare(reason) in text  # as it was written: nothing of it is markup
    assert bare("（国务院令649号 9）人均月收入 380.00 元，不低于标准 380.00 元") in text
    assert "不予批准通知书" in text


async def test_a_death_changes_the_award_and_the_family_is_told(county: County):
    people = couple()
    award = await county.approves(await county.receives(forwarded(people, "0.00", on=DAY)))
    county.s.clock.set(date(2020, 5, 20))
    await county.s.deliver(death(people[0], date(2020, 5, 15), date(2020, 5, 20)))
    notices = (await county.clerk.get(f"/v1/awards/{award['id']}/notices")).json()
    assert [n["kind"] for n in notices] == ["APPROVAL", "CHANGE"]
    changed = notices[1]
    assert (changed["amount"], changed["from_month"], changed["award_id"]) == ("380.00", "2020-06", award["id"])
    assert "自2020年6月起由每月 760.00 元调整为每月 380.00 元" in changed["text"]
    assert "成员死亡" in changed["text"]
    assert (changed["decided_on"], changed["outcome"]) == ("2020-05-20", None)
    text = read(await printed(county, changed["id"]))
    assert "农村最低生活保障金调整通知书" in text
    assert bare("由每月 760.00 元调整为每月 380.00 元") in text
    # the application's id still leads to the decision
    assert (await county.clerk.get(f"/v1/notices/{award['application_id']}")).json()["kind"] == "APPROVAL"


async def test_when_the_last_dies_the_award_stops_and_those_left_behind_are_told(county: County):
    people = [member(1, "1946-01-01", "NONE")]
    award = await county.approves(await county.receives(forwarded(people, "0.00", on=DAY)))
    county.s.clock.set(date(2020, 5, 20))
    event = death(people[0], date(2020, 5, 15), date(2020, 5, 20))
    ids = await county.s.deliver(event)
    await county.s.deliver(event, ids=ids)
    stopped = (await county.clerk.get(f"/v1/awards/{award['id']}/notices")).json()[1:]
    assert [(n["kind"], n["last_month"], n["addressee"]) for n in stopped] == [("STOP", "2020-05", "马某某家属")]
    text = read(await printed(county, stopped[0]["id"]))
    assert "发放至2020年5月，此后停发。理由：保障对象死亡" in text
    assert "农村最低生活保障金停发通知书" in text


async def test_the_font_is_in_the_document_and_only_what_it_uses_of_it(county: County):
    await county.approves(id_ := await county.receives(forwarded(couple(), "0.00", on=DAY)))
    pdf = await printed(county, id_)
    assert pdf.startswith(b"%PDF-")
    assert any("NotoSerifSC" in name for name in fonts(pdf))
    assert len(pdf) < 200_000
    assert pdf == await printed(county, id_)


async def test_the_name_is_for_those_who_hand_it_out_and_reading_it_is_noted(county: County):
    await county.approves(id_ := await county.receives(forwarded(couple(), "0.00", on=DAY)))
    inspector = county.s.client(Role.INSPECTOR, COUNTY, sub="inspector-1")
    seen = (await inspector.get(f"/v1/notices/{id_}")).json()
    assert seen["addressee"] is None
    pdf = (await inspector.get(f"/v1/notices/{id_}.pdf")).content
    assert "马某某" not in read(pdf)
    assert "申请人：" in read(pdf)
    query = "SELECT sub FROM access_log WHERE kind = 'notice' AND subject = $1 AND action = 'READ'"
    assert await county.s.fetch(query, seen["id"]) == []
    await printed(county, id_)
    assert [row["sub"] for row in await county.s.fetch(query, seen["id"])] == ["county-clerk"]
    assert (await county.s.public().get(f"/v1/notices/{id_}.pdf")).status_code == 401
    assert (await county.s.client(Role.BANK, COUNTY).get(f"/v1/notices/{id_}")).status_code == 403
    kept = await county.s.fetch("SELECT row_to_json(n)::text AS all FROM notice n")
    assert "马某某" not in json.dumps([row["all"] for row in kept], ensure_ascii=False)


@pytest.mark.parametrize(
    ("name", "printed"), [("欧阳鸑鷟霄", "欧阳鸑鷟霄："), ("买买提·艾力", "买买提·艾力："), ("𠮷某", "〓某：")]
)
async def test_a_rare_name_is_printed_or_marked_to_be_written_by_hand(county: County, name: str, printed: str):
    people = [{**member(1, "1946-01-01", "NONE"), "name": key_ring().seal(name, "person.name")}]
    await county.approves(id_ := await county.receives(forwarded(people, "0.00", on=DAY)))
    assert (await county.clerk.get(f"/v1/notices/{id_}")).json()["addressee"] == name
    text = read((await county.clerk.get(f"/v1/notices/{id_}.pdf")).content)
    assert printed in text
    assert ("由承办机关手写补正" in text) is ("〓" in printed)


@pytest.mark.parametrize("suffix", ["", ".pdf"])
async def test_of_another_county_and_before_the_decision_there_is_none(county: County, suffix: str):
    id_ = await county.receives(forwarded(couple(), "0.00", on=DAY))
    assert (await county.clerk.get(f"/v1/notices/{id_}{suffix}")).status_code == 404
    await county.approves(id_)
    assert (await county.clerk.get(f"/v1/notices/{id_}{suffix}")).status_code == 200
    other = county.s.client(Role.COUNTY_CLERK, "640521000000")
    assert (await other.get(f"/v1/notices/{id_}{suffix}")).status_code == 404
    assert (await county.clerk.get(f"/v1/awards/{UUID(int=7)}/notices")).status_code == 404


async def test_decisions_that_are_older_than_notices_got_theirs_by_the_migration(county: County):
    """The migration's last statement, on decisions whose notices are taken away, gives the same notices."""
    await county.approves(await county.receives(forwarded(couple(), "0.00", on=DAY)))
    id_ = await county.receives(forwarded([member(5, "1980-01-01")], "9120.00", on=DAY))
    await county.checks(id_)
    await county.post(county.leader, id_, "decide", {"outcome": "REFUSED", "reason": "收入不低于标准"})
    query = "SELECT row_to_json(n)::text AS row FROM notice n ORDER BY id"
    before = [json.loads(row["row"]) for row in await county.s.fetch(query)]
    file = ROOT / "services" / "eligibility" / "migrations" / "versions" / "0005_notices.py"
    steps = run_path(str(file))["_TABLES"].split(";\n")
    await county.s.fetch("DELETE FROM notice")
    await county.s.fetch(next(step for step in steps if step.startswith("INSERT INTO notice")))
    assert [json.loads(row["row"]) for row in await county.s.fetch(query)] == before
    assert [row["kind"] for row in before] == ["APPROVAL", "REFUSAL"]
