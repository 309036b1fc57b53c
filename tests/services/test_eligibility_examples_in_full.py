"""The sentences of E01 to E13 that need more than one application: through the HTTP API, to the fen (PX, 2020-03).

| example | sentence                                              | figures                                 |
|---------|-------------------------------------------------------|-----------------------------------------|
| E01     | class A, key-guarantee; pension out by parameter      | 2 x 380.00 = 760.00                     |
| E01     | able legal supporters: not TEKUN                      | refused, 0.00                           |
| E03     | 13,680 / 3 / 12; MARGIN from RS2021                   | 380.00, 0.00                            |
| E04     | a minimum payment of 50 per person                    | 0.02 -> 100.00                          |
| E05     | blocked; or two insured; or a signed special case     | 80.00, 160.00, 80.00                    |
| E08     | single entry and both subsidies, three lines          | 380.00 + 100.00 + 80.00 = 560.00        |
| E09     | y = 666.67; the main earner is the patient            | class B, 3 x 380.00 = 1,140.00          |
| E13     | ten percent of a DIFF award                           | 123.45 -> 12.345 -> 12.35               |
"""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import date
from typing import Any
from uuid import UUID

import pytest
import pytest_asyncio
from tests.services.eligibility_county import COUNTY, forwarded, member
from tests.services.eligibility_programmes import LIMB_2, Someone, Window, care, living, tekun

from doudi.events.eligibility import DecisionIssued
from doudi.money import Money
from doudi.testing import Servers, running
from eligibility.app import SERVICE

DAY = date(2020, 3, 2)


@pytest_asyncio.fixture(loop_scope="session")
async def window(servers: Servers) -> AsyncIterator[Window]:
    async with running(SERVICE, servers, today=DAY) as s:
        yield Window(s)


def as_member(someone: Someone, number: int, labour: str, **more: Any) -> dict[str, Any]:
    """Somebody who also comes to the window, as a member of a household."""
    known = {"person_id": str(someone.person_id), "match_key": someone.match_key}
    return member(number, someone.born, labour, **more) | known


def couple_and_child() -> list[dict[str, Any]]:
    """Two able adults, one of them earning, and a child at school."""
    return [
        member(1, "1980-01-01", earns=True),
        member(2, "1982-01-01"),
        member(3, "2010-01-01", "NONE", student=True),
    ]


def told(made: Any, clause: str) -> Any:
    """The finding of a clause."""
    return next(f for f in made["findings"] if f["clause"] == clause)


async def test_e01_a_key_guarantee_couple_whose_pension_and_children_do_not_count(window: Window):
    m1, m2 = Someone("1946-01-01"), Someone("1949-01-01")
    people = [as_member(m1, 1, "NONE"), as_member(m2, 2, "NONE")]
    pension = [
        {"kind": "BASIC_RESIDENT_PENSION", "amount": "1560.00", "person_id": person["person_id"]} for person in people
    ]
    children = [{"per_capita_month": "400.00", "supported": 2, "supported_here": 2}] * 2
    means = {"income_year": "3120.00", "items": pension, "supporters": children}
    id_ = await window.receives(forwarded(people, "3120.00", on=DAY, means=means))
    made = await window.post(window.clerk, id_, "prepare", {})
    assert (made["per_capita_income"], made["assistance_class"]) == ("0.00", "A")
    assert "不计入：城乡居民基础养老金" in str(made["findings"])
    assert any(f["met"] and f["because"] == "成员均完全丧失劳动能力且无收入来源" for f in made["findings"])
    award = await window.approves(id_)
    assert [(line["person_id"], line["item"], line["amount"]) for line in award["lines"]] == [
        (person["person_id"], "BASE", "380.00") for person in sorted(people, key=lambda p: str(p["person_id"]))
    ]
    assert (award["programme"], award["amount"], len(award["insured"])) == ("DIBAO_R", "760.00", 2)


async def test_e01_a_couple_with_able_children_is_not_tekun(window: Window):
    able = [{"born": "1970-01-01"}, {"born": "1972-01-01"}]
    for born in ("1946-01-01", "1949-01-01"):
        case = await window.applies(Someone(born), tekun(supporters=able))
        made = case["determination"]
        assert (made["eligible"], made["amount"]) == (False, "0.00")
        assert [f["clause"] for f in made["findings"] if not f["met"]] == ["民发〔2021〕43号 8"]


async def test_e03_from_2021_the_decision_says_margin_household_and_pays_nothing(window: Window):
    day = date(2021, 8, 2)
    window.s.clock.set(day)
    id_ = await window.receives(forwarded(couple_and_child(), "13680.00", on=day))
    made = await window.checks(id_)
    assert (made["per_capita_income"], made["standard"], made["outcome"]) == ("380.00", "380.00", "MARGIN")
    assert "低于标准的 1.5 倍 570.00 元" in str(made["findings"])
    await window.post(window.leader, id_, "decide", {"outcome": "REFUSED", "reason": "人均收入不低于标准"})
    (decided,) = await window.s.said(DecisionIssued)
    assert (decided.outcome, str(decided.amount), decided.rule_set) == ("REFUSED", "0.00", "RS2021")
    assert (await window.leader.get("/v1/awards")).json()["items"] == []


@pytest.mark.parametrize(("minimum", "amount"), [(None, "0.02"), ("50.00", "100.00")])
async def test_e04b_a_county_with_a_minimum_payment_pays_a_hundred(window: Window, minimum: str | None, amount: str):
    if minimum is not None:
        body = {
            "standard": "dibao.min_payment", "division": COUNTY, "amount": minimum, "period": "MONTH",
            "valid_from": "2020-03-01", "document": "海政发〔2020〕5号",
        }  # fmt: skip
        assert (await window.leader.post("/v1/standards", json=body)).status_code == 201
        assert (await window.leader.post("/v1/standards", json={**body, "period": "YEAR"})).status_code == 422
    id_ = await window.receives(forwarded(couple_and_child(), "13679.64", on=DAY))
    first = await window.post(window.clerk, id_, "prepare", {})
    assert (first["per_capita_income"], first["assistance_class"]) == ("379.99", "C")
    award = await window.approves(id_, insured=first["needier_first"][:2])
    assert (award["amount"], len(award["insured"]), award["household_size"]) == (amount, 2, 3)


@pytest.mark.parametrize(
    ("insured", "special", "amount"),
    [((3, 4), None, "160.00"), ((4,), "COLLECTIVE_DECISION", "80.00"), ((1, 2, 3, 4), None, "320.00")],
)
async def test_e05_two_insured_or_a_signed_special_case_pass(
    window: Window, insured: tuple[int, ...], special: str | None, amount: str
):
    people = [
        member(1, "1975-01-01"), member(2, "1977-01-01"), member(3, "2000-01-01", earns=True),
        member(4, "1944-01-01", "PARTIAL"),
    ]  # fmt: skip
    id_ = await window.receives(forwarded(people, "14400.00", on=DAY))
    award = await window.approves(id_, insured=[str(UUID(int=n)) for n in insured], special_case=special)
    assert (award["assistance_class"], award["amount"], len(award["insured"])) == ("C", amount, len(insured))


async def test_e08_treated_as_single_with_both_subsidies_is_560_in_three_lines(window: Window):
    others = [Someone("1965-01-01"), Someone("1967-01-01"), Someone("1990-01-01")]
    m3 = Someone("1992-05-01")
    alone = {"disability": LIMB_2, "applies_alone": True, "cannot_register_apart": True}
    people = [as_member(others[0], 1, "FULL", earns=True), as_member(others[1], 2, "FULL")]
    people += [as_member(m3, 3, "NONE", **alone), as_member(others[2], 4, "FULL", earns=True)]
    id_ = await window.receives(forwarded(people, "21600.00", on=DAY))  # 450.00 a head: the household fails
    made = await window.post(window.clerk, id_, "prepare", {})
    assert (made["route"], made["household_size"], made["amount"]) == ("SINGLE", 1, "380.00")
    assert any("450.00 元，不低于标准 380.00 元" in f["because"] and not f["met"] for f in made["findings"])
    assert any(f["because"] == "成员均完全丧失劳动能力且无收入来源" for f in made["findings"])
    dibao = await window.approves(id_)
    personal = [await window.gets(m3, facts) for facts in (living(), care())]
    paid = [(line["person_id"], line["item"], line["amount"]) for line in dibao["lines"]]
    paid += [(award["person_id"], line["item"], line["amount"]) for award in personal for line in award["lines"]]
    me = str(m3.person_id)
    assert paid == [(me, "BASE", "380.00"), (me, "LIVING", "100.00"), (me, "CARE", "80.00")]
    assert sum((Money.yuan(amount) for _, _, amount in paid), Money.zero()) == Money.yuan("560.00")
    for other in others:
        case = await window.applies(other, living())
        assert (case["determination"]["eligible"], case["determination"]["amount"]) == (False, "0.00")


async def test_e09_the_bill_of_the_main_earner_opens_the_rigid_route_to_the_whole_household(window: Window):
    people = [
        member(1, "1975-01-01", "PARTIAL", seriously_ill=True),
        member(2, "1977-01-01", earns=True),
        member(3, "2008-01-01", "NONE", student=True),
    ]
    means = {"rigid_year": "30000.00", "rigid_cause": "SERIOUS_ILLNESS", "labour_missing": True}
    id_ = await window.receives(forwarded(people, "24000.00", on=DAY, means=means))
    made = await window.post(window.clerk, id_, "prepare", {})
    assert (made["route"], made["assistance_class"], made["approvable"]) == ("RIGID", "B", True)
    below, rigid = told(made, "国务院令649号 9"), told(made, "卫民发〔2019〕21号 二(一)1")
    assert (below["met"], "666.66" in below["because"]) == (False, True)  # cut, so that it never reads as the line
    assert (rigid["met"], "不低于收入 24000.00 元的 1.2 倍" in rigid["because"]) == (True, True)
    assert [line["amount"] for line in made["lines"]] == ["380.00"] * 3
    partly = await window.post(window.clerk, id_, "prepare", {"insured": [str(UUID(int=1))]})
    assert partly["approvable"] is False


async def test_e13_ten_percent_of_a_difference_is_rounded_half_up(window: Window):
    one = member(1, "1980-01-01", "PARTIAL", earns=True)
    id_ = await window.receives(forwarded([one], "3078.60", on=DAY))  # 256.55 a month
    extra = {"person_id": one["person_id"], "group": "OTHER_SPECIAL_HARDSHIP", "reason": "仍有困难"}
    award = await window.approves(id_, extras=[extra])
    assert sorted((line["item"], line["amount"]) for line in award["lines"]) == [("BASE", "123.45"), ("EXTRA", "12.35")]
    assert award["amount"] == "135.80"
