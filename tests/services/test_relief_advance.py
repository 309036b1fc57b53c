"""relief: emergency first, paperwork afterwards, through the API (E25a)."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import date
from uuid import uuid4

import pytest
import pytest_asyncio
from tests.services.relief_town import ACCOUNT, ELSEWHERE, OTHER, URGENT, WHO, Town, payee

from doudi.auth import Role
from doudi.events.payments import PaymentReturned
from doudi.events.relief import (
    AdvanceGranted,
    AdvancePaid,
    EmergencyEnded,
    EmergencyReported,
    EmergencyVerified,
    PaperworkDone,
    PaperworkFellOverdue,
    ReliefClosed,
)
from doudi.testing import running
from relief.app import SERVICE


@pytest_asyncio.fixture
async def town(servers) -> AsyncIterator[Town]:
    async with running(SERVICE, servers, today=date(2020, 3, 5)) as s:
        yield Town(s)


async def test_E25a_advance_relief_whose_papers_are_late(town: Town):
    case = await town.report()
    await town.verify(case)
    town.s.clock.set(date(2020, 3, 6))
    granted = await town.grant(case)
    assert granted["follow_up_owed"] == "1548.00"
    floor = next(f for f in granted["findings"] if "3548.00" in f["because"])
    assert (floor["met"], floor["parameters"]["follow_up_owed"]) == (False, "1548.00")
    await town.bank_pays(case)
    assert (await town.get(f"/{case}"))["status"] == "ADVANCE_PAID"
    town.s.clock.set(date(2020, 3, 11))
    ended = await town.post(f"/{case}/end-emergency", {"ended_on": "2020-03-11"})
    assert ended["paperwork_due_on"] == "2020-03-25"
    await town.s.tick(date(2020, 3, 25))
    assert await town.s.said(PaperworkFellOverdue) == []
    await town.s.tick(date(2020, 3, 26))
    await town.s.tick(date(2020, 3, 27))
    (overdue,) = await town.s.said(PaperworkFellOverdue)
    assert (overdue.due_on, overdue.noticed_on) == (date(2020, 3, 25), date(2020, 3, 26))
    assert (await town.get(f"/{case}"))["status"] == "PAPERWORK_OVERDUE"
    assert (await town.get("?due_before=2020-03-27"))["items"][0]["id"] == case
    done = await town.hand_in(case)
    assert (done["status"], done["paperwork_late"]) == ("PAPERWORK_DONE", True)
    closed = await town.post(f"/{case}/close", {"outcome": "COMPLETE"}, by=town.leader)
    assert closed["status"] == "CLOSED"
    assert (await town.get("?due_before=2020-04-27"))["items"] == []


async def test_what_is_said_on_the_way(town: Town):
    case = await town.granted()
    await town.s.tick(date(2020, 3, 6))
    await town.bank_pays(case)
    await town.post(f"/{case}/end-emergency", {"ended_on": "2020-03-06"})
    await town.hand_in(case)
    await town.post(f"/{case}/close", {"outcome": "COMPLETE"}, by=town.leader)
    (reported,) = await town.s.said(EmergencyReported, case)
    assert (reported.cause, reported.persons, reported.registry) == ("FIRE", 4, "RETURNED")
    (verified,) = await town.s.said(EmergencyVerified, case)
    assert verified.officers == ["clerk-1", "cadre-2"]
    (granted,) = await town.s.said(AdvanceGranted, case)
    assert granted.payment_key == f"RELIEF/{granted.person_id}/2020-03/ADVANCE/{case}"
    assert (granted.level, granted.granted_by, str(granted.amount)) == ("TOWNSHIP", "leader-1", "2000.00")
    keys = town.s.runtime.keys
    assert keys.open(granted.account.number, "account.number") == ACCOUNT
    (paid,) = await town.s.said(AdvancePaid, case)
    assert (paid.paid_on, paid.hours_to_pay) == (date(2020, 3, 6), 24)
    (ended,) = await town.s.said(EmergencyEnded, case)
    assert (ended.paperwork_due_on, ended.assumed) == (date(2020, 3, 20), False)
    (done,) = await town.s.said(PaperworkDone, case)
    assert not done.late
    assert [c.outcome for c in await town.s.said(ReliefClosed, case)] == ["COMPLETE"]


async def test_nothing_personal_lies_open(town: Town):
    case = await town.granted()
    shown = await town.get(f"/{case}")
    assert shown["payee"]["id_number"] == "640522********0019"
    assert shown["payee"]["account"] == "****0000"
    assert (await town.get(""))["items"][0]["payee"] is None
    rows = await town.s.fetch("SELECT row_to_json(c)::text AS t FROM relief_case c UNION ALL SELECT value FROM outbox")
    stored = "".join(row["t"] for row in rows)
    for secret in (WHO, "马小云", "13900001234", ACCOUNT):
        assert secret not in stored
    log = await town.s.fetch("SELECT kind FROM access_log WHERE action = 'READ' AND subject = $1", case)
    assert {row["kind"] for row in log} == {"relief-payee"}


async def test_the_township_grants_up_to_its_limit_and_the_county_above(town: Town):
    case = await town.report()
    await town.verify(case)
    refused = await town.grant(case, "2000.01", expect=409)
    assert refused["type"] == "/problems/above-township-limit"
    assert "2000.00" in refused["detail"]
    granted = await town.grant(case, "2000.01", by=town.county)
    assert (granted["level"], granted["granted_by"]) == ("COUNTY", "county-1")
    await town.grant(case, "1.00", by=town.county, expect=409)
    assert len(await town.s.said(AdvanceGranted)) == 1


async def test_without_urgency_nothing_is_paid_first(town: Town):
    case = await town.report()
    await town.verify(case, urgency={**URGENT, "threatens": []})
    assert (await town.grant(case, expect=409))["type"] == "/problems/not-urgent-enough"


async def test_one_officer_is_not_enough_and_a_verifier_does_not_grant(town: Town):
    case = await town.report()
    for officers in (["clerk-1"], ["clerk-1", "clerk-1"]):
        problem = await town.verify(case, officers=officers, expect=422)
        assert problem["errors"][0]["field"] == "officers"
    await town.grant(case, expect=409)
    await town.verify(case, officers=["clerk-1", "leader-1"])
    assert (await town.grant(case, expect=403))["type"] == "/problems/verifier-may-not-grant"


async def test_the_same_cause_within_a_year_needs_the_county(town: Town):
    first = await town.granted()
    second = await town.report()
    await town.verify(second)
    assert (await town.grant(second, expect=409))["type"] == "/problems/second-time-needs-county"
    assert (await town.grant(second, by=town.county))["level"] == "COUNTY"
    await town.granted(cause="SUDDEN_ILLNESS")
    await town.granted(payee=payee(OTHER))
    one, two = await town.s.said(AdvanceGranted, first), await town.s.said(AdvanceGranted, second)
    assert one[0].person_id == two[0].person_id
    town.s.clock.set(date(2021, 3, 6))
    await town.granted()


async def test_a_payee_who_becomes_known_later(town: Town):
    case = await town.report(payee=None)
    await town.verify(case)
    assert (await town.grant(case, expect=409))["type"] == "/problems/payee-missing"
    person = str(uuid4())
    assert (await town.post(f"/{case}/payee", {**payee(), "person_id": person}))["payee"]["person_id"] == person
    await town.grant(case)
    await town.post(f"/{case}/payee", payee(OTHER), expect=409)


async def test_a_payment_is_noted_once_and_only_its_own(town: Town):
    case = await town.granted()
    await town.bank_pays(case, programme="DIBAO_R")
    await town.bank_pays(case, payment_key="RELIEF/x")
    await town.bank_pays(case, subject_id=uuid4())
    assert (await town.get(f"/{case}"))["status"] == "VERIFIED"
    returned = PaymentReturned(reason="DORMANT", returned_on=date(2020, 3, 5), **await town.line(case))
    await town.s.deliver(returned)
    assert (await town.get(f"/{case}"))["return_reason"] == "DORMANT"
    await town.bank_pays(case, attempt=2)
    await town.bank_pays(case, attempt=2)
    assert len(await town.s.said(AdvancePaid)) == 1


async def test_money_that_arrives_after_the_end_does_not_turn_the_case_back(town: Town):
    case = await town.granted()
    await town.post(f"/{case}/end-emergency", {"ended_on": "2020-03-05"})
    await town.hand_in(case)
    assert (await town.post(f"/{case}/close", {"outcome": "COMPLETE"}, by=town.leader, expect=409))["type"] == (
        "/problems/advance-not-paid"
    )
    await town.bank_pays(case)
    assert (await town.get(f"/{case}"))["status"] == "PAPERWORK_DONE"
    await town.post(f"/{case}/close", {"outcome": "COMPLETE"}, by=town.leader)


async def test_an_end_that_nobody_records_is_assumed(town: Town):
    case = await town.granted()
    await town.report()
    await town.s.tick(date(2020, 4, 4))
    assert await town.s.said(EmergencyEnded) == []
    await town.s.tick(date(2020, 4, 5))
    (ended,) = await town.s.said(EmergencyEnded)
    assert (str(ended.relief_case_id), ended.ended_on, ended.assumed) == (case, date(2020, 4, 4), True)
    assert ended.paperwork_due_on == date(2020, 4, 20)  # 6 April 2020 is a holiday (清明)


async def test_papers_that_differ_are_refused_with_all_that_is_wrong(town: Town):
    case = await town.granted()
    await town.hand_in(case, expect=409)
    await town.post(f"/{case}/end-emergency", {"ended_on": "2020-03-05"})
    problem = await town.hand_in(
        case, recipient_id_number=OTHER, amount="1.00", signed_by_handler=False, enclosed=[], expect=422
    )
    assert [word in problem["detail"] for word in ("救助对象", "1.00", "签字", "申请书")] == [True] * 4
    assert OTHER not in str(problem)


@pytest.mark.parametrize("ended", ["2020-03-04", "2020-03-06"])
async def test_an_end_before_the_report_or_tomorrow_is_refused(town: Town, ended):
    case = await town.granted()
    await town.post(f"/{case}/end-emergency", {"ended_on": ended}, expect=422)


async def test_an_invalid_case_closes_from_anywhere_with_a_reason(town: Town):
    case = await town.report()
    await town.post(f"/{case}/close", {"outcome": "INVALID"}, by=town.leader, expect=422)
    await town.post(f"/{case}/close", {"outcome": "COMPLETE"}, by=town.leader, expect=409)
    await town.post(f"/{case}/close", {"outcome": "INVALID", "reason": "NO_EMERGENCY"}, by=town.leader)
    await town.verify(case, expect=409)
    await town.post(f"/{case}/payee", payee(), expect=409)
    assert [c.outcome for c in await town.s.said(ReliefClosed)] == ["INVALID"]


async def test_clocks_are_shown(town: Town):
    case = await town.report()
    (check,) = await town.get(f"/{case}/deadlines")
    assert (check["name"], check["due_at"], check["passed"]) == (
        "ON_SITE_CHECK",
        "2020-03-06T09:00:00+08:00",
        False,
    )
    town.s.clock.set(date(2020, 3, 7))
    assert (await town.get(f"/{case}/deadlines"))[0]["passed"]
    await town.verify(case)
    await town.grant(case)
    await town.post(f"/{case}/end-emergency", {"ended_on": "2020-03-07"})
    clocks = {c["name"]: c for c in await town.get(f"/{case}/deadlines")}
    assert clocks["PAYMENT"]["due_at"] == "2020-03-09T09:00:00+08:00"
    assert clocks["EMERGENCY"]["done"]
    assert clocks["PAPERWORK"]["due_on"] == "2020-03-20"


async def test_other_townships_see_nothing_and_stale_states_are_refused(town: Town):
    case = await town.report()
    stranger = town.s.client(Role.CLERK, ELSEWHERE, "clerk-9")
    await town.get(f"/{case}", by=stranger, expect=404)
    assert (await town.get("", by=stranger))["items"] == []
    await town.post("", {"division": ELSEWHERE}, expect=422)
    body = {"officers": ["a", "b"], "evidence": ["NOTE"], "urgency": URGENT}
    await town.post(f"/{case}/verify", body, by=stranger, expect=404)
    answer = await town.clerk.post(f"/v1/relief-cases/{case}/verify", json=body, headers={"If-Match": '"7"'})
    assert answer.status_code == 412
    outside = await town.clerk.post(
        "/v1/relief-cases",
        json={
            "division": ELSEWHERE,
            "cause": "FIRE",
            "persons": 1,
            "registry": "NONE",
            "channel": "HOTLINE",
            "urgency": URGENT,
        },
    )
    assert outside.status_code == 403


@pytest.mark.parametrize(
    "bad", [{"amount": "0.00"}, {"amount": "-1.00"}, {"amount": "1.001"}, {"amount": 5}, {"amount": "1.00", "x": 1}]
)
async def test_bad_amounts_are_refused(town: Town, bad):
    case = await town.report()
    await town.verify(case)
    await town.post(f"/{case}/advance", bad, by=town.leader, expect=422)


async def test_filters(town: Town):
    case = await town.granted()
    await town.report(cause="OTHER")
    assert [i["id"] for i in (await town.get("?status=VERIFIED"))["items"]] == [case]
    assert [i["id"] for i in (await town.get("?cause=FIRE&division=640522105000"))["items"]] == [case]
    assert len((await town.get("?limit=1"))["items"]) == 1


async def test_a_term_into_a_year_without_holiday_plan_waits_for_the_plan(servers):
    async with running(SERVICE, servers, today=date(2026, 12, 1)) as s:
        town = Town(s)
        case = await town.granted()
        s.clock.set(date(2026, 12, 31))
        problem = await town.post(f"/{case}/end-emergency", {"ended_on": "2026-12-31"}, expect=503)
        assert problem["type"] == "/problems/holiday-plan-missing"
        await s.tick(date(2027, 1, 1))
        assert await s.said(EmergencyEnded) == []
        assert (await town.get(f"/{case}"))["status"] == "VERIFIED"


async def test_an_emergency_does_not_happen_in_a_whole_city(town: Town):
    city = town.s.client(Role.CLERK, "640500000000", "clerk-city")
    body = {"division": "640500000000", "cause": "FIRE", "persons": 1, "channel": "SELF", "urgency": URGENT}
    await town.post("", body, by=city, expect=422)
