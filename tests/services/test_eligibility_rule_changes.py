"""A change of a rule before anybody makes it; and the register, which is screened again when the standard rises."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import date
from typing import Any

import pytest
import pytest_asyncio
from tests.services.eligibility_county import COUNTY, County, forwarded, member
from tests.services.eligibility_programmes import Someone, Window, care, tekun
from tests.services.eligibility_standards import APRIL, RAISED, approved, call, executed, granted, proposed
from tests.services.ledger_county import Bureau, Registers

from doudi.events.eligibility_standards import RedeterminationExecuted, RegisterRescreeningFound
from doudi.testing import Servers, running
from eligibility.app import SERVICE

DAY = date(2020, 3, 2)


@pytest_asyncio.fixture(loop_scope="session")
async def county(servers: Servers) -> AsyncIterator[Window]:
    async with running(SERVICE, servers, today=DAY) as s:
        yield Window(s)


async def simulated(county: County, status: int = 201, **asked: Any) -> Any:
    body = {"division": COUNTY, "from_month": APRIL, **asked}
    return await call(county.checker, "POST", "/v1/simulations", body, status)


async def moved(county: County, **asked: Any) -> tuple[int, int, int, int, str]:
    """Gaining, losing, leaving, the same, and yuan a month."""
    f = (await simulated(county, **asked))["figures"]
    return f["gaining"], f["losing"], f["leaving"], f["same"], f["change_month"]


async def test_classes_by_another_table(county: Window):
    await granted(county, "600.00", 10)  # y 25.00: B by capacity, A by share (93 %): the full standard
    change = {"key": "dibao.classifier", "value": "BY_SHARE"}
    assert await moved(county, changes=[change]) == (1, 0, 0, 0, "50.00")


async def test_amounts_by_bands_need_all_three_of_them(county: Window):
    await granted(county, "4800.00", 10)  # y 200.00, C: 2 x 180.00
    modes = {"key": "dibao.amount_mode", "value": {"A": "FULL", "B": "BAND", "C": "BAND"}}
    bands = {"key": "dibao.bands", "value": {"A": "380.00", "B": "300.00", "C": "150.00"}}
    assert await moved(county, changes=[modes, bands]) == (0, 1, 0, 0, "-60.00")
    alone = await simulated(county, 422, changes=[modes])
    assert "三档金额" in alone["detail"]


async def test_another_rule_set_with_the_standard_of_the_month(county: Window):
    four = [
        member(1, "1975-01-01"), member(2, "1977-01-01"), member(3, "2000-01-01", earns=True),
        member(4, "1944-01-01", "PARTIAL"),
    ]  # fmt: skip
    event = forwarded(four, "14400.00", on=DAY)  # E05: y 300.00, C
    two = [str(m["person_id"]) for m in four[2:]]
    await county.approves(await county.receives(event), insured=two)
    found = await simulated(county, rule_set="RS2022")
    listed = (await county.clerk.get(f"/v1/simulations/{found['id']}/awards")).json()["items"]
    assert "不得仅将个别" in listed[0]["listed_because"]
    assert found["changes"][-1] == {"key": "rule_set", "value": "RS2022", "division": COUNTY, "period": None}
    assert (await simulated(county, rule_set="RS2019"))["figures"]["listed"] == 0
    higher = await moved(county, rule_set="RS2022", standard={"amount": "400.00", "period": "MONTH"})
    assert higher == (1, 0, 0, 0, "40.00")
    assert (await simulated(county, 422, rule_set="RS1999"))["errors"][0]["field"] == "rule_set"


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"key": "dibao.classifier", "value": "BY_MOOD"}, "changes.value"),
        ({"key": "dibao.majority_share", "value": "BY_SHARE"}, "changes.value"),
        ({"key": "hold.max_months", "value": "6"}, "changes.key"),
    ],
)
async def test_what_a_rule_cannot_be_is_refused(county: Window, change: dict[str, str], field: str):
    assert (await simulated(county, 422, changes=[change]))["errors"][0]["field"] == field


async def test_programmes_of_one_person_are_counted_too(county: Window):
    one, two, three = Someone("1980-05-05"), Someone("1981-05-05"), Someone("1950-05-05")
    await county.gets(one, care())
    await county.gets(two, care(disability={"category": "MENTAL", "grade": 3}))
    case = await county.applies(three, tekun())
    await county.hangs(case["id"])
    await county.confirms(case["id"])
    assert await moved(county, changes=[{"key": "care_sub.amount", "value": "100.00"}]) == (2, 0, 0, 1, "40.00")
    narrower = {"key": "care_sub.disability", "value": {"LIMB": "2"}}
    found = await simulated(county, changes=[narrower])
    assert {p["place"]: p["figures"]["leaving"] for p in found["by_programme"]} == {"CARE_SUB": 1, "TEKUN": 0}
    (gone,) = (await county.clerk.get(f"/v1/simulations/{found['id']}/people?outcome=LEAVES")).json()["items"]
    assert (gone["old_amount"], gone["new_amount"]) == ("80.00", "0.00")
    assert "不在护理补贴范围内" in gone["because"]
    raised = await simulated(county, standard={"amount": "600.00", "period": "MONTH"})  # tekun: 1.3 x 600.00
    assert [p["figures"]["gaining"] for p in raised["by_programme"] if p["place"] == "TEKUN"] == [1]
    assert raised["figures"]["mean_after"] is None  # nobody is on dibao
    kept = await county.awards()
    assert sorted(a["amount"] for a in kept.values())[:2] == ["510.00", "80.00"]


async def test_the_register_is_screened_under_the_new_line(county: Window):
    bureau = Bureau(county.s)
    await bureau.maps()
    r = Registers()
    for home, income in (("below", "5279.99"), ("at", "5280.00"), ("unknown", "")):
        r.registers(home, r.people(2), income_year=income)
    r.registers("out", r.people(2), "已脱贫", income_year="4600.00")
    r.covers("L", people := r.people(2))
    r.registers("covered", people, income_year="4600.00")
    await bureau.compares(r)
    tried = await simulated(county, standard={"amount": "440.00", "period": "MONTH"})
    assert (tried["figures"]["registered"], tried["by_township"]) == (1, [])
    assert [(p["name"], p["figures"]["registered"]) for p in tried["by_county"]] == [("海原县", 1)]
    job = await proposed(county)
    assert (job["figures"]["registered"], await county.s.said(RegisterRescreeningFound)) == (1, [])
    await approved(county, job)
    done = await executed(county, job)
    assert (done["status"], done["settled"]["registered"]) == ("EXECUTED", 1)
    (said,) = await county.s.said(RegisterRescreeningFound)
    assert (str(said.income_year), str(said.standard_year)) == ("5279.99", "5280.00")
    (kept,) = (await county.clerk.get(f"/v1/redeterminations/{job['id']}/registered")).json()["items"]
    assert (kept["household"], kept["announced_on"]) == (str(said.household), DAY.isoformat())
    (executed_,) = await county.s.said(RedeterminationExecuted)
    assert executed_.registered == 1


async def test_a_draft_for_a_day_that_has_its_standard_is_refused_before_anybody_counts(county: Window):
    body = {"standard": "dibao.rural", "division": COUNTY, **RAISED}
    await call(county.leader, "POST", "/v1/standards", body, 201)
    asked = {"division": COUNTY, "from_month": APRIL, "draft": RAISED}
    refused = await call(county.clerk, "POST", "/v1/redeterminations", asked, 409)
    assert (refused["errors"][0]["field"], "请按其编号测算" in refused["errors"][0]["message"]) == ("valid_from", True)
