"""An award's life under the later rule sets, in town, and with itemised means."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import date

import pytest_asyncio
from tests.services.eligibility_county import member
from tests.services.eligibility_life import Life, family, look

from doudi.events.eligibility import AwardGranted
from doudi.events.eligibility_life import AwardTransferred, ReviewRecorded, TaperGranted
from doudi.testing import Servers, running
from eligibility.app import SERVICE

DAY = date(2020, 1, 2)


@pytest_asyncio.fixture(loop_scope="session")
async def life(servers: Servers) -> AsyncIterator[Life]:
    async with running(SERVICE, servers, today=DAY) as s:
        yield Life(s)


async def test_E11_under_RS2022_the_sixth_month_is_the_last(life: Life):
    people = family()
    award = await life.award(people, "6480.00")
    await life.at(date(2022, 11, 5))
    job = {"person_id": people[0]["person_id"], "employer": "某公司", "look": look("99999.00")}
    long = await life.proposes(award, "TAPER", "FOUND_WORK", 409, **job, months=7)
    assert long["type"] == "/problems/taper-forbidden"
    await life.decides(await life.proposes(award, "TAPER", "FOUND_WORK", **job))
    (granted,) = await life.s.said(TaperGranted)
    assert (str(granted.from_month), str(granted.last_month)) == ("2022-12", "2023-05")
    await life.at(date(2023, 5, 31))
    assert (await life.now(award))["status"] == "TAPER"
    await life.at(date(2023, 6, 1))
    now = await life.now(award)
    assert (now["status"], now["last_month"]) == ("STOPPED", "2023-05")


async def test_a_review_under_RS2026_is_by_its_rules_and_the_stop_waits_for_the_hearing(life: Life):
    award = await life.award(family(), "6480.00")
    await life.at(date(2026, 7, 6))
    made = await life.review(award, "99999.00")
    (recorded,) = await life.s.said(ReviewRecorded)
    assert (recorded.rule_set, made["outcome"]) == ("RS2026", "STOP")
    await life.step(life.clerk, made, "notice")
    unheard = await life.step(life.checker, made, "check", status=409)
    assert unheard["type"] == "/problems/hearing-needed"
    await life.step(life.clerk, made, "hearing", {"hearing": "DECLINED"})
    await life.step(life.checker, made, "check")
    await life.step(life.leader, made, "decide")
    assert (await life.now(award))["status"] == "STOPPED"


async def test_a_plan_by_rules_that_are_no_longer_in_force_is_not_decided(life: Life):
    award = await life.award(family(), "6480.00")
    await life.at(date(2021, 6, 28))
    made = await life.review(award, "7560.00")
    await life.tells_and_hears(made)
    await life.step(life.checker, made, "check")
    await life.at(date(2021, 7, 1))
    old = await life.step(life.leader, made, "decide", status=409)
    assert (old["type"], "RS2021" in old["detail"]) == ("/problems/wrong-rule-set", True)
    await life.step(life.clerk, made, "drop", {"reason": "规则已变"})
    assert (await life.review(award, "7560.00"))["intervention_id"] is not None


async def test_from_the_village_to_the_town_the_award_goes_on_by_the_towns_standard(life: Life):
    elders = [member(1, "1946-01-01", "NONE"), member(2, "1949-01-01", "NONE")]
    award = await life.award(elders, "0.00")
    made = await life.proposes(award, "TRANSFER", "TO_OTHER_PROGRAMME", programme="DIBAO_U", look=look("0.00"))
    await life.decides(made)
    granted = (await life.s.said(AwardGranted))[-1]
    (moved,) = await life.s.said(AwardTransferred)
    assert (moved.programmes, granted.programme, str(granted.starts)) == (["DIBAO_U"], "DIBAO_U", "2020-02")
    assert granted.amount > (await life.s.said(AwardGranted))[0].amount
    new = (await life.leader.get(f"/v1/awards/{granted.award_id}")).json()
    again = await life.review(new, "0.00")
    assert (again["outcome"], again["amount_after"]) == ("UNCHANGED", str(granted.amount))


async def test_itemised_income_counts_at_a_review(life: Life):
    people = family()
    award = await life.award(people, "6480.00")
    wages = {"kind": "WAGES", "amount": "18720.00", "person_id": people[0]["person_id"]}
    made = await life.review(award, "0.00", means={"items": [wages]})
    assert made["outcome"] == "STOP"
