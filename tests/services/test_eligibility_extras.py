"""Ten percent more (二(一)4) over time: the group of a kept extra may no longer fit; no raise is lost by it."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import date
from typing import Any

import pytest_asyncio
from tests.services.eligibility_county import forwarded, member
from tests.services.eligibility_life import Life, look
from tests.services.eligibility_standards import APRIL, results, whole
from tests.services.test_eligibility_successors import groups

from doudi.events.eligibility import AwardAdjusted, AwardGranted
from doudi.testing import Servers, running
from eligibility.app import SERVICE

DAY = date(2020, 3, 2)


@pytest_asyncio.fixture(loop_scope="session")
async def life(servers: Servers) -> AsyncIterator[Life]:
    async with running(SERVICE, servers, today=DAY) as s:
        yield Life(s)


def household() -> list[dict[str, Any]]:
    """Two grown-ups and one who is eighteen on 20 March 2020."""
    return [
        member(1, "1980-01-01", earns=True), member(2, "1982-01-01"),
        member(3, "2002-03-20", "NONE", student=True),
    ]  # fmt: skip


async def with_a_minor(
    life: Life, income: str = "6480.00", **choice: Any
) -> tuple[Any, list[dict[str, Any]], list[dict[str, Any]]]:
    """200.00 (180.00) for each who is insured, and a tenth more for the youngest, until then a minor."""
    people = household()
    extras = [{"person_id": people[2]["person_id"], "group": "MINOR", "reason": "生活仍有困难"}]
    id_ = await life.county.receives(forwarded(people, income, on=life.s.clock.today()))
    return await life.county.approves(id_, extras=extras, **choice), people, extras


async def test_二_一_4_a_raised_standard_raises_who_has_grown_out_of_the_group_and_lists_the_household(life: Life):
    award, _, _ = await with_a_minor(life)
    assert award["amount"] == "620.00"
    job = await whole(life.county)
    (row,) = await results(life.county, job)
    assert (row["outcome"], row["settled"], row["settled_amount"]) == ("GAINS", "ADJUSTED", "806.00")
    assert "增发对象与核实的情况不符：未成年人" in row["listed_because"]
    (adjusted,) = await life.s.said(AwardAdjusted)
    lines = sorted((line.item, str(line.amount)) for line in adjusted.lines)
    assert (str(adjusted.from_month), lines) == (APRIL, [("BASE", "260.00")] * 3 + [("EXTRA", "26.00")])
    (listed,) = await results(life.county, job, listed=True)
    assert listed["award_id"] == award["id"]


async def test_二_一_4_a_review_tells_that_the_extra_is_to_be_named_anew(life: Life):
    award, _, extras = await with_a_minor(life)
    await life.at(date(2020, 3, 25))
    told = await life.review(award, "6480.00", 409)
    assert (told["type"], told["clause"]) == ("/problems/approval-forbidden", "卫民发〔2019〕21号 二(一)4")
    assert "增发对象与核实的情况不符：未成年人" in told["detail"]
    assert "重新填写增发对象" in told["detail"]
    assert [error["field"] for error in told["errors"]] == ["extras"]
    assert (await life.review(award, "6480.00", 409, extras=extras))["errors"][0]["field"] == "extras"
    made = await life.review(award, "6480.00", extras=[])
    assert (made["outcome"], made["amount_after"]) == ("REDUCE", "600.00")
    await life.decides(made)
    assert (await life.now(award))["amount"] == "600.00"


async def test_二_一_4_naming_the_extras_anew_keeps_whom_the_county_insured(life: Life):
    award, _, _ = await with_a_minor(life, "7200.00", insured=[household()[n]["person_id"] for n in (0, 2)])
    assert award["amount"] == "378.00"
    await life.at(date(2020, 3, 25))
    made = await life.review(award, "7200.00", extras=[])
    assert (made["outcome"], made["amount_after"]) == ("REDUCE", "360.00")  # not a third person by the way


async def test_二_一_4_naming_whom_to_insure_anew_keeps_the_extra(life: Life):
    award, people, _ = await with_a_minor(life, "7200.00", insured=[household()[n]["person_id"] for n in (0, 2)])
    made = await life.review(award, "7200.00", insured=[p["person_id"] for p in people])
    assert (made["outcome"], made["amount_after"]) == ("RAISE", "558.00")


async def test_二_一_4_a_proposal_names_the_field_within_it(life: Life):
    award, _, _ = await with_a_minor(life)
    await life.at(date(2020, 3, 25))
    told = await life.proposes(award, "MOVE", "MOVED", 409, division="640521100001", look=look("6480.00"))
    assert [error["field"] for error in told["errors"]] == ["look/extras"]


async def test_二_一_4_a_split_leaves_nobody_without_an_award_because_of_the_extra(life: Life):
    award, people, _ = await with_a_minor(life)
    await life.at(date(2020, 3, 25))
    told = await life.proposes(award, "SPLIT", "SPLIT", 409, groups=groups(people, "2400.00", "0.00"))
    assert [error["field"] for error in told["errors"]] == ["groups/1"]
    assert "先复核" in told["detail"]
    await life.decides(await life.review(award, "7200.00", extras=[]))
    parts = groups(people, "2400.00", "0.00")
    await life.decides(await life.proposes(award, "SPLIT", "SPLIT", groups=parts))
    assert [str(g.amount) for g in (await life.s.said(AwardGranted))[1:]] == ["180.00", "760.00"]
