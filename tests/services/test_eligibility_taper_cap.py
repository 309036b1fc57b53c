"""A taper pays what was paid, at most the standard for each insured (domain §3.11, D-06); payments follow."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import date
from typing import Any

import pytest_asyncio
from tests.services.eligibility_county import forwarded, member
from tests.services.eligibility_life import Life, look
from tests.services.payments_county import County as Payments

from doudi.calendar import Month
from doudi.events.eligibility import AwardAdjusted, AwardGranted
from doudi.events.eligibility_life import InterventionProposed, TaperGranted
from doudi.testing import Servers, running
from eligibility.app import SERVICE
from payments.app import SERVICE as PAYMENTS

DAY = date(2020, 1, 2)


@pytest_asyncio.fixture(loop_scope="session")
async def life(servers: Servers) -> AsyncIterator[Life]:
    async with running(SERVICE, servers, today=DAY) as s:
        yield Life(s)


async def tapered(life: Life) -> tuple[Any, list[dict[str, Any]]]:
    """E13: two with 380.00 each, one with ten percent more; then the son they live with finds work."""
    people = [
        member(1, "1950-01-01", "NONE", disability={"category": "LIMB", "grade": 1}),
        member(2, "1949-01-01", "NONE"),
    ]
    extras = [{"person_id": people[0]["person_id"], "group": "SEVERELY_DISABLED", "reason": "仍有困难"}]
    id_ = await life.county.receives(forwarded(people, "0.00", on=DAY))
    award = await life.county.approves(id_, extras=extras)
    assert award["amount"] == "798.00"
    await life.at(date(2020, 2, 20))
    states = [{"person_id": people[0]["person_id"], "earns": True, "labour": "PARTIAL"}]
    job = {"person_id": people[0]["person_id"], "employer": "某公司", "look": look("18720.00", members=states)}
    await life.decides(await life.proposes(award, "TAPER", "FOUND_WORK", **job))
    (proposed,) = await life.s.said(InterventionProposed)
    assert (str(proposed.amount_before), str(proposed.amount_after)) == ("798.00", "760.00")
    return award, people


async def test_the_cap_is_applied_from_the_first_month_and_told(life: Life):
    award, _ = await tapered(life)
    (granted,), (adjusted,) = await life.s.said(TaperGranted), await life.s.said(AwardAdjusted)
    assert (str(granted.amount), str(adjusted.amount)) == ("760.00", "760.00")
    assert (granted.from_month, str(adjusted.from_month)) == (adjusted.from_month, "2020-03")
    now = await life.now(award)
    assert (now["amount"], now["status"], now["taper_until"]) == ("760.00", "TAPER", "2021-02")
    assert sorted((x["item"], x["amount"], x["from_month"], x["to_month"]) for x in now["lines"]) == [
        ("BASE", "380.00", "2020-02", "2020-02"),
        ("BASE", "380.00", "2020-02", "2020-02"),
        ("BASE", "380.00", "2020-03", None),
        ("BASE", "380.00", "2020-03", None),
        ("EXTRA", "38.00", "2020-02", "2020-02"),
    ]
    told = (await life.clerk.get(f"/v1/awards/{award['id']}/notices")).json()[-1]
    assert "由每月 798.00 元调整为每月 760.00 元" in told["lead"]


async def test_payments_pay_the_capped_lines_to_the_last_month_and_no_further(life: Life, servers: Servers):
    await tapered(life)
    events = [
        *(await life.s.said(AwardGranted)), *(await life.s.said(AwardAdjusted)), *(await life.s.said(TaperGranted)),
    ]  # fmt: skip
    async with running(PAYMENTS, servers, today=date(2021, 4, 2)) as s:
        for event in events:
            await s.deliver(event)
        payments = Payments(s)
        totals = [(await payments.confirmed(month))["total"] for month in (Month(2020, 2), Month(2020, 3))]
        # April to February, eleven months; the thirteenth is nobody's
        totals.append((await payments.confirmed(Month(2021, 2)))["total"])
        assert totals == ["798.00", "760.00", "8360.00"]
        assert (await payments.open(Month(2021, 3), expect=409))["type"] == "/problems/nothing-to-pay"
