"""oversight: R81 to R85, on what relief says, in whatever order."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import date
from itertools import permutations
from typing import Any
from uuid import UUID, uuid4

import pytest
import pytest_asyncio
from tests.services.relief_requests import Asking, citizen
from tests.services.relief_said import advance, follow_up, granted, reported
from tests.services.relief_town import payee

from doudi.division import Division
from doudi.events.relief import AdvanceGranted, EmergencyReported, ReliefClosed
from doudi.events.relief_requests import RequestAccepted, RequestGranted
from doudi.testing import Running, running
from oversight.app import SERVICE
from relief.app import SERVICE as RELIEF

TODAY = date(2020, 4, 10)


@pytest_asyncio.fixture(scope="module", loop_scope="session")
async def s(servers) -> AsyncIterator[Running]:
    """One service for all tests of this file: each test has people of its own."""
    async with running(SERVICE, servers, today=TODAY) as s:
        yield s


async def asked(s: Running, *subjects: object, open_only: bool = True) -> list[str]:
    rows = await s.fetch(
        "SELECT indicator FROM flag WHERE subject_id = ANY($1) AND (NOT $2 OR status = 'OPEN') ORDER BY 1",
        [str(subject) for subject in subjects], open_only,
    )  # fmt: skip
    return [row["indicator"] for row in rows if row["indicator"] != "R85"]


@pytest.mark.parametrize(
    ("amount", "level", "found"),
    [("2000.00", "TOWNSHIP", []), ("2000.01", "TOWNSHIP", ["R81"]), ("2000.01", "COUNTY", [])],
)
async def test_R81_over_the_limit_without_the_county(s, amount, level, found):
    case, request = uuid4(), uuid4()
    await s.deliver(reported(case), advance(case, uuid4(), amount, level=level))
    await s.deliver(granted(request, [uuid4()], amount, date(2020, 3, 6), level=level))
    assert await asked(s, case) == found
    assert await asked(s, request) == found


@pytest.mark.parametrize("order", list(permutations(range(2))))
@pytest.mark.parametrize(
    ("on", "amount", "level", "found"),
    [
        (date(2020, 4, 5), "1000.01", "TOWNSHIP", ["R82"]),
        (date(2020, 4, 5), "1000.00", "TOWNSHIP", []),
        (date(2020, 4, 6), "1000.01", "TOWNSHIP", []),
        (date(2020, 4, 5), "1000.01", "COUNTY", []),
    ],
)
async def test_R82_split_within_thirty_days(s, order, on, amount, level, found):
    case, request, person = uuid4(), uuid4(), uuid4()
    told = [
        advance(case, person, "1000.00"),
        granted(request, [uuid4(), person], amount, on, level=level),
    ]
    await s.deliver(reported(case))
    for place in order:
        await s.deliver(told[place])
    assert await asked(s, request) == found
    assert await asked(s, case) == []


@pytest.mark.parametrize(
    ("cause", "on", "level", "found"),
    [
        ("SUDDEN_ILLNESS", date(2021, 3, 6), "TOWNSHIP", ["R83"]),
        ("SUDDEN_ILLNESS", date(2021, 3, 7), "TOWNSHIP", []),
        ("SUDDEN_ILLNESS", date(2021, 3, 6), "COUNTY", []),
        ("FIRE", date(2021, 3, 6), "TOWNSHIP", []),
    ],
)
async def test_R83_the_same_cause_again_without_the_county(s, cause, on, level, found):
    case, request, person = uuid4(), uuid4(), uuid4()
    await s.deliver(reported(case, cause), advance(case, person, "500.00"))
    await s.deliver(granted(request, [person], "600.00", on, level=level))
    assert await asked(s, request) == found


@pytest.mark.parametrize(
    ("registry", "more", "outcome", "found"),
    [
        ("RETURNED", None, "COMPLETE", ["R84"]),
        ("RETURNED", "1547.99", "COMPLETE", ["R84"]),
        ("RETURNED", "1548.00", "COMPLETE", []),
        ("RETURNED", None, "INVALID", []),
        ("OUT", None, "COMPLETE", []),
    ],
)
async def test_R84_closed_below_the_floor(s, registry, more, outcome, found):
    case, person = uuid4(), uuid4()
    await s.deliver(reported(case, registry=registry), advance(case, person, "2000.00"))
    if more:
        await s.deliver(follow_up(case, person, more))
    assert await asked(s, case) == []
    await s.deliver(ReliefClosed(relief_case_id=case, outcome=outcome, closed_on=TODAY, by="x"))
    assert await asked(s, case) == found


@pytest.mark.parametrize(("amount", "found"), [("3547.99", ["R84"]), ("3548.00", [])])
async def test_R84_a_request_below_the_floor(s, amount, found):
    request = uuid4()
    await s.deliver(granted(request, [uuid4()], amount, TODAY, registry="RETURNED", level="COUNTY"))
    assert await asked(s, request) == found


async def test_R85_a_township_by_the_urgent_way_too_often_until_it_is_not(s):
    elsewhere = Division("640522200201")

    async def flags() -> list[tuple[str, str, str]]:
        rows = await s.fetch("SELECT * FROM flag WHERE subject_id = '640522200/2020'")
        return [(row["indicator"], row["status"], row["division"]) for row in rows]

    async def request() -> None:
        await s.deliver(granted(uuid4(), [uuid4()], "600.00", date(2020, 3, 2), division=elsewhere))

    for _ in range(3):
        case = uuid4()
        await s.deliver(reported(case, division=elsewhere), advance(case, uuid4(), "500.00", division=elsewhere))
    await request()
    assert await flags() == []  # four grants show nothing
    await request()
    assert await flags() == [("R85", "OPEN", "640522200000")]  # three of five
    for _ in range(2):
        await request()
    assert await flags() == [("R85", "OPEN", "640522200000")]  # three of seven: 42.9 %
    await request()
    assert await flags() == [("R85", "FALSE_POSITIVE", "640522200000")]  # three of eight


async def test_what_relief_says_is_understood_and_placed(s, servers):
    async with running(RELIEF, servers, today=date(2020, 3, 5)) as r:
        town = Asking(r)
        small: dict[str, Any] = {"others": [], "seen": {"months": 2}}
        person = payee(citizen(11))
        first = await town.hung(applicant=person, **small)
        await town.step(first, "grant", by=town.leader)
        case = await town.report(payee=person, registry="NONE")
        await town.verify(case)
        await town.grant(case, "800.01")
        for kind in (RequestAccepted, RequestGranted, EmergencyReported, AdvanceGranted):
            await s.deliver(*await r.said(kind))
    rows = await s.fetch("SELECT indicator, division FROM flag WHERE subject_id = $1", case)
    assert [(row["indicator"], row["division"]) for row in rows] == [("R82", "640522105201")]
    (place,) = await s.fetch("SELECT division FROM place WHERE case_id = $1", UUID(first))
    assert place["division"] == "640522105201"
