"""The ledger comparison: every planted difference is found, none is invented, in whatever order the rows come."""

from __future__ import annotations

import asyncio
import random
from collections import Counter
from collections.abc import AsyncIterator
from datetime import date

import asyncpg
import pytest_asyncio
from tests.services.ledger_county import Bureau, Registers, Somebody, planted

from doudi.events.eligibility_ledger import LedgerCompared, LedgerTaskClosed, LedgerTaskOpened
from doudi.testing import Servers, running, until
from eligibility.app import SERVICE
from eligibility.rules.ledger import action

DAY = date(2020, 3, 2)
CODES = {
    "BOTH", "CA_ONLY", "PR_ONLY_LIKELY", "PR_ONLY_UNLIKELY", "MEMBER_GAP", "ID_CONFLICT", "STATUS_CONFLICT",
    "EXITED_STILL_CA", "STOPPED_STILL_POOR", "DUPLICATE_CA", "RETURNED",
}  # fmt: skip


@pytest_asyncio.fixture(loop_scope="session")
async def bureau(servers: Servers) -> AsyncIterator[Bureau]:
    async with running(SERVICE, servers, today=DAY) as s:
        made = Bureau(s)
        await made.maps()
        yield made


def shuffled(r: Registers, seed: int) -> Registers:
    left, right = list(r.left), list(r.right)
    random.Random(seed).shuffle(left)
    random.Random(seed + 1).shuffle(right)
    return Registers(left, right, r.expected)


async def test_what_was_planted_among_two_thousand_people_is_found_and_nothing_else_in_any_order(bureau: Bureau):
    r = planted(ordinary=560, each=8)
    assert len(r.left) > 1900
    assert len(r.right) > 2000
    assert {code for code, *_ in r.expected} == CODES
    first = await bureau.compares(r)
    assert await bureau.findings(first) == sorted(r.expected, key=str)
    one = await bureau.comparison(first)
    assert (one["status"], one["steps_done"], one["same_day"]) == ("DONE", 4, True)
    tasks = len(await bureau.all_of("/v1/ledger-tasks"))
    second = await bureau.compares(shuffled(r, 1))
    other = await bureau.comparison(second)
    assert (other["fingerprint"], other["counts"]) == (one["fingerprint"], one["counts"])
    assert await bureau.findings(second) == sorted(r.expected, key=str)
    assert len(await bureau.all_of("/v1/ledger-tasks")) == tasks == sum(c["actionable"] for c in one["counts"].values())
    assert len(await bureau.s.said(LedgerTaskOpened)) == tasks
    assert await bureau.s.said(LedgerTaskClosed) == []


async def test_every_actionable_difference_is_a_task_with_owner_and_working_day_term(bureau: Bureau):
    id_ = await bureau.compares(planted(ordinary=3, each=1))
    tasks = await bureau.all_of(f"/v1/comparisons/{id_}/tasks")
    for task in tasks:
        owner, due = action(task["code"], DAY)
        assert (task["owner"], task["due_on"], task["status"]) == (owner, due.isoformat(), "OPEN")
    opened = {(e.code, e.owner, e.due_on) for e in await bureau.s.said(LedgerTaskOpened)}
    assert ("CA_ONLY", "POVERTY_OFFICE", date(2020, 3, 30)) in opened
    assert ("STATUS_CONFLICT", "CIVIL_AFFAIRS", date(2020, 3, 9)) in opened
    for e in await bureau.s.said(LedgerTaskOpened):
        (rule,) = e.findings
        assert (rule.clause, rule.met, e.code in rule.because) == ("卫民发〔2019〕21号 二(一)3", False, True)
    said = (await bureau.s.said(LedgerCompared, id_))[0]
    found = Counter(code for code, *_ in await bureau.findings(id_))
    assert {c.code: c.results for c in said.counts} == found
    assert not {t["code"] for t in tasks} & {"PR_ONLY_UNLIKELY"}
    unlikely = (await bureau.clerk.get(f"/v1/comparisons/{id_}/results?code=PR_ONLY_UNLIKELY")).json()["items"]
    assert {item["next_screening_on"] for item in unlikely} == {"2020-06-01"}


async def test_results_show_who_it_is_masked_and_are_noted_as_read(bureau: Bureau):
    id_ = await bureau.compares(planted(ordinary=0, each=1))
    shown = (await bureau.clerk.get(f"/v1/comparisons/{id_}/results", params={"code": "MEMBER_GAP"})).json()["items"]
    assert [(i["shared"], i["together"], i["overlap"]) for i in shown] == [(3, 4, "3/4")]
    people = shown[0]["right"]["people"]
    assert len(people) == 4
    assert all(p["id_number"][6:14] == "********" for p in people)
    read = await bureau.s.fetch("SELECT count(*) AS c FROM access_log WHERE kind = 'ledger-household'")
    assert read[0]["c"] == 2
    other = Bureau(bureau.s, "640521000000")
    assert (await other.clerk.get(f"/v1/comparisons/{id_}/results")).status_code == 404
    assert (await other.clerk.get("/v1/ledger-tasks")).json()["items"] == []


async def test_nobody_can_be_read_in_the_database(bureau: Bureau):
    r = planted(ordinary=2, each=1)
    await bureau.compares(r)
    tables = await bureau.s.fetch("SELECT table_name AS t FROM information_schema.tables WHERE table_schema = 'public'")
    kept = [str(row) for t in tables for row in await bureau.s.fetch(f'SELECT * FROM "{t["t"]}"')]
    everything = "\n".join(kept)
    for row in r.right:
        assert row["姓名"] not in everything
        assert row["证件号码"] not in everything
        assert f"'{row['户编号']}'" not in everything


def probable() -> tuple[Registers, Somebody]:
    """A household of three in both; the registry has one of them without a number."""
    r = Registers()
    people = r.people(3)
    r.covers("L", people)
    r.registers("R", people[:2])
    r.registers("R", [Somebody(f" {people[2].name[:1]} {people[2].name[1:]}", "", people[2].born, people[2].sex)])
    return r, people[2]


async def test_a_probable_match_waits_for_a_person_who_says_same(bureau: Bureau):
    r, _ = probable()
    id_ = await bureau.compares(r)
    before = [("BOTH", "IN_ORDER", "L", "R"), ("ID_CONFLICT", "RIGHT_MISSING", None, "R")]
    assert await bureau.findings(id_) == before
    assert (await bureau.comparison(id_))["unsettled"] == 1
    waiting = await bureau.all_of(f"/v1/comparisons/{id_}/probables")
    assert [(p["n"], p["left"]["number"], p["right"]["number"]) for p in waiting] == [(1, "L", "R")]
    body = {"verdict": "SAME", "reason": "入户核实为同一人"}
    path = f"/v1/comparisons/{id_}/probables/1/settle"
    assert (await bureau.clerk.post(path, json=body)).status_code == 200
    assert (await bureau.clerk.post(path, json=body)).json()["type"] == "/problems/already-settled"
    await bureau.s.tick()
    assert await bureau.findings(id_) == before
    both = (await bureau.clerk.get(f"/v1/comparisons/{id_}/results?code=BOTH")).json()["items"][0]
    assert both["overlap"] == "3/3"
    assert [e.unsettled for e in await bureau.s.said(LedgerCompared, id_)] == [1, 0]


async def test_a_household_spread_over_two_with_somebody_twice_and_somebody_without_a_number(bureau: Bureau):
    """Two of three are met, one of them twice: the counts add up to three, and the third is still looked for."""
    r = Registers()
    people = r.people(3)
    r.covers("L", people)
    r.registers("R", people[:2])
    r.registers("S", people[:1])
    r.registers("S", [Somebody(people[2].name, "", people[2].born, people[2].sex)])
    id_ = await bureau.compares(r)
    waiting = await bureau.all_of(f"/v1/comparisons/{id_}/probables")
    assert [(p["left"]["number"], p["right"]["number"]) for p in waiting] == [("L", "S")]
    body = {"verdict": "SAME", "reason": "入户核实"}
    assert (await bureau.clerk.post(f"/v1/comparisons/{id_}/probables/1/settle", json=body)).status_code == 200
    await bureau.s.tick()
    pairs = await bureau.all_of(f"/v1/comparisons/{id_}/results", code="MEMBER_GAP")
    assert sorted((p["right"]["number"], p["overlap"]) for p in pairs) == [("R", "2/3"), ("S", "2/3")]
    assert (await bureau.comparison(id_))["unsettled"] == 0


async def test_a_probable_match_that_is_different_leaves_both_sides_alone(bureau: Bureau):
    r = Registers()
    one = r.people(1)[0]
    r.covers("L", [one])
    r.registers("R", [Somebody(one.name, "", one.born, one.sex)], labour="丧失劳动力")
    id_ = await bureau.compares(r)
    assert await bureau.findings(id_) == [("ID_CONFLICT", "RIGHT_MISSING", None, "R")]
    body = {"verdict": "DIFFERENT", "reason": "同名不同人"}
    assert (await bureau.clerk.post(f"/v1/comparisons/{id_}/probables/1/settle", json=body)).status_code == 200
    await bureau.s.tick()
    after = [("CA_ONLY", "NOT_REGISTERED", "L", None), ("ID_CONFLICT", "RIGHT_MISSING", None, "R")]
    assert await bureau.findings(id_) == after


async def test_a_comparison_that_is_killed_in_any_step_goes_on_and_finds_the_same(bureau: Bureau):
    r = planted(ordinary=20, each=2)
    whole = await bureau.comparison(await bureau.compares(r))
    left = await bureau.imports("BENEFICIARIES", shuffled(r, 5).left)
    id_ = await bureau.starts(await bureau.imports("POVERTY_REGISTRY", r.right), left)
    for table, step in (("ledger_probable", "COMPARE"), ("ledger_task", "TASKS"), ("outbox", "ANNOUNCE")):
        await killed_at(bureau, table)
        assert (await bureau.comparison(id_))["step"] == step
        rows = await bureau.s.fetch("SELECT count(*) AS c FROM ledger_result WHERE comparison_id = $1", id_)
        assert rows[0]["c"] == (0 if step == "COMPARE" else len(r.expected))
    assert await bureau.s.said(LedgerCompared, id_) == []
    await bureau.s.tick()
    resumed = await bureau.comparison(id_)
    assert (resumed["status"], resumed["fingerprint"]) == ("DONE", whole["fingerprint"])
    assert await bureau.findings(id_) == sorted(r.expected, key=str)
    assert len(await bureau.s.said(LedgerCompared, id_)) == 1
    tasks = sum(c["actionable"] for c in resumed["counts"].values())
    assert len(await bureau.s.said(LedgerTaskOpened)) == tasks


async def killed_at(bureau: Bureau, table: str) -> None:
    """Starts the work, waits until it stands before a table that somebody else holds, and ends it there."""
    holder = await asyncpg.connect(bureau.s.runtime.database.url)
    async with holder.transaction():
        await holder.execute(f"LOCK TABLE {table} IN ACCESS EXCLUSIVE MODE")
        job = asyncio.create_task(bureau.s.tick())

        async def stands() -> bool:
            return bool(
                await holder.fetchval(
                    "SELECT count(*) FROM pg_locks WHERE NOT granted AND relation = $1::text::regclass", table
                )
            )

        await until(stands)
        job.cancel()
        await asyncio.gather(job, return_exceptions=True)
    assert job.cancelled()
    await holder.close()
