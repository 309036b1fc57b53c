"""Journeys of an emergency whose papers are late, and of a home that is short of staff."""

from __future__ import annotations

from datetime import date

import pytest

from doudi.testing import until
from tests.journeys.town import Town
from tests.services.care_home import Home
from tests.services.relief_town import Town as ReliefTown

pytestmark = pytest.mark.slow


async def test_advance_relief_is_paid_at_once_and_its_late_paperwork_is_asked_about(place: Town):
    place.day(date(2020, 3, 5))
    people = ReliefTown(place.relief)
    case = await people.granted()

    async def paid() -> bool:
        return bool((await people.get(f"/{case}"))["status"] == "ADVANCE_PAID")

    await until(paid)
    ledger = (await place.bank.get("/v1/ledger")).json()
    assert [credit["amount_fen"] for credit in ledger] == [200_000]
    place.day(date(2020, 3, 11))
    ended = await people.post(f"/{case}/end-emergency", {"ended_on": "2020-03-11"})
    assert ended["paperwork_due_on"] == "2020-03-25"
    place.day(date(2020, 3, 25))
    assert (await people.get(f"/{case}"))["status"] == "EMERGENCY_ENDED"
    place.day(date(2020, 3, 26))

    async def asked() -> bool:
        return ("R80", case) in await place.flags()

    await until(asked)
    assert (await people.get(f"/{case}"))["status"] == "PAPERWORK_OVERDUE"


async def test_a_home_short_of_staff_for_more_than_seven_days_is_asked_about(place: Town):
    home = Home(place.care_institutions)
    await home.register()
    await home.hires(6)
    await home.houses(7, 10, 23)
    staffing = await home.staffing()
    assert staffing["required"] == 7
    place.days(7)
    assert await place.flags() == []
    place.days(1)

    async def asked() -> bool:
        return ("R88", f"{home.id}/2020-03-02") in await place.flags()

    await until(asked)
    await home.hires(1)
    assert (await home.staffing())["required"] == 7
