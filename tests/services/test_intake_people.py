"""intake: people are known once, households have a head, deaths are said once."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from datetime import date

import pytest
import pytest_asyncio
from tests.services.intake_window import COUNTY, OTHER_TOWNSHIP, VILLAGE, Window, citizen

from doudi.auth import Role
from doudi.events.intake import ApplicationTerminated, ApplicationWithdrawn, DeathReported
from doudi.testing import running
from intake.app import SERVICE

WHO = citizen(date(1970, 5, 1), 1)


@pytest_asyncio.fixture
async def window(servers) -> AsyncIterator[Window]:
    async with running(SERVICE, servers, today=date(2020, 3, 2)) as s:
        yield Window(s, Role)


async def test_a_person_is_registered_once_and_nothing_is_overwritten(window: Window):
    first = await window.register(WHO)
    assert await window.register(WHO, name="别人", phone="13700000000") == first
    person = (await window.clerk.get(f"/v1/persons/{first}")).json()
    assert person["name"] == "马小云"
    assert person["id_number"] == f"640522********{WHO[-4:]}"
    assert "13900001234" not in str(person)
    assert "七营村三组" not in str(person)


async def test_another_township_hears_only_the_id(window: Window):
    first = await window.register(WHO)
    other = window.s.client(Role.CLERK, OTHER_TOWNSHIP, sub="clerk-9")
    body = {"id_number": WHO, "name": "马", "division": "640522101201", "labour": "FULL"}
    answer = await other.post("/v1/persons", json=body)
    assert (answer.status_code, answer.json()) == (200, {"id": first, "new": False})
    assert (await other.get(f"/v1/persons/{first}")).status_code == 404


async def test_two_registrations_at_once_make_one_person(window: Window):
    ids = await asyncio.gather(*(window.register(WHO) for _ in range(8)))
    assert len(set(ids)) == 1


@pytest.mark.parametrize(
    "bad", ["64052219700501001", "640522197005010010x1", "640522197013010011", "abc", "64052220990501001X"]
)
async def test_an_impossible_id_number_is_refused(window: Window, bad):
    body = {"id_number": bad, "name": "马", "division": VILLAGE, "labour": "FULL"}
    problem = await window.post("/v1/persons", body, expect=422)
    assert bad not in str(problem)


@pytest.mark.parametrize("born", [date(2020, 3, 3), date(1869, 3, 2)])
async def test_nobody_is_registered_who_is_not_born_or_older_than_anybody_was(window: Window, born: date):
    body = {"id_number": citizen(born, 1), "name": "马", "division": VILLAGE, "labour": "NONE"}
    problem = await window.post("/v1/persons", body, expect=422)
    assert (problem["type"], problem["errors"][0]["field"]) == ("/problems/not-plausible", "id_number")
    assert born.isoformat() not in str(problem)
    assert await window.s.fetch("SELECT FROM person") == []


async def test_the_certificate_number_must_agree(window: Window):
    disability = {"category": "LIMB", "grade": 2, "certificate_number": f"{WHO}42"}
    await window.register(WHO, disability=disability)
    other = citizen(date(1971, 5, 1), 1)
    for number in (f"{other}43", f"{other}32", f"{WHO}42", "x"):
        body = {
            "id_number": other,
            "name": "马",
            "division": VILLAGE,
            "labour": "NONE",
            "disability": {"category": "LIMB", "grade": 2, "certificate_number": number},
        }
        await window.post("/v1/persons", body, expect=422)


async def test_a_household_has_one_head_and_no_core_member_is_left_out(window: Window):
    head, wife = await window.register(WHO), await window.register(citizen(date(1972, 6, 1), 2))

    def body(*members):
        return {"division": VILLAGE, "hukou": "RURAL", "members": [dict(m) for m in members]}

    him, her = {"person_id": head, "relation": "HEAD"}, {"person_id": wife, "relation": "SPOUSE"}
    for wrong, name in (
        (body(her), "one-head-needed"),
        (body(him, {**her, "relation": "HEAD"}), "one-head-needed"),
        (body(him, {**him, "relation": "OTHER"}), "member-twice"),
        (body(him, {**her, "out_reason": "NO_LEGAL_DUTY"}), "place-not-lawful"),
        (body(him, {**her, "person_id": str(window_id())}), "unknown-person"),
        ({**body(him), "division": "640522101201"}, "outside-own-division"),
    ):
        answer = await window.clerk.post("/v1/households", json=wrong)
        assert answer.json()["type"] == f"/problems/{name}", answer.text
    made = await window.post("/v1/households", body(him, {**her, "out_reason": "IN_CUSTODY"}), expect=201)
    assert [m["in_unit"] for m in made["members"]] == [True, False]


def window_id():
    """An id of nobody."""
    return "01900000-0000-7000-8000-000000000000"


async def test_a_death_is_said_once_per_person_and_day(window: Window):
    person = await window.register(WHO)
    department = window.s.client(Role.DEPARTMENT, COUNTY, sub="police")
    body = {"id_number": WHO, "died_on": "2020-02-20", "source": "PUBLIC_SECURITY"}
    await window.post("/v1/facts/deaths", body, by=department, expect=201)
    await window.post("/v1/facts/deaths", {**body, "source": "HEALTH"}, by=department, expect=200)
    said = await window.s.said(DeathReported)
    assert [(str(e.person_id), e.died_on) for e in said] == [(person, date(2020, 2, 20))]
    assert (await window.clerk.get(f"/v1/persons/{person}")).json()["died_on"] == "2020-02-20"
    await window.post("/v1/facts/deaths", {**body, "died_on": "2020-03-03"}, by=department, expect=422)
    await window.post("/v1/facts/deaths", body, by=window.clerk, expect=403)


async def test_nobody_dies_before_being_born(window: Window):
    person = await window.register(WHO)
    department = window.s.client(Role.DEPARTMENT, COUNTY, sub="police")
    for who in ({"id_number": WHO}, {"person_id": person}):
        body = {**who, "died_on": "1970-04-30", "source": "PUBLIC_SECURITY"}
        problem = await window.post("/v1/facts/deaths", body, by=department, expect=422)
        assert (problem["type"], problem["errors"][0]["field"]) == ("/problems/not-plausible", "died_on")
        assert "1970-05-01" not in str(problem)
    assert await window.s.said(DeathReported) == []


async def test_whoever_registers_under_a_dead_persons_number_is_known_to_be_dead(window: Window):
    department = window.s.client(Role.DEPARTMENT, COUNTY, sub="police")
    body = {"id_number": WHO, "died_on": "2020-02-20", "source": "PUBLIC_SECURITY"}
    await window.post("/v1/facts/deaths", body, by=department, expect=201)
    assert await window.s.said(DeathReported) == []
    person = await window.register(WHO)
    assert [str(e.person_id) for e in await window.s.said(DeathReported)] == [person]


@pytest.mark.parametrize(("accepted", "event"), [(True, ApplicationTerminated), (False, ApplicationWithdrawn)])
async def test_the_applicants_death_ends_the_application(window: Window, accepted, event):
    await window.register_family()
    await window.apply()
    if accepted:
        await window.act("accept")
    department = window.s.client(Role.DEPARTMENT, COUNTY, sub="police")
    body = {"person_id": window.family["HEAD"], "died_on": "2020-03-01", "source": "HEALTH"}
    await window.post("/v1/facts/deaths", body, by=department, expect=201)
    assert await window.state() == ("TERMINATED" if accepted else "WITHDRAWN")
    assert len(await window.s.said(event)) == 1
