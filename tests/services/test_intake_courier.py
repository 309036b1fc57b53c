"""intake: a courier that is killed between asking and recording; its questions are asked again, nothing is doubled."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import date

import httpx
import pytest
import pytest_asyncio
from tests.services.intake_window import Departments, Window, departments

from doudi.auth import Role
from doudi.events.intake import MatchingCompleted
from doudi.service import Courier
from doudi.testing import running
from doudi.transaction import Transaction
from intake.app import SERVICE
from intake.handlers.courier import ask_departments

QUESTIONS = 3 * 8


class Killed(BaseException):
    """The process is gone: nothing after it runs."""


@dataclass(frozen=True)
class MortalCourier(Courier):
    """A courier that dies in its n-th transaction: before its first statement, or after its last."""

    dies_in: int
    at: str
    begun: list[int] = field(default_factory=list)

    @asynccontextmanager
    async def transaction(self) -> AsyncIterator[Transaction]:
        self.begun.append(1)
        doomed = len(self.begun) == self.dies_in
        if doomed and self.at == "start":
            raise Killed
        async with super().transaction() as tx:
            yield tx
            if doomed:
                raise Killed


@pytest_asyncio.fixture
async def centre() -> AsyncIterator[Departments]:
    async with departments() as centre:
        yield centre


@pytest_asyncio.fixture
async def window(servers, centre: Departments) -> AsyncIterator[Window]:
    async with running(SERVICE, servers, today=date(2020, 3, 2), departments_url=centre.url) as s:
        window = Window(s, Role)
        await window.register_family()
        await window.apply()
        await window.act("accept")
        await window.act("match")
        yield window


@pytest_asyncio.fixture
async def http() -> AsyncIterator[httpx.AsyncClient]:
    async with httpx.AsyncClient(trust_env=False) as http:
        yield http


async def lease_ends(window: Window) -> None:
    """The minute passes for which a dead courier keeps its questions."""
    async with window.s.runtime.transaction() as tx:
        await tx.execute(
            "UPDATE match_query SET claimed_until = clock_timestamp() - interval '1 second' WHERE code IS NULL"
        )


async def answered_once(window: Window) -> None:
    """Every question was answered and written down once, and the outcome was said once."""
    rows = await window.s.fetch("SELECT person_id, source FROM match_query WHERE code = 'NO_RECORD' AND version = 2")
    assert len(rows) == len({tuple(row) for row in rows}) == QUESTIONS
    [event] = await window.s.said(MatchingCompleted)
    assert (event.outcome, len(event.results)) == ("PASSED", QUESTIONS)
    assert await window.state() == "SURVEY"


@pytest.mark.parametrize("at", ["start", "end"])
async def test_killed_after_the_answer_it_is_asked_again_and_nothing_is_doubled(
    window: Window, centre: Departments, http: httpx.AsyncClient, at: str
):
    with pytest.raises(Killed):
        await ask_departments(MortalCourier(window.s.runtime, http, dies_in=2, at=at))
    assert len(centre.asked) == QUESTIONS
    assert await window.s.fetch("SELECT 1 FROM match_query WHERE code IS NOT NULL") == []
    assert await window.s.said(MatchingCompleted) == []

    await window.s.tick()
    assert len(centre.asked) == QUESTIONS, "the dead courier still holds its questions"

    await lease_ends(window)
    await window.s.tick()
    assert len(centre.asked) == 2 * QUESTIONS
    await answered_once(window)


async def test_killed_before_asking_nothing_was_claimed(window: Window, centre: Departments, http: httpx.AsyncClient):
    with pytest.raises(Killed):
        await ask_departments(MortalCourier(window.s.runtime, http, dies_in=1, at="end"))
    await window.s.tick()
    assert len(centre.asked) == QUESTIONS
    await answered_once(window)


async def test_a_courier_that_was_only_slow_changes_nothing_that_another_recorded(
    window: Window, centre: Departments, http: httpx.AsyncClient
):
    centre.gate.clear()
    slow = asyncio.create_task(ask_departments(Courier(window.s.runtime, http)))
    await centre.reached.wait()
    await lease_ends(window)
    quick = asyncio.create_task(ask_departments(Courier(window.s.runtime, http)))
    centre.gate.set()
    assert sum(await asyncio.gather(slow, quick)) == 2 * QUESTIONS
    await answered_once(window)
    await window.s.tick()
    assert len(centre.asked) == 2 * QUESTIONS


async def test_couriers_side_by_side_share_the_questions(window: Window, centre: Departments, http: httpx.AsyncClient):
    await asyncio.gather(*(ask_departments(Courier(window.s.runtime, http)) for _ in range(4)))
    assert len(centre.asked) == QUESTIONS
    await answered_once(window)
