"""A county sets its table of classes by date and document: decisions use it, a redetermination applies it."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator
from datetime import date
from typing import Any

import pytest
import pytest_asyncio
from tests.services.eligibility_county import COUNTY, County, forwarded
from tests.services.eligibility_standards import APRIL, DAY, approved, call, couple, executed, granted, proposed
from tests.services.test_eligibility_certificate import verified

from doudi.events.eligibility import AwardAdjusted
from doudi.events.eligibility_standards import ClassTableSet, RedeterminationExecuted, StandardSet
from doudi.testing import Servers, running
from eligibility.app import SERVICE

PAPER = {"division": COUNTY, "valid_from": "2020-04-01", "document": "海民发〔2020〕3号"}
BY_SHARE = {"standard": "dibao.classifier", "value": "BY_SHARE", **PAPER}
MODES = {"key": "dibao.amount_mode", "value": {"A": "FULL", "B": "BAND", "C": "BAND"}}
BANDS: dict[str, Any] = {"key": "dibao.bands", "value": {"A": "380.00", "B": "300.00", "C": "200.00"}}


@pytest_asyncio.fixture(loop_scope="session")
async def county(servers: Servers) -> AsyncIterator[County]:
    async with running(SERVICE, servers, today=DAY) as s:
        yield County(s)


def drafted(*tables: dict[str, Any]) -> dict[str, Any]:
    return {"valid_from": PAPER["valid_from"], "document": PAPER["document"], "tables": list(tables)}


async def certificate(county: County, application_id: Any) -> str:
    decision = (await county.clerk.get(f"/v1/cases/{application_id}")).json()["decision_id"]
    answer = await county.clerk.get(f"/v1/decisions/{decision}/certificate")
    assert answer.status_code == 200, answer.text
    return answer.text


async def test_decisions_from_the_day_on_use_the_table_and_earlier_certificates_still_verify(county: County, tmp_path):
    before = await granted(county, "600.00", 10)  # y 25.00: B by capacity
    old = await certificate(county, before["application_id"])
    await call(county.leader, "POST", "/v1/standards", BY_SHARE, 201)
    (said,) = await county.s.said(ClassTableSet)
    assert (said.standard, said.value, said.table, said.document) == (
        "dibao.classifier",
        "BY_SHARE",
        [],
        "海民发〔2020〕3号",
    )
    assert not await county.s.said(StandardSet)
    county.s.clock.set(date(2020, 3, 31))
    last = await county.receives(forwarded(couple(20), "600.00", on=date(2020, 3, 31)))
    assert (await county.post(county.clerk, last, "prepare", {}))["assistance_class"] == "B"
    county.s.clock.set(date(2020, 4, 1))
    first = await granted(county, "600.00", 30)  # 93 % of the standard
    assert (first["assistance_class"], first["amount"]) == ("A", "760.00")
    kept = await call(county.leader, "GET", f"/v1/awards/{before['id']}")
    assert (kept["assistance_class"], kept["amount"], kept["version"]) == ("B", "710.00", before["version"])
    assert await certificate(county, before["application_id"]) == old
    for name, text in (("old", old), ("new", await certificate(county, first["application_id"]))):
        file = tmp_path / f"{name}.json"
        file.write_text(text, encoding="utf-8")
        assert verified(file).returncode == 0, verified(file).stderr
    assert ("海民发〔2020〕3号" in json.dumps(json.loads(text), ensure_ascii=False), "海民发〔2020〕3号" in old) == (
        True,
        False,
    )


async def test_what_a_table_cannot_be_is_refused_and_nothing_is_kept(county: County):
    for wrong, field in (
        ({**BY_SHARE, "value": "BY_MOOD"}, "value"),
        ({**BY_SHARE, "standard": "dibao.class_a_share", "value": "0.5"}, "value"),  # not above B's 0.5
        ({**BY_SHARE, "standard": MODES["key"], "value": MODES["value"]}, "value"),  # bands are not set
        ({**BY_SHARE, "standard": BANDS["key"], "value": {**BANDS["value"], "B": "380.00"}}, "value"),
        ({**BY_SHARE, "amount": "1.00", "period": "MONTH"}, "value"),
        ({**PAPER, "standard": "dibao.rural", "value": "BY_SHARE"}, "amount"),
        ({**BY_SHARE, "division": "640521000000"}, "division"),
    ):
        answer = await county.leader.post("/v1/standards", json=wrong)
        assert answer.status_code in (403, 422), answer.text
        assert answer.json()["errors"][0]["field"] == field
    assert await county.s.fetch("SELECT 1 FROM standard") == []
    await call(county.leader, "POST", "/v1/standards", BY_SHARE, 201)
    await call(county.leader, "POST", "/v1/standards", BY_SHARE, 409)
    known = await call(county.leader, "GET", f"/v1/standards?division={COUNTY}&standard=dibao.classifier")
    assert [(x["value"], x["amount"], x["valid_from"]) for x in known][-1] == ("BY_SHARE", None, "2020-04-01")


async def test_bands_are_proposed_approved_by_a_second_person_and_executed_as_approved(county: County):
    one = await granted(county, "4800.00", 10)  # y 200.00, C: 2 x 180.00, by bands 2 x 200.00
    two = await granted(county, "4080.00", 20)  # y 170.00, B (gap 55 %): 2 x 210.00, by bands 2 x 300.00
    less = await granted(county, "3600.00", 30)  # y 150.00, B: 2 x 230.00, by bands 2 x 300.00
    job = await proposed(county, drafted(MODES, BANDS))
    assert (job["figures"]["gaining"], job["figures"]["change_month"]) == (3, "360.00")
    assert [t["key"] for t in job["draft"]["tables"]] == ["dibao.amount_mode", "dibao.bands"]
    assert await county.s.fetch("SELECT 1 FROM standard") == []
    await approved(county, job)
    done = await executed(county, job)
    assert (done["status"], done["settled"]["adjusted"], done["settled"]["change_month"]) == ("EXECUTED", 3, "360.00")
    for award, amount in ((one, "400.00"), (two, "600.00"), (less, "600.00")):
        assert (await call(county.leader, "GET", f"/v1/awards/{award['id']}"))["amount"] == amount
    said = await county.s.said(AwardAdjusted)
    assert {e.reason for e in said} == {"低保各类发放方式、分档金额按海民发〔2020〕3号调整，重新核定"}
    assert {str(e.from_month) for e in said} == {APRIL}
    assert {s.standard: len(s.table) for s in await county.s.said(ClassTableSet)} == {
        "dibao.amount_mode": 3, "dibao.bands": 3,
    }  # fmt: skip
    (all_done,) = await county.s.said(RedeterminationExecuted)
    assert all_done.adjusted == 3


async def test_a_table_that_takes_from_a_household_takes_nothing_by_itself(county: County):
    one = await granted(county, "2400.00", 10)  # y 100.00, B: 2 x 280.00, by bands 2 x 200.00
    low = {**BANDS, "value": {"A": "380.00", "B": "200.00", "C": "100.00"}}
    job = await proposed(county, drafted(MODES, low))
    assert (job["figures"]["losing"], job["figures"]["listed"]) == (1, 1)
    await approved(county, job)
    done = await executed(county, job)
    assert (done["settled"]["listed"], done["settled"]["adjusted"]) == (1, 0)
    assert (await call(county.leader, "GET", f"/v1/awards/{one['id']}"))["amount"] == "560.00"


async def test_a_table_that_is_set_is_applied_by_its_id(county: County):
    one = await granted(county, "600.00", 10)
    made = await call(county.leader, "POST", "/v1/standards", BY_SHARE, 201)
    job = await proposed(county, None, standard_ids=[made["id"]])
    assert (job["figures"]["gaining"], job["figures"]["change_month"]) == (1, "50.00")
    await approved(county, job)
    await executed(county, job)
    award = await call(county.leader, "GET", f"/v1/awards/{one['id']}")
    assert (award["assistance_class"], award["amount"]) == ("A", "760.00")


@pytest.mark.parametrize(
    ("draft", "field"),
    [
        (drafted(MODES), "value"),
        (drafted({**BANDS, "value": {"A": "1.00", "B": "2.00", "C": "3.00"}}), "value"),
        (drafted({"key": "dibao.classifier", "value": "BY_MOOD"}), "value"),
        (drafted(BANDS, BANDS), "draft.tables"),
        (drafted(), "draft.amount"),
        ({**drafted(MODES, BANDS), "amount": "440.00"}, "draft.amount"),
    ],
)
async def test_a_draft_that_cannot_be_is_refused(county: County, draft: dict[str, Any], field: str):
    body = {"division": COUNTY, "from_month": APRIL, "draft": draft}
    refused = await call(county.clerk, "POST", "/v1/redeterminations", body, 422)
    assert refused["errors"][0]["field"] == field
