"""Between dry-run and execution awards change in every way there is: these differ, each with its event, no other."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import date
from typing import Any

import pytest_asyncio
from tests.services.eligibility_county import death, forwarded
from tests.services.eligibility_life import Life, look
from tests.services.eligibility_standards import (
    DAY,
    RAISED,
    approved,
    call,
    couple,
    executed,
    proposed,
    whole,
)
from tests.services.test_eligibility_life import raised
from tests.services.test_eligibility_successors import TONGXIN, TONGXIN_VILLAGE, groups

from doudi.auth import Role
from doudi.testing import Servers, running
from eligibility.app import SERVICE

AWARDS = 48
INCOME = "4800.00"


@pytest_asyncio.fixture(loop_scope="session")
async def life(servers: Servers) -> AsyncIterator[Life]:
    async with running(SERVICE, servers, today=DAY) as s:
        yield Life(s)


async def granted(life: Life, households: list[list[dict[str, Any]]]) -> list[Any]:
    """Awards in the order of the households, by two postings that hang together."""
    ids = [await life.county.receives(forwarded(p, INCOME, on=life.s.clock.today())) for p in households]
    for id_ in ids:
        await life.county.checks(id_)
        posted = await life.county.post(life.leader, id_, "propose")
    await life.at(date.fromordinal(date.fromisoformat(posted["posting_ends_on"]).toordinal() + 1))
    for id_ in ids:
        await life.county.post(life.leader, id_, "decide", {"outcome": "APPROVED"})
    rows = await life.s.fetch("SELECT id, application_id FROM award")
    known = {str(row["application_id"]): str(row["id"]) for row in rows}
    return [{"id": known[str(id_)]} for id_ in ids]


async def reviewed(life: Life, award: Any, income: str, **more: Any) -> None:
    made = await life.review(award, income, **more)
    if made["outcome"] == "RAISE":
        await raised(life, made)
    elif made["outcome"] != "UNCHANGED":
        await life.decides(made)


async def moved(life: Life, award: Any) -> None:
    taker = life.s.client([Role.COUNTY_LEADER], TONGXIN, sub="tongxin-leader")
    made = await life.proposes(award, "MOVE", "MOVED", division=TONGXIN_VILLAGE, look=look(INCOME))
    await life.tells_and_hears(made)
    await life.step(life.checker, made, "check")
    await life.step(taker, made, "accept")
    await life.step(life.leader, made, "decide")


async def changed(life: Life, awards: list[Any], people: list[list[dict[str, Any]]]) -> dict[str, str]:
    """Changes each of the first awards in its own way; the type of event that each is to be listed with."""
    came = {"person_id": "00000000-0000-0000-0000-000000009999", "id_number": "640502188506150011",
            "birth_date": "2010-01-01", "labour": "NONE"}  # fmt: skip
    await reviewed(life, awards[0], "2400.00")
    await reviewed(life, awards[1], "7200.00")
    await reviewed(life, awards[2], INCOME, added=[came])
    await reviewed(life, awards[3], "3600.00", left=[people[3][1]["person_id"]])
    await reviewed(life, awards[4], "99999.00")
    today = life.s.clock.today()
    await life.s.deliver(death(people[5][1], today, today))
    for person in people[6]:
        await life.s.deliver(death(person, today, today))
    await life.decides(await life.proposes(awards[7], "STOP", "WITHDRAWAL"))
    await life.decides(await life.proposes(awards[8], "SUSPEND", "BY_DECISION"))
    states = [{"person_id": people[9][1]["person_id"], "earns": True, "labour": "PARTIAL"}]
    job = {"person_id": people[9][1]["person_id"], "employer": "某公司", "look": look("18720.00", members=states)}
    await life.decides(await life.proposes(awards[9], "TAPER", "FOUND_WORK", **job))
    parts = groups(people[10], "1200.00", "1200.00")
    await life.decides(await life.proposes(awards[10], "SPLIT", "SPLIT", groups=parts))
    one = await life.proposes(awards[11], "MERGE", "MERGE", look=look("9120.00"), others=[awards[12]["id"]])
    await life.decides(one)
    await moved(life, awards[13])
    await reviewed(life, awards[14], INCOME)  # the same money, on facts that were verified anew
    adjusted, stopped = ("doudi.eligibility.award-adjusted.v1", "doudi.eligibility.award-stopped.v1")
    suspended = "doudi.eligibility.award-suspended.v1"
    told = {0: adjusted, 1: adjusted, 2: adjusted, 3: adjusted, 4: stopped, 5: stopped, 6: stopped, 7: stopped}
    taper = "doudi.eligibility.taper-granted.v1"
    moved_on = "doudi.eligibility.award-transferred.v1"
    told |= {8: suspended, 9: taper, 10: moved_on, 11: moved_on, 12: moved_on, 13: moved_on}
    told |= {14: "doudi.eligibility.review-recorded.v1"}
    return {awards[number]["id"]: type_ for number, type_ in told.items()}


async def untouched(life: Life, awards: list[Any]) -> None:
    """What is proposed or told and not decided."""
    await life.proposes(awards[15], "STOP", "WITHDRAWAL")
    told = await life.proposes(awards[16], "SUSPEND", "BY_DECISION")
    await life.tells_and_hears(told)


async def rows_of(life: Life, job: Any, **filters: Any) -> dict[str, Any]:
    path = f"/v1/redeterminations/{job['id']}/awards"
    answer = await life.clerk.get(path, params={**filters, "limit": 200})
    assert answer.status_code == 200, answer.text
    return {row["award_id"]: row for row in answer.json()["items"]}


async def test_the_differences_are_exactly_the_awards_that_changed_each_with_its_event(life: Life):
    people = [couple(10 + 2 * number) for number in range(AWARDS)]
    awards = await granted(life, people)
    job = await proposed(life.county)
    planned = await rows_of(life, job)
    assert (len(planned), {row["new_amount"] for row in planned.values()}) == (AWARDS, {"480.00"})
    await approved(life.county, job)
    before = await life.s.fetch("SELECT id FROM outbox")
    told = await changed(life, awards, people)
    await untouched(life, awards)
    new = await life.s.fetch("SELECT id FROM award WHERE succeeds IS NOT NULL AND division LIKE '640522%'")
    late = await granted(life, [couple(900)])
    told |= {str(id_): "doudi.eligibility.award-granted.v2" for id_ in [late[0]["id"], *(row["id"] for row in new)]}
    job = await executed(life.county, job)
    listed = await rows_of(life, job, changed=True)
    assert {id_: row["changed_because"].partition("：")[0] for id_, row in listed.items()} == told
    assert job["settled"]["changed_since"] == len(told)
    events = {str(row["id"]): row for row in await life.s.fetch("SELECT id, type, key FROM outbox")}
    for id_, row in listed.items():
        event = events[row["changed_event"]]
        assert (event["type"], event["key"]) == (told[id_], id_)
        assert row["changed_event"] not in {str(known["id"]) for known in before}
    after = await rows_of(life, job)
    same = {award["id"] for award in awards} - told.keys()
    assert len(same) == AWARDS - 15
    for id_ in same:
        assert (after[id_]["settled_amount"], after[id_]["changed_because"]) == (planned[id_]["new_amount"], None)
        assert (await call(life.leader, "GET", f"/v1/awards/{id_}"))["amount"] == "480.00"


async def test_another_standard_executed_in_between_and_a_transfer_are_the_only_differences(life: Life):
    people = [couple(10), couple(20), couple(30)]
    awards = await granted(life, people[:2])
    near = await life.award(people[2], "9000.00")  # 5.00 a head: the minimum payment reaches this one alone
    job = await proposed(life.county)
    planned = await rows_of(life, job)
    await approved(life.county, job)
    least = {**RAISED, "standard": "dibao.min_payment", "amount": "50.00", "document": "海政发〔2020〕10号"}
    other = await whole(life.county, least)
    assert (other["settled"]["adjusted"], other["settled"]["changed_since"]) == (1, 0)
    to_town: dict[str, Any] = {"programme": "DIBAO_U", "look": look(INCOME)}
    await life.decides(await life.proposes(awards[1], "TRANSFER", "TO_OTHER_PROGRAMME", **to_town))
    (new,) = await life.s.fetch("SELECT id FROM award WHERE succeeds IS NOT NULL")
    job = await executed(life.county, job)
    listed = await rows_of(life, job, changed=True)
    assert {id_: row["changed_because"].partition("：")[0] for id_, row in listed.items()} == {
        near["id"]: "doudi.eligibility.award-adjusted.v1",
        awards[1]["id"]: "doudi.eligibility.award-transferred.v1",
        str(new["id"]): "doudi.eligibility.award-granted.v2",
    }
    settled = {id_: (row["settled"], row["settled_amount"]) for id_, row in (await rows_of(life, job)).items()}
    assert settled[awards[0]["id"]] == ("ADJUSTED", planned[awards[0]["id"]]["new_amount"])
    assert settled[near["id"]] == ("ADJUSTED", "130.00")
    assert settled[awards[1]["id"]][0] == "GONE"
    assert (await life.now(near))["amount"] == "130.00"
