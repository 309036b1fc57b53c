"""care-institutions: homes, rosters, the self-care assessment (E16), whose turn a bed is."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from datetime import date
from uuid import uuid4

import pytest
import pytest_asyncio
from tests.services.care_home import CREDIT_CODE, ELSEWHERE, TOWNSHIP, Home, citizen, seen

from care_institutions.app import SERVICE
from doudi.auth import Role
from doudi.events.care_institutions import (
    InstitutionRegistered,
    ResidentAdmitted,
    ResidentLeft,
    SelfCareAssessed,
)
from doudi.events.intake import DeathReported
from doudi.testing import running


@pytest_asyncio.fixture
async def home(servers) -> AsyncIterator[Home]:
    async with running(SERVICE, servers, today=date(2020, 3, 2)) as s:
        home = Home(s)
        await home.register()
        yield home


def wish(number: int, **changes):
    return {
        "division": "640522101000",
        "name": "李大娘",
        "id_number": citizen(number),
        "group": "TEKUN",
        **changes,
    }


@pytest.mark.parametrize(
    ("failed", "grade"), [(0, "SELF_CARING"), (3, "PARTLY_DISABLED"), (4, "DISABLED"), (6, "DISABLED")]
)
async def test_E16_items_failed_make_the_grade(home: Home, failed, grade):
    resident = await home.admits(1)
    assert resident["grade"] is None
    assessment = await home.assesses(resident["id"], failed)
    assert (assessment["grade"], assessment["items_failed"]) == (grade, failed)
    assert assessment["next_due_on"] == "2021-03-02"
    (said,) = await home.s.said(SelfCareAssessed)
    assert (said.grade, said.items_failed, len(said.assessors)) == (grade, failed, 2)
    assert (await home.get(f"residents/{resident['id']}"))["grade"] == grade
    assert len((await home.get(f"residents/{resident['id']}/assessments"))["items"]) == 1


async def test_E16_a_change_reported_on_2_march_is_assessed_by_16_march(home: Home):
    resident = (await home.admits(1))["id"]
    await home.assesses(resident, 0)
    changed = await home.post(f"residents/{resident}/changes", {"reported_on": "2020-03-02"})
    assert changed["reassess_due_on"] == "2020-03-16"
    home.s.clock.set(date(2020, 3, 17))
    await home.post(f"residents/{resident}/changes", {"reported_on": "2020-03-17"})
    residents = f"institutions/{home.id}/residents"
    assert (await home.get(f"{residents}?due_before=2020-03-16"))["items"] == []
    assert len((await home.get(f"{residents}?due_before=2020-03-17"))["items"]) == 1
    await home.assesses(resident, 4, assessed_on="2020-03-01")
    assert (await home.get(f"residents/{resident}"))["reassess_due_on"] == "2020-03-16"
    await home.assesses(resident, 4)
    shown = await home.get(f"residents/{resident}")
    assert (shown["reassess_due_on"], shown["grade"]) == (None, "DISABLED")


async def test_what_is_no_assessment(home: Home):
    resident = (await home.admits(1))["id"]
    for assessors in (["a"], ["a", "a"]):
        assert (await home.assesses(resident, 0, assessors=assessors, expect=422))["type"] == (
            "/problems/assessors-too-few"
        )
    five = dict.fromkeys(list(seen(0))[:5], True)
    await home.assesses(resident, 0, items=five, expect=422)
    await home.assesses(resident, 0, items={**seen(0), "eat": "yes please"}, expect=422)
    await home.assesses(resident, 0, assessed_on="2020-03-03", expect=422)
    await home.assesses(resident, 0, next_due_on="2021-03-03", expect=422)
    await home.assesses(resident, 0, assessed_on="1990-01-01", next_due_on="2020-12-31", expect=422)
    await home.post(f"residents/{resident}/changes", {"reported_on": "1990-01-01"}, expect=422)
    assert await home.s.said(SelfCareAssessed) == []


async def test_a_home_is_registered_once_under_a_valid_code(home: Home):
    (said,) = await home.s.said(InstitutionRegistered)
    assert (said.beds, said.kind, said.division.code) == (60, "RURAL_HOME", TOWNSHIP)
    assert (await home.register(expect=409))["type"] == "/problems/already-registered"
    for bad in ("91350100M000100Y44", "91350100M000100", "9135O100M000100Y43"):
        problem = await home.register(credit_code=bad, expect=422)
        assert problem["errors"][0]["field"] == "credit_code"
    await home.register(division=ELSEWHERE, expect=403)
    shown = await home.get(f"institutions/{home.id}")
    assert (shown["credit_code"], [f["met"] for f in shown["findings"]]) == (CREDIT_CODE, [True, True])
    home.s.clock.set(date(2022, 1, 1))
    assert [f["met"] for f in (await home.get(f"institutions/{home.id}"))["findings"]] == [False, True]


async def test_tekun_who_wait_go_before_entrusted_people(home: Home):
    waits = await home.post("waiting", wish(1, grade="DISABLED"), by=home.county, expect=201)
    assert (waits["order"], waits["id_number"]) == (1, citizen(1)[:6] + "*" * 8 + citizen(1)[14:])
    await home.post("waiting", wish(2, group="ENTRUST"), by=home.county, expect=201)
    for group in ("SEVERE_CARE", "ENTRUST", "OTHER"):
        problem = await home.admits(2, group=group, expect=409)
        assert problem["type"] == "/problems/tekun-waits-first"
    await home.admits(1)
    assert [w["group"] for w in (await home.get("waiting", by=home.county))["items"]] == ["ENTRUST"]
    await home.admits(2, group="ENTRUST")
    ended = (await home.get("waiting?open=false", by=home.county))["items"]
    assert [w["ended_reason"] for w in ended] == ["ADMITTED", "ADMITTED"]
    assert [r.group for r in await home.s.said(ResidentAdmitted)] == ["TEKUN", "ENTRUST"]


async def test_tekun_of_another_county_do_not_hold_a_bed_up(home: Home):
    other = home.s.client(Role.COUNTY_CLERK, "640521000000", "county-9")
    waits = await home.post("waiting", wish(1, division=ELSEWHERE), by=other, expect=201)
    await home.admits(2, group="OTHER")
    await home.post(f"waiting/{waits['id']}/end", {"reason": "REFUSED_BED"}, by=home.county, expect=404)
    await home.post(f"waiting/{waits['id']}/end", {"reason": "REFUSED_BED"}, by=other)
    await home.post(f"waiting/{waits['id']}/end", {"reason": "REFUSED_BED"}, by=other, expect=409)


async def test_one_bed_one_place_in_the_queue_for_one_person(home: Home):
    await home.post("waiting", wish(1), by=home.county, expect=201)
    await home.post("waiting", wish(1), by=home.county, expect=409)
    first = await home.admits(1)
    assert (await home.admits(1, expect=409))["type"] == "/problems/already-resident"
    await home.post("waiting", wish(1), by=home.county, expect=409)
    await home.post(f"residents/{first['id']}/leave", {"left_on": "2020-03-02", "reason": "MOVED"})
    assert (await home.admits(1))["person_id"] == first["person_id"]
    (left,) = await home.s.said(ResidentLeft)
    assert left.reason == "MOVED"


async def test_beds_consent_and_dates(home: Home):
    await home.register(credit_code=home_code(2), beds=1)
    await home.admits(1, consented_on="2020-03-03", expect=422)
    resident = (await home.admits(1))["id"]
    assert (await home.admits(2, expect=409))["type"] == "/problems/no-bed-free"
    await home.post(f"residents/{resident}/leave", {"left_on": "2020-03-03", "reason": "MOVED"}, expect=422)
    await home.post(f"residents/{resident}/leave", {"left_on": "2020-03-01", "reason": "MOVED"}, expect=422)
    await home.post(f"residents/{resident}/leave", {"left_on": "2020-03-02", "reason": "OTHER"})
    await home.post(f"residents/{resident}/leave", {"left_on": "2020-03-02", "reason": "OTHER"}, expect=409)
    await home.assesses(resident, 0, expect=409)
    (entry,) = await home.hires(1)
    await home.post(f"roster-entries/{entry}/end", {"ended_on": "2020-03-03"}, expect=422)
    await home.post(f"roster-entries/{entry}/leave", {"from": "2020-03-01"}, expect=422)
    await home.post(f"roster-entries/{entry}/leave", {"from": "2020-03-05", "until": "2020-03-04"}, expect=422)
    await home.post(f"roster-entries/{entry}/end", {"ended_on": "2020-03-02"})
    await home.post(f"roster-entries/{entry}/leave", {"from": "2020-03-02"}, expect=409)


def home_code(number: int) -> str:
    """Another valid credit code (GB 32100-2015)."""
    alphabet = "0123456789ABCDEFGHJKLMNPQRTUWXY"
    body = f"52640522MJX00000{number}"
    return body + alphabet[-sum(alphabet.index(c) * pow(3, i, 31) for i, c in enumerate(body)) % 31]


async def test_the_last_bed_is_given_once(home: Home):
    await home.register(credit_code=home_code(3), beds=1)

    async def asks(number: int) -> int:
        body = {
            "name": "马老汉",
            "id_number": citizen(number),
            "group": "TEKUN",
            "consent_by": "PERSON",
            "consented_on": home.today,
        }
        answer = await home.manager.post(f"/v1/institutions/{home.id}/residents", json=body)
        return int(answer.status_code)

    answers = await asyncio.gather(*(asks(number) for number in range(6)))
    assert sorted(answers) == [201, 409, 409, 409, 409, 409]


async def test_who_died_waits_no_more_and_does_not_come_back(home: Home):
    await home.post("waiting", wish(1), by=home.county, expect=201)
    match_key = home.s.runtime.keys.match(citizen(1))
    await home.s.deliver(
        DeathReported(
            person_id=uuid4(),
            match_key=match_key,
            died_on=date(2020, 3, 1),
            reported_on=date(2020, 3, 2),
            source="卫健",
        )
    )
    (waited,) = (await home.get("waiting?open=false", by=home.county))["items"]
    assert waited["ended_reason"] == "DIED"
    await home.post("waiting", wish(1), by=home.county, expect=409)
    await home.admits(2, group="OTHER")


async def test_nothing_personal_lies_open_and_others_see_nothing(home: Home):
    resident = await home.admits(1)
    (entry,) = await home.hires(1)
    assert resident["id_number"] == citizen(1)[:6] + "*" * 8 + citizen(1)[14:]
    rows = await home.s.fetch(
        """SELECT row_to_json(r)::text AS t FROM resident r UNION ALL SELECT row_to_json(e)::text FROM roster_entry e
           UNION ALL SELECT value FROM outbox"""
    )
    stored = "".join(row["t"] for row in rows)
    for secret in (citizen(1), "马老汉", "杨护工"):
        assert secret not in stored
    stranger = home.s.client(Role.HOME_MANAGER, ELSEWHERE, "manager-9")
    for path in (
        f"institutions/{home.id}",
        f"institutions/{home.id}/staffing",
        f"institutions/{home.id}/residents",
        f"institutions/{home.id}/roster-entries",
        f"residents/{resident['id']}",
        f"residents/{resident['id']}/assessments",
    ):
        await home.get(path, by=stranger, expect=404)
    await home.post(f"roster-entries/{entry}/return", by=stranger, expect=404)
    await home.post(
        f"residents/{resident['id']}/leave", {"left_on": home.today, "reason": "OTHER"}, by=stranger, expect=404
    )
    assert (await home.get("institutions", by=stranger))["items"] == []
    stale = await home.manager.post(f"/v1/roster-entries/{entry}/return", headers={"If-Match": '"9"'})
    assert stale.status_code == 412
