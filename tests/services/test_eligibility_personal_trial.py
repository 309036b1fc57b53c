"""What a programme of one person would be under another rule set or on another day: a trial that is kept nowhere."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import date
from typing import Any

import pytest
import pytest_asyncio
from tests.services.eligibility_programmes import Someone, Window, care, elder, tekun

from doudi.auth import Role
from doudi.events.eligibility_programmes import PersonalDeterminationMade
from doudi.testing import Servers, running
from eligibility.app import SERVICE

DAY = date(2020, 3, 2)


@pytest_asyncio.fixture(loop_scope="session")
async def window(servers: Servers) -> AsyncIterator[Window]:
    async with running(SERVICE, servers, today=DAY) as s:
        yield Window(s)


async def recomputed(window: Window, id_: Any, query: dict[str, str], status: int = 200) -> Any:
    answer = await window.clerk.post(f"/v1/programme-applications/{id_}/recompute", params=query)
    assert answer.status_code == status, answer.text
    return answer.json()


async def test_without_a_question_it_is_the_same_bytes_and_nothing_else(window: Window):
    case = await window.applies(Someone("1985-01-01"), care())
    again = await recomputed(window, case["id"], {})
    assert (again["equal"], again["kept"] == again["again"], again["would_be"]) == (True, True, None)


@pytest.mark.parametrize(
    ("query", "on", "rule_set", "amount", "difference"),
    [
        ({"on": "2020-12-31"}, "2020-12-31", "RS2019", "80.00", "0.00"),
        ({"on": "2021-01-01"}, "2021-01-01", "RS2019", "120.00", "40.00"),
        ({"under": "RS2019"}, "2020-03-02", "RS2019", "80.00", "0.00"),
        ({"under": "RS2021"}, "2021-07-01", "RS2021", "120.00", "40.00"),
        ({"under": "RS2022", "on": "2024-01-01"}, "2024-01-01", "RS2022", "130.00", "50.00"),
    ],
)
async def test_the_same_facts_on_another_day(
    window: Window, query: dict[str, str], on: str, rule_set: str, amount: str, difference: str
):
    case = await window.applies(Someone("1985-01-01"), care())
    tried = (await recomputed(window, case["id"], query))["would_be"]
    assert (tried["hypothetical"], "不是决定" in tried["says"], tried["on"]) == (True, True, on)
    assert (tried["rule_set"], tried["amount"], tried["difference"]) == (rule_set, amount, difference)
    assert len(await window.s.said(PersonalDeterminationMade)) == 1
    again = (await window.clerk.get(f"/v1/programme-applications/{case['id']}")).json()
    assert (again["version"], again["determination"]) == (case["version"], case["determination"])


async def test_a_grade_that_only_the_later_rules_accept_and_what_it_would_be_today(window: Window):
    limb = {"category": "LIMB", "grade": 2}
    case = await window.applies(Someone("1980-05-05"), tekun(disability=limb))
    assert case["determination"]["eligible"] is False
    assert (await recomputed(window, case["id"], {"on": "2021-06-30"}))["would_be"]["eligible"] is False
    later = (await recomputed(window, case["id"], {"under": "RS2021"}))["would_be"]
    assert (later["rule_set"], later["eligible"]) == ("RS2021", True)
    assert later["findings"][0]["because"] == "肢体2级残疾，属于无劳动能力"


@pytest.mark.parametrize(("day", "eligible"), [("2025-05-04", False), ("2025-05-05", True)])
async def test_the_age_is_that_of_the_day_that_is_asked_for(window: Window, day: str, eligible: bool):
    case = await window.applies(Someone("1945-05-05"), elder())
    assert (await recomputed(window, case["id"], {"on": day}))["would_be"]["eligible"] is eligible


@pytest.mark.parametrize(
    ("query", "status", "type_"),
    [
        ({"under": "RS2019", "on": "2022-11-01"}, 422, "/problems/invalid"),
        ({"under": "RS1999"}, 422, "/problems/invalid"),
        ({"under": "x"}, 422, "/problems/invalid"),
        ({"on": "2019-03-10"}, 409, "/problems/wrong-rule-set"),
    ],
)
async def test_a_day_that_no_rules_are_known_for_is_refused(window: Window, query: dict[str, str], status, type_):
    case = await window.applies(Someone("1985-01-01"), care())
    assert (await recomputed(window, case["id"], query, status))["type"] == type_


async def test_another_county_tries_nothing(window: Window):
    case = await window.applies(Someone("1985-01-01"), care())
    neighbour = window.s.client(Role.COUNTY_CLERK, "640521000000", sub="neighbour")
    path = f"/v1/programme-applications/{case['id']}/recompute"
    assert (await neighbour.post(path, params={"under": "RS2021"})).status_code == 404
