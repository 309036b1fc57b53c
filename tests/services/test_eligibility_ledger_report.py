"""The quarter's report: its figures, both signatures, and that workbook and page say the same in Chinese."""

from __future__ import annotations

import io
from collections.abc import AsyncIterator
from datetime import date

import pytest_asyncio
from openpyxl import load_workbook
from pypdf import PdfReader
from tests.services.ledger_county import COUNTY, Bureau, planted

from doudi.events.eligibility_steps import LedgerReportSigned
from doudi.testing import Servers, running
from eligibility.app import SERVICE

ASKED = {"division": COUNTY, "kind": "POVERTY_REGISTRY", "quarter": "2020Q1"}


@pytest_asyncio.fixture(loop_scope="session")
async def bureau(servers: Servers) -> AsyncIterator[Bureau]:
    async with running(SERVICE, servers, today=date(2020, 3, 2)) as s:
        made = Bureau(s)
        await made.maps()
        yield made


async def made(bureau: Bureau) -> str:
    await bureau.compares(planted(ordinary=2, each=2))
    for task in await bureau.all_of("/v1/ledger-tasks", code="CA_ONLY"):
        path = f"/v1/ledger-tasks/{task['id']}/close"
        await bureau.clerk.post(path, json={"outcome": "ACTED", "reason": "已转扶贫办纳入"})
    bureau.s.clock.set(date(2020, 4, 1))
    answer = await bureau.clerk.post("/v1/ledger-reports", json=ASKED)
    assert answer.status_code == 201, answer.text
    return str(answer.json()["id"])


async def test_the_figures_are_those_of_the_comparison_and_the_tasks_of_the_quarter(bureau: Bureau):
    id_ = await made(bureau)
    report = (await bureau.clerk.get("/v1/ledger-reports")).json()["items"][0]
    assert report["id"] == id_
    assert report["figures"]["counts"]["CA_ONLY"] == {"results": 4, "households": 4, "actionable": 4}
    tasks = {t["code"]: t for t in report["figures"]["tasks"]}
    assert (tasks["CA_ONLY"]["opened"], tasks["CA_ONLY"]["closed"], tasks["CA_ONLY"]["open"]) == (4, 4, 0)
    assert (tasks["RETURNED"]["opened"], tasks["RETURNED"]["open"], tasks["RETURNED"]["overdue"]) == (2, 2, 2)
    again = await bureau.clerk.post("/v1/ledger-reports", json=ASKED)
    assert again.status_code == 409


async def test_both_offices_sign_once_and_nobody_signs_what_they_made(bureau: Bureau):
    path = f"/v1/ledger-reports/{await made(bureau)}/sign"
    assert (await bureau.clerk.post(path)).status_code == 403
    both = bureau.s.client(["county_leader", "county_clerk"], COUNTY, sub="county-clerk")  # type: ignore[list-item]
    assert (await both.post(path)).json()["type"] == "/problems/signer-made-it"
    assert (await bureau.leader.post(path)).json()["status"] == "DRAFT"
    assert (await bureau.leader.post(path)).json()["type"] == "/problems/report-signed"
    signed = (await bureau.poverty_office.post(path)).json()
    assert (signed["status"], signed["civil_affairs_by"], signed["poverty_office_by"]) == (
        "SIGNED",
        "county-leader",
        "poverty-office",
    )
    said = await bureau.s.said(LedgerReportSigned)
    assert [(e.office, e.complete, e.quarter) for e in said] == [
        ("CIVIL_AFFAIRS", False, signed["quarter"]), ("POVERTY_OFFICE", True, signed["quarter"]),
    ]  # fmt: skip


async def test_the_workbook_and_the_page_say_the_figures_in_chinese(bureau: Bureau):
    id_ = await made(bureau)
    await bureau.leader.post(f"/v1/ledger-reports/{id_}/sign")
    book = await bureau.clerk.get(f"/v1/ledger-reports/{id_}/xlsx")
    sheet = load_workbook(io.BytesIO(book.content)).active
    rows = [[cell for cell in row if cell is not None] for row in sheet.iter_rows(values_only=True)]
    assert rows[0] == ["海原县2020年第1季度台账比对报告"]
    assert ["民政有、对方无（转扶贫办应扶尽扶）", 4, 4, 4] in rows
    assert ["返贫", "民政局", 2, 0, 2, 2] in rows
    assert ["民政局", "county-leader", "2020-04-01"] in rows
    page = await bureau.clerk.get(f"/v1/ledger-reports/{id_}/pdf")
    assert page.content == (await bureau.clerk.get(f"/v1/ledger-reports/{id_}/pdf")).content
    text = "".join(p.extract_text() for p in PdfReader(io.BytesIO(page.content)).pages)
    for said in ("海原县2020年第1季度台账比对报告", "转扶贫办应扶尽扶", "county-leader", "不直接产生或停止任何待遇"):
        assert said in text


async def test_no_report_before_the_quarter_is_over_or_without_a_comparison(bureau: Bureau):
    early = await bureau.clerk.post("/v1/ledger-reports", json=ASKED)
    assert early.status_code == 422
    bureau.s.clock.set(date(2020, 4, 1))
    nothing = await bureau.clerk.post("/v1/ledger-reports", json=ASKED)
    assert (nothing.status_code, "没有比对" in nothing.json()["errors"][0]["message"]) == (422, True)
    elsewhere = await bureau.clerk.post("/v1/ledger-reports", json={**ASKED, "division": "640521000000"})
    assert elsewhere.status_code == 403
