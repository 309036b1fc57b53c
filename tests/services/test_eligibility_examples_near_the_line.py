"""E14 beside dibao, and examples.md's "property and near-line checks worth a test of their own", through the API (PX).

| example | sentence                                                       | figures                              |
|---------|----------------------------------------------------------------|--------------------------------------|
| E14     | scattered 510.00, centralised 680.00 basic and care            | not 380.00 of dibao beside it        |
| a       | an assistive motor vehicle only: property ok                   | 3 x 380.00 - y                       |
| b       | a car sold but not transferred: refused only when verified     | a question; then refused             |
| c       | a household of 2, class C, both insured: allowed               | 2 x 80.00 = 160.00                   |
| d       | a household of 2 with one TEKUN: the other is one person       | 1 x 80.00 = 80.00                    |
| e       | income 0, no deposits, able children: DIBAO, not TEKUN         | 380.00; TEKUN refused                |
"""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import date
from typing import Any

import pytest
import pytest_asyncio
from tests.services.eligibility_county import forwarded, member
from tests.services.eligibility_life import family
from tests.services.eligibility_programmes import Someone, Window, tekun

from doudi.testing import Servers, running
from eligibility.app import SERVICE

DAY = date(2020, 3, 2)


@pytest_asyncio.fixture(loop_scope="session")
async def window(servers: Servers) -> AsyncIterator[Window]:
    async with running(SERVICE, servers, today=DAY) as s:
        yield Window(s)


async def in_tekun(window: Window, who: Someone, **facts: Any) -> Any:
    """Somebody's tekun award, through its posting."""
    case = await window.applies(who, tekun(**facts))
    await window.hangs(case["id"])
    await window.confirms(case["id"])
    return await window.award_of(case["id"])


def alone(who: Someone, labour: str = "NONE") -> list[dict[str, Any]]:
    """A household of one, who is also known at the window."""
    return [member(1, who.born, labour) | {"person_id": str(who.person_id), "match_key": who.match_key}]


@pytest.mark.parametrize(
    ("form", "lines"),
    [
        ("SCATTERED", [("BASE", "510.00")]),
        ("CENTRALISED", [("BASE", "680.00"), ("CARE", "148.00")]),
    ],
)
async def test_e14_tekun_and_no_dibao_beside_it(window: Window, form: str, lines: list[tuple[str, str]]):
    man = Someone("1957-06-01")
    award = await in_tekun(window, man, form=form)
    assert [(line["item"], line["amount"]) for line in award["lines"]] == lines
    id_ = await window.receives(forwarded(alone(man), "0.00", on=window.s.clock.today()))
    refused = await window.post(window.clerk, id_, "prepare", {}, status=409)  # before anybody checks, visits or signs
    assert (refused["type"], "特困" in refused["detail"]) == ("/problems/not-together", True)
    await window.checks(id_, insured=[])  # nobody is proposed: the application is refused in writing
    await window.post(window.leader, id_, "decide", {"outcome": "REFUSED", "reason": "已享受特困供养"})
    assert (await window.leader.get("/v1/awards")).json()["items"] == []


@pytest.mark.parametrize(
    ("kind", "verified", "eligible", "question"),
    [
        ("ASSISTIVE_VEHICLE", True, True, False),
        ("CAR", False, True, True),
        ("CAR", True, False, False),
    ],
)
async def test_a_b_a_vehicle_refuses_only_when_it_is_a_car_and_verified(
    window: Window, kind: str, verified: bool, eligible: bool, question: bool
):
    things = [{"kind": kind, "amount": "20000.00", "verified": verified}]
    id_ = await window.receives(forwarded(family(), "6480.00", on=DAY, means={"assets": things}))
    made = await window.checks(id_)
    assert (made["eligible"], made["amount"]) == (eligible, "600.00" if eligible else "0.00")
    assert any("待核实：小轿车" in f["because"] for f in made["findings"]) is question
    if eligible:
        await window.post(window.leader, id_, "propose")
    else:
        refused = await window.post(window.leader, id_, "propose", status=409)
        assert refused["type"] == "/problems/not-eligible"
        assert any("小轿车" in f["because"] and not f["met"] for f in made["findings"])


def two() -> list[dict[str, Any]]:
    """Two able adults, one of whom earns."""
    return [member(1, "1980-01-01", earns=True), member(2, "1982-01-01")]


async def test_c_two_in_class_C_and_both_insured(window: Window):
    award = await window.approves(await window.receives(forwarded(two(), "7200.00", on=DAY)))
    assert (award["assistance_class"], award["amount"], award["household_size"]) == ("C", "160.00", 2)


async def test_d_beside_a_tekun_member_the_other_is_a_unit_of_one(window: Window):
    old = Someone("1955-06-01")
    await in_tekun(window, old)
    people = [member(1, "1980-01-01", earns=True), *alone(old)]
    people[1] |= {"out_reason": "TEKUN"}
    id_ = await window.receives(forwarded(people, "3600.00", on=window.s.clock.today()))
    made = await window.post(window.clerk, id_, "prepare", {})
    assert (made["assistance_class"], made["household_size"], made["approvable"]) == ("C", 1, True)
    award = await window.approves(id_)
    assert (award["amount"], award["insured"]) == ("80.00", [people[0]["person_id"]])


async def test_e_no_income_and_able_children_is_dibao_and_not_tekun(window: Window):
    mother = Someone("1950-01-01")
    case = await window.applies(mother, tekun(supporters=[{"born": "1975-01-01"}]))
    assert case["determination"]["eligible"] is False
    award = await window.approves(await window.receives(forwarded(alone(mother), "0.00", on=DAY)))
    assert (award["programme"], award["assistance_class"], award["amount"]) == ("DIBAO_R", "A", "380.00")
