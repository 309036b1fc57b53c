"""649号 art. 45: three refusals in a row are the person's, in whichever award the household goes on."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import date
from typing import Any

import pytest
import pytest_asyncio
from tests.services.eligibility_county import member
from tests.services.eligibility_life import Life, look
from tests.services.test_eligibility_successors import TONGXIN, TONGXIN_VILLAGE, groups

from doudi.auth import Role
from doudi.events.eligibility import AwardGranted
from doudi.testing import Servers, running
from eligibility.app import SERVICE

DAY = date(2020, 1, 2)


@pytest_asyncio.fixture(loop_scope="session")
async def life(servers: Servers) -> AsyncIterator[Life]:
    async with running(SERVICE, servers, today=DAY) as s:
        yield Life(s)


def idle(number: int) -> list[dict[str, Any]]:
    """One who earns and one who is able to and does not."""
    return [member(number, "1980-01-01", earns=True), member(number + 1, "1982-01-01")]


async def offered(life: Life, award_id: Any, who: dict[str, Any], outcome: str = "REFUSED", **more: Any) -> Any:
    body = {"person_id": who["person_id"], "offered_on": life.s.clock.today().isoformat(), "outcome": outcome}
    clerk = more.get("clerk", life.clerk)
    return await life.post(clerk, f"awards/{award_id}/work-offers", body, 201)


async def moves(life: Life, award: Any, people: list[dict[str, Any]]) -> None:
    made = await life.proposes(award, "MOVE", "MOVED", division=TONGXIN_VILLAGE, look=look("4320.00"))
    await life.tells_and_hears(made)
    await life.step(life.checker, made, "check")
    await life.step(life.s.client([Role.COUNTY_LEADER], TONGXIN, sub="tongxin-leader"), made, "accept")
    await life.step(life.leader, made, "decide")


async def splits(life: Life, award: Any, people: list[dict[str, Any]]) -> None:
    parts = groups(people, "2160.00", "2160.00")
    await life.decides(await life.proposes(award, "SPLIT", "SPLIT", groups=parts))


async def merges(life: Life, award: Any, people: list[dict[str, Any]]) -> None:
    """Into another household's award, which is the one that goes on."""
    other = await life.award(idle(11), "4320.00")
    made = await life.proposes(other, "MERGE", "MERGE", look=look("8640.00"), others=[award["id"]])
    await life.decides(made)


@pytest.mark.parametrize("goes_on", [moves, splits, merges])
async def test_45_the_row_goes_on_with_the_person_in_the_award_that_follows(life: Life, goes_on: Any):
    people = idle(1)
    award = await life.award(people, "4320.00")
    for _ in range(2):
        assert (await offered(life, award["id"], people[1]))["law_acts"] is False
    await goes_on(life, award, people)
    new = next(g for g in reversed(await life.s.said(AwardGranted)) if people[1]["person_id"] in map(str, g.insured))
    clerk = life.s.client(Role.COUNTY_CLERK, new.division.code[:6] + "000000", sub="clerk-there")
    assert str(new.award_id) != award["id"]
    assert (await offered(life, new.award_id, people[1], clerk=clerk))["law_acts"] is True
    keeps = {"kind": "REDUCE", "ground": "REFUSED_WORK", "reason": "三次拒绝", "person_id": people[1]["person_id"],
             "keeps": "50.00"}  # fmt: skip
    assert (await life.post(clerk, f"awards/{new.award_id}/interventions", keeps, 201))["kind"] == "REDUCE"


async def test_45_a_good_reason_in_the_former_award_broke_the_row(life: Life):
    people = idle(1)
    award = await life.award(people, "4320.00")
    for outcome in ("REFUSED", "REFUSED", "EXCUSED"):
        await offered(life, award["id"], people[1], outcome)
    await splits(life, award, people)
    new = (await life.s.said(AwardGranted))[-1]
    assert [(await offered(life, new.award_id, people[1]))["law_acts"] for _ in range(3)] == [False, False, True]


async def test_45_a_day_before_the_award_is_refused_by_name(life: Life):
    people = idle(1)
    award = await life.award(people, "4320.00")
    body = {"person_id": people[1]["person_id"], "offered_on": "0001-01-01", "outcome": "REFUSED"}
    told = await life.post(life.clerk, f"awards/{award['id']}/work-offers", body, 422)
    assert [error["field"] for error in told["errors"]] == ["offered_on"]
