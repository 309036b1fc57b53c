"""relief: what follows an advance: proposed by an officer, granted by the county, paid as the advance was (E25a)."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from datetime import date
from uuid import UUID, uuid4

import pytest
import pytest_asyncio
from tests.services.relief_town import ELSEWHERE, Town

from doudi.auth import Role
from doudi.calendar import Month
from doudi.events.payments import PaymentPaid, PaymentReturned
from doudi.events.relief import FollowUpEnded, FollowUpGranted, FollowUpPaid, FollowUpProposed
from doudi.testing import running
from relief.app import SERVICE


@pytest_asyncio.fixture
async def town(servers) -> AsyncIterator[Town]:
    async with running(SERVICE, servers, today=date(2020, 3, 5)) as s:
        yield Town(s)


async def test_the_county_grants_what_reaches_the_floor(town: Town):
    case = await town.granted()
    below = await town.proposes(case, "1547.99", expect=409)
    assert below["type"] == "/problems/below-floor"
    assert "3548.00" in below["detail"]
    proposed = await town.proposes(case)
    assert (proposed["status"], proposed["proposed_by"]) == ("PROPOSED", "clerk-1")
    granted = await town.settles(proposed["id"], "grant")
    assert (granted["status"], granted["settled_by"], granted["amount"]) == ("GRANTED", "county-1", "1548.00")
    assert [finding["met"] for finding in granted["findings"]] == [True, True, True]
    assert "3548.00" in granted["findings"][0]["because"]
    assert (await town.get(f"/{case}"))["follow_up_owed"] == "0.00"
    (told,) = await town.s.said(FollowUpProposed, case)
    assert str(told.amount) == "1548.00"
    (said,) = await town.s.said(FollowUpGranted, case)
    assert said.payment_key == f"RELIEF/{said.person_id}/2020-03/FOLLOW_UP/{proposed['id']}"
    assert (str(said.amount), str(said.advance), said.granted_by) == ("1548.00", "2000.00", "county-1")
    assert (await town.get(f"/{case}/follow-ups"))[0] == granted


async def test_whoever_had_a_hand_in_the_case_does_not_grant_it(town: Town):
    case = await town.report()
    await town.verify(case, officers=["clerk-1", "county-9"])
    await town.grant(case, "2500.00", by=town.county)
    more = (await town.proposes(case, "1048.00"))["id"]
    refused = await town.settles(more, "grant", expect=403)
    assert refused["type"] == "/problems/by-the-same-hands"
    saw = town.s.client(Role.COUNTY_LEADER, "640522000000", "county-9")
    await town.settles(more, "grant", by=saw, expect=403)
    await town.settles(more, "grant", by=town.leader, expect=403)
    another = town.s.client(Role.COUNTY_LEADER, "640522000000", "county-2")
    assert (await town.settles(more, "grant", by=another))["settled_by"] == "county-2"


@pytest.mark.parametrize(("verb", "outcome"), [("refuse", "REFUSED"), ("withdraw", "WITHDRAWN")])
async def test_what_is_refused_or_withdrawn_says_why_and_may_be_proposed_anew(town: Town, verb: str, outcome: str):
    case = await town.granted()
    more = (await town.proposes(case))["id"]
    by = town.clerk if verb == "withdraw" else town.county
    await town.acts(f"relief-follow-ups/{more}/{verb}", {"reason": " "}, by=by, expect=422)
    settled = await town.settles(more, verb, by=by)
    assert (settled["status"], settled["reason"]) == (outcome, "另有救助渠道")
    (said,) = await town.s.said(FollowUpEnded, case)
    assert (said.outcome, said.reason) == (outcome, "另有救助渠道")
    for again in ("grant", "refuse"):
        assert (await town.settles(more, again, expect=409))["type"] == "/problems/follow-up-settled"
    assert (await town.get(f"/{case}"))["follow_up_owed"] == "1548.00"
    await town.settles((await town.proposes(case))["id"], "grant")
    assert len(await town.s.said(FollowUpGranted)) == 1


async def test_one_at_a_time_and_only_after_an_advance(town: Town):
    case = await town.report()
    await town.verify(case)
    assert (await town.proposes(case, expect=409))["type"] == "/problems/advance-not-granted"
    await town.grant(case)
    await town.proposes(case)
    assert (await town.proposes(case, expect=409))["type"] == "/problems/follow-up-pending"
    await town.proposes(str(uuid4()), expect=404)


async def test_nobody_elsewhere_learns_of_it(town: Town):
    more = (await town.proposes(await town.granted()))["id"]
    outside = town.s.client(list(Role), ELSEWHERE, "outside-1")
    for verb in ("grant", "refuse", "withdraw"):
        await town.settles(more, verb, by=outside, expect=404)
    assert (await outside.get(f"/v1/relief-follow-ups/{more}")).status_code == 404
    assert (await town.clerk.get(f"/v1/relief-follow-ups/{more}")).status_code == 200


async def test_a_case_is_complete_only_when_its_follow_up_is_paid(town: Town):
    case = await town.granted()
    await town.bank_pays(case)
    await town.post(f"/{case}/end-emergency", {"ended_on": "2020-03-05"})
    await town.hand_in(case)
    more = (await town.proposes(case))["id"]
    close = {"outcome": "COMPLETE"}
    assert (await town.post(f"/{case}/close", close, by=town.leader, expect=409))["type"].endswith("follow-up-pending")
    await town.settles(more, "grant")
    await town.post(f"/{case}/close", close, by=town.leader, expect=409)
    (said,) = await town.s.said(FollowUpGranted)
    line = {
        "payment_id": uuid4(), "payment_key": said.payment_key, "subject_id": UUID(case), "run_id": uuid4(),
        "person_id": said.person_id, "programme": "RELIEF", "month": Month(2020, 3), "item": "FOLLOW_UP",
        "amount": said.amount, "attempt": 1,
    }  # fmt: skip
    await town.s.deliver(PaymentReturned(returned_on=date(2020, 3, 5), reason="ACCOUNT_CLOSED", **line))
    back = (await town.get(f"/{case}/follow-ups"))[0]
    assert (back["status"], back["return_reason"]) == ("GRANTED", "ACCOUNT_CLOSED")
    for _ in range(2):
        await town.s.deliver(PaymentPaid(paid_on=date(2020, 3, 5), **{**line, "attempt": 2}))
    (paid,) = await town.s.said(FollowUpPaid, case)
    assert (str(paid.amount), str(paid.follow_up_id)) == ("1548.00", more)
    assert (await town.post(f"/{case}/close", close, by=town.leader))["status"] == "CLOSED"
    await town.proposes(case, expect=409)


async def test_granted_many_times_at_once_it_is_granted_once(town: Town):
    more = (await town.proposes(await town.granted()))["id"]

    async def grant(key: str | None) -> int:
        headers = {"Idempotency-Key": key} if key else {}
        answer = await town.county.post(f"/v1/relief-follow-ups/{more}/grant", headers=headers)
        return int(answer.status_code)

    assert sorted(await asyncio.gather(*(grant(None) for _ in range(5)))) == [200, 409, 409, 409, 409]
    assert len(await town.s.said(FollowUpGranted)) == 1
