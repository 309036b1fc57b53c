"""Who comes into dibao by a merge, a move or a review is asked what else they hold; each new household is told."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import date
from typing import Any

import pytest
import pytest_asyncio
from tests.services.eligibility_county import member
from tests.services.eligibility_life import Life, family, look
from tests.services.eligibility_programmes import Someone, Window, defacto, elder
from tests.services.test_eligibility_programmes_together import gets_tekun

from doudi.events.eligibility import AwardGranted, AwardStopped
from doudi.events.eligibility_programmes import PersonalAwardAdjusted
from doudi.testing import Running, Servers, key_ring, running
from eligibility.app import SERVICE

DAY = date(2020, 3, 2)


@pytest_asyncio.fixture(loop_scope="session")
async def s(servers: Servers) -> AsyncIterator[Running]:
    async with running(SERVICE, servers, today=DAY) as s:
        yield s


def comes(who: Someone, labour: str = "NONE") -> dict[str, Any]:
    return {"person_id": str(who.person_id), "id_number": who.id_number, "birth_date": who.born, "labour": labour}


async def merging(life: Life, who: Someone, status: int = 201) -> Any:
    """Two elderly households become one, and somebody comes with them."""
    one = await life.award([member(1, "1946-01-01", "NONE")], "0.00")
    other = await life.award([member(11, "1949-01-01", "NONE")], "0.00")
    await life.at(date(2020, 4, 10))
    asked = look("0.00", added=[comes(who)])
    return await life.proposes(one, "MERGE", "MERGE", status, look=asked, others=[other["id"]])


async def test_who_is_tekun_is_not_merged_into_dibao(s: Running):
    who = Someone("1957-06-01")
    await gets_tekun(Window(s), who)
    refused = await merging(Life(s), who, 409)
    assert refused["type"] == "/problems/not-together"
    assert "特困" in refused["detail"]


async def test_what_is_lower_gives_way_to_a_merge_without_a_gap(s: Running):
    window, life, who = Window(s), Life(s), Someone("1935-01-01")
    allowance = await window.gets(who, elder())
    made = await merging(life, who)
    assert any("高龄津贴" in f["because"] and "较高" in f["because"] for f in made["findings"])
    await life.decides(made)
    granted = (await s.said(AwardGranted))[-1]
    (stopped,) = [e for e in await s.said(AwardStopped) if str(e.award_id) == allowance["id"]]
    assert who.person_id in granted.insured
    assert stopped.last_month.next() == granted.starts


async def test_what_a_newcomer_is_granted_between_the_proposal_and_the_decision_is_asked_again(s: Running):
    window, life, who = Window(s), Life(s), Someone("1957-06-01")
    made = await merging(life, who)
    await life.tells_and_hears(made)
    await life.step(life.checker, made, "check")
    s.clock.set(DAY)
    await gets_tekun(window, who)
    await life.at(date(2020, 4, 10))
    refused = await life.step(life.leader, made, "decide", status=409)
    assert refused["type"] == "/problems/not-together"


async def test_a_child_that_comes_at_a_review_keeps_the_difference_and_who_was_insured_is_not_settled_twice(s: Running):
    window, life = Window(s), Life(s)
    child, guardian = Someone("2010-01-01"), Someone("1970-01-01")
    await window.gets(child, defacto(), guardian=guardian)
    award = await life.award(family(), "6480.00")
    made = await life.review(award, "0.00", added=[comes(child)])
    assert made["outcome"] == "RAISE"
    await life.step(life.checker, made, "check")
    await life.step(life.leader, made, "decide")
    (adjusted,) = await s.said(PersonalAwardAdjusted)
    assert str(adjusted.amount) == "150.00"  # 530.00 less 380.00
    parts = [member(1, "1980-01-01")["person_id"]], [f"00000000-0000-0000-0000-00000000000{n}" for n in (2, 3)]
    groups = [{"members": m, "means": {"income_year": "0.00"}} for m in (parts[0], [*parts[1], str(child.person_id)])]
    await life.decides(await life.proposes(award, "SPLIT", "SPLIT", groups=groups))
    assert len(await s.said(PersonalAwardAdjusted)) == 1


@pytest.mark.parametrize("changes", [False, True])
async def test_each_household_of_a_split_is_told_by_the_name_of_its_own(s: Running, changes: bool):
    life, people = Life(s), family()
    for person, name in zip(people, ("户主某", "分户某", "孩子某"), strict=True):
        person["name"] = key_ring().seal(name, "person.name")
    award = await life.award(people, "6480.00")
    ids = [p["person_id"] for p in people]
    groups = [{"members": m, "means": {"income_year": i}} for m, i in ((ids[:1], "2400.00"), (ids[1:], "0.00"))]
    await life.decides(await life.proposes(award, "SPLIT", "SPLIT", groups=groups))
    first, second = (await s.said(AwardGranted))[1:]
    expected = [(first, "户主某", "180.00"), (second, "分户某", "760.00")]
    if changes:
        for granted in (first, second):
            now = (await life.leader.get(f"/v1/awards/{granted.award_id}")).json()
            await life.decides(await life.review(now, "1200.00"))
        # 380.00 less 1,200.00 a year: 280.00 for one; for two 2 x 330.00
        expected = [(first, "户主某", "280.00"), (second, "分户某", "660.00")]
    for granted, name, amount in expected:
        told = (await life.clerk.get(f"/v1/awards/{granted.award_id}/notices")).json()[-1]
        assert (told["kind"], told["addressee"], told["amount"]) == ("CHANGE", name, amount)
        assert told["from_month"] == str(granted.starts)
        assert "调整为每月" in told["lead"]
    old = (await life.clerk.get(f"/v1/awards/{award['id']}/notices")).json()[-1]
    assert (old["kind"], old["addressee"]) == ("STOP", "户主某")
