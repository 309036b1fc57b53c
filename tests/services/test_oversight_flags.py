"""oversight: flags through the API, and a rebuild from zero that gives the same."""

from __future__ import annotations

import random
from collections.abc import AsyncIterator
from datetime import date
from typing import Any
from uuid import UUID, uuid4

import pytest
import pytest_asyncio
from tests.services.oversight_world import CITY, COUNTY, DAY, OTHER, Case, fell_short, recovered
from tests.services.relief_said import advance, granted

from doudi.auth import Role
from doudi.calendar import Month
from doudi.events.base import Event
from doudi.events.oversight import FlagRaised, FlagSettled
from doudi.events.relief import EmergencyReported, PaperworkFellOverdue, ReliefClosed
from doudi.money import Money
from doudi.testing import Running, running
from doudi.transaction import new_id
from oversight.app import SERVICE
from oversight.rules import INDICATORS

TODAY = date(2020, 4, 10)
DEAD = date(2020, 3, 31)


@pytest_asyncio.fixture
async def s(servers) -> AsyncIterator[Running]:
    async with running(SERVICE, servers, today=TODAY) as s:
        yield s


async def flagged(s: Running) -> tuple[str, Any]:
    """A flag of R01, and the county's inspector."""
    case = Case()
    await s.deliver(case.granted(), case.died(DEAD), case.paid(uuid4()))
    inspector = s.client(Role.INSPECTOR, str(COUNTY), "inspector-1")
    (flag,) = (await inspector.get("/v1/flags", params={"indicator": "R01"})).json()["items"]
    return flag["id"], inspector


async def test_a_flag_is_seen_assigned_and_settled(s):
    flag, inspector = await flagged(s)
    seen = await inspector.get(f"/v1/flags/{flag}")
    assert seen.headers["ETag"] == '"1"'
    body = seen.json()
    assert (body["name"], body["severity"], body["state"]) == ("死亡仍领", "H", "OPEN")
    assert body["because"] == "登记死亡日期2020-03-31，发放月份2020-04，金额380.00元，晚于死亡当月"
    assert len(body["evidence"]) == 2
    assert (body["raised_on"], body["due_on"]) == ("2020-04-10", "2020-04-17")
    assigned = await inspector.post(f"/v1/flags/{flag}/assign", json={"to": "inspector-1"}, headers={"If-Match": '"1"'})
    assert (assigned.status_code, assigned.json()["state"]) == (200, "ASSIGNED")
    for outcome, reason in (("VERIFIED", "已停发并追回"), ("RECTIFIED", "已追回"), ("CLOSED", "办结")):
        done = await inspector.post(f"/v1/flags/{flag}/settle", json={"outcome": outcome, "reason": reason})
        assert (done.status_code, done.json()["state"], done.json()["reason"]) == (200, outcome, reason)
    assert [f.outcome for f in await s.said(FlagSettled, flag)] == ["VERIFIED", "RECTIFIED", "CLOSED"]
    assert {f.by for f in await s.said(FlagSettled)} == {"inspector-1"}
    log = await s.fetch("SELECT action, kind FROM access_log WHERE subject LIKE '%' || $1 || '%'", flag)
    assert {r["action"] for r in log} == {"READ", "ACT"}


async def test_a_false_positive_stays_one_when_the_event_comes_again(s):
    case = Case()
    paid = case.paid(uuid4())
    await s.deliver(case.granted(), case.died(DEAD), paid)
    inspector = s.client(Role.INSPECTOR, str(COUNTY), "inspector-1")
    (flag,) = (await inspector.get("/v1/flags")).json()["items"]
    await inspector.post(f"/v1/flags/{flag['id']}/assign", json={"to": "inspector-1"})
    answer = {"outcome": "FALSE_POSITIVE", "reason": "同名同姓"}
    assert (await inspector.post(f"/v1/flags/{flag['id']}/settle", json=answer)).status_code == 200
    await s.deliver(case.died(DEAD))
    assert (await inspector.get(f"/v1/flags/{flag['id']}")).json()["state"] == "FALSE_POSITIVE"
    assert len(await s.said(FlagRaised)) == 1


async def test_what_is_refused(s):
    flag, inspector = await flagged(s)
    url = f"/v1/flags/{flag}"
    good = {"outcome": "VERIFIED", "reason": "属实"}
    early = await inspector.post(f"{url}/settle", json=good)
    assert (early.status_code, early.json()["type"]) == (409, "/problems/not-in-this-state")
    stale = await inspector.post(f"{url}/assign", json={"to": "x"}, headers={"If-Match": '"9"'})
    assert stale.status_code == 412
    await inspector.post(f"{url}/assign", json={"to": "inspector-2"})
    other = await inspector.post(f"{url}/settle", json=good)
    assert (other.status_code, other.json()["type"]) == (403, "/problems/not-assigned-to-you")
    for wrong in (
        {"outcome": "OPEN", "reason": "x"},
        {"outcome": "VERIFIED"},
        {**good, "reason": " "},
        {**good, "z": 1},
    ):
        assert (await inspector.post(f"{url}/settle", json=wrong)).status_code == 422
    for bad in ("severity=X", "state=NEW", "division=12", "after=1", "limit=0"):
        assert (await inspector.get(f"/v1/flags?{bad}")).status_code == 422
    for role in (Role.CLERK, Role.COUNTY_LEADER, Role.PAYMENTS_MAKER):
        assert (await s.client(role, str(COUNTY)).get(url)).status_code == 403
    assert (await s.public().get("/v1/flags")).status_code == 401
    away = s.client(Role.INSPECTOR, OTHER)
    assert (await away.get(url)).status_code == (await away.get(f"/v1/flags/{uuid4()}")).status_code == 404
    assert (await away.post(f"{url}/assign", json={"to": "x"})).status_code == 404
    assert (await away.get("/v1/flags")).json()["items"] == []


async def test_D18_a_flag_about_officials_is_the_citys_to_see(s):
    case = Case()
    await s.deliver(case.run_opened(), case.run_checked("m", "m"))
    county, city = s.client(Role.INSPECTOR, str(COUNTY)), s.client(Role.INSPECTOR, CITY)
    (flag,) = (await city.get("/v1/flags", params={"indicator": "R74"})).json()["items"]
    assert "m" not in flag["because"]
    assert (await county.get("/v1/flags")).json()["items"] == []
    assert (await county.get(f"/v1/flags/{flag['id']}")).status_code == 404
    assert (await county.post(f"/v1/flags/{flag['id']}/assign", json={"to": "m"})).status_code == 404
    assert (await city.get(f"/v1/flags/{flag['id']}")).status_code == 200


async def test_a_flag_whose_place_is_not_known_yet_is_the_citys_to_see(s):
    case = Case()
    await s.deliver(case.died(DEAD), case.paid(uuid4()))
    county, city = s.client(Role.INSPECTOR, str(COUNTY)), s.client(Role.INSPECTOR, CITY)
    assert (await county.get("/v1/flags")).json()["items"] == []
    (flag,) = (await city.get("/v1/flags")).json()["items"]
    assert flag["division"] is None
    await s.deliver(case.granted())
    assert len((await county.get("/v1/flags")).json()["items"]) == 1


async def test_lists_are_filtered_and_paged(s):
    for _ in range(3):
        case = Case()
        await s.deliver(case.granted(), case.died(DEAD), case.paid(uuid4()), case.blocked())
    inspector = s.client(Role.INSPECTOR, CITY)
    seen: list[str] = []
    after: dict[str, str] = {}
    while True:
        page = (await inspector.get("/v1/flags", params={"limit": 2, **after})).json()
        seen += [flag["id"] for flag in page["items"]]
        if page["next"] is None:
            break
        after = {"after": page["next"]}
    assert len(seen) == len(set(seen)) == 6
    for query, count in (("indicator=R24", 3), ("severity=H", 6), ("severity=L", 0), ("state=CLOSED", 0),
                         ("division=640522101000", 6), ("division=640521000000", 0)):  # fmt: skip
        assert len((await inspector.get(f"/v1/flags?{query}")).json()["items"]) == count, query


async def test_the_catalogue_tells_basis_and_numbers(s):
    listed = (await s.client(Role.CLERK, str(COUNTY)).get("/v1/indicators")).json()
    assert [i["id"] for i in listed] == list(INDICATORS)
    r51 = next(i for i in listed if i["id"] == "R51")
    assert r51["basis"] == ["民发〔2012〕220号 25", "民发〔2012〕220号 29"]
    assert {p["key"]: p["value"] for p in r51["parameters"]} == {"r51.posting_days": "7", "severity.H": "5"}


def history() -> list[tuple[Event, UUID]]:
    """A county in which everything that is asked about happens, beside what is in order; each event with its id."""
    said: list[Event] = []
    posted, ended, hung, down = date(2020, 3, 2), date(2020, 3, 9), date(2020, 3, 12), date(2020, 3, 19)
    for number in range(8):
        case, first, again = Case(), uuid4(), uuid4()
        said += [case.first_ended(posted + (number == 1) * DAY, ended), case.forwarded(posted, ended)]
        said += [case.second_started(hung, down), case.second_ended(hung, down + (number == 2) * DAY)]
        said += [case.decided(down, ended, down), case.granted(), case.run_opened()]
        said += [case.run_checked("m", "m" if number == 3 else "c"), case.instructed(first)]
        said += [case.died(DEAD)] * (number == 4) + [case.blocked()] * (number == 5)
        said += [case.returned(first)] * (number in (6, 7)) + [case.instructed(again)] * (number in (0, 6))
        said += [case.adjusted("300.00", "2020-05"), case.paid(first if number < 6 else again)]
        said += [
            case.instructed(uuid4(), month=Month(2020, 5), amount=Money.yuan("300.00" if number % 2 else "380.00"))
        ]
    relief, helped, short, mended = uuid4(), uuid4(), uuid4(), uuid4()
    said += [
        EmergencyReported(
            relief_case_id=relief, division=COUNTY, cause="FIRE", persons=1, registry="RETURNED",
            reported_at="2020-03-01T09:00:00+08:00",
        ),
        PaperworkFellOverdue(relief_case_id=relief, due_on=down, noticed_on=down + DAY),
        advance(relief, helped, "2000.01"),
        ReliefClosed(relief_case_id=relief, outcome="COMPLETE", closed_on=down, by="x"),
        granted(uuid4(), [uuid4(), helped], "300.00", down, cause="OTHER"),
        granted(uuid4(), [helped], "300.00", down + DAY, cause="OTHER"),
        fell_short(short, DEAD), fell_short(mended, DEAD), recovered(mended, DEAD, DEAD + 3 * DAY),
    ]  # fmt: skip
    return [(event, new_id()) for event in said]


def in_another_order(told: list[tuple[Event, UUID]], seed: int) -> list[tuple[Event, UUID]]:
    """As another reading could bring it: only what one publisher says of one case keeps its order."""
    rows: dict[tuple[str, str], list[tuple[Event, UUID]]] = {}
    for event, id_ in told:
        rows.setdefault((event.PUBLISHER, event.case), []).append((event, id_))
    chance, mixed = random.Random(seed), []
    while rows:
        key = chance.choice(sorted(rows))
        mixed.append(rows[key].pop(0))
        rows = {k: v for k, v in rows.items() if v}
    return mixed


_STATE = {
    "flag": """SELECT id, indicator, severity, subject_kind, subject_id, case_id, division, raised_on, due_on, status
               FROM flag WHERE settled_by IS DISTINCT FROM 'oversight' ORDER BY id""",
    "ground": "SELECT * FROM ground ORDER BY flag_id, evidence, because",
    **{
        table: f"SELECT * FROM {table} ORDER BY 1, 2, 3"
        for table in (
            "death",
            "relief_grant",
            "relief_report",
            "line",
            "award_version",
            "award_line",
            "posting",
            "forwarded",
            "decision",
        )
    },
    "relief_report": "SELECT * FROM relief_report ORDER BY 1",
    "relief_grant": "SELECT * FROM relief_grant ORDER BY 1",
    "place": "SELECT * FROM place ORDER BY 1",
    "shortage": "SELECT institution_id, since, event_id, recovered_on, recovered_event FROM shortage ORDER BY 1, 2",
}


async def read(servers: Any, told: list[tuple[Event, UUID]], batch: int) -> dict[str, list[tuple[Any, ...]]]:
    """What oversight knows and asks after it has heard all this, on a database of its own."""
    async with running(SERVICE, servers, today=TODAY) as s:
        for start in range(0, len(told), batch):
            part = told[start : start + batch]
            await s.deliver(*(event for event, _ in part), ids=[id_ for _, id_ in part])
            await s.tick()
        return {name: [tuple(r) for r in await s.fetch(sql)] for name, sql in _STATE.items()}


async def test_a_rebuild_from_zero_gives_the_same_whatever_the_order(servers):
    told = history()
    first = await read(servers, told, batch=1)
    asked = sorted({row[1] for row in first["flag"]})
    assert asked == ["R01", "R24", "R51", "R53", "R71", "R72", "R74", "R80", "R81", "R82", "R83", "R84", "R88"]
    for seed in range(6):
        again = await read(servers, in_another_order(told, seed), batch=1 + seed * 7)
        for name, rows in first.items():
            assert again[name] == rows, (name, seed)


async def test_hearing_everything_twice_changes_nothing(servers):
    told = history()
    assert await read(servers, told + told, batch=20) == await read(servers, told, batch=20)


@pytest.mark.slow
async def test_a_months_payments_of_a_county_are_heard_in_sets(s):
    lines = [Case() for _ in range(500)]
    await s.deliver(*(case.granted() for case in lines))
    await s.deliver(*(case.instructed(uuid4()) for case in lines))
    assert await s.said(FlagRaised) == []
    assert (await s.fetch("SELECT count(*) FROM line"))[0]["count"] == 500
