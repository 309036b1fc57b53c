"""民发〔2019〕62号 三(一): a child is paid the difference to dibao, from the month in which dibao changes too."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import date
from typing import Any

import pytest
import pytest_asyncio
from tests.services.eligibility_county import death, member
from tests.services.eligibility_life import Life, look
from tests.services.eligibility_programmes import Someone, Window, defacto
from tests.services.eligibility_standards import RAISED, whole
from tests.services.test_eligibility_successors import groups

from doudi.events.eligibility import AwardAdjusted, AwardGranted, AwardStopped
from doudi.events.eligibility_programmes import PersonalAwardAdjusted, PersonalAwardQuestioned
from doudi.money import Money
from doudi.testing import Running, Servers, running
from eligibility.app import SERVICE

DAY = date(2020, 1, 2)


@pytest_asyncio.fixture(loop_scope="session")
async def s(servers: Servers) -> AsyncIterator[Running]:
    async with running(SERVICE, servers, today=DAY) as s:
        yield s


async def beside(s: Running, income: str) -> tuple[Life, Any, Any, list[dict[str, Any]]]:
    """An uncle who earns and a child in dibao, the child with the difference to 530.00."""
    window, life, child = Window(s), Life(s), Someone("2010-01-01")
    people = [
        member(1, "1980-01-01", earns=True),
        member(2, "2010-01-01", "NONE", student=True)
        | {"person_id": str(child.person_id), "match_key": child.match_key},
    ]
    award = await life.award(people, income)
    own = await window.gets(child, defacto(), guardian=Someone("1970-01-01"))
    return life, award, own, people


async def said(s: Running) -> list[tuple[str, str, str]]:
    """From when, which line, how much: each change of the child's allowance."""
    return [
        (str(e.from_month), line.item, str(line.amount))
        for e in await s.said(PersonalAwardAdjusted)
        for line in e.lines
    ]


async def test_三_一_the_difference_falls_and_rises_with_dibao_from_the_same_month(s: Running):
    life, award, own, _ = await beside(s, "4320.00")  # 180.00 a head: 200.00 each
    assert [(line["item"], line["amount"]) for line in own["lines"]] == [("TOP_UP", "330.00")]
    for day, income in ((date(2020, 3, 10), "0.00"), (date(2020, 5, 10), "6480.00")):
        await life.at(day)
        await life.decides(await life.review(award, income))
    await life.at(date(2020, 7, 10))
    await life.decides(await life.proposes(award, "STOP", "WITHDRAWAL"))
    dibao = [str(e.from_month) for e in await s.said(AwardAdjusted)]
    dibao += [str(e.last_month.next()) for e in await s.said(AwardStopped)]
    assert await said(s) == list(zip(dibao, ("TOP_UP", "TOP_UP", "BASE"), ("150.00", "420.00", "530.00"), strict=True))
    assert dibao == ["2020-04", "2020-06", "2020-08"]  # not in May, June and August by the comparison of a month


async def test_三_一_a_death_that_changes_the_childs_part_changes_the_difference(s: Running):
    life, award, own, people = await beside(s, "4320.00")
    await life.at(date(2020, 3, 2))
    await s.deliver(death(people[0], date(2020, 3, 1), date(2020, 3, 2)))
    (adjusted,) = await s.said(AwardAdjusted)
    part = adjusted.amount  # the child alone, by the income as it was known
    assert await said(s) == [(str(adjusted.from_month), "TOP_UP", str(Money.yuan("530.00") - part))]
    assert (str(adjusted.award_id), own["amount"]) == (award["id"], "330.00")


async def test_三_一_a_taper_that_ends_leaves_the_child_the_whole_standard(s: Running):
    life, award, _, people = await beside(s, "4320.00")
    await life.at(date(2020, 2, 20))
    job = {"person_id": people[0]["person_id"], "employer": "某公司", "months": 2, "look": look("18720.00")}
    await life.decides(await life.proposes(award, "TAPER", "FOUND_WORK", **job))
    assert await said(s) == []  # the taper pays the child's 200.00 on
    await life.at(date(2020, 4, 30))
    assert await said(s) == []
    await life.at(date(2020, 5, 1))
    (stopped,) = await s.said(AwardStopped)
    assert (str(stopped.last_month), await said(s)) == ("2020-04", [("2020-05", "BASE", "530.00")])


async def test_三_一_a_split_leaves_the_child_the_difference_to_its_own_dibao(s: Running):
    life, award, _, people = await beside(s, "4320.00")
    await life.at(date(2020, 2, 20))
    parts = groups(people, "4320.00", "1200.00")
    parts[1].pop("account")
    await life.decides(await life.proposes(award, "SPLIT", "SPLIT", groups=parts))
    child = (await s.said(AwardGranted))[-1]
    assert [str(p) for p in child.insured] == [people[1]["person_id"]]
    assert await said(s) == [(str(child.starts), "TOP_UP", str(Money.yuan("530.00") - child.amount))]


@pytest.mark.parametrize("month", ["2020-04", "2020-06"])
async def test_三_一_a_raised_standard_is_followed_in_the_same_job_from_the_same_month(s: Running, month: str):
    life, _, own, _ = await beside(s, "4320.00")
    await life.at(date(2020, 3, 2))
    await whole(life.county, {**RAISED, "valid_from": f"{month}-01"}, month)
    (adjusted,) = await s.said(AwardAdjusted)
    assert (str(adjusted.from_month), str(adjusted.amount)) == (month, "520.00")
    assert await said(s) == [(month, "TOP_UP", "270.00")]
    (told,) = await s.said(PersonalAwardAdjusted)
    assert (str(told.award_id), told.by) == (own["id"], "county-leader")
    for day in (date(2020, 4, 2), date(2020, 5, 2), date(2020, 6, 2), date(2020, 7, 2)):
        await life.at(day)
    assert (len(await said(s)), await s.said(PersonalAwardQuestioned)) == (1, [])


async def test_三_一_a_standard_dated_back_takes_nothing_of_the_difference_back(s: Running):
    life, _, _, _ = await beside(s, "4320.00")
    await life.at(date(2020, 5, 4))
    await whole(life.county, {**RAISED, "valid_from": "2020-03-01"}, "2020-03")
    assert [str(e.from_month) for e in await s.said(AwardAdjusted)] == ["2020-03"]
    assert await said(s) == [("2020-06", "TOP_UP", "270.00")]
