"""A simulation answers who would enter, leave, gain and lose, and touches no award and says nothing."""

from __future__ import annotations

from collections.abc import AsyncIterator
from typing import Any

import pytest
import pytest_asyncio
from tests.services.eligibility_county import COUNTY, County, forwarded, member
from tests.services.eligibility_standards import APRIL, DAY, call, granted, refused, simulated_as_a_job

from doudi.auth import Role
from doudi.testing import Servers, running
from eligibility.app import SERVICE


@pytest_asyncio.fixture(loop_scope="session")
async def county(servers: Servers) -> AsyncIterator[County]:
    async with running(SERVICE, servers, today=DAY) as s:
        yield County(s)


async def simulated(county: County, status: int = 201, **asked: Any) -> Any:
    body = {"division": COUNTY, "from_month": APRIL, **asked}
    return await call(county.checker, "POST", "/v1/simulations", body, status)


TABLES = (
    "award", "award_line", "covered", "county_case", "determination", "standard", "outbox", "journal_head",
)  # fmt: skip


async def everything(county: County) -> list[Any]:
    """Every row that a simulation must not touch, with the row's transaction."""
    return [await county.s.fetch(f"SELECT t.xmin::text, t::text FROM {table} t ORDER BY 2") for table in TABLES]


async def test_a_draft_standard_touches_no_row_of_award_or_outbox(county: County):
    await granted(county, "9000.00", 10)  # y 375.00: 2 x 5.00; leaves at 300.00
    await granted(county, "4800.00", 20)  # y 200.00: 2 x 180.00; 2 x 100.00 at 300.00
    await refused(county, "9600.00", 30)
    before = await everything(county)
    found = await simulated(county, standard={"amount": "300.00", "period": "MONTH"})
    figures = found["figures"]
    assert (found["status"], figures["leaving"], figures["losing"], figures["gaining"]) == ("COUNTED", 1, 1, 0)
    assert (figures["change_month"], figures["change_year"]) == ("-170.00", "-2040.00")
    assert (figures["entering"], figures["leaving_month"]) == (0, "10.00")
    assert [(p["place"], p["figures"]["leaving"]) for p in found["by_township"]] == [("640522105000", 1)]
    assert await everything(county) == before


async def test_recently_refused_households_are_possible_entrants_and_old_refusals_are_not(county: County):
    await granted(county, "4800.00", 20)
    one = await refused(county, "9600.00", 30)  # y 400.00
    raised = {"amount": "5280.00", "period": "YEAR"}
    found = await simulated(county, standard=raised)
    assert (found["figures"]["entering"], found["figures"]["entering_year"]) == (1, "960.00")
    entering = await call(county.clerk, "GET", f"/v1/simulations/{found['id']}/entering")
    assert [(x["application_id"], x["amount"], x["announced_on"]) for x in entering["items"]] == [
        (str(one), "80.00", None)
    ]  # fmt: skip
    await county.s.fetch("UPDATE county_case SET decided_on = '2019-01-01' WHERE id = $1", one)
    assert (await simulated(county, standard=raised))["figures"]["entering"] == 0


async def test_any_number_of_the_law_may_be_changed_by_division(county: County):
    await granted(county, "9000.00", 10)
    found = await simulated(county, changes=[{"key": "dibao.min_payment", "value": "50.00"}])
    assert (found["figures"]["gaining"], found["figures"]["change_month"]) == (1, "90.00")
    other = "640521000000"
    outside = await simulated(
        county, 422, changes=[{"key": "dibao.min_payment", "value": "50.00", "division": other}]
    )  # fmt: skip
    assert outside["errors"][0]["field"] == "changes.division"
    unknown = await simulated(county, 422, changes=[{"key": "dibao.unheard_of", "value": "1"}])
    assert "dibao.unheard_of" in unknown["detail"]
    bands = {"A": "100.00", "B": "200.00", "C": "300.00"}
    modes = {"A": "BAND", "B": "BAND", "C": "BAND"}
    for wrong in (
        [{"key": "dibao.c_min_insured", "value": "1.5"}],
        [{"key": "dibao.min_payment", "value": "1.0001"}],
        [{"key": "dibao.amount_mode", "value": modes}, {"key": "dibao.bands", "value": bands}],
        [{"key": "dibao.amount_mode", "value": modes}],
    ):
        told = await simulated(county, 422, changes=wrong)
        assert [(error["field"], bool(error["message"])) for error in told["errors"]] == [("changes.value", True)], told
    assert (await simulated(county, 422))["errors"][0]["field"] == "changes"


async def test_a_floor_is_a_number_of_the_law_too(county: County):
    await granted(county, "9000.00", 10)
    found = await simulated(county, changes=[{"key": "tekun.floor_dibao", "value": "2"}])
    told = [f["finding"]["because"] for f in found["floors"]]
    assert "分散供养基本生活标准 760.00 元，不低于下限 760.00 元" in told


async def test_the_mean_subsidy_of_the_town_is_held_against_its_own_floor(county: County):
    event = forwarded([member(1, "1946-01-01", "NONE")], "0.00", on=DAY)
    event = event.model_copy(update={"household": event.household.model_copy(update={"hukou": "URBAN"})})
    await county.approves(await county.receives(event))
    found = await simulated(county, standard={"standard": "dibao.urban", "amount": "300.00", "period": "MONTH"})
    told = [f["finding"]["because"] for f in found["floors"]]
    assert "城市低保月人均补差 300.00 元，低于下限 308.00 元" in told
    await granted(county, "9000.00", 10)
    rural = await simulated(county, standard={"amount": "420.00", "period": "MONTH"})
    assert "城市低保月人均补差 600.00 元，不低于下限 308.00 元" in [f["finding"]["because"] for f in rural["floors"]]


async def test_a_large_division_is_counted_as_a_job_with_progress(county: County):
    for i in range(3):
        await granted(county, "4800.00", 10 + 10 * i)
    job = await simulated_as_a_job(county)
    assert (job["status"], job["done"], job["total"]) == ("COUNTING", 0, 3)
    await county.s.tick()
    found = await call(county.clerk, "GET", f"/v1/simulations/{job['id']}")
    assert (found["status"], found["done"], found["figures"]["change_month"]) == ("COUNTED", 3, "360.00")
    items = (await call(county.clerk, "GET", f"/v1/simulations/{job['id']}/awards"))["items"]
    assert [x["outcome"] for x in items] == ["GAINS"] * 3


async def test_a_month_of_other_rules_is_refused_and_a_simulation_is_no_redetermination(county: County):
    standard = {"amount": "440.00", "period": "MONTH"}
    late = await simulated(county, 409, standard=standard, from_month="2019-02")
    assert late["type"] == "/problems/wrong-rule-set"
    found = await simulated(county, standard=standard)
    await call(county.leader, "POST", f"/v1/redeterminations/{found['id']}/approve", {"sha256": ""}, 404)
    neighbour = county.s.client(Role.COUNTY_CLERK, "640521000000", sub="neighbour")
    await call(neighbour, "GET", f"/v1/simulations/{found['id']}", status=404)


@pytest.mark.parametrize("place", ["640522105000", "640522105201"])
async def test_what_a_township_or_village_asks_is_counted_by_its_countys_number(county: County, place: str):
    """A number is set by the county (国务院令649号 art. 10): set for a township alone, it did nothing."""
    await granted(county, "4800.00", 10)  # 2 x 180.00; 2 x 300.00 at 500.00
    for asked in (
        {"standard": {"amount": "500.00", "period": "MONTH"}},
        {"changes": [{"key": "dibao.rural", "value": "500.00", "period": "MONTH"}]},
        {"changes": [{"key": "dibao.rural", "value": "500.00", "period": "MONTH", "division": place}]},
    ):
        found = await simulated(county, division=place, **asked)
        assert (found["figures"]["gaining"], found["figures"]["change_month"]) == (1, "240.00")
    elsewhere = await simulated(county, division="640522101000", standard={"amount": "500.00", "period": "MONTH"})
    assert elsewhere["figures"]["awards"] == 0
    part = {"key": "dibao.rural", "value": "500.00", "period": "MONTH", "division": place}
    refused = await simulated(county, 422, changes=[part])
    assert refused["errors"][0]["field"] == "changes.division"


async def test_the_same_number_is_changed_once(county: County):
    change = {"key": "dibao.rural", "value": "500.00", "period": "MONTH"}
    standard = {"amount": "600.00", "period": "MONTH"}
    for asked in ({"changes": [change, {**change, "value": "600.00"}]}, {"changes": [change], "standard": standard}):
        assert (await simulated(county, 422, **asked))["errors"][0]["field"] == "changes.key"
