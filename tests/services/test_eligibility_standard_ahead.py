"""A standard that is set and applied ahead: who is decided on before its month is measured by it too (domain §8.1)."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import date

import pytest_asyncio
from tests.services.eligibility_life import Life
from tests.services.eligibility_standards import DAY, RAISED, couple, whole
from tests.services.test_eligibility_redetermination_changed import INCOME, granted, reviewed

from doudi.testing import Servers, running
from eligibility.app import SERVICE


@pytest_asyncio.fixture(loop_scope="session")
async def life(servers: Servers) -> AsyncIterator[Life]:
    async with running(SERVICE, servers, today=DAY) as s:
        yield Life(s)


async def test_between_execution_and_its_month_nobody_falls_back_to_the_old_standard(life: Life):
    (old,) = await granted(life, [couple(10)])
    assert (await life.now(old))["amount"] == "360.00"
    assert (await whole(life.county))["settled"]["adjusted"] == 1
    assert (await life.now(old))["amount"] == "480.00"
    await life.at(date(2020, 3, 18))
    await reviewed(life, old, INCOME)  # the same income as before
    assert (await life.now(old))["amount"] == "480.00"
    (new,) = await granted(life, [couple(20)])
    now = await life.now(new)
    assert (now["amount"], now["starts"]) == ("480.00", "2020-04")


async def test_a_month_after_the_next_is_not_anticipated(life: Life):
    await whole(life.county, {**RAISED, "valid_from": "2020-05-01"}, "2020-05")
    (new,) = await granted(life, [couple(30)])
    assert (await life.now(new))["amount"] == "360.00"
