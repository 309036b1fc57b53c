"""oversight: deaths that no award follows, tapers given up, overpayments decided on late or withdrawn, over time."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import date
from typing import Any
from uuid import uuid4

import pytest_asyncio
from tests.services.oversight_world import CITY, COUNTY, VILLAGE, Case

from doudi.auth import Role
from doudi.calendar import Month
from doudi.events.eligibility_life import AwardResumed, TaperGranted
from doudi.events.oversight import FlagRaised
from doudi.events.payments_recovery import OverpaidMonth, RecoveryDecided, RecoveryOpened, RecoveryWithdrawn
from doudi.money import Money
from doudi.testing import Running, Servers, running
from oversight.app import SERVICE

FOUND = Money.yuan("760.00")


@pytest_asyncio.fixture(loop_scope="session")
async def s(servers: Servers) -> AsyncIterator[Running]:
    async with running(SERVICE, servers, today=date(2020, 5, 16)) as running_service:
        yield running_service


async def flags(s: Running) -> list[tuple[str, str, str]]:
    """Indicator, severity and state of what the city sees."""
    answer = await s.client(Role.INSPECTOR, CITY).get("/v1/flags")
    return sorted((f["indicator"], f["severity"], f["state"]) for f in answer.json()["items"])


async def test_a_death_that_no_award_follows_is_asked_about_and_weighs_more_after_three_months(s: Running):
    case = Case()
    await s.deliver(case.granted(), case.died(date(2020, 5, 15)))
    await s.tick(date(2020, 6, 14))
    assert await flags(s) == []
    await s.tick(date(2020, 6, 15))
    assert await flags(s) == [("R02", "M", "OPEN")]
    await s.tick(date(2020, 8, 15))
    assert await flags(s) == [("R02", "M", "OPEN")]
    await s.tick(date(2020, 8, 16))
    assert await flags(s) == [("R02", "H", "OPEN")]
    assert [flag.severity for flag in await s.said(FlagRaised)] == ["M", "H"]
    other = Case()
    await s.deliver(other.granted(), case.stopped("2020-08"))
    (flag,) = (await s.client(Role.INSPECTOR, CITY).get("/v1/flags")).json()["items"]
    assert "于2020-08-16调整或停发待遇" in flag["because"]


async def test_a_death_that_is_followed_in_time_is_not_asked_about_whatever_comes_first(s: Running):
    case, before = Case(), Case()
    await s.deliver(case.granted(), case.stopped("2020-05"), case.died(date(2020, 5, 15)))
    await s.deliver(before.died(date(2020, 5, 15)))
    await s.deliver(before.granted(), before.stopped("2020-05"))
    await s.tick(date(2020, 9, 1))
    assert await flags(s) == []


async def test_a_taper_that_is_given_up_explains_the_payment(s: Running):
    case = Case()
    taper = TaperGranted(
        award_id=case.award, division=VILLAGE, from_month=Month(2020, 2), last_month=Month(2020, 3),
        amount=Money.yuan("380.00"), reason="就业", findings=[], granted_on=date(2020, 1, 20), by="c",
    )  # fmt: skip
    await s.deliver(case.granted(starts="2020-01"), case.paid(uuid4()), taper)
    assert await flags(s) == [("R39", "H", "OPEN")]
    await s.deliver(
        AwardResumed(award_id=case.award, months_owed=[], taper_given_up=True, resumed_on=date(2020, 3, 20), by="c")
    )
    assert await flags(s) == [("R39", "H", "FALSE_POSITIVE")]


async def test_a_taper_of_thirteen_months_is_too_long(s: Running):
    case = Case()
    taper = TaperGranted(
        award_id=case.award, division=VILLAGE, from_month=Month(2020, 3), last_month=Month(2021, 3),
        amount=Money.yuan("380.00"), reason="就业", findings=[], granted_on=date(2020, 2, 20), by="c",
    )  # fmt: skip
    await s.deliver(case.granted(), taper)
    assert await flags(s) == [("R39", "H", "OPEN")]


def opened(on: date) -> RecoveryOpened:
    part = OverpaidMonth(person_id=uuid4(), programme="DIBAO_R", item="BASE", month=Month(2020, 4), amount=FOUND)
    return RecoveryOpened(
        recovery_id=uuid4(), subject_id=uuid4(), division=COUNTY, origin="DETECTED", months=[part], found=FOUND,
        because="x", opened_on=on, by="system:overpayment",
    )  # fmt: skip


def decided(given: RecoveryOpened, on: date) -> RecoveryDecided:
    return RecoveryDecided(
        recovery_id=given.recovery_id, subject_id=given.subject_id, amount=FOUND, fault="NO_FAULT", because="x",
        findings=[], decided_on=on, by="leader-1",
    )  # fmt: skip


async def test_an_overpayment_is_asked_about_unless_it_is_decided_on_or_withdrawn(s: Running):
    waits, in_time, late, gone = (opened(date(2020, 5, 16)) for _ in range(4))
    await s.deliver(waits, in_time, late, gone)
    await s.deliver(decided(in_time, date(2020, 6, 15)))
    await s.tick(date(2020, 6, 15))
    assert await flags(s) == []
    await s.tick(date(2020, 6, 16))
    assert await flags(s) == [("R79", "M", "OPEN")] * 3
    withdrawn = RecoveryWithdrawn(recovery_id=gone.recovery_id, because="x", withdrawn_on=date(2020, 6, 17), by="c")
    await s.deliver(decided(late, date(2020, 6, 16)), withdrawn)
    assert await flags(s) == [("R79", "M", "FALSE_POSITIVE"), ("R79", "M", "OPEN"), ("R79", "M", "OPEN")]
    answer: Any = await s.client(Role.INSPECTOR, CITY).get("/v1/flags")
    told = {f["subject_id"]: f["because"] for f in answer.json()["items"]}
    assert told[str(late.recovery_id)] == "2020-05-16发现多发760.00元，于2020-06-16作出决定，30天期限2020-06-15"
