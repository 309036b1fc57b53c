"""payments: what was paid beyond what is due becomes a recovery, once, and comes back fen by fen."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import date
from uuid import uuid4

import pytest
import pytest_asyncio
from tests.services.payments_county import (
    APRIL,
    CLOSED,
    COUNTY,
    MARCH,
    MAY,
    OTHER_COUNTY,
    account,
    advance,
    award,
    death,
    stopped,
)
from tests.services.payments_recovery import MONTHS, Recoveries, less

from doudi.auth import Role
from doudi.calendar import Month
from doudi.events.payments_recovery import (
    RecoveryClosed,
    RecoveryDecided,
    RecoveryLowered,
    RecoveryNotified,
    RecoveryOpened,
    RecoveryRaised,
    RecoveryRepaid,
    RecoveryWithdrawn,
    RecoveryWrittenOff,
)
from doudi.testing import Servers, running
from payments.app import SERVICE

JUNE = Month(2020, 6)
BANK = "http://bank.test"


@pytest_asyncio.fixture(loop_scope="session")
async def town(servers: Servers) -> AsyncIterator[Recoveries]:
    async with running(SERVICE, servers, today=date(2020, 5, 20), bank_url=BANK) as s:
        yield Recoveries(s)


async def overpaid(town: Recoveries, *amounts: str):
    """Three months paid, of which only March was due in full; from April 100.00 for each."""
    given = award(*(amounts or ("300.00",)))
    await town.s.deliver(given)
    await town.pays(*MONTHS)
    await town.s.deliver(less(given, APRIL, JUNE, *["100.00"] * len(given.lines)))
    return given


async def test_what_was_paid_beyond_opens_one_case_whatever_order_and_however_often(town: Recoveries):
    given = award("200.00", "200.00", "200.00")
    await town.s.deliver(given)
    await town.pays(*MONTHS)
    adjusted = less(given, APRIL, JUNE, "110.00", "110.00")
    died = death(given.lines[2].person_id, MARCH)
    await town.s.deliver(died)
    first = await town.case()
    assert (first["found"], first["status"], first["opened_by"]) == ("400.00", "OPEN", "system:overpayment")
    await town.s.deliver(adjusted, died)
    case = await town.case()
    assert (case["id"], case["found"]) == (first["id"], "760.00")
    assert sorted({m["month"] for m in case["months"]}) == ["2020-04", "2020-05"]
    await town.s.deliver(adjusted, less(given, APRIL, JUNE, "110.00", "110.00"))
    assert (await town.case())["found"] == "760.00"
    assert len(await town.s.said(RecoveryOpened)) == len(await town.s.said(RecoveryRaised)) == 1
    sums = await town.reconcile(MAY)
    assert (sums["overpaid"], sums["in_recovery"], sums["recovered"]) == ("380.00", "380.00", "0.00")


async def test_nothing_is_claimed_before_it_is_paid(town: Recoveries):
    given = award("300.00")
    await town.s.deliver(given)
    await town.confirmed(MARCH)
    await town.s.deliver(stopped(given, Month(2020, 2)))
    assert await town.cases() == []
    await town.courier()
    assert (await town.case())["found"] == "300.00"


async def test_a_returned_line_and_a_held_month_are_not_overpaid(town: Recoveries):
    given = award("300.00", pay_to=account(CLOSED))
    await town.s.deliver(given)
    await town.pays(MARCH)
    await town.s.deliver(stopped(given, Month(2020, 2)))
    assert await town.cases() == []


async def test_from_the_case_to_the_last_fen_in_instalments(town: Recoveries):
    await overpaid(town)
    case = await town.case()
    assert case["found"] == case["outstanding"] == "400.00"
    decided = await town.decides(case, "400.00")
    assert (decided["status"], decided["clause"]) == ("DECIDED", "domain.md 8.7 (no fault)")
    await town.act(town.clerk, case, "notify")
    after = await town.repays(case, "250.00", "A-1")
    assert (after["status"], after["outstanding"]) == ("NOTIFIED", "150.00")
    assert [m["repaid"] for m in (await town.case())["months"]] == ["200.00", "50.00"]
    assert (await town.repays(case, "150.00", "A-2", way="BANK_REVERSAL"))["status"] == "REPAID"
    assert (await town.act(town.finance, case, "close"))["status"] == "CLOSED"
    sums = await town.reconcile(MAY)
    assert (sums["overpaid"], sums["in_recovery"], sums["recovered"]) == ("0.00", "0.00", "200.00")
    said = [len(await town.s.said(e)) for e in (RecoveryDecided, RecoveryNotified, RecoveryRepaid, RecoveryClosed)]
    assert said == [1, 1, 2, 1]
    (paid_back, last) = await town.s.said(RecoveryRepaid)
    assert (str(paid_back.outstanding), str(last.outstanding)) == ("150.00", "0.00")
    assert (await town.open(MAY, expect=409))["type"] == "/problems/nothing-to-pay"


async def test_a_month_repaid_and_due_again_is_paid_again_once(town: Recoveries):
    given = await overpaid(town)
    case = await town.case()
    await town.told(case, "400.00")
    await town.repays(case, "300.00", "A-1")  # April whole, May half
    await town.s.deliver(less(given, APRIL, JUNE, "300.00"))  # the decision is reversed
    after = await town.case()
    assert (after["status"], after["found"], after["outstanding"]) == ("REPAID", "300.00", "0.00")
    assert len(await town.s.said(RecoveryLowered)) == 1
    sums = await town.reconcile(MAY)
    assert (sums["due"], sums["not_put_in"], sums["recovered"]) == ("300.00", "100.00", "100.00")
    town.s.clock.set(date(2020, 6, 1))
    run = await town.confirmed(JUNE)
    assert (run["lines"], run["total"]) == (2, "600.00")  # June, and 200.00 + 100.00 in arrears
    await town.courier()
    assert (await town.open(JUNE, expect=409))["type"] == "/problems/nothing-to-pay"
    assert (await town.case())["found"] == "300.00"
    await town.s.deliver(less(given, APRIL, Month(2020, 7), "100.00"))  # and once more not due
    again = [c for c in await town.cases() if c["id"] != case["id"]]
    assert [c["found"] for c in again] == ["600.00"]  # April, May and June, 200.00 each


async def test_a_reversal_before_anything_is_repaid_withdraws_the_case(town: Recoveries):
    given = await overpaid(town)
    case = await town.case()
    await town.decides(case, "400.00")
    await town.s.deliver(less(given, APRIL, JUNE, "300.00"))
    assert ((await town.case())["status"], (await town.case())["outstanding"]) == ("WITHDRAWN", "0.00")
    assert len(await town.s.said(RecoveryWithdrawn)) == 1
    await town.s.deliver(less(given, APRIL, JUNE, "100.00"))
    assert sorted(c["status"] for c in await town.cases()) == ["OPEN", "WITHDRAWN"]


async def test_the_rest_is_written_off_by_two_people(town: Recoveries):
    await overpaid(town)
    case = await town.case()
    await town.act(town.finance, case, "propose-write-off", 409, because="x")
    await town.told(case, "400.00")
    await town.repays(case, "1.00", "A-1")
    assert (await town.act(town.finance, case, "write-off", 409))["type"] == "/problems/recovery-not-in-this-state"
    await town.act(town.finance, case, "propose-write-off", because="无可追回财产")
    assert (await town.act(town.finance, case, "write-off", 409))["type"] == "/problems/same-person-twice"
    after = await town.act(town.leader, case, "write-off")
    assert (after["status"], after["written_off"], after["outstanding"]) == ("WRITTEN_OFF", "399.00", "0.00")
    (said,) = await town.s.said(RecoveryWrittenOff)
    assert (str(said.amount), said.proposed_by, said.by) == ("399.00", "finance-1", "leader-1")
    assert (await town.act(town.finance, case, "close"))["status"] == "CLOSED"


@pytest.mark.parametrize(
    ("amount", "status", "problem"),
    [("-1.00", 422, "invalid"), ("0.00", 422, "invalid"), ("0.001", 422, "invalid"), ("400.01", 409, "more-than-owed")],
)
async def test_no_more_is_repaid_than_is_owed(town: Recoveries, amount: str, status: int, problem: str):
    await overpaid(town)
    case = await town.case()
    await town.told(case, "400.00")
    assert (await town.repays(case, amount, "A-1", status))["type"] == f"/problems/{problem}"
    assert (await town.case())["repayments"] == []


async def test_the_same_receipt_counts_once_and_no_day_lies_ahead(town: Recoveries):
    await overpaid(town)
    case = await town.case()
    await town.told(case, "400.00")
    await town.repays(case, "10.00", "A-1")
    assert (await town.repays(case, "10.00", "A-1", 409))["type"] == "/problems/receipt-known"
    assert (await town.case())["outstanding"] == "390.00"
    assert (await town.repays(case, "10.00", "A-2", 422, repaid_on="2020-05-21"))["type"] == "/problems/invalid"


async def test_no_more_is_decided_than_was_found_and_each_verb_has_its_state(town: Recoveries):
    await overpaid(town)
    case = await town.case()
    assert (await town.decides(case, "400.01", 409))["type"] == "/problems/more-than-found"
    await town.decides(case, "-5.00", 422)
    await town.repays(case, "1.00", "A-1", 409)
    for by, verb in ((town.clerk, "notify"), (town.finance, "close"), (town.leader, "write-off")):
        problem = await town.act(by, case, verb, 409)
        assert problem["type"] == "/problems/recovery-not-in-this-state"
    assert (await town.act(town.leader, case, "withdraw", 409, because="x"))["clause"] == "domain.md 8.7"
    await town.decides(case, "100.00", fault="CONCEALMENT")
    assert (await town.case())["clause"] == "国务院令649号 68"
    await town.decides(case, "100.00", 409)


async def test_from_july_2026_the_household_is_heard_first(servers: Servers):
    async with running(SERVICE, servers, today=date(2026, 7, 20), bank_url=BANK) as s:
        town = Recoveries(s)
        given = award("300.00", starts=JUNE.plus(72))
        await s.deliver(given)
        await town.pays(JUNE.plus(72))
        await s.deliver(stopped(given, MAY.plus(72)))
        case = await town.case()
        assert (await town.decides(case, "300.00", 409))["type"] == "/problems/hearing-missing"
        assert (await town.decides(case, "300.00", 422, heard_on="2026-07-21"))["type"] == "/problems/invalid"
        decided = await town.decides(case, "300.00", heard_on="2026-07-20", fault="CONCEALMENT")
        assert decided["clause"] == "社会救助法 73"


async def test_finance_claims_by_hand_what_payments_cannot_see(town: Recoveries):
    given = award("300.00")
    relief = advance()
    await town.s.deliver(given, relief)
    await town.pays(MARCH)
    (line,) = await town.payments(subject_id=str(given.award_id))
    (paid,) = await town.payments(subject_id=str(relief.relief_case_id))
    whole = await town.opens(relief.relief_case_id, (paid["id"], "2000.00"))
    assert (whole["origin"], whole["found"], whole["opened_by"]) == ("BY_HAND", "2000.00", "finance-1")
    too_much = await town.opens(relief.relief_case_id, (paid["id"], "0.01"), expect=409)
    assert too_much["type"] == "/problems/more-than-found"
    await town.opens(given.award_id, (line["id"], "300.01"), expect=409)
    await town.opens(given.award_id, (line["id"], "1.00"), (line["id"], "1.00"), expect=422)
    await town.opens(given.award_id, (paid["id"], "1.00"), expect=404)  # another subject's
    await town.opens(given.award_id, (uuid4(), "1.00"), expect=404)
    part = await town.opens(given.award_id, (line["id"], "120.00"))
    await town.told(part, "120.00")
    await town.repays(part, "120.00", "A-1")
    # The award says that the month was due: what came back is not paid out again.
    assert (await town.open(MARCH, expect=409))["type"] == "/problems/nothing-to-pay"
    # The award follows: what was claimed by hand is not claimed twice, and comes back should it be due again.
    await town.s.deliver(stopped(given, Month(2020, 2)))
    found = {case["origin"]: case["found"] for case in await town.cases(subject_id=str(given.award_id))}
    assert found == {"BY_HAND": "120.00", "DETECTED": "180.00"}


async def test_one_opened_in_error_is_withdrawn_by_another_person(town: Recoveries):
    given = award("300.00")
    await town.s.deliver(given)
    await town.pays(MARCH)
    (line,) = await town.payments(subject_id=str(given.award_id))
    case = await town.opens(given.award_id, (line["id"], "300.00"))
    assert (await town.act(town.finance, case, "withdraw", 409, because="x"))["type"] == "/problems/same-person-twice"
    assert (await town.act(town.leader, case, "withdraw", because="立案有误"))["status"] == "WITHDRAWN"
    await town.opens(given.award_id, (line["id"], "300.00"))


async def test_who_opened_does_not_decide(town: Recoveries):
    given = award("300.00")
    await town.s.deliver(given)
    await town.pays(MARCH)
    (line,) = await town.payments(subject_id=str(given.award_id))
    case = await town.opens(given.award_id, (line["id"], "300.00"))
    town.leader = town.s.client(Role.COUNTY_LEADER, COUNTY, "finance-1")
    assert (await town.decides(case, "300.00", 409))["type"] == "/problems/same-person-twice"


async def test_another_county_neither_sees_nor_acts(town: Recoveries):
    given = await overpaid(town)
    case = await town.case()
    there = town.s.client([Role.FINANCE, Role.COUNTY_LEADER, Role.COUNTY_CLERK], OTHER_COUNTY, "other-1")
    assert (await there.get("/v1/recoveries")).json()["items"] == []
    assert (await there.get(f"/v1/recoveries/{case['id']}")).status_code == 404
    body = {"amount": "1.00", "fault": "NO_FAULT", "because": "x"}
    assert (await there.post(f"/v1/recoveries/{case['id']}/decide", json=body)).status_code == 404
    (line, *_) = await town.payments(subject_id=str(given.award_id))
    claim = {"payment_id": line["id"], "amount": "1.00"}
    opened = {"subject_id": str(given.award_id), "payments": [claim], "because": "x"}
    assert (await there.post("/v1/recoveries", json=opened)).status_code == 404
    assert (await town.maker.post(f"/v1/recoveries/{case['id']}/decide", json=body)).status_code == 403


async def test_lists_are_paged_and_filtered_and_a_stale_version_is_refused(town: Recoveries):
    for _ in range(3):
        given = award("300.00")
        await town.s.deliver(given)
        await town.pays(MARCH)
        await town.s.deliver(stopped(given, Month(2020, 2)))
        await town.looks()
    cases = await town.cases()
    pages = await town.send(town.finance, "GET", "/v1/recoveries", 200, params={"limit": 2})
    rest = await town.send(town.finance, "GET", "/v1/recoveries", 200, params={"limit": 2, "after": pages["next"]})
    assert [c["id"] for c in (*pages["items"], *rest["items"])] == [c["id"] for c in cases]
    await town.decides(cases[0], "300.00")
    assert [c["id"] for c in await town.cases(state="DECIDED")] == [cases[0]["id"]]
    assert await town.cases(division=OTHER_COUNTY) == []
    stale = {"headers": {"If-Match": '"1"'}}
    await town.send(town.clerk, "POST", f"/v1/recoveries/{cases[0]['id']}/notify", 412, **stale)
    counted = await town.s.measured("doudi_recoveries")
    assert counted == {("640522", "OPEN"): 2, ("640522", "DECIDED"): 1}
    assert await town.s.measured("doudi_recovery_outstanding_fen") == {("640522",): 90_000}
