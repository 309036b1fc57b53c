"""payments: the bank file, the way to the bank and back, returns and repayment, advances."""

from __future__ import annotations

import csv
import hashlib
import io
from datetime import date, timedelta
from decimal import Decimal

import httpx
import pytest
from lxml import etree
from tests.services.payments_county import (
    APRIL,
    CLOSED,
    COUNTY,
    GOOD,
    MARCH,
    County,
    account,
    advance,
    award,
)  # fmt: skip

from doudi.auth import Role
from doudi.events.payments import AccountCorrected, BankFileSent, PaymentPaid, PaymentReturned, RunConfirmed
from doudi.testing import running
from payments.app import SERVICE

BANK = "http://bank.test"


async def test_the_file_adds_up_and_is_always_the_same(servers):
    async with running(SERVICE, servers) as s:
        county = County(s)
        await s.deliver(award("320.00", "80.50"), award("10.01", pay_to=account(name="=马&云\x07")))
        run = await county.confirmed()
        body = await county.file(run)
        assert body == await county.file(run)
        assert hashlib.sha256(body).hexdigest() == run["sha256"]
        root = etree.fromstring(body)
        amounts = [Decimal(x.text or "") for x in root.iterfind(".//{*}InstdAmt")]
        assert {x.get("Ccy") for x in root.iterfind(".//{*}InstdAmt")} == {"CNY"}
        assert root.findtext(".//{*}GrpHdr/{*}CtrlSum") == str(sum(amounts)) == "410.51"
        assert root.findtext(".//{*}GrpHdr/{*}NbOfTxs") == "3"
        ids = [x.text or "" for x in root.iterfind(".//{*}EndToEndId")]
        assert len(set(ids)) == 3
        assert all(len(x) <= 35 for x in ids)
        table = await county.file(run, "csv")
        rows = list(csv.DictReader(io.StringIO(table.decode("utf-8-sig"))))
        assert table.startswith(b"\xef\xbb\xbf")
        assert {row["account"] for row in rows} == {f"\t{GOOD}"}
        assert [row["payee_name"] for row in rows].count("'=马&云\x07") == 1
        assert sorted(row["payment_id"] for row in rows) == sorted(ids)
        logged = await s.fetch("SELECT sub FROM access_log WHERE kind = 'bank_file' AND subject = $1", run["id"])
        assert [row["sub"] for row in logged] == ["finance-1"] * 3


async def test_a_break_after_the_bank_took_the_file_sends_no_other_bytes_and_pays_nothing_twice(servers):
    async with running(SERVICE, servers, bank_url=BANK) as s:
        county = County(s)
        await s.deliver(award("320.00"))
        run = await county.confirmed()
        county.bank.breaks.append(httpx.ReadTimeout("the answer was lost"))
        with pytest.raises(httpx.ReadTimeout):
            await county.courier()
        assert await s.said(BankFileSent) == []
        await county.courier()
        assert len(county.bank.received) == 1, "it waits before it tries again"
        await county.later()
        await county.courier()
        (first, second) = county.bank.received
        assert first == second
        assert len(await s.said(BankFileSent)) == len(await s.said(PaymentPaid)) == 1
        assert (await county.run(run))["status"] == "DONE"


async def test_a_file_that_is_not_as_confirmed_does_not_leave(servers):
    async with running(SERVICE, servers, bank_url=BANK) as s:
        county = County(s)
        await s.deliver(award("320.00"))
        run = await county.confirmed()
        await s.fetch("UPDATE payment SET amount_fen = amount_fen + 1")
        await county.courier()
        assert county.bank.received == []
        assert "不一致" in (await county.run(run))["bank_trouble"]


async def test_what_comes_back_is_paid_under_the_same_key_to_the_corrected_account(servers):
    async with running(SERVICE, servers, bank_url=BANK) as s:
        county = County(s)
        given = award("320.00", pay_to=account(CLOSED))
        await s.deliver(given)
        await county.confirmed()
        await county.courier()
        (back,) = await s.said(PaymentReturned)
        assert (back.reason, back.attempt) == ("ACCOUNT_CLOSED", 1)
        assert (await county.reconcile())["returned"] == "320.00"
        for kind in ("MONTHLY", "REPAYMENT"):
            await county.open(kind=kind, expect=409)
        await county.correct(given.award_id)
        (corrected,) = await s.said(AccountCorrected, given.award_id)
        assert GOOD not in corrected.model_dump_json()
        await county.cancel(await county.open(kind="REPAYMENT"))
        await county.confirmed(kind="REPAYMENT")
        await county.courier()
        (paid,) = await s.said(PaymentPaid)
        assert (paid.payment_key, paid.attempt, paid.amount) == (back.payment_key, 2, back.amount)
        assert paid.payment_id != back.payment_id
        assert (await county.reconcile())["paid"] == "320.00"
        await county.open(kind="REPAYMENT", expect=409)


async def test_results_by_hand_are_taken_whole_or_not_at_all(servers):
    async with running(SERVICE, servers) as s:
        county = County(s)
        await s.deliver(award("10.00", "20.00"), award("30.00", pay_to=account(CLOSED)))
        run = await county.confirmed()
        county.bank.files["f"] = await county.file(run)
        good = county.bank.results("f")
        head, *rows = good.splitlines()
        rows.sort(key=lambda row: "RETURNED" in row)
        wrong = [
            rows[0],
            rows[0],
            "3,00000000000000000000000000000000,PAID,,2020-03-02",
            "4,x,PAID,,2020-03-02",
        ]
        problem = await county.bring(run, "\n".join([head, *wrong[:3]]), expect=422)
        assert [e["field"] for e in problem["errors"]] == ["row 3", "row 4"]
        problem = await county.bring(run, "\n".join([head, *wrong]), expect=422)
        assert [e["field"] for e in problem["errors"]] == ["row 5"]
        late = rows[0].replace("2020-03-02", "2020-03-03")
        for text in ("", head, "a,b\n1,2", "\n".join([head, late]), "\n".join([head, rows[0].replace("PAID", "X")])):
            await county.bring(run, text, expect=422)
        assert await s.fetch("SELECT * FROM bank_result") == []
        banker = s.client(Role.BANK, COUNTY, "bank-1")
        assert (await county.bring(run, good, by=banker))["new"] == 3
        again = await county.bring(run, good)
        assert (again["new"], again["run"]["status"]) == (0, "DONE")
        assert await county.totals(run) == {"PAID": (2, "30.00"), "RETURNED": (1, "30.00")}
        assert (len(await s.said(PaymentPaid)), len(await s.said(PaymentReturned))) == (2, 1)
        paid = next(row for row in rows if "PAID" in row)
        other = paid.replace("PAID,", "RETURNED,FROZEN")
        assert (await county.bring(run, "\n".join([head, other]), expect=422))["errors"][0]["field"] == "row 2"


async def test_an_advance_leaves_at_once_under_finances_standing_authorisation(servers):
    async with running(SERVICE, servers, bank_url=BANK) as s:
        county = County(s)
        granted = advance()
        await s.deliver(granted)
        await s.deliver(granted)
        await county.courier()
        (said,) = await s.said(RunConfirmed)
        assert (said.maker, said.checker, said.finance) == ("clerk-1", "leader-1", "standing:relief-advance")
        (paid,) = await s.said(PaymentPaid, granted.relief_case_id)
        assert (paid.payment_key, paid.programme, paid.item) == (granted.payment_key, "RELIEF", "ADVANCE")
        assert (paid.person_id, paid.month, paid.amount) == (granted.person_id, MARCH, granted.amount)


async def test_an_advance_to_an_account_that_cannot_be_paid_to_waits_for_another(servers):
    async with running(SERVICE, servers, bank_url=BANK) as s:
        county = County(s)
        granted = advance(account=account("1"))
        await s.deliver(granted)
        await county.courier()
        assert await s.said(PaymentPaid) == []
        await county.correct(granted.relief_case_id)
        await county.cancel(await county.open(kind="REPAYMENT"))
        await county.confirmed(kind="REPAYMENT")
        await county.courier()
        (paid,) = await s.said(PaymentPaid)
        assert (paid.payment_key, paid.attempt) == (granted.payment_key, 1)


async def test_an_advance_through_one_hand_is_parked(servers):
    async with running(SERVICE, servers) as s:
        with pytest.raises(AssertionError, match="OneHandTooFew"):
            await s.deliver(advance(verified_by=["leader-1"]))
        assert await s.fetch("SELECT * FROM payment") == []


async def test_the_database_itself_refuses_one_key_twice_and_one_hand_twice(servers):
    async with running(SERVICE, servers) as s:
        county = County(s)
        await s.deliver(award("10.00"))
        await county.confirmed()
        names = await s.fetch(
            """SELECT string_agg(attname, ', ' ORDER BY attnum) AS n FROM pg_attribute
               WHERE attrelid = 'payment'::regclass AND attnum > 0 AND attname NOT IN ('id', 'line', 'attempt')"""
        )
        others = names[0]["n"]
        with pytest.raises(Exception, match="payment_once"):
            await s.fetch(
                f"INSERT INTO payment (id, line, attempt, {others}) "
                f"SELECT gen_random_uuid(), 9, 2, {others} FROM payment"
            )
        with pytest.raises(Exception, match="check"):
            await s.fetch("UPDATE payment_run SET finance = maker")


async def test_returned_money_that_lies_too_long_shows(servers):
    async with running(SERVICE, servers, bank_url=BANK) as s:
        county = County(s)
        await s.deliver(award(pay_to=account(CLOSED)))
        await county.confirmed()
        await county.courier()
        assert [p["lies_too_long"] for p in await county.payments()] == [False]
        s.clock.set(date(2020, 3, 2) + timedelta(days=61))
        assert [p["lies_too_long"] for p in await county.payments()] == [True]
        assert await county.payments(month=str(APRIL)) == []
