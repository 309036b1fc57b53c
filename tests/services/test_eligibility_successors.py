"""Awards that go on elsewhere: transfer, move, split and merge, each in one step, without a gap or an overlap."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator
from datetime import date
from typing import Any

import pytest_asyncio
from tests.services.eligibility_county import member
from tests.services.eligibility_life import Life, family, look

from doudi.auth import Role
from doudi.events.eligibility import AwardGranted, AwardStopped
from doudi.events.eligibility_life import AwardTransferred, HouseholdSplit
from doudi.testing import Servers, running
from eligibility.app import SERVICE

DAY = date(2020, 1, 2)
TONGXIN, TONGXIN_VILLAGE = "640521000000", "640521100001"


@pytest_asyncio.fixture(loop_scope="session")
async def life(servers: Servers) -> AsyncIterator[Life]:
    async with running(SERVICE, servers, today=DAY) as s:
        yield Life(s)


async def whole(life: Life, award: Any) -> None:
    """Nobody is covered twice, nobody who is insured is uncovered, and no month has two awards or none."""
    rows = await life.s.fetch(
        "SELECT a.id, a.insured::text, array_agg(c.person_id::text ORDER BY c.person_id) FILTER (WHERE c.active) AS c "
        "FROM award a LEFT JOIN covered c ON c.award_id = a.id WHERE a.status <> 'STOPPED' GROUP BY a.id"
    )
    for row in rows:
        assert sorted(row["c"]) == sorted(json.loads(row["insured"]))
    old = await life.now(award)
    after = await life.s.fetch("SELECT starts FROM award WHERE succeeds = $1::uuid", old["id"])
    assert all(row["starts"] == "2020-02" for row in after)
    assert (old["status"], old["last_month"]) == ("STOPPED", "2020-01")


def elders(first: int) -> list[dict[str, Any]]:
    return [member(first, "1946-01-01", "NONE"), member(first + 1, "1949-01-01", "NONE")]


ACCOUNT = {
    "payee_name": "马某某",
    "payee_id_number": "640522188001010027",
    "number": "6222020000000005555",
    "bank_code": "402",
}


def groups(people: list[dict[str, Any]], *incomes: str) -> list[dict[str, Any]]:
    """The first member alone, the others together."""
    ids = [p["person_id"] for p in people]
    parts = (ids[:1], ids[1:])
    made = [{"members": m, "means": {"income_year": i}} for m, i in zip(parts, incomes, strict=True)]
    made[1]["account"] = {**ACCOUNT, "payee_person_id": ids[1]}
    return made


async def test_a_household_splits_in_one_step_and_each_part_is_judged_by_its_own_means(life: Life):
    people = family()
    award = await life.award(people, "6480.00")
    made = await life.proposes(award, "SPLIT", "SPLIT", groups=groups(people, "2400.00", "0.00"))
    assert made["status"] == "PROPOSED"
    await life.decides(made)
    first, second = (await life.s.said(AwardGranted))[1:]
    assert [(str(g.amount), g.household_size, str(g.starts)) for g in (first, second)] == [
        ("180.00", 1, "2020-02"),
        ("760.00", 2, "2020-02"),
    ]
    assert str(second.account.payee_person_id) == people[1]["person_id"]
    assert str(first.account.payee_person_id) == people[0]["person_id"]
    (moved,), (split,) = await life.s.said(AwardTransferred), await life.s.said(HouseholdSplit)
    assert moved.into == split.awards == [first.award_id, second.award_id]
    assert split.into == [first.household_id, second.household_id]
    await whole(life, award)


async def test_the_part_that_is_not_in_need_gets_no_award(life: Life):
    people = family()
    award = await life.award(people, "6480.00")
    made = await life.proposes(award, "SPLIT", "SPLIT", groups=groups(people, "4560.00", "0.00"))
    await life.decides(made)
    assert [str(g.amount) for g in (await life.s.said(AwardGranted))[1:]] == ["760.00"]
    (split,) = await life.s.said(HouseholdSplit)
    assert (len(split.into), len(split.awards)) == (2, 1)
    await whole(life, award)


async def test_a_split_places_everybody_once(life: Life):
    people = family()
    award = await life.award(people, "6480.00")
    lost = groups(people, "0.00", "0.00")
    lost[1]["members"] = lost[1]["members"][:1]
    twice = groups(people, "0.00", "0.00")
    twice[0]["members"] = [*twice[0]["members"], people[1]["person_id"]]
    for wrong in (lost, twice, groups(people, "0.00", "0.00")[:1]):
        refused = await life.proposes(award, "SPLIT", "SPLIT", 422, groups=wrong)
        assert refused["type"] == "/problems/members-not-all-placed"


async def test_two_households_become_one(life: Life):
    first, second = elders(1), elders(11)
    one, other = await life.award(first, "0.00"), await life.award(second, "0.00")
    await life.at(date(2020, 1, 20))
    made = await life.proposes(one, "MERGE", "MERGE", look=look("9120.00"), others=[other["id"]])
    blocked = await life.proposes(other, "STOP", "WITHDRAWAL", 409)
    assert blocked["type"] == "/problems/already-proposed"
    await life.decides(made)
    granted = (await life.s.said(AwardGranted))[-1]
    assert (str(granted.amount), granted.household_size, len(granted.insured)) == ("1520.00", 4, 4)
    assert [str(e.last_month) for e in await life.s.said(AwardStopped)] == ["2020-01", "2020-01"]
    assert {e.cause for e in await life.s.said(AwardTransferred)} == {"MERGE"}
    for old in (one, other):
        await whole(life, old)


async def test_a_household_moves_when_the_other_county_takes_it_and_by_its_standard(life: Life):
    award = await life.award(family(), "6480.00")
    taker = life.s.client([Role.COUNTY_LEADER], TONGXIN, sub="tongxin-leader")
    body = {
        "division": TONGXIN, "amount": "400.00", "period": "MONTH", "valid_from": "2020-01-01",
        "document": "同政发〔2020〕1号",
    }  # fmt: skip
    assert (await taker.post("/v1/standards", json=body)).status_code == 201
    to: dict[str, Any] = {"division": TONGXIN_VILLAGE, "look": look("6480.00")}
    here = await life.proposes(award, "MOVE", "MOVED", 422, division="640522105202", look=look("6480.00"))
    assert here["type"] == "/problems/look-needed"
    made = await life.proposes(award, "MOVE", "MOVED", **to)
    await life.tells_and_hears(made)
    await life.step(life.checker, made, "check")
    assert (await life.step(life.leader, made, "decide", status=409))["type"] == "/problems/not-accepted"
    assert (await taker.get(f"/v1/interventions/{made['id']}")).status_code == 200
    waiting = (await taker.get("/v1/incoming-moves")).json()["items"]
    assert [i["id"] for i in waiting] == [made["id"]]
    assert (await life.leader.get("/v1/incoming-moves")).json()["items"] == []
    await life.step(taker, made, "accept")
    assert (await taker.get("/v1/incoming-moves")).json()["items"] == []
    await life.step(life.leader, made, "decide")
    granted = (await life.s.said(AwardGranted))[-1]
    assert (granted.division.code, str(granted.amount), str(granted.starts)) == (TONGXIN_VILLAGE, "660.00", "2020-02")
    assert (await taker.get(f"/v1/awards/{granted.award_id}")).json()["succeeds"] == award["id"]
    assert (await life.leader.get(f"/v1/awards/{granted.award_id}")).status_code == 404
    await whole(life, award)


async def test_who_is_not_in_need_there_is_not_moved_into_nothing(life: Life):
    award = await life.award(family(), "6480.00")
    refused = await life.proposes(award, "MOVE", "MOVED", 409, division=TONGXIN_VILLAGE, look=look("13680.00"))
    assert refused["type"] == "/problems/not-eligible"


async def test_from_another_programme_into_dibao_at_once(life: Life):
    award = await life.award(elders(1), "0.00")
    same = await life.proposes(award, "TRANSFER", "TO_OTHER_PROGRAMME", 422, programme="DIBAO_R", look=look("0.00"))
    assert same["type"] == "/problems/programme-not-here"
    await life.s.fetch("UPDATE award SET programme = 'TEKUN' WHERE id = $1::uuid", award["id"])
    unknown = await life.proposes(award, "TRANSFER", "TO_OTHER_PROGRAMME", 422, programme="ELDER", look=look("0.00"))
    assert unknown["type"] == "/problems/programme-not-here"
    await life.decides(
        await life.proposes(award, "TRANSFER", "TO_OTHER_PROGRAMME", programme="DIBAO_R", look=look("2400.00"))
    )
    (moved,) = await life.s.said(AwardTransferred)
    granted = (await life.s.said(AwardGranted))[-1]
    assert (moved.into, moved.programmes, str(moved.last_month)) == ([granted.award_id], ["DIBAO_R"], "2020-01")
    assert (str(granted.starts), str(granted.amount), len(granted.insured)) == ("2020-02", "760.00", 2)
    await whole(life, award)


async def test_two_who_sign_at_once_do_it_once(life: Life):
    people = family()
    award = await life.award(people, "6480.00")
    made = await life.proposes(award, "SPLIT", "SPLIT", groups=groups(people, "0.00", "0.00"))
    await life.tells_and_hears(made)
    await life.step(life.checker, made, "check")
    answers = await asyncio.gather(*(life.leader.post(f"/v1/interventions/{made['id']}/decide") for _ in range(4)))
    assert sorted(a.status_code for a in answers) == [200, 409, 409, 409]
    assert len(await life.s.said(AwardGranted)) == 3
    await whole(life, award)
