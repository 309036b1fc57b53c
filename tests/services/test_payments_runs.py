"""payments: a month from the award to the account, through three hands."""

from __future__ import annotations

import asyncio
import hashlib
from datetime import date
from uuid import uuid4

import pytest
from tests.services.payments_county import (
    APRIL,
    COUNTY,
    GOOD,
    MARCH,
    MAY,
    OTHER_COUNTY,
    VILLAGE,
    County,
    account,
    adjusted,
    award,
    death,
    stopped,
)  # fmt: skip

from doudi.auth import Role
from doudi.calendar import Month
from doudi.events.payments import BankFileSent, PaymentInstructed, PaymentPaid, RunChecked, RunConfirmed, RunOpened
from doudi.testing import running
from payments.app import SERVICE

BANK = "http://bank.test"


async def test_a_month_from_the_award_to_the_account(servers):
    async with running(SERVICE, servers, bank_url=BANK) as s:
        county = County(s)
        given = award("320.00", "320.00", "80.50")
        await s.deliver(given)
        run = await county.open()
        assert (run["status"], run["lines"], run["total"], run["pay_by"]) == ("OPEN", 3, "720.50", "2020-03-10")
        await county.check(run)
        run = await county.confirm(run)
        await county.courier()
        done = await county.run(run)
        assert (done["status"], done["sha256"]) == ("DONE", run["sha256"])
        assert await county.totals(run) == {"PAID": (3, "720.50")}
        said = [len(await s.said(e)) for e in (RunOpened, RunChecked, RunConfirmed, BankFileSent)]
        assert said == [1, 1, 1, 1]
        paid = await s.said(PaymentPaid, given.award_id)
        keys = {f"DIBAO_R/{line.person_id}/2020-03/BASE/1" for line in given.lines}
        assert {p.payment_key for p in paid} == keys == {p.payment_key for p in await s.said(PaymentInstructed)}
        ((file_id, body),) = county.bank.received
        (told,) = await s.said(BankFileSent)
        assert (told.file_id, told.sha256) == (file_id, hashlib.sha256(body).hexdigest())


async def test_months_that_were_never_put_in_come_as_arrears_and_nothing_twice(servers):
    async with running(SERVICE, servers, today=date(2020, 5, 2)) as s:
        county = County(s)
        await s.deliver(award("100.00"))
        await county.confirmed(MARCH)
        run = await county.confirmed(MAY)
        months = [line["month"] for line in await county.payments() if line["run_id"] == run["id"]]
        assert sorted(months) == ["2020-04", "2020-05"]
        problem = await county.open(MAY, expect=409)
        assert (problem["type"], problem["clause"]) == ("/problems/nothing-to-pay", "domain.md 8.2")


async def test_runs_at_the_same_time_put_no_key_in_twice(servers):
    async with running(SERVICE, servers) as s:
        county = County(s)
        await s.deliver(*(award("10.00", "20.00") for _ in range(20)))
        body = {"division": COUNTY, "month": "2020-03", "kind": "MONTHLY"}
        answers = await asyncio.gather(*(county.maker.post("/v1/runs", json=body) for _ in range(4)))
        assert sorted(a.status_code for a in answers) == [201, 409, 409, 409]
        rows = await s.fetch("SELECT payment_key, count(*) FROM payment GROUP BY payment_key HAVING count(*) > 1")
        assert rows == []
        assert len(await s.fetch("SELECT id FROM payment")) == 40


async def test_three_people(servers):
    async with running(SERVICE, servers) as s:
        county = County(s)
        await s.deliver(award())
        all_hands = s.client([Role.PAYMENTS_MAKER, Role.PAYMENTS_CHECKER, Role.FINANCE], COUNTY, "maker-1")
        both = s.client([Role.PAYMENTS_CHECKER, Role.FINANCE], COUNTY, "checker-1")
        run = await county.open(by=all_hands)
        assert (await county.check(run, by=all_hands, expect=403))["clause"] == "domain.md 8.5 (checker)"
        assert (await county.confirm(run, expect=409))["type"] == "/problems/not-in-this-state"
        await county.check(run, by=both)
        for somebody in (both, all_hands):
            assert (await county.confirm(run, by=somebody, expect=403))["clause"] == "domain.md 8.5 (finance)"
        assert (await county.confirm(run))["finance"] == "finance-1"
        assert (await county.cancel(run, expect=409))["type"] == "/problems/not-in-this-state"


async def test_a_stale_check_is_refused_and_the_file_waits_for_finance(servers):
    async with running(SERVICE, servers) as s:
        county = County(s)
        await s.deliver(award())
        run = await county.open()
        path = f"/v1/runs/{run['id']}"
        assert (await county.checker.post(f"{path}/check", headers={"If-Match": '"7"'})).status_code == 412
        assert (await county.finance.get(f"{path}/bank-file")).status_code == 409
        elsewhere = s.client(Role.FINANCE, OTHER_COUNTY)
        assert (await elsewhere.get(path)).status_code == 404
        assert (await county.maker.post(f"{path}/check")).status_code == 403


@pytest.mark.parametrize(
    ("body", "status"),
    [
        ({"division": VILLAGE, "month": "2020-03"}, 422),
        ({"division": OTHER_COUNTY, "month": "2020-03"}, 403),
        ({"division": COUNTY, "month": "2020-05"}, 409),
        ({"division": COUNTY, "month": "2020-03", "kind": "ONE_OFF"}, 422),
    ],
)
async def test_a_run_is_a_countys_and_of_a_month_that_has_come(servers, body, status):
    async with running(SERVICE, servers) as s:
        await s.deliver(award())
        assert (await County(s).maker.post("/v1/runs", json=body)).status_code == status


async def test_a_cancelled_run_lets_its_money_be_put_in_again(servers):
    async with running(SERVICE, servers) as s:
        county = County(s)
        await s.deliver(award())
        await county.cancel(await county.open())
        run = await county.open()
        assert (run["lines"], (await county.payments(state="PREPARED"))[0]["attempt"]) == (1, 1)


async def test_nothing_after_the_month_of_death_nor_after_the_last_month(servers):
    async with running(SERVICE, servers, today=date(2020, 5, 2)) as s:
        county = County(s)
        one, other = award("10.00", "20.00"), award("40.00")
        await s.deliver(death(one.lines[0].person_id, APRIL), one, other, stopped(other, MARCH))
        await county.open(MAY)
        found = sorted((p["amount"], p["month"]) for p in await county.payments())
        assert found == [
            ("10.00", "2020-03"), ("10.00", "2020-04"),
            ("20.00", "2020-03"), ("20.00", "2020-04"), ("20.00", "2020-05"),
            ("40.00", "2020-03"),
        ]  # fmt: skip


async def test_what_is_no_longer_due_falls_away_before_the_file_is_made(servers):
    async with running(SERVICE, servers, today=date(2020, 4, 2)) as s:
        county = County(s)
        dead, lowered, whole = award("10.00", starts=APRIL), award("50.00", starts=APRIL), award("30.00", starts=APRIL)
        await s.deliver(dead, lowered, whole)
        run = await county.open(APRIL)
        await county.check(run)
        await s.deliver(death(dead.lines[0].person_id, MARCH), adjusted(lowered, APRIL, "45.00"))
        run = await county.confirm(run)
        assert (run["lines"], run["total"]) == (1, "30.00")
        assert await county.totals(run) == {"CANCELLED": (2, "60.00"), "INSTRUCTED": (1, "30.00")}
        assert (await county.open(APRIL))["total"] == "45.00"


async def test_a_raise_that_is_dated_back_is_paid_as_the_difference(servers):
    async with running(SERVICE, servers) as s:
        county = County(s)
        given = award("300.00")
        await s.deliver(given)
        await county.confirmed()
        await s.deliver(adjusted(given, MARCH, "360.00"))
        run = await county.open()
        (line,) = [p for p in await county.payments() if p["run_id"] == run["id"]]
        assert line["amount"] == "60.00"
        assert line["payment_key"].endswith("/2020-03/ARREARS/1")
        assert (await county.reconcile())["due"] == "360.00"


async def test_a_line_without_a_usable_account_is_held_until_there_is_one(servers):
    async with running(SERVICE, servers) as s:
        county = County(s)
        given = award("10.00", pay_to=account("12"))
        await s.deliver(given, award("20.00"))
        run = await county.confirmed()
        assert (run["lines"], run["total"]) == (1, "20.00")
        (held,) = await county.payments(state="HELD")
        assert held["reason"] == "ACCOUNT_MISSING"
        assert (await county.reconcile())["held"] == "10.00"
        await county.correct(given.award_id)
        again = await county.confirmed(kind="REPAYMENT")
        assert (again["lines"], again["total"]) == (1, "10.00")
        tries = await county.payments(subject_id=str(given.award_id))
        assert {p["status"] for p in tries} == {"CANCELLED", "INSTRUCTED"}
        assert (await county.open(expect=409))["type"] == "/problems/nothing-to-pay"


async def test_money_does_not_go_to_a_dead_payees_account(servers):
    async with running(SERVICE, servers, today=date(2020, 4, 2)) as s:
        county, payee = County(s), uuid4()
        given = award("10.00", pay_to=account(person=payee))
        await s.deliver(given, death(payee, MARCH))
        await county.open(APRIL)
        assert [p["month"] for p in await county.payments(state="HELD")] == ["2020-04"]
        await county.correct(given.award_id, GOOD)
        await county.open(APRIL, "REPAYMENT", expect=409)
        heir = {"person_id": str(uuid4()), "name": "马秀英", "id_number": "640522188001010027"}
        await county.correct(given.award_id, GOOD, payee=heir)
        assert (await county.open(APRIL, "REPAYMENT"))["total"] == "10.00"


async def test_a_month_adds_up(servers):
    async with running(SERVICE, servers) as s:
        county = County(s)
        given = award("100.00")
        await s.deliver(given, award("40.00"))
        assert (await county.reconcile())["not_put_in"] == "140.00"
        await county.open()
        assert (await county.reconcile())["prepared"] == "140.00"
        assert (await county.reconcile(Month(2020, 2)))["due"] == "0.00"
