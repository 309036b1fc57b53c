"""relief: what happens at the same time."""

from __future__ import annotations

import asyncio
from datetime import date

from tests.services.relief_town import Town

from doudi.events.relief import AdvanceGranted
from doudi.testing import running
from relief.app import SERVICE


async def test_two_cases_of_one_person_are_not_granted_at_the_same_time_by_the_township(servers):
    async with running(SERVICE, servers, today=date(2020, 3, 5)) as s:
        town = Town(s)
        cases = [await town.report() for _ in range(5)]
        for case in cases:
            await town.verify(case)

        async def grant(case: str) -> int:
            answer = await town.leader.post(f"/v1/relief-cases/{case}/advance", json={"amount": "2000.00"})
            return int(answer.status_code)

        assert sorted(await asyncio.gather(*map(grant, cases))) == [200, 409, 409, 409, 409]
        assert sorted(await asyncio.gather(*(grant(case) for case in cases * 2))) == [409] * 10
        assert len(await s.said(AdvanceGranted)) == 1
