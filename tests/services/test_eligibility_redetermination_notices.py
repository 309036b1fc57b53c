"""A changed standard is told to each household whose money it changes: once, in writing, to the right person."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import date
from typing import Any

import asyncpg
import pytest
import pytest_asyncio
from tests.services.eligibility_county import County, death, forwarded, member
from tests.services.eligibility_standards import (
    APRIL,
    DAY,
    LOWERED,
    approved,
    call,
    couple,
    granted,
    proposed,
    whole,
)

from doudi.auth import Role
from doudi.division import Division
from doudi.events.eligibility import AwardAdjusted
from doudi.testing import Running, Servers, key_ring, running
from eligibility import rules
from eligibility.app import SERVICE
from eligibility.handlers import settling
from eligibility.model import refusals
from eligibility.store import redetermination as store
from eligibility.store import settlement

CHANGES = "SELECT award_id::text, addressee, to_family FROM notice WHERE redetermination_id IS NOT NULL ORDER BY id"


@pytest_asyncio.fixture(loop_scope="session")
async def county(servers: Servers) -> AsyncIterator[County]:
    async with running(SERVICE, servers, today=DAY) as s:
        yield County(s)


def named(people: list[dict[str, Any]], *names: str) -> list[dict[str, Any]]:
    return [{**p, "name": key_ring().seal(n, "person.name")} for p, n in zip(people, names, strict=True)]


async def notices(county: County, award: Any) -> list[dict[str, Any]]:
    answer = await call(county.clerk, "GET", f"/v1/awards/{award['id']}/notices")
    return [n for n in answer if n["kind"] == "CHANGE"]


async def test_each_household_that_gets_more_has_its_notice_with_reason_clauses_and_appeal(county: County):
    one, other = await granted(county, "4800.00", 10), await granted(county, "9000.00", 20)
    job = await whole(county)
    assert job["settled"]["adjusted"] == 2
    for award, before, after in ((one, "360.00", "480.00"), (other, "10.00", "130.00")):
        (notice,) = await notices(county, award)
        assert f"自2020年4月起由每月 {before} 元调整为每月 {after} 元" in notice["lead"]
        assert "农村低保标准由每人每月 380.00 元调整为每人每月 440.00 元" in notice["lead"]
        assert (notice["from_month"], notice["amount"], notice["addressee"]) == (APRIL, after, "马某某")
        assert "国务院令649号 9" in notice["clauses"]
        assert "行政复议" in notice["rights"]
        paper = await county.clerk.get(f"/v1/notices/{notice['id']}.pdf")
        assert paper.content.startswith(b"%PDF-")
        (said,) = await county.s.said(AwardAdjusted, award["id"])
        assert str(said.notice_id) == notice["id"]
    path = f"/v1/redeterminations/{job['id']}/notices"
    first = await call(county.clerk, "GET", f"{path}?limit=1")
    rest = await call(county.clerk, "GET", f"{path}?limit=1&after={first['next']}")
    assert {n["award_id"] for n in (*first["items"], *rest["items"])} == {one["id"], other["id"]}
    neighbour = county.s.client(Role.COUNTY_CLERK, "640521000000", sub="neighbour")
    await call(neighbour, "GET", path, status=404)


class Killed(RuntimeError):
    """The process dies here."""


async def _dies_in_batch(s: Running, dies_at: int) -> None:
    """Works in batches of one award; this one is done and then lost, as by a kill before its commit."""
    for batch in range(1, dies_at + 1):
        async with s.runtime.transaction() as tx:
            job = await store.next_job(tx)
            assert job is not None
            await settling.step(job, tx, size=1)
            await tx.session.flush()
            if batch == dies_at:
                raise Killed


@pytest.mark.parametrize("dies_at", [1, 2, 3])
async def test_killed_in_any_batch_each_household_is_told_exactly_once(county: County, dies_at: int):
    awards = [(await granted(county, f"{4800 + 240 * i}.00", 10 + 10 * i))["id"] for i in range(3)]
    job = await proposed(county)
    await approved(county, job)
    await call(county.clerk, "POST", f"/v1/redeterminations/{job['id']}/execute")
    with pytest.raises(Killed):
        await _dies_in_batch(county.s, dies_at)
    assert len(await county.s.fetch(CHANGES)) == dies_at - 1
    await county.s.tick()
    assert sorted(r["award_id"] for r in await county.s.fetch(CHANGES)) == sorted(awards)


async def test_a_second_notice_of_the_same_change_is_refused_by_the_database(county: County):
    await granted(county, "4800.00", 10)
    await whole(county)
    with pytest.raises(asyncpg.UniqueViolationError):
        await county.s.fetch(
            'INSERT INTO notice SELECT (json_populate_record(n, \'{"id": "00000000-0000-0000-0000-000000000001"}\')).* '
            "FROM notice n WHERE redetermination_id IS NOT NULL"
        )


async def test_when_the_head_is_dead_it_goes_to_who_lives(county: County):
    people = named([*couple(10), member(12, "1990-01-01")], "户主某", "配偶某", "孩子某")
    people[1]["relation"] = "SPOUSE"
    award = await county.approves(await county.receives(forwarded(people, "4800.00", on=DAY)))
    await county.s.deliver(death(people[0], county.s.clock.today(), county.s.clock.today()))
    await whole(county)
    (after_death, after_change) = await notices(county, award)
    assert (after_death["addressee"], after_change["addressee"]) == ("配偶某", "配偶某")
    kept = await county.s.fetch("SELECT row_to_json(n)::text AS all FROM notice n")
    assert "配偶某" not in json.dumps([row["all"] for row in kept], ensure_ascii=False)


@pytest.mark.parametrize("day", [DAY, date(2026, 7, 6)])
async def test_nobody_falls_through_a_lower_standard_but_is_held_for_a_person_and_no_notice_says_otherwise(
    county: County, day: date
):
    less = await granted(county, "2400.00", 10)
    await county.s.tick(max(day, county.s.clock.today()))
    month = f"{county.s.clock.today():%Y-%m}"
    job = await whole(county, {**LOWERED, "valid_from": f"{month}-01"}, month)
    assert (job["settled"]["adjusted"], job["settled"]["listed"]) == (0, 1)
    kept = await call(county.leader, "GET", f"/v1/awards/{less['id']}")
    assert (kept["amount"], kept["status"]) == (less["amount"], "ACTIVE")
    assert await county.s.fetch(CHANGES) == []


async def _lower(county: County) -> None:
    async with county.s.runtime.transaction() as tx:
        (found,) = await store.awards_after(tx, "640522", None, 10)
        n = rules.numbers(tx.today, Division(found.division))
        made = rules.determine(found.facts, replace(n, standard_year=300_000), on=tx.today, choice=found.choice)
        assert made.eligible
        await settlement.adjust(tx, [settlement.Adjustment(found.id, found.starts, made)])


async def test_the_write_of_a_batch_makes_nobody_less_whatever_calls_it(county: County):
    award = await granted(county, "2400.00", 10)
    with pytest.raises(refusals.HearingNeeded):
        await _lower(county)
    assert (await call(county.leader, "GET", f"/v1/awards/{award['id']}"))["amount"] == award["amount"]
