"""The worked examples through the HTTP API, to the fen (parameter set PX: standard 4,560 a year, 2020-03)."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import date
from typing import Any

import pytest
import pytest_asyncio
from tests.services.eligibility_county import County, death, forwarded, member

from doudi.events.eligibility import (
    ApprovalBlocked,
    AwardAdjusted,
    AwardGranted,
    AwardStopped,
    DecisionIssued,
    DeterminationMade,
)
from doudi.testing import Servers, running
from eligibility.app import SERVICE

DAY = date(2020, 3, 2)


@pytest_asyncio.fixture(loop_scope="session")
async def county(servers: Servers) -> AsyncIterator[County]:
    async with running(SERVICE, servers, today=DAY) as s:
        yield County(s)


def couple_and_child() -> list[dict[str, Any]]:
    """Two able adults, one of them earning, and a child at school."""
    return [
        member(1, "1980-01-01", earns=True),
        member(2, "1982-01-01"),
        member(3, "2010-01-01", "NONE", student=True),
    ]


async def test_E01_an_elderly_couple_gets_the_full_standard(county: County):
    id_ = await county.receives(
        forwarded([member(1, "1946-01-01", "NONE"), member(2, "1949-01-01", "NONE")], "0.00", on=DAY)
    )
    award = await county.approves(id_)
    assert (award["assistance_class"], award["amount"], award["household_size"]) == ("A", "760.00", 2)
    assert [line["amount"] for line in award["lines"]] == ["380.00", "380.00"]
    assert award["starts"] == "2020-04"
    granted = (await county.s.said(AwardGranted))[0]
    assert str(granted.amount) == "760.00"


@pytest.mark.parametrize("income", ["13680.00", "13716.00"])
async def test_E03_E04a_at_the_line_or_a_yuan_over_is_refused_with_its_reason(county: County, income: str):
    people = [
        member(1, "1980-01-01", earns=True),
        member(2, "1982-01-01"),
        member(3, "2010-01-01", "NONE", student=True),
    ]
    id_ = await county.receives(forwarded(people, income, on=DAY))
    made = await county.checks(id_)
    assert (made["eligible"], made["amount"]) == (False, "0.00")
    refusal = await county.post(county.leader, id_, "propose", status=409)
    assert refusal["type"] == "/problems/not-eligible"
    await county.post(county.leader, id_, "decide", {"outcome": "REFUSED"}, status=422)
    await county.post(county.leader, id_, "decide", {"outcome": "REFUSED", "reason": "人均收入不低于标准"})
    notice = (await county.clerk.get(f"/v1/notices/{id_}")).json()
    y = "380.00" if income == "13680.00" else "381.00"
    assert f"人均月收入 {y} 元，不低于标准 380.00 元" in notice["text"]
    assert "国务院令649号 9" in notice["clauses"]
    assert "行政复议" in notice["text"]
    assert notice["due_on"] == "2020-03-05"
    decided = (await county.s.said(DecisionIssued))[0]
    assert (decided.outcome, str(decided.amount), decided.insured) == ("REFUSED", "0.00", [])


async def test_E04b_one_fen_under_is_two_fen_for_the_needier_two(county: County):
    people = [
        member(1, "1980-01-01", earns=True),
        member(2, "1982-01-01"),
        member(3, "2010-01-01", "NONE", student=True),
    ]
    id_ = await county.receives(forwarded(people, "13679.64", on=DAY))
    first = await county.post(county.clerk, id_, "prepare", {})
    assert (first["assistance_class"], first["per_capita_income"]) == ("C", "379.99")
    award = await county.approves(id_, insured=first["needier_first"][:2])
    assert (award["amount"], len(award["insured"])) == ("0.02", 2)


async def test_E05_a_C_household_of_four_with_one_insured_is_blocked(county: County):
    people = [
        member(1, "1975-01-01"),
        member(2, "1977-01-01"),
        member(3, "2000-01-01", earns=True),
        member(4, "1944-01-01", "PARTIAL"),
    ]
    id_ = await county.receives(forwarded(people, "14400.00", on=DAY))
    made = await county.checks(id_, insured=[people[3]["person_id"]])
    assert (made["assistance_class"], made["amount"], made["approvable"]) == ("C", "80.00", False)
    refusal = await county.post(county.leader, id_, "propose", status=409)
    assert (refusal["type"], refusal["clause"]) == ("/problems/approval-forbidden", "卫民发〔2019〕21号 二(一)4")
    assert "每户至少保 2 人" in refusal["detail"]
    blocked = (await county.s.said(ApprovalBlocked))[0]
    assert (blocked.household_size, len(blocked.insured)) == (4, 1)
    assert (await county.leader.get("/v1/postings")).json()["items"] == []


async def test_E09_a_bill_of_more_than_income_opens_the_rigid_route(county: County):
    def people(first: int) -> list[dict[str, object]]:
        return [
            member(first, "1975-01-01", "PARTIAL", seriously_ill=True),
            member(first + 1, "1977-01-01", earns=True),
            member(first + 2, "2008-01-01", "NONE", student=True),
        ]

    def means(bill: str) -> dict[str, object]:
        return {"rigid_year": bill, "rigid_cause": "SERIOUS_ILLNESS", "labour_missing": True}

    id_ = await county.receives(forwarded(people(1), "24000.00", on=DAY, means=means("30000.00")))
    award = await county.approves(id_)
    assert (award["assistance_class"], award["amount"], award["household_size"]) == ("B", "1140.00", 3)
    for bill, eligible in (("28799.00", False), ("28800.00", True)):
        id_ = await county.receives(forwarded(people(10), "24000.00", on=DAY, means=means(bill)))
        assert (await county.checks(id_))["eligible"] is eligible


async def test_E13_ten_percent_more_of_ones_own_money(county: County):
    people = [
        member(1, "1946-01-01", "NONE", disability={"category": "LIMB", "grade": 1}),
        member(2, "1949-01-01", "NONE"),
    ]
    id_ = await county.receives(forwarded(people, "0.00", on=DAY))
    extra = {"person_id": people[0]["person_id"], "group": "SEVERELY_DISABLED", "reason": "仍有困难"}
    award = await county.approves(id_, extras=[extra])
    assert award["amount"] == "798.00"
    assert sorted(line["amount"] for line in award["lines"]) == ["38.00", "380.00", "380.00"]


async def test_E22_after_a_death_the_award_follows_from_the_month_after_the_report(county: County):
    people = [
        member(1, "1980-01-01", earns=True),
        member(2, "1982-01-01"),
        member(3, "2010-01-01", "NONE", student=True),
    ]
    id_ = await county.receives(forwarded(people, "6480.00", on=DAY))
    award = await county.approves(id_)
    assert award["amount"] == "600.00"
    county.s.clock.set(date(2020, 7, 20))
    await county.s.deliver(death(people[1], date(2020, 5, 15), date(2020, 7, 20)))
    adjusted = (await county.s.said(AwardAdjusted))[0]
    assert (str(adjusted.from_month), str(adjusted.amount)) == ("2020-08", "220.00")
    now = (await county.leader.get(f"/v1/awards/{award['id']}")).json()
    assert (now["amount"], now["household_size"]) == ("220.00", 2)
    assert {line["to_month"] for line in now["lines"]} == {"2020-07", None}


async def test_the_death_of_the_last_member_stops_the_award(county: County):
    people = [member(1, "1946-01-01", "NONE")]
    award = await county.approves(await county.receives(forwarded(people, "0.00", on=DAY)))
    await county.s.deliver(death(people[0], date(2020, 5, 15), date(2020, 5, 20)))
    stopped = (await county.s.said(AwardStopped))[0]
    assert str(stopped.last_month) == "2020-05"
    assert (await county.leader.get(f"/v1/awards/{award['id']}")).json()["status"] == "STOPPED"


async def test_a_determination_is_made_again_byte_for_byte(county: County):
    await county.receives(forwarded([member(1, "1946-01-01", "NONE")], "0.00", on=DAY))
    made = (await county.s.said(DeterminationMade))[0]
    again = await county.clerk.post(f"/v1/determinations/{made.determination_id}/recompute")
    assert again.json()["equal"] is True
    # A standard that is set later does not reach into a determination that was made before it.
    body = {
        "division": "640522000000",
        "amount": "400.00",
        "period": "MONTH",
        "valid_from": "2020-01-01",
        "document": "海政发〔2020〕1号",
    }
    assert (await county.leader.post("/v1/standards", json=body)).status_code == 201
    again = await county.clerk.post(f"/v1/determinations/{made.determination_id}/recompute")
    assert again.json()["equal"] is True
    id_ = await county.receives(forwarded([member(5, "1946-01-01", "NONE")], "0.00", on=DAY))
    assert (await county.approves(id_))["amount"] == "400.00"
