"""Programmes of one person through the HTTP API, to the fen: E08's subsidies, E14, E16, E18, children and elders."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import date
from typing import Any

import pytest
import pytest_asyncio
from tests.services.eligibility_county import forwarded, member
from tests.services.eligibility_programmes import COUNTY, Someone, Window, care, defacto, elder, living, tekun

from doudi.events.eligibility_programmes import (
    PersonalAwardGranted,
    PersonalDecisionIssued,
    PersonalDeterminationMade,
    PersonalPostingEnded,
    PersonalPostingStarted,
)
from doudi.testing import Servers, key_ring, running
from eligibility.app import SERVICE

DAY = date(2020, 3, 2)
ITEMS = ("EAT", "DRESS", "IN_OUT_OF_BED", "TOILET", "WALK_INDOORS", "BATHE")


@pytest_asyncio.fixture(loop_scope="session")
async def window(servers: Servers) -> AsyncIterator[Window]:
    async with running(SERVICE, servers, today=DAY) as s:
        yield Window(s)


async def in_dibao(window: Window, *people: Someone) -> None:
    """A household of people without capacity or income is granted dibao; the clock goes back to the day."""
    members = [
        member(n, someone.born, "NONE") | {"person_id": str(someone.person_id), "match_key": someone.match_key}
        for n, someone in enumerate(people)
    ]
    await window.approves(await window.receives(forwarded(members, "0.00", on=window.s.clock.today())))
    window.s.clock.set(DAY)


def lines(award: dict[str, Any]) -> list[tuple[str, str]]:
    return [(line["item"], line["amount"]) for line in award["lines"]]


async def test_E08_both_subsidies_beside_dibao(window: Window):
    someone = Someone("1992-05-01")
    await in_dibao(window, someone)
    one = await window.gets(someone, living())
    two = await window.gets(someone, care())
    assert (lines(one), one["starts"]) == ([("LIVING", "100.00")], "2020-03")
    assert (lines(two), two["starts"]) == ([("CARE", "80.00")], "2020-03")
    granted = await window.s.said(PersonalAwardGranted)
    assert [(e.programme, str(e.amount), str(e.starts)) for e in granted] == [
        ("LIVING_SUB", "100.00", "2020-03"),
        ("CARE_SUB", "80.00", "2020-03"),
    ]
    assert granted[0].person_id == someone.person_id


async def test_二_四_11_a_county_may_raise_a_subsidy_by_a_document_of_its_own(window: Window):
    own = {"standard": "care_sub.amount", "division": COUNTY, "amount": "95.00", "period": "MONTH",
           "valid_from": "2020-03-01", "document": "海政发〔2020〕3号"}  # fmt: skip
    yearly = await window.leader.post("/v1/standards", json={**own, "period": "YEAR"})
    assert (yearly.status_code, yearly.json()["errors"][0]["field"]) == (422, "period")
    made = await window.leader.post("/v1/standards", json=own)
    assert (made.status_code, made.json()["standard"]) == (201, "care_sub.amount")
    known = await window.leader.get("/v1/standards", params={"division": COUNTY, "standard": "care_sub.amount"})
    assert ("2020-03-01", "95.00", "海政发〔2020〕3号") in [
        (row["valid_from"], row["amount"], row["source"]) for row in known.json()
    ]
    assert lines(await window.gets(Someone("1992-05-01"), care())) == [("CARE", "95.00")]
    change = {"division": COUNTY, "from_month": "2020-03", "standard_ids": [made.json()["id"]]}
    counted = await window.clerk.post("/v1/redeterminations", json=change)
    assert (counted.status_code, counted.json()["figures"]["same"]) == (201, 1)


async def test_E08_the_other_members_get_nothing(window: Window):
    case = await window.applies(Someone("1990-01-01"), living())
    assert case["determination"]["eligible"] is False
    assert any("不是低保家庭成员" in f["because"] for f in case["determination"]["findings"])


@pytest.mark.parametrize(("grade", "amounts"), [(2, ["100.00", "80.00"]), (3, ["100.00", None])])
async def test_E18_grade_two_gets_both_and_grade_three_one(window: Window, grade: int, amounts: list[str | None]):
    someone = Someone("1985-01-01")
    await in_dibao(window, someone)
    limb = {"category": "LIMB", "grade": grade}
    assert (await window.gets(someone, living(disability=limb)))["amount"] == amounts[0]
    case = await window.applies(someone, care(disability=limb))
    made = case["determination"]
    assert (made["eligible"], made["amount"]) == (amounts[1] is not None, amounts[1] or "0.00")


async def test_E14_tekun_through_its_posting(window: Window):
    someone = Someone("1957-06-01", name="田有福")
    case = await window.applies(someone, tekun())
    assert case["determination"]["lines"] == [{"item": "BASE", "amount": "510.00"}]
    early = await window.act(window.clerk, case["id"], "prepare", status=409)
    assert (early["type"], early["clause"]) == ("/problems/posting-missing", "民发〔2021〕43号 art. 15")
    posted = await window.act(window.township, case["id"], "post", {})
    assert posted["posting_ends_on"] == "2020-03-09"
    shown = (await window.s.public().get("/v1/programme-postings")).json()["items"][0]
    assert (shown["applicant_name"], shown["programme"], shown["amount"]) == ("田有福", "TEKUN", "510.00")
    assert set(shown) == {
        "id", "applicant_name", "programme", "amount", "division", "village", "posted_on", "ends_on", "objections",
    }  # fmt: skip
    await window.s.tick(date(2020, 3, 9))
    await window.act(window.clerk, case["id"], "prepare", status=409)
    await window.s.tick(date(2020, 3, 10))
    assert (await window.s.public().get("/v1/programme-postings")).json()["items"] == []
    decided = await window.confirms(case["id"])
    assert (decided["status"], decided["decided_on"]) == ("APPROVED", "2020-03-10")
    award = await window.award_of(case["id"])
    assert (award["amount"], award["starts"], award["review_due_on"]) == ("510.00", "2020-04", "2021-03-31")
    started, ended = (await window.s.said(PersonalPostingStarted))[0], (await window.s.said(PersonalPostingEnded))[0]
    assert (started.days, ended.full, ended.ended_on) == (7, True, date(2020, 3, 10))
    decision = (await window.s.said(PersonalDecisionIssued))[0]
    assert (decision.outcome, str(decision.amount), decision.rule_set) == ("APPROVED", "510.00", "RS2019")
    assert (decision.prepared_by, decision.checked_by, decision.signed_by) == (
        "county-clerk", "county-checker", "county-leader",
    )  # fmt: skip


@pytest.mark.parametrize(
    ("failed", "scattered", "centralised"),
    [(0, "510.00", "828.00"), (3, "590.00", "926.67"), (4, "590.00", "1173.33")],
)
async def test_E16_the_grade_sets_the_care(window: Window, failed: int, scattered: str, centralised: str):
    for form, amount in (("SCATTERED", scattered), ("CENTRALISED", centralised)):
        case = await window.applies(Someone("1957-06-01"), tekun(*ITEMS[:failed], form=form))
        await window.hangs(case["id"])
        await window.confirms(case["id"])
        award = await window.award_of(case["id"])
        assert award["amount"] == amount
        window.s.clock.set(DAY)


async def test_a_child_in_dibao_gets_the_difference_and_nothing_of_it_is_posted(window: Window):
    child, guardian = Someone("2010-01-01"), Someone("1970-01-01")
    await in_dibao(window, child)
    case = await window.applies(child, defacto(), guardian=guardian)
    assert case["determination"]["lines"] == [{"item": "TOP_UP", "amount": "150.00"}]
    assert (await window.act(window.township, case["id"], "post", {}, 409))["type"] == "/problems/nothing-to-post"
    await window.confirms(case["id"])
    granted = (await window.s.said(PersonalAwardGranted))[0]
    assert (str(granted.amount), granted.account.payee_person_id) == ("150.00", guardian.person_id)
    assert key_ring().open(granted.account.payee_name, "person.name") == guardian.name
    assert await window.s.said(PersonalPostingStarted) == []


async def test_a_childs_money_does_not_go_to_the_child(window: Window):
    refused = await window.applies(Someone("2010-01-01"), defacto(), status=422)
    assert (refused["type"], refused["clause"]) == ("/problems/guardian-needed", "民发〔2019〕62号 四(三)")


@pytest.mark.parametrize(
    ("facts", "amount"),
    [
        ({"programme": "ORPHAN", "parents": ["DEAD", "NOT_FOUND"], "placement": "COMMUNITY"}, "736.00"),
        ({"programme": "ORPHAN", "parents": ["DEAD", "DEAD"], "placement": "INSTITUTION"}, "1048.00"),
        (defacto(), "530.00"),
    ],
)
async def test_children(window: Window, facts: dict[str, Any], amount: str):
    award = await window.gets(Someone("2010-01-01"), facts, guardian=Someone("1970-01-01"))
    assert (award["amount"], award["starts"]) == (amount, "2020-04")


@pytest.mark.parametrize(("born", "amount"), [("1940-03-02", "270.00"), ("1930-03-02", "500.00"), ("1940-03-03", None)])
async def test_elders(window: Window, born: str, amount: str | None):
    case = await window.applies(Someone(born), elder())
    made = case["determination"]
    assert (made["eligible"], made["amount"]) == (amount is not None, amount or "0.00")


async def test_care_places_have_no_money_and_tekun_is_tested_first(window: Window):
    facts = {"programme": "ENTRUST", "household_kind": "DIBAO_R", "tekun_waiting": 0, "failed_items": []}
    tekun_case = await window.applies(Someone("1950-01-01"), facts)
    assert tekun_case["determination"]["eligible"] is False
    award = await window.gets(Someone("1950-01-01"), {**facts, "supporters": [{"born": "1980-01-01"}]})
    assert (award["amount"], award["lines"]) == ("0.00", [])
    severe = {
        "programme": "SEVERE_CARE", "registered_poor": True, "long_term_care": True,
        "disability": {"category": "LIMB", "grade": 2}, "supporters": [{"born": "1960-01-01"}],
    }  # fmt: skip
    assert (await window.gets(Someone("1990-01-01"), severe))["programme"] == "SEVERE_CARE"


async def test_the_universal_allowance_is_not_in_force_before_2023(window: Window):
    facts = {"programme": "ELDER_2023", "hukou": "640522105201"}
    refused = await window.applies(Someone("1935-01-01"), facts, status=409)
    assert refused["type"] == "/problems/numbers-missing"
    window.s.clock.set(date(2023, 1, 3))
    case = await window.applies(Someone("1935-01-01"), facts)
    assert (case["determination"]["amount"], case["determination"]["rule_set"]) == ("100.00", "RS2022")


async def test_a_determination_is_made_again_byte_for_byte_and_said(window: Window):
    case = await window.applies(Someone("1957-06-01"), tekun("EAT"))
    again = await window.act(window.clerk, case["id"], "recompute")
    assert (again["equal"], again["again"]) == (True, case["determination"]["sha256"])
    said = (await window.s.said(PersonalDeterminationMade))[0]
    assert (said.sha256, str(said.amount)) == (again["again"], "590.00")
    assert {f.rule_set for f in said.findings} == {"RS2019"}


async def test_a_refusal_needs_its_reason_and_is_said_with_the_findings(window: Window):
    case = await window.applies(Someone("1990-01-01"), tekun())
    await window.act(window.clerk, case["id"], "prepare")
    await window.act(window.checker, case["id"], "check", {"agrees": True})
    visit = {"visited_on": "2020-03-02", "visitors": ["county-clerk", "county-checker"]}
    await window.act(window.clerk, case["id"], "visits", visit)
    refused = await window.act(window.leader, case["id"], "decide", {"outcome": "APPROVED"}, 409)
    assert (refused["type"], "无劳动能力" in refused["detail"]) == ("/problems/not-eligible", True)
    await window.act(window.leader, case["id"], "decide", {"outcome": "REFUSED"}, 422)
    reason = {"outcome": "REFUSED", "reason": "有劳动能力"}
    decided = await window.act(window.leader, case["id"], "decide", reason)
    assert (decided["status"], decided["notice_due_on"]) == ("REJECTED", "2020-03-05")
    decision = (await window.s.said(PersonalDecisionIssued))[0]
    assert (decision.outcome, str(decision.amount), decision.lines) == ("REFUSED", "0.00", [])
    assert any(not f.met for f in decision.findings)
