"""A redetermination that is killed at any point goes on and does nothing twice."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import date
from typing import Any
from uuid import UUID

import pytest
import pytest_asyncio
from tests.services.eligibility_county import County
from tests.services.eligibility_standards import (
    DAY,
    RAISED,
    approved,
    call,
    granted,
    proposed,
    proposed_as_a_job,
    refused,
)

from doudi.events.eligibility import AwardAdjusted
from doudi.events.eligibility_standards import RedeterminationExecuted, RescreeningFound
from doudi.service.tasks import run_due
from doudi.testing import Servers, running
from eligibility.app import SERVICE
from eligibility.handlers import redetermination, settling
from eligibility.store import redetermination as store


@pytest_asyncio.fixture(loop_scope="session")
async def county(servers: Servers) -> AsyncIterator[County]:
    async with running(SERVICE, servers, today=DAY) as s:
        yield County(s)


class Killed(RuntimeError):
    """The process dies here."""


async def batches(s: Any, job_id: str, size: int, *, dies_at: int | None = None) -> int:
    """Works in batches of `size`; the batch `dies_at` is done and then lost, as by a kill before its commit."""
    done = 0
    while True:
        async with s.runtime.transaction() as tx:
            job = await store.next_job(tx)
            if job is None or str(job.id) != job_id:
                return done
            step = settling.step if job.status == "EXECUTING" else redetermination.count
            await step(job, tx, size=size)
            await tx.session.flush()
            done += 1
            if done == dies_at:
                raise Killed


_STATE = (
    "SELECT person_id, item, from_month, to_month, amount_fen FROM award_line ORDER BY 1, 2, 3",
    "SELECT amount_fen, version, assistance_class, household_size FROM award ORDER BY 1",
    "SELECT old_fen, new_fen, settled, settled_fen, listed_because, changed_because FROM redetermined_award ORDER BY 1",
    "SELECT amount_fen, announced_on FROM rescreened_case ORDER BY 1",
    "SELECT type, count(*) FROM outbox GROUP BY type ORDER BY 1",
    "SELECT status, done, total, settled::text, figures::text FROM redetermination",
)
"""What a redetermination leaves behind, without the ids that differ from one database to another."""


async def _left_behind(servers: Servers, dies_at: int | None) -> list[list[tuple[Any, ...]]]:
    """The whole way in batches of one award on a fresh database, killed in one batch of each half or not at all."""
    async with running(SERVICE, servers, today=DAY) as s:
        county = County(s)
        for i in range(3):
            await granted(county, f"{4800 + 240 * i}.00", 10 + 10 * i)
        await refused(county, "9600.00", 90)
        job = await proposed_as_a_job(county)
        for _ in ("the dry-run", "the execution"):
            if dies_at is not None:
                with pytest.raises(Killed):
                    await batches(s, job["id"], 1, dies_at=dies_at)
            await batches(s, job["id"], 1)
            seen = await call(county.clerk, "GET", f"/v1/redeterminations/{job['id']}")
            if seen["status"] == "PROPOSED":
                await approved(county, seen)
                await call(county.clerk, "POST", f"/v1/redeterminations/{job['id']}/execute")
        return [[tuple(row) for row in await s.fetch(sql)] for sql in _STATE]


async def test_what_is_left_behind_is_the_same_with_and_without_a_kill(servers: Servers):
    without = await _left_behind(servers, None)
    assert [row[2] for row in without[2]] == ["ADJUSTED"] * 3
    for dies_at in (1, 3, 5):
        assert await _left_behind(servers, dies_at) == without


@pytest.mark.parametrize("dies_at", [1, 2, 3, 4])
async def test_killed_at_any_batch_and_resumed_it_does_the_same_as_without(county: County, dies_at: int):
    awards = [(await granted(county, f"{4800 + 240 * i}.00", 10 + 10 * i))["id"] for i in range(3)]
    await refused(county, "9600.00", 90)
    job = await proposed(county)
    await approved(county, job)
    await call(county.clerk, "POST", f"/v1/redeterminations/{job['id']}/execute")
    with pytest.raises(Killed):
        await batches(county.s, job["id"], 1, dies_at=dies_at)
    assert await batches(county.s, job["id"], 1) >= 1
    for award in awards:
        assert len(await county.s.said(AwardAdjusted, award)) == 1
        assert len(await county.s.fetch("SELECT 1 FROM award_line WHERE award_id = $1", UUID(award))) == 2
    assert len(await county.s.said(RescreeningFound)) == len(await county.s.said(RedeterminationExecuted)) == 1
    (done,) = await county.s.said(RedeterminationExecuted)
    # 60.00 more for each of two people in three households.
    assert (done.adjusted, done.listed, done.changed_since, str(done.change_month)) == (3, 0, 0, "360.00")


async def test_the_size_of_batches_and_a_kill_change_neither_the_hash_nor_the_figures(county: County):
    for i in range(3):
        await granted(county, f"{4800 + 240 * i}.00", 10 + 10 * i)
    at_once = await proposed(county)
    by_ones = await proposed_as_a_job(county)
    assert (by_ones["status"], by_ones["done"], by_ones["total"]) == ("COUNTING", 0, 3)
    with pytest.raises(Killed):
        await batches(county.s, by_ones["id"], 1, dies_at=2)
    seen = await call(county.clerk, "GET", f"/v1/redeterminations/{by_ones['id']}")
    assert (seen["status"], seen["done"]) == ("COUNTING", 1)
    await batches(county.s, by_ones["id"], 1)
    seen = await call(county.clerk, "GET", f"/v1/redeterminations/{by_ones['id']}")
    assert (seen["status"], seen["sha256"], seen["figures"]) == ("PROPOSED", at_once["sha256"], at_once["figures"])


async def test_due_work_takes_the_job_up_and_ends(county: County):
    await granted(county, "4800.00", 10)
    job = await proposed_as_a_job(county)
    assert await run_due(county.s.runtime, redetermination.work) >= 1
    assert await run_due(county.s.runtime, redetermination.work) == 0
    assert (await call(county.clerk, "GET", f"/v1/redeterminations/{job['id']}"))["status"] == "PROPOSED"


async def test_when_other_rules_come_into_force_in_the_middle_nothing_more_is_decided(county: County):
    await county.s.tick(date(2021, 6, 1))
    await granted(county, "4800.00", 10)
    draft = {**RAISED, "valid_from": "2021-06-01"}
    job = await proposed(county, draft, "2021-06")
    await approved(county, job)
    await call(county.clerk, "POST", f"/v1/redeterminations/{job['id']}/execute")
    await county.s.tick(date(2021, 7, 1))
    seen = await call(county.clerk, "GET", f"/v1/redeterminations/{job['id']}")
    assert (seen["status"], seen["settled"]["adjusted"]) == ("FAILED", 0)
    assert "RS2021" in seen["failed_because"]
    assert not await county.s.said(AwardAdjusted)
