"""payments: money of an award is held and released, and a taper pays its last month and no further."""

from __future__ import annotations

from datetime import date

import pytest
from tests.services.payments_county import APRIL, MARCH, MAY, County, award, death, stopped

from doudi.calendar import Month
from doudi.events.eligibility import AwardGranted
from doudi.events.eligibility_life import AwardResumed, AwardSuspended, TaperGranted
from doudi.testing import running
from payments.app import SERVICE

JUNE = Month(2020, 6)


def suspended(given: AwardGranted, from_month: Month) -> AwardSuspended:
    return AwardSuspended(
        award_id=given.award_id, from_month=from_month, ground="ACCOUNT_RETURNED", reason="账户退票",
        decide_by=from_month.plus(2).last_day, suspended_on=from_month.first_day, by="c",
    )  # fmt: skip


def resumed(given: AwardGranted, *owed: Month) -> AwardResumed:
    return AwardResumed(award_id=given.award_id, months_owed=list(owed), resumed_on=date(2020, 6, 1), by="c")


def needy_again(given: AwardGranted, *, held: bool = False) -> AwardResumed:
    return AwardResumed(
        award_id=given.award_id, months_owed=[], taper_given_up=True, held=held, resumed_on=date(2020, 4, 20), by="c"
    )  # fmt: skip


def taper(given: AwardGranted, first: Month, last: Month) -> TaperGranted:
    return TaperGranted(
        award_id=given.award_id, division=given.division, from_month=first, last_month=last, amount=given.amount,
        reason="就业", findings=[], granted_on=first.previous().last_day, by="c",
    )  # fmt: skip


async def test_nothing_is_paid_while_it_is_held_and_everything_afterwards_once(servers):
    async with running(SERVICE, servers, today=date(2020, 6, 2)) as s:
        county = County(s)
        held, other = award("320.00"), award("100.00")
        await s.deliver(held, other)
        await county.confirmed(MARCH)
        await s.deliver(suspended(held, APRIL))
        run = await county.confirmed(MAY)
        assert run["total"] == "200.00"  # the other award's April and May
        await s.deliver(resumed(held, APRIL, MAY))
        run = await county.confirmed(JUNE)
        assert (run["lines"], run["total"]) == (4, "1060.00")  # 3 x 320 and 100
        problem = await county.open(JUNE, expect=409)
        assert problem["type"] == "/problems/nothing-to-pay"


async def test_what_was_put_in_before_the_hold_falls_away_when_finance_confirms(servers):
    async with running(SERVICE, servers) as s:
        county = County(s)
        held, other = award("320.00"), award("100.00")
        await s.deliver(held, other)
        run = await county.open(MARCH)
        await county.check(run)
        await s.deliver(suspended(held, MARCH))
        run = await county.confirm(run)
        assert (run["lines"], run["total"]) == (1, "100.00")
        await s.deliver(resumed(held))
        assert (await county.confirmed(MARCH))["total"] == "320.00"


async def test_a_month_that_is_with_the_bank_already_stays_paid(servers):
    async with running(SERVICE, servers) as s:
        county = County(s)
        held = award("320.00")
        await s.deliver(held)
        await county.confirmed(MARCH)
        await s.deliver(suspended(held, MARCH), resumed(held))
        assert (await county.open(MARCH, expect=409))["type"] == "/problems/nothing-to-pay"
        assert [line["month"] for line in await county.payments()] == ["2020-03"]


@pytest.mark.parametrize(("last", "owed"), [(APRIL, "320.00"), (MAY, "640.00")])
async def test_an_award_that_is_stopped_while_it_is_held_owes_what_was_held(servers, last, owed):
    async with running(SERVICE, servers, today=date(2020, 6, 2)) as s:
        county = County(s)
        held = award("320.00")
        await s.deliver(held)
        await county.confirmed(MARCH)
        await s.deliver(suspended(held, APRIL), stopped(held, last))
        assert (await county.confirmed(JUNE))["total"] == owed


async def test_of_a_dead_person_nothing_comes_after_the_release(servers):
    async with running(SERVICE, servers, today=date(2020, 6, 2)) as s:
        county = County(s)
        held = award("320.00", "320.00")
        await s.deliver(held)
        await county.confirmed(MARCH)
        await s.deliver(suspended(held, APRIL), death(held.lines[0].person_id, APRIL), resumed(held, APRIL, MAY))
        assert (await county.confirmed(MAY))["total"] == "960.00"  # both in April, one in May


async def test_a_taper_pays_unchanged_to_its_last_month_and_not_the_next(servers):
    async with running(SERVICE, servers, today=date(2020, 6, 2)) as s:
        county = County(s)
        given = award("200.00", "200.00", "200.00")
        await s.deliver(given, taper(given, APRIL, MAY))
        for month, total in ((MARCH, "600.00"), (APRIL, "600.00"), (MAY, "600.00")):
            assert (await county.confirmed(month))["total"] == total
        assert (await county.open(JUNE, expect=409))["type"] == "/problems/nothing-to-pay"


async def test_a_taper_that_is_given_up_ends_nothing_and_leaves_a_hold_as_it_is(servers):
    async with running(SERVICE, servers, today=date(2020, 6, 2)) as s:
        county = County(s)
        given, held = award("600.00"), award("100.00")
        await s.deliver(given, held, taper(given, APRIL, APRIL), taper(held, APRIL, APRIL), suspended(held, APRIL))
        await s.deliver(needy_again(given), needy_again(held, held=True))
        assert (await county.confirmed(JUNE))["total"] == "2500.00"  # four months of the one, March of the other
        await s.deliver(resumed(held, APRIL, MAY))
        assert (await county.confirmed(JUNE))["total"] == "300.00"
