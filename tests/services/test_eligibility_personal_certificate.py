"""Anybody makes a decision on a programme of one person again from its file, and the person reads it in plain words."""

from __future__ import annotations

import json
import re
from collections.abc import AsyncIterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest_asyncio
from tests.services.eligibility_programmes import Someone, Window, care, tekun
from typer.testing import CliRunner

from doudi import cli
from doudi.auth import Role
from doudi.testing import Servers, running
from eligibility.app import SERVICE
from eligibility.rules.verification import verify

DAY = date(2020, 3, 2)


@pytest_asyncio.fixture(loop_scope="session")
async def window(servers: Servers) -> AsyncIterator[Window]:
    async with running(SERVICE, servers, today=DAY) as s:
        yield Window(s)


async def certificate(window: Window, id_: Any) -> str:
    answer = await window.clerk.get(f"/v1/programme-applications/{id_}/certificate")
    assert answer.status_code == 200
    return answer.text


async def letter(window: Window, id_: Any) -> str:
    answer = await window.clerk.get(f"/v1/programme-applications/{id_}/letter")
    assert answer.status_code == 200
    return answer.text


async def refused(window: Window) -> Any:
    case = await window.applies(Someone("1990-01-01", "马小云"), care(care_needed_months=6))
    await window.act(window.clerk, case["id"], "prepare")
    await window.act(window.checker, case["id"], "check", {})
    await window.act(window.leader, case["id"], "decide", {"outcome": "REFUSED", "reason": "照护需求未超过六个月"})
    return case["id"]


async def test_anybody_makes_it_again_without_a_database(window: Window, tmp_path: Path):
    case = await window.applies(Someone("1950-05-05", "马小云"), tekun("EAT"))
    assert (await window.clerk.get(f"/v1/programme-applications/{case['id']}/certificate")).status_code == 404
    await window.hangs(case["id"])
    await window.confirms(case["id"])
    text = await certificate(window, case["id"])
    file = tmp_path / "decision.json"
    file.write_text(text, encoding="utf-8")
    done = CliRunner().invoke(cli.app, ["verify-decision", str(file)])
    assert (done.exit_code, "重算一致" in done.output) == (0, True)
    whole = json.loads(text)
    keys = {row["key"] for row in whole["given"]["parameters"]}
    assert {"tekun.floor_dibao", "tekun.care_scattered", "dibao.rural"} <= keys
    assert "parameters" not in whole["given"]["sources"]
    for name in ("马小云", "640522"):
        assert name not in text.replace('"640522105201"', "").replace('"640522"', "")


async def test_what_somebody_changed_is_named(window: Window):
    text = await certificate(window, await refused(window))
    assert verify(text).same
    forged = verify(text.replace('"eligible":false', '"eligible":true'))
    assert (forged.same, "result.eligible" in forged.says) == (False, True)
    facts = verify(text.replace('"care_needed_months":6', '"care_needed_months":7'))
    assert (facts.same, "重算结果与凭证不一致" in facts.says) == (False, True)
    spaced = verify(json.dumps(json.loads(text), ensure_ascii=False))
    assert (spaced.same, "规范文本" in spaced.says) == (False, True)


async def test_the_letter_is_plain_chinese_and_says_what_stands_in_the_way(window: Window):
    text = await letter(window, await refused(window))
    for said in (
        "马小云：", "对您重度残疾人护理补贴的决定：不予批准", "理由：照护需求未超过六个月",
        "需要照护 6 个月，未超过 6 个月（不符合）——国发〔2015〕52号 二(一)2",
        "其他情况不变，如需要照护的时间不少于 7 个月，即符合条件。", "60 日内",
    ):  # fmt: skip
        assert said in text
    assert re.findall(r"[A-Za-z]+", re.sub(r"doudi verify-decision|RS2019|[0-9a-f]{64}", "", text)) == []


async def test_it_stays_as_it_was_issued_and_an_end_has_one_too(window: Window):
    award = await window.gets(Someone("1985-01-01"), care())
    before = await certificate(window, award["application_id"])
    body = {"standard": "care_sub.amount", "division": "640522000000", "amount": "90.00", "period": "MONTH",
            "valid_from": "2020-01-01", "document": "海民发〔2020〕1号"}  # fmt: skip
    assert (await window.leader.post("/v1/standards", json=body)).status_code == 201
    assert await certificate(window, award["application_id"]) == before
    asked = {"facts": care(care_needed_months=6)}
    change = (await window.window.post(f"/v1/programme-awards/{award['id']}/changes", json=asked)).json()
    await window.confirms(change["id"])
    ended = await certificate(window, change["id"])
    assert (verify(ended).same, json.loads(ended)["given"]["decision"]["kind"]) == (True, "CHANGE")


async def test_another_county_reads_none_and_an_inspector_no_name(window: Window):
    id_ = await refused(window)
    neighbour = window.s.client(Role.COUNTY_CLERK, "640521000000", sub="neighbour")
    for what in ("certificate", "letter"):
        assert (await neighbour.get(f"/v1/programme-applications/{id_}/{what}")).status_code == 404
    inspector = window.s.client(Role.INSPECTOR, "640500000000", sub="inspector")
    assert "马小云" not in (await inspector.get(f"/v1/programme-applications/{id_}/letter")).text
