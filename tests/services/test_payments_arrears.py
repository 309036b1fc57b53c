"""Arrears of a standard that is dated back: one line a person, once, and every month still adds up (C18: 60 x 3)."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from tests.services.payments_county import APRIL, CLOSED, MARCH, MAY, County, account, adjusted, award, death

from doudi.calendar import Month
from doudi.events.payments import PaymentPaid
from doudi.money import Money
from doudi.testing import running
from payments import rules
from payments.app import SERVICE

JUNE = Month(2020, 6)
FIRST = date(2020, 6, 2)


async def paid_until(county: County, *months: Month) -> None:
    for month in months:
        await county.confirmed(month)


async def lines(county: County, run: Any) -> list[dict[str, Any]]:
    return [p for p in await county.payments() if p["run_id"] == run["id"]]


async def test_a_raise_from_april_that_is_paid_in_june_is_one_line_of_180(servers):
    async with running(SERVICE, servers, today=FIRST) as s:
        county = County(s)
        given = award("380.00", starts=APRIL)
        await s.deliver(given)
        await paid_until(county, APRIL, MAY, JUNE)
        await s.deliver(adjusted(given, APRIL, "440.00"))
        run = await county.confirmed(JUNE)
        (line,) = await lines(county, run)
        person = given.lines[0].person_id
        assert (line["amount"], line["payment_key"]) == ("180.00", f"DIBAO_R/{person}/2020-06/ARREARS/1")
        assert line["amount"] == str(rules.arrears([(Money.yuan("440.00"), Money.yuan("380.00"))] * 3))
        for month in (APRIL, MAY, JUNE):
            found = await county.reconcile(month)
            assert (found["due"], found["not_put_in"], found["overpaid"]) == ("440.00", "0.00", "0.00")


async def test_what_was_made_good_is_not_made_good_again(servers):
    async with running(SERVICE, servers, today=FIRST) as s:
        county = County(s)
        given = award("380.00", starts=APRIL)
        await s.deliver(given)
        await paid_until(county, APRIL, MAY)
        await s.deliver(adjusted(given, APRIL, "440.00"))
        run = await county.open(JUNE)
        assert sorted((p["amount"], p["item"]) for p in await lines(county, run)) == [
            ("120.00", "ARREARS"), ("440.00", "BASE"),
        ]  # fmt: skip
        assert (await county.open(JUNE, expect=409))["type"] == "/problems/nothing-to-pay"
        await s.deliver(adjusted(given, APRIL, "450.00"))
        again = await county.open(JUNE)
        assert [(p["amount"], p["payment_key"][-9:]) for p in await lines(county, again)] == [("30.00", "ARREARS/2")]


async def test_a_month_that_was_never_put_in_is_paid_under_its_own_key(servers):
    async with running(SERVICE, servers, today=FIRST) as s:
        county = County(s)
        given = award("380.00", starts=APRIL)
        await s.deliver(given)
        await paid_until(county, APRIL)
        await s.deliver(adjusted(given, APRIL, "440.00"))
        run = await county.open(MAY)
        found = sorted((p["amount"], p["month"], p["item"]) for p in await lines(county, run))
        assert found == [("440.00", "2020-05", "BASE"), ("60.00", "2020-05", "ARREARS")]


async def test_a_cancelled_runs_arrears_are_put_in_by_the_next(servers):
    async with running(SERVICE, servers, today=FIRST) as s:
        county = County(s)
        given = award("380.00", starts=APRIL)
        await s.deliver(given)
        await paid_until(county, APRIL, MAY)
        await s.deliver(adjusted(given, APRIL, "440.00"))
        await county.cancel(await county.open(JUNE))
        run = await county.open(JUNE)
        assert sorted(p["amount"] for p in await lines(county, run)) == ["120.00", "440.00"]
        assert (await county.reconcile(APRIL))["due"] == "440.00"


async def test_arrears_that_are_no_longer_due_fall_away_before_the_file_is_made(servers):
    async with running(SERVICE, servers, today=FIRST) as s:
        county = County(s)
        given, other = award("380.00", starts=APRIL), award("100.00", starts=APRIL)
        await s.deliver(given, other)
        await paid_until(county, APRIL, MAY)
        await s.deliver(adjusted(given, APRIL, "440.00"), adjusted(other, APRIL, "130.00"))
        run = await county.open(JUNE)
        await county.check(run)
        await s.deliver(adjusted(given, MAY, "380.00"))  # April stays raised: the line of both months is not right
        run = await county.confirm(run)
        assert sorted(p["amount"] for p in await lines(county, run) if p["status"] == "INSTRUCTED") == [
            "130.00", "60.00",
        ]  # fmt: skip
        again = await county.open(JUNE)
        assert sorted((p["amount"], p["item"]) for p in await lines(county, again)) == [
            ("380.00", "BASE"), ("60.00", "ARREARS"),
        ]  # fmt: skip
        assert (await county.reconcile(MAY))["not_put_in"] == "0.00"


async def test_returned_arrears_go_again_under_their_key_and_are_owed_no_second_time(servers):
    async with running(SERVICE, servers, today=FIRST, bank_url="http://bank.test") as s:
        county = County(s)
        given = award("380.00", starts=APRIL, pay_to=account(CLOSED))
        await s.deliver(given)
        await paid_until(county, APRIL, MAY, JUNE)
        await s.deliver(adjusted(given, APRIL, "440.00"))
        await county.confirmed(JUNE)
        await county.courier()
        await county.later()
        await county.courier()
        await county.open(JUNE, expect=409)
        await county.correct(given.award_id)
        await county.confirmed(JUNE, "REPAYMENT")
        await county.later()
        await county.courier()
        paid = [p for p in await s.said(PaymentPaid) if "/ARREARS/" in p.payment_key]
        assert [str(p.amount) for p in paid] == ["180.00"]
        for month in (APRIL, MAY, JUNE):
            assert (await county.reconcile(month))["paid"] == "440.00"


@pytest.mark.parametrize(("died", "owed"), [(MARCH, None), (APRIL, "60.00"), (MAY, "120.00")])
async def test_nothing_is_made_good_after_the_month_of_death(servers, died, owed):
    async with running(SERVICE, servers, today=FIRST) as s:
        county = County(s)
        given = award("380.00", "380.00", starts=APRIL)
        await s.deliver(given)
        await paid_until(county, APRIL, MAY)
        dead = given.lines[0].person_id
        await s.deliver(death(dead, died), adjusted(given, APRIL, "440.00"))
        run = await county.open(JUNE)
        found = {p["person_id"]: p["amount"] for p in await lines(county, run) if p["item"] == "ARREARS"}
        assert found.get(str(dead)) == owed
        assert found[str(given.lines[1].person_id)] == "120.00"
