"""intake: income and property by item, urban households, one member's own application, and what is refused of each."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import date
from typing import Any
from uuid import uuid4

import pytest
import pytest_asyncio
from tests.services.intake_window import MEANS, VILLAGE, Departments, Window, citizen, departments

from doudi.auth import Role
from doudi.events.intake import (
    ApplicationAccepted,
    ApplicationForwarded,
    ApplicationForwardedV1,
    ApplicationSubmitted,
    ApplicationSubmittedV1,
    HomeVisited,
)
from doudi.testing import running
from intake.app import SERVICE

SUPPORTER = "欧阳鸑鷟霄"


@pytest_asyncio.fixture
async def centre() -> AsyncIterator[Departments]:
    async with departments() as centre:
        yield centre


@pytest_asyncio.fixture
async def window(servers, centre: Departments) -> AsyncIterator[Window]:
    async with running(SERVICE, servers, today=date(2022, 11, 7), departments_url=centre.url) as s:
        window = Window(s, Role)
        await window.register_family()
        yield window


def itemised(window: Window, *, found: bool = False) -> dict[str, Any]:
    """Wages, a pension, tax, a deposit, a motorcycle and a son who lives elsewhere."""
    head = window.family["HEAD"]
    verified = {"verified": True} if found else {}
    return {
        "items": [
            {"person_id": head, "kind": "WAGES", "amount": "6000.00"},
            {"person_id": window.family["SPOUSE"], "kind": "BASIC_RESIDENT_PENSION", "amount": "480.00"},
            {"person_id": head, "kind": "TAX", "amount": "12.34"},
        ],
        "assets": [
            {"person_id": head, "kind": "DEPOSIT", "amount": "1000.00", **verified},
            {"kind": "MOTORCYCLE", **verified},
        ],
        "supporters": [
            {
                "name": SUPPORTER,
                "duty": "SUPPORT_OF_PARENTS",
                "per_capita_month": "800.00",
                "supported": 4,
                "supported_here": 2,
            }
        ],
        "rigid_year": "9000.00",
        "rigid_cause": "SERIOUS_ILLNESS",
    }


async def urban(window: Window, **place: Any) -> None:
    """The same people in an urban household book."""
    members = [{"person_id": id_, "relation": relation} for relation, id_ in window.family.items()]
    members[-1] |= place
    body = {"division": VILLAGE, "hukou": "URBAN", "registry": "NOT_OUT", "members": members}
    window.household = (await window.post("/v1/households", body, expect=201))["id"]


async def test_what_is_itemised_at_the_window_is_what_the_county_gets(window: Window):
    answer = await window.apply(declared=itemised(window))
    sums = {name: answer["declared"][name] for name in ("income_year", "deductions_year", "deposits")}
    assert sums == {"income_year": "6480.00", "deductions_year": "12.34", "deposits": "1000.00"}
    assert [one["name"] for one in answer["declared"]["supporters"]] == [SUPPORTER]
    [row] = await window.s.fetch("SELECT declared::text FROM application")
    assert SUPPORTER not in row["declared"]
    listed = (await window.clerk.get("/v1/applications")).json()["items"]
    assert [one["name"] for one in listed[0]["declared"]["supporters"]] == [None]
    await window.act("accept")
    await window.act("match")
    await window.s.tick()
    await window.act("home-visit", window.visit(means=itemised(window, found=True)))
    [visited] = await window.s.said(HomeVisited)
    assert [(i.kind, str(i.amount)) for i in visited.means.items] == [
        ("WAGES", "6000.00"), ("BASIC_RESIDENT_PENSION", "480.00"), ("TAX", "12.34"),
    ]  # fmt: skip
    assert [(a.kind, a.verified) for a in visited.means.assets] == [("DEPOSIT", True), ("MOTORCYCLE", True)]
    assert [(s.duty, s.supported, s.supported_here) for s in visited.means.supporters] == [("SUPPORT_OF_PARENTS", 4, 2)]
    assert SUPPORTER not in visited.model_dump_json()
    visits = (await window.clerk.get(f"/v1/applications/{window.id}/home-visits")).json()
    assert visits[0]["means"]["supporters"][0]["name"] == SUPPORTER


async def test_what_the_surveyors_found_stands_in_the_place_of_what_was_declared(window: Window):
    await urban(window)
    await window.apply(declared=itemised(window))
    await window.act("accept")
    await window.act("match")
    await window.s.tick()
    found: list[dict[str, Any]] = [{"person_id": id_, "labour": "NONE"} for id_ in window.family.values()]
    found[-1] |= {"cannot_register_apart": True, "lives_apart": True}
    await window.act("home-visit", window.visit(found=found))
    await window.is_posted()
    window.s.clock.set(date(2022, 11, 15))
    await window.s.tick()
    [sent] = await window.s.said(ApplicationForwarded)
    assert (str(sent.means.income_year), sent.means.items, sent.means.assets) == (MEANS["income_year"], (), ())
    child = next(m for m in sent.household.members if m.relation == "CHILD")
    assert (child.cannot_register_apart, child.lives_apart, child.registered_apart) == (True, True, False)
    assert (sent.programme, sent.household.hukou) == ("DIBAO_U", "URBAN")
    [old] = await window.s.said(ApplicationForwardedV1)
    assert (old.programme, old.standard_of, old.also_in_v2) == ("DIBAO_R", "DIBAO_U", True)
    assert old.model_dump(exclude={"programme", "standard_of", "also_in_v2"}) == sent.model_dump(exclude={"programme"})


async def test_the_hukou_says_which_dibao_is_asked_for(window: Window):
    assert (await window.apply(programme="DIBAO"))["programme"] == "DIBAO_R"
    await window.act("withdraw", {"reason": "户口已迁"})
    await urban(window)
    assert (await window.apply())["programme"] == "DIBAO_U"
    assert [e.programme for e in await window.s.said(ApplicationSubmitted)] == ["DIBAO_R", "DIBAO_U"]
    old = await window.s.said(ApplicationSubmittedV1)
    assert [(e.programme, e.standard_of, e.also_in_v2) for e in old] == [
        ("DIBAO_R", "DIBAO_R", True),
        ("DIBAO_R", "DIBAO_U", True),
    ]
    problem = await window.apply(programme="DIBAO_U", expect=422)
    assert [e["field"] for e in problem["errors"]] == ["programme"]


STRANGER = str(uuid4())


@pytest.mark.parametrize(
    ("change", "type_", "field", "clause"),
    [
        ({"income_year": "6480.01"}, "means-contradict", "declared/income_year", "12"),
        ({"deductions_year": "0.00"}, "means-contradict", "declared/deductions_year", "12"),
        ({"deposits": "999.99"}, "means-contradict", "declared/deposits", "12"),
        ({"items": []}, "means-not-stated", "declared/income_year", "12"),
        (
            {"items": [{"person_id": STRANGER, "kind": "WAGES", "amount": "1.00"}]},
            "not-of-the-household",
            "declared/items/0/person_id",
            "12",
        ),
        (
            {"assets": [{"kind": "CAR"}, {"kind": "CAR", "person_id": STRANGER}]},
            "not-of-the-household",
            "declared/assets/1/person_id",
            "12",
        ),
        (
            {"supporters": [{"per_capita_month": "900.00", "supported": 1, "supported_here": 2}]},
            "support-impossible",
            "declared/supporters/0/supported_here",
            "16",
        ),
    ],
)
async def test_a_statement_that_cannot_be_true_is_refused_by_place_and_clause(
    window: Window, change, type_, field, clause
):
    problem = await window.apply(declared={**itemised(window), **change}, expect=422)
    assert (problem["type"], problem["clause"]) == (f"/problems/{type_}", f"民发〔2012〕220号 art. {clause}")
    assert [error["field"] for error in problem["errors"]] == [field]
    assert await window.s.said(ApplicationSubmitted) == []


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"items": [{"person_id": STRANGER, "kind": "LOTTERY", "amount": "1.00"}]}, "declared/items/0/kind"),
        ({"items": [{"person_id": STRANGER, "kind": "WAGES", "amount": "-1.00"}]}, "declared/items/0/amount"),
        ({"items": [{"person_id": STRANGER, "kind": "WAGES", "amount": 1}]}, "declared/items/0/amount"),
        ({"assets": [{"kind": "CAR", "verified": True}]}, "declared/assets/0/verified"),
        (
            {"supporters": [{"per_capita_month": "1.00", "supported": 0, "supported_here": 1}]},
            "declared/supporters/0/supported",
        ),
        ({"income_year": "-0.01"}, "declared/income_year"),
    ],
)
async def test_a_malformed_statement_is_refused_by_place(window: Window, change, field):
    problem = await window.apply(declared={**itemised(window), **change}, expect=422)
    assert [error["field"] for error in problem["errors"]] == [field]


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"income_year": "100000000.01"}, "income_year"),
        ({"deductions_year": "99999999999.99"}, "deductions_year"),
        ({"rigid_year": "99999999999.99"}, "rigid_year"),
        ({"deposits": "10000000000.01"}, "deposits"),
        ({"assets": [{"kind": "CAR", "amount": "99999999999.99"}]}, "assets/0/amount"),
        (
            {"supporters": [{"per_capita_month": "99999999999.99", "supported": 1, "supported_here": 1}]},
            "supporters/0/per_capita_month",
        ),
    ],
)
async def test_amounts_that_cannot_be_meant_are_refused_by_place(window: Window, change, field):
    problem = await window.apply(declared={"income_year": "6480.00", **change}, expect=422)
    assert (problem["type"], problem["errors"][0]["field"]) == ("/problems/not-plausible", f"declared/{field}")
    assert await window.s.fetch("SELECT FROM application") == []


async def test_items_that_add_up_to_what_cannot_be_meant_are_refused(window: Window):
    item = {"person_id": window.family["HEAD"], "kind": "BUSINESS", "amount": "50000000.01"}
    problem = await window.apply(declared={"items": [item] * 2}, expect=422)
    assert (problem["type"], problem["errors"][0]["field"]) == ("/problems/not-plausible", "declared/items")
    assert (await window.apply(declared={"items": [item]}))["declared"]["income_year"] == "50000000.01"


async def test_one_member_applies_alone_and_the_others_may_apply_as_before(window: Window):
    m3, declared = window.family["SPOUSE"], itemised(window)
    answer = await window.apply(applicant_id=m3, applies_alone=True, declared=declared)
    assert (answer["applies_alone"], answer["applicant_id"]) == (True, m3)
    await window.act("accept")
    [submitted], [accepted] = await window.s.said(ApplicationSubmitted), await window.s.said(ApplicationAccepted)
    assert str(submitted.alone) == m3
    assert [m.relation for m in accepted.household.members if m.applies_alone] == ["SPOUSE"]
    assert len(accepted.household.members) == 3
    assert (await window.apply(expect=409))["type"] == "/problems/already-applying"
    assert (await window.apply(applicant_id=m3, applies_alone=True, expect=409))["status"] == 409
    await window.apply(applicant_id=window.family["CHILD"], applies_alone=True)


async def test_who_is_alone_already_or_a_stranger_applies_alone_in_vain(window: Window):
    problem = await window.apply(applicant_id=STRANGER, applies_alone=True, expect=422)
    assert (problem["type"], problem["clause"]) == (
        "/problems/not-alone-in-this-household", "民发〔2012〕220号 art. 10",
    )  # fmt: skip
    assert problem["errors"] == [{"field": "applicant_id", "message": "申请人不在共同生活的家庭成员之内"}]
    one = await window.register(citizen(date(1950, 1, 1), 77))
    body = {"division": VILLAGE, "hukou": "RURAL", "members": [{"person_id": one, "relation": "HEAD"}]}
    home = (await window.post("/v1/households", body, expect=201))["id"]
    window.family["HEAD"] = one
    papers = {"household_id": home, "consents": [one], "declared": MEANS, "applicant_id": one}
    problem = await window.apply(**papers, applies_alone=True, expect=422)
    assert problem["detail"] == "该户只有一人，以户主名义申请即可"
    await window.apply(**papers)


async def test_a_book_of_ones_own_and_being_unable_to_have_one_exclude_each_other(window: Window):
    place = {"relation": "HEAD", "registered_apart": True, "cannot_register_apart": True}
    body = {"division": VILLAGE, "hukou": "RURAL", "members": [{"person_id": window.family["HEAD"], **place}]}
    problem = await window.post("/v1/households", body, expect=422)
    assert problem["errors"][0]["field"] == "members/0/cannot_register_apart"
    assert (problem["type"], problem["clause"]) == ("/problems/registered-and-unable", "民发〔2018〕90号")
    found: list[dict[str, Any]] = [{"person_id": id_, "labour": "NONE"} for id_ in window.family.values()]
    found[0] |= {"registered_apart": True, "cannot_register_apart": True}
    await window.apply()
    await window.act("accept")
    await window.act("match")
    await window.s.tick()
    problem = await window.act("home-visit", window.visit(found=found), expect=422)
    assert problem["errors"][0]["field"] == "found/0/cannot_register_apart"
    assert await window.s.said(HomeVisited) == []
