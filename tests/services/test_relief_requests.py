"""relief: requests of the expenditure type, from the township's window to the decision (E25b)."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from datetime import date
from typing import Any

import pytest
import pytest_asyncio
from tests.services.relief_requests import OTHERS, Asking, citizen
from tests.services.relief_town import ACCOUNT, ELSEWHERE, OTHER, TOWNSHIP, VILLAGE, WHO, payee

from doudi.auth import Role
from doudi.events.relief_requests import (
    RequestAccepted,
    RequestForwarded,
    RequestGranted,
    RequestPosted,
    RequestRefused,
    RequestReviewed,
    RequestSentBack,
    RequestWithdrawn,
)
from doudi.identity import check_digit
from doudi.testing import running
from relief.app import SERVICE

CHILD = "64052220080506001" + check_digit("64052220080506001")
SMALL: dict[str, Any] = {"others": [], "seen": {"months": 2}}
"""One person, two months: 1,200.00, within the township's limit."""


@pytest_asyncio.fixture
async def town(servers) -> AsyncIterator[Asking]:
    async with running(SERVICE, servers, today=date(2020, 3, 5)) as s:
        yield Asking(s)


async def test_every_fact_is_said(town: Asking):
    request = await town.hung(registry="RETURNED")
    await town.step(request, "forward", by=town.leader)
    await town.step(request, "grant", by=town.county)
    (accepted,) = await town.s.said(RequestAccepted, request)
    assert (accepted.persons, len(set(accepted.members)), accepted.due_on) == (4, 4, date(2020, 3, 19))
    (reviewed,) = await town.s.said(RequestReviewed, request)
    assert (reviewed.eligible, str(reviewed.amount), reviewed.months) == (True, "4800.00", 2)
    (posted,) = await town.s.said(RequestPosted, request)
    assert (posted.posted_on, posted.ends_on) == (date(2020, 3, 5), date(2020, 3, 12))
    (forwarded,) = await town.s.said(RequestForwarded, request)
    assert (forwarded.forwarded_on, forwarded.due_on, forwarded.by) == (
        date(2020, 3, 13),
        date(2020, 3, 27),
        "leader-1",
    )
    (granted,) = await town.s.said(RequestGranted, request)
    assert granted.members == accepted.members
    assert (granted.level, granted.registry, granted.cause) == ("COUNTY", "RETURNED", "MEDICAL")
    assert all(found.met for found in granted.findings)


async def test_those_who_fell_back_get_the_floor_at_least(town: Asking):
    request = (await town.asks(registry="RETURNED"))["id"]
    assert (await town.reviews(request, months=1))["amount"] == "3548.00"  # 887 x 4, above 600 x 4
    assert (await town.reviews((await town.asks(cause="EDUCATION"))["id"], months=1))["amount"] == "2400.00"


@pytest.mark.parametrize(("others", "months", "level"), [(0, 3, "TOWNSHIP"), (0, 4, "COUNTY")])
async def test_the_township_grants_up_to_its_limit(town: Asking, others: int, months: int, level: str):
    request = await town.hung(others=[], seen={"months": months})
    answer = await town.step(request, "grant", by=town.leader, expect=200 if level == "TOWNSHIP" else 409)
    if level == "TOWNSHIP":
        assert (answer["level"], answer["amount"]) == ("TOWNSHIP", "1800.00")
        return
    assert answer["type"] == "/problems/above-township-limit"
    refused = {"ground": "OTHER", "reason": "另有救助渠道"}
    assert (await town.step(request, "refuse", refused, by=town.leader, expect=409))["type"].endswith("township-limit")
    await town.step(request, "grant", by=town.county, expect=409)  # not put before it yet
    await town.step(request, "forward", by=town.leader)
    await town.step(request, "grant", by=town.leader, expect=409)
    assert (await town.step(request, "grant", by=town.county))["amount"] == "2400.00"


async def test_what_is_not_met_is_told_and_not_granted(town: Asking):
    request = (await town.asks())["id"]
    seen = await town.reviews(request, income="40800.00", property_within=False, beyond_means=False)
    assert [found["met"] for found in seen["findings"]] == [True, False, False, False, True, True]
    refused = await town.step(request, "post", expect=409)
    assert refused["type"] == "/problems/not-eligible"
    assert all(word in refused["detail"] for word in ("40800.00", "10200.00", "家庭财产超出规定", "26000.00"))
    await town.step(request, "forward", by=town.leader)
    await town.step(request, "grant", by=town.county, expect=409)
    why = {"ground": "NOT_ELIGIBLE", "reason": "人均收入不低于当地水平"}
    await town.step(request, "refuse", {**why, "reason": ""}, by=town.county, expect=422)
    done = await town.step(request, "refuse", why, by=town.county)
    assert (done["status"], done["ground"], done["reason"]) == ("REFUSED", why["ground"], why["reason"])
    (said,) = await town.s.said(RequestRefused, request)
    assert (said.level, said.ground, said.reason) == ("COUNTY", why["ground"], why["reason"])
    for verb in ("post", "forward", "withdraw"):
        await town.step(request, verb, expect=409)


async def test_nothing_is_decided_before_the_posting_is_over(town: Asking):
    request = await town.posted(**SMALL)
    town.later(7)
    early = await town.step(request, "grant", by=town.leader, expect=409)
    assert early["type"] == "/problems/posting-not-over"
    await town.step(request, "forward", by=town.leader, expect=409)
    town.later(1)
    assert (await town.step(request, "grant", by=town.leader))["status"] == "GRANTED"


async def test_the_county_sends_back_with_a_reason_and_the_township_begins_anew(town: Asking):
    request = await town.before_the_county()
    await town.step(request, "send-back", {"reason": " "}, by=town.county, expect=422)
    await town.step(request, "send-back", {"reason": "x"}, by=town.leader, expect=403)
    back = await town.step(request, "send-back", {"reason": "票据不齐"}, by=town.county_clerk)
    assert (back["status"], back["sent_back_because"]) == ("RETURNED", "票据不齐")
    (said,) = await town.s.said(RequestSentBack, request)
    assert (said.reason, said.by) == ("票据不齐", "county-clerk-1")
    await town.step(request, "grant", by=town.county, expect=409)
    await town.step(request, "forward", by=town.leader, expect=409)
    assert (await town.reviews(request, months=3))["amount"] == "7200.00"
    await town.step(request, "post")
    await town.step(request, "forward", by=town.leader, expect=409)
    town.later(8)
    await town.step(request, "forward", by=town.leader)
    assert (await town.step(request, "grant", by=town.county))["amount"] == "7200.00"


async def test_whoever_prepared_it_does_not_decide_it(town: Asking):
    both = town.s.client([Role.CLERK, Role.REVIEWER], TOWNSHIP, "both-1")
    request = await town.hung(**SMALL)
    await town.step(request, "review", {"income": "1.00", "property_within": True, "spending": "9000.00",
                                        "beyond_means": True, "months": 1}, by=both)  # fmt: skip
    await town.step(request, "post", by=both)
    town.later(8)
    assert (await town.step(request, "grant", by=both, expect=403))["type"] == "/problems/decider-had-a-hand"
    await town.step(request, "grant", by=town.clerk, expect=403)
    await town.step(request, "grant", by=town.leader)


async def test_the_board_shows_name_amount_and_category_and_hides_all_else(town: Asking):
    request = await town.posted()
    child = str(await town.posted(applicant=payee(CHILD), others=[], cause="EDUCATION"))
    (shown, of_a_child) = await town.board()
    assert shown == {
        "id": request, "applicant": "马小云", "amount": "4800.00", "category": "医疗支出", "village": shown["village"],
        "posted_on": "2020-03-05", "ends_on": "2020-03-12",
    }  # fmt: skip
    assert (of_a_child["id"], of_a_child["applicant"], of_a_child["category"]) == (child, None, "教育支出")
    assert await town.board(ELSEWHERE) == []
    town.later(7)
    assert len(await town.board()) == 2
    town.later(1)
    assert await town.board() == []


async def test_nothing_personal_lies_open(town: Asking):
    request = await town.before_the_county()
    shown = await town.acts_get(f"relief-requests/{request}")
    assert shown["applicant"]["id_number"] == "640522********0019"
    (listed,) = (await town.acts_get("relief-requests?status=COUNTY"))["items"]
    assert listed["applicant"] is None
    rows = await town.s.fetch(
        "SELECT row_to_json(r)::text AS t FROM relief_request r UNION ALL SELECT value FROM outbox "
        "UNION ALL SELECT row_to_json(m)::text FROM relief_request_member m"
    )
    stored = "".join(row["t"] for row in rows)
    for secret in (WHO, *OTHERS, "马小云", "13900001234", ACCOUNT):
        assert secret not in stored
    log = await town.s.fetch("SELECT kind FROM access_log WHERE action = 'READ' AND subject = $1", request)
    assert {row["kind"] for row in log} == {"relief-applicant"}


async def test_one_request_of_a_household_for_one_cause_at_a_time(town: Asking):
    first = (await town.asks())["id"]
    again = await town.asks(applicant=payee(citizen(101)), others=[], expect=409)
    assert again["type"] == "/problems/request-under-way"
    await town.asks(cause="EDUCATION")
    await town.step(first, "withdraw")
    assert [str(said.request_id) for said in await town.s.said(RequestWithdrawn)] == [first]
    await town.asks(applicant=payee(citizen(101)), others=[])
    assert (await town.asks(others=[WHO], expect=422))["type"] == "/problems/member-twice"


async def test_a_second_time_for_one_cause_within_twelve_months_is_the_county_s(town: Asking):
    await town.step(await town.hung(**SMALL), "grant", by=town.leader)  # on 13 March 2020
    second = await town.hung(applicant=payee(OTHER), others=[WHO], seen={"months": 1})
    refused = await town.step(second, "grant", by=town.leader, expect=409)
    assert refused["type"] == "/problems/second-time-needs-county"
    assert "2020-03-13" in refused["detail"]
    await town.step(second, "forward", by=town.leader)
    assert (await town.step(second, "grant", by=town.county))["level"] == "COUNTY"


@pytest.mark.parametrize(("on", "expect"), [(date(2021, 3, 13), 409), (date(2021, 3, 14), 200)])
async def test_the_twelve_months_end_with_the_same_day(town: Asking, on: date, expect: int):
    await town.step(await town.hung(**SMALL), "grant", by=town.leader)
    town.s.clock.set(date(2021, 3, 1))
    second = await town.posted(**SMALL)
    town.s.clock.set(on)
    await town.step(second, "grant", by=town.leader, expect=expect)


async def test_an_illness_that_was_an_emergency_counts_with_its_bills_and_the_other_way_round(town: Asking):
    await town.granted(cause="SUDDEN_ILLNESS")
    request = await town.hung(**SMALL)
    assert (await town.step(request, "grant", by=town.leader, expect=409))["type"].endswith("needs-county")
    other = {"applicant": payee(citizen(103)), **SMALL}
    await town.step(await town.hung(**other), "grant", by=town.leader)
    case = await town.report(cause="SUDDEN_ILLNESS", payee=payee(citizen(103)))
    await town.verify(case)
    assert (await town.grant(case, expect=409))["type"] == "/problems/second-time-needs-county"


async def test_nobody_elsewhere_learns_of_it(town: Asking):
    request = await town.before_the_county()
    outside = town.s.client(list(Role), ELSEWHERE, "outside-1")
    for verb in ("post", "forward", "grant", "withdraw"):
        await town.step(request, verb, by=outside, expect=404)
    await town.step(request, "refuse", {"ground": "OTHER", "reason": "x"}, by=outside, expect=404)
    assert (await outside.get(f"/v1/relief-requests/{request}")).status_code == 404
    assert (await outside.get("/v1/relief-requests")).json()["items"] == []
    assert (
        await outside.post("/v1/relief-requests", json={"division": VILLAGE, "cause": "OTHER", "applicant": payee()})
    ).status_code == 403


async def test_what_comes_at_the_same_time_is_accepted_and_granted_once(town: Asking):
    body = {"division": VILLAGE, "cause": "MEDICAL", "applicant": payee(), "others": OTHERS}

    async def asks() -> int:
        return int((await town.clerk.post("/v1/relief-requests", json=body)).status_code)

    assert sorted(await asyncio.gather(*(asks() for _ in range(5)))) == [201, 409, 409, 409, 409]
    request = await town.before_the_county(cause="EDUCATION")

    async def grant() -> int:
        return int((await town.county.post(f"/v1/relief-requests/{request}/grant")).status_code)

    assert sorted(await asyncio.gather(*(grant() for _ in range(5)))) == [200, 409, 409, 409, 409]
    assert len(await town.s.said(RequestGranted)) == 1


@pytest.mark.parametrize("months", [0, 7])
async def test_months_that_no_law_knows_are_refused(town: Asking, months: int):
    request = (await town.asks())["id"]
    assert (await town.reviews(request, months=months, expect=422))["type"] == "/problems/months-not-possible"


async def test_requests_and_money_granted_are_measured(town: Asking):
    request = await town.before_the_county()
    await town.asks(cause="EDUCATION")
    county = "640522"
    assert await town.s.measured("doudi_relief_requests") == {(county, "COUNTY"): 1, (county, "ACCEPTED"): 1}
    assert await town.s.measured("doudi_relief_requests_overdue") == {}
    await town.step(request, "grant", by=town.county)
    assert await town.s.measured("doudi_relief_granted_fen") == {(county, "EXPENDITURE"): 480000}
    case = await town.granted()
    await town.settles((await town.proposes(case))["id"], "grant")
    granted = await town.s.measured("doudi_relief_granted_fen")
    assert granted == {(county, "EXPENDITURE"): 480000, (county, "ADVANCE"): 200000, (county, "FOLLOW_UP"): 154800}
    town.later(15)
    assert await town.s.measured("doudi_relief_requests_overdue") == {(county, "TOWNSHIP"): 1}
