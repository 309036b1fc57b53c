"""How far a county is toward its day (二(一)3), as it was on any day: also what was over and came back."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import date

import pytest
import pytest_asyncio
from tests.services.ledger_county import COUNTY, Bureau, Registers

from doudi.auth import Role
from doudi.testing import Servers, running
from eligibility.app import SERVICE

DAYS = f"/v1/milestones/{COUNTY}/days"
BODY = {"outcome": "ACTED", "reason": "已纳入建档立卡"}


@pytest_asyncio.fixture(loop_scope="session")
async def bureau(servers: Servers) -> AsyncIterator[Bureau]:
    async with running(SERVICE, servers, today=date(2019, 6, 3)) as s:
        made = Bureau(s)
        await made.maps()
        yield made


def three() -> Registers:
    """Three households that nobody registered as poor, and one that is out of poverty."""
    r = Registers()
    for i in range(3):
        r.covers(f"L{i}", r.people(1))
    r.registers("R", r.people(1), "已脱贫")
    return r


async def compares(bureau: Bureau, r: Registers, on: date) -> None:
    bureau.s.clock.set(on)
    told = {"snapshot_on": on.isoformat()}
    left = await bureau.imports("BENEFICIARIES", r.left, **told)
    await bureau.starts(await bureau.imports("POVERTY_REGISTRY", r.right, **told), left)
    await bureau.s.tick()


async def closes(bureau: Bureau, on: date) -> None:
    bureau.s.clock.set(on)
    task = next(t for t in await bureau.all_of("/v1/ledger-tasks") if t["status"] == "OPEN")
    answer = await bureau.poverty_office.post(f"/v1/ledger-tasks/{task['id']}/close", json=BODY)
    assert answer.status_code == 200, answer.text


async def milestone(bureau: Bureau) -> list[object]:
    told = (await bureau.clerk.get("/v1/milestones")).json()
    assert [(m["name"], m["on"], m["strength"]) for m in told] == [("海原县", "2019-06-30", "AIM")]
    m = told[0]
    return [m["total"], m["closed"], m["opened_in_time"], m["closed_in_time"], m["overdue"], m["progress"], m["state"]]


async def days(bureau: Bureau, first: str, last: str) -> list[list[object]]:
    answer = await bureau.clerk.get(DAYS, params={"first": first, "last": last})
    assert answer.status_code == 200, answer.text
    return [[d["on"], d["total"], d["closed"], d["open"], d["overdue"]] for d in answer.json()]


async def test_milestones_count_what_is_done_and_what_was_done_in_time(bureau: Bureau):
    await compares(bureau, three(), date(2019, 6, 3))
    await closes(bureau, date(2019, 6, 30))
    assert await milestone(bureau) == [3, 1, 3, 1, 0, "0.3333", "RUNNING"]
    await closes(bureau, date(2019, 7, 3))
    assert await milestone(bureau) == [3, 2, 3, 1, 1, "0.6666", "MISSED"]
    city = bureau.s.client(Role.INSPECTOR, "640500000000")
    assert len((await city.get("/v1/milestones")).json()) == 3


async def test_a_milestone_that_was_met_stays_met_whatever_is_found_later(bureau: Bureau):
    r = three()
    await compares(bureau, r, date(2019, 6, 3))
    for _ in range(3):
        await closes(bureau, date(2019, 6, 30))
    assert await milestone(bureau) == [3, 3, 3, 3, 0, "1.0000", "MET"]
    r.covers("later", r.people(1))
    await compares(bureau, r, date(2019, 7, 1))
    assert await milestone(bureau) == [4, 3, 3, 3, 0, "0.7500", "MET"]


async def test_each_day_is_counted_as_it_was(bureau: Bureau):
    await compares(bureau, three(), date(2019, 6, 3))  # due on 2019-07-02, twenty working days later
    await closes(bureau, date(2019, 6, 5))
    await closes(bureau, date(2019, 7, 3))
    bureau.s.clock.set(date(2019, 7, 4))
    assert await days(bureau, "2019-06-02", "2019-06-05") == [
        ["2019-06-02", 0, 0, 0, 0],
        ["2019-06-03", 3, 0, 3, 0],
        ["2019-06-04", 3, 0, 3, 0],
        ["2019-06-05", 3, 1, 2, 0],
    ]
    assert await days(bureau, "2019-07-02", "2019-07-04") == [
        ["2019-07-02", 3, 1, 2, 0],
        ["2019-07-03", 3, 2, 1, 1],
        ["2019-07-04", 3, 2, 1, 1],
    ]


async def test_what_went_away_and_came_back_was_done_with_in_between(bureau: Bureau):
    r = three()
    await compares(bureau, r, date(2019, 6, 3))
    found = Registers(list(r.left), list(r.right), numbers=r.numbers)
    found.right += [{**found.right[0], "户编号": "R0", "脱贫状态": "未脱贫"}]
    found.right[-1].update({"姓名": r.left[0]["姓名"], "证件号码": r.left[0]["身份证号"]})
    await compares(bureau, found, date(2019, 6, 10))
    await compares(bureau, r, date(2019, 7, 1))
    assert await days(bureau, "2019-06-09", "2019-06-10") == [["2019-06-09", 3, 0, 3, 0], ["2019-06-10", 3, 1, 2, 0]]
    assert await days(bureau, "2019-06-30", "2019-07-01") == [["2019-06-30", 3, 1, 2, 0], ["2019-07-01", 3, 0, 3, 0]]
    bureau.s.clock.set(date(2019, 7, 12))
    made = await bureau.clerk.post(
        "/v1/ledger-reports", json={"division": COUNTY, "kind": "POVERTY_REGISTRY", "quarter": "2019Q2"}
    )
    figures = made.json()["figures"]
    assert figures["progress"] == [
        {"on": "2019-04-30", "total": 0, "closed": 0},
        {"on": "2019-05-31", "total": 0, "closed": 0},
        {"on": "2019-06-30", "total": 3, "closed": 1},
    ]
    assert figures["milestones"] == [{"on": "2019-06-30", "strength": "AIM", "total": 3, "closed": 1}]
    (tasks,) = [t for t in figures["tasks"] if t["code"] == "CA_ONLY"]
    assert (tasks["opened"], tasks["closed"], tasks["open"]) == (3, 1, 2)
    page = await bureau.clerk.get(f"/v1/ledger-reports/{made.json()['id']}/xlsx")
    assert page.status_code == 200


@pytest.mark.parametrize(
    ("first", "last", "status"),
    [
        ("2019-06-03", "2019-06-03", 200),
        ("2018-06-03", "2019-06-03", 200),  # 366 days
        ("2018-06-02", "2019-06-03", 422),
        ("2019-06-03", "2019-06-02", 422),
        ("2019-06-03", "2019-06-04", 422),  # tomorrow
        ("0001-01-01", "9999-12-31", 422),
        ("x", "2019-06-03", 422),
    ],
)
async def test_the_days_are_a_year_at_most_and_none_is_to_come(bureau: Bureau, first: str, last: str, status: int):
    answer = await bureau.clerk.get(DAYS, params={"first": first, "last": last})
    assert answer.status_code == status, answer.text


@pytest.mark.parametrize("place", ["640521000000", "640522101000", "000000000000"])
async def test_another_county_or_what_is_none_has_no_days_for_it(bureau: Bureau, place: str):
    asked = {"first": "2019-06-01", "last": "2019-06-03"}
    assert (await bureau.clerk.get(f"/v1/milestones/{place}/days", params=asked)).status_code == 404
