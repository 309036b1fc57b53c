"""The term of the whole procedure (民发〔2021〕57号 art. 22): near, passed, extended once, over with the decision."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import date
from typing import Any

import pytest_asyncio
from tests.services.eligibility_county import County, forwarded, member

from doudi.events.eligibility_life import StatutoryTermNearing, StatutoryTermPassed
from doudi.events.eligibility_steps import WholeTermExtended
from doudi.testing import Servers, running
from eligibility.app import SERVICE

ACCEPTED, DAY = date(2021, 7, 1), date(2021, 7, 20)
DUE, LATER = "2021-08-12", "2021-09-02"


@pytest_asyncio.fixture(loop_scope="session")
async def county(servers: Servers) -> AsyncIterator[County]:
    async with running(SERVICE, servers, today=DAY) as s:
        yield County(s)


def case(number: int = 1, accepted: date | None = ACCEPTED) -> Any:
    more = {} if accepted is None else {"accepted_on": accepted.isoformat()}
    return forwarded([member(number, "1980-01-01")], "30000.00", on=DAY, **more)


async def whole(county: County, kind: Any) -> list[tuple[str, str, str]]:
    said = [e for e in await county.s.said(kind) if e.term == "WHOLE_PROCEDURE"]
    return [(str(e.case_id), e.clause, str(e.due_on)) for e in said]


async def test_it_comes_near_passes_and_is_said_once(county: County):
    id_ = await county.receives(case())
    await county.receives(case(2, None))  # said before acceptance was told: no term
    assert (await county.clerk.get(f"/v1/cases/{id_}")).json()["whole_due_on"] == DUE
    told = [(str(id_), "民发〔2021〕57号 22", DUE)]
    await county.s.tick(date(2021, 8, 9))
    assert await whole(county, StatutoryTermNearing) == []
    for day in (date(2021, 8, 10), date(2021, 8, 12)):
        await county.s.tick(day)
        assert await whole(county, StatutoryTermNearing) == told
        assert await whole(county, StatutoryTermPassed) == []
    for day in (date(2021, 8, 13), date(2021, 8, 14)):
        await county.s.tick(day)
        assert await whole(county, StatutoryTermPassed) == told


async def test_a_decision_ends_it(county: County):
    id_ = await county.receives(case())
    await county.checks(id_)
    await county.post(county.leader, id_, "decide", {"outcome": "REFUSED", "reason": "收入高于标准"})
    await county.s.tick(date(2021, 8, 20))
    assert await whole(county, StatutoryTermNearing) == await whole(county, StatutoryTermPassed) == []


async def test_a_special_case_has_the_longer_term_once_and_in_time(county: County):
    first, late = await county.receives(case()), await county.receives(case(2))
    await county.post(county.clerk, first, "extend", {"reason": "须跨省核对"}, 403)
    await county.s.tick(date(2021, 8, 12))
    seen = await county.post(county.checker, first, "extend", {"reason": "须跨省核对"})
    assert seen["whole_due_on"] == LATER
    (said,) = await county.s.said(WholeTermExtended)
    assert (said.application_id, str(said.due_on), said.reason, said.by) == (
        first,
        LATER,
        "须跨省核对",
        "county-checker",
    )
    await county.post(county.leader, first, "extend", {"reason": "再延长"}, 409)
    await county.s.tick(date(2021, 8, 13))
    await county.post(county.leader, late, "extend", {"reason": "已经届满"}, 409)
    assert await whole(county, StatutoryTermPassed) == [(str(late), "民发〔2021〕57号 22", DUE)]
    await county.s.tick(date(2021, 9, 3))
    assert (str(first), "民发〔2021〕57号 22", LATER) in await whole(county, StatutoryTermPassed)


async def test_a_case_that_comes_back_keeps_its_day(county: County):
    event = case()
    id_ = await county.receives(event)
    await county.post(county.clerk, id_, "return", {"reason": "缺少收入证明"})
    await county.s.tick(date(2021, 8, 13))
    assert len(await whole(county, StatutoryTermPassed)) == 1
    await county.s.deliver(event)
    assert (await county.clerk.get(f"/v1/cases/{id_}")).json()["whole_due_on"] == DUE
