"""Awards of one person (tekun, elders, orphans) stand on the bureau's side of a comparison without any file."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import date

import pytest_asyncio
from tests.services.eligibility_programmes import Someone, Window, care, elder, tekun
from tests.services.ledger_county import Bureau, Registers, Somebody

from doudi.testing import Servers, running
from eligibility.app import SERVICE
from eligibility.handlers.ledger_snapshot import snapshot
from eligibility.store.ledger import running as running_one

ORPHAN = {"programme": "ORPHAN", "parents": ["DEAD", "DEAD"], "placement": "COMMUNITY"}


@pytest_asyncio.fixture(loop_scope="session")
async def window(servers: Servers) -> AsyncIterator[Window]:
    async with running(SERVICE, servers, today=date(2020, 3, 2)) as s:
        await Bureau(s).maps()
        yield Window(s)


def known(who: Someone, name: str | None = None, id_number: str | None = None) -> Somebody:
    """Somebody as the register has them."""
    sex = "男" if int(who.id_number[16]) % 2 else "女"
    number = who.id_number if id_number is None else id_number
    return Somebody(name or who.name, number, date.fromisoformat(who.born), sex)


async def compared(window: Window, r: Registers, some: int | None = None) -> tuple[Bureau, str]:
    """The register of today against the awards of today, which may be read `some` at a time."""
    bureau = Bureau(window.s)
    today = window.s.clock.today().isoformat()
    id_ = await bureau.starts(await bureau.imports("POVERTY_REGISTRY", r.right, snapshot_on=today))
    while some is not None:
        async with window.s.runtime.transaction() as tx:
            c = await running_one(tx)
            assert c is not None
            if c.step != "SNAPSHOT":
                break
            await snapshot(c, tx, some)
    await bureau.s.tick()
    told = await bureau.comparison(id_)
    assert (told["status"], told["left_source"]) == ("DONE", "AWARDS")
    return bureau, id_


async def found(bureau: Bureau, id_: str) -> list[tuple[str, str, str | None, str | None]]:
    """(code, programme, whom it covers, household of the register)."""
    return sorted(
        (
            i["code"],
            i["programme"] or "",
            i["left"] and i["left"]["people"][0]["name"],
            i["right"] and i["right"]["number"],
        )
        for i in await bureau.all_of(f"/v1/comparisons/{id_}/results")
    )


async def test_the_three_groups_of_single_people_are_compared_by_their_numbers(window: Window):
    old, lonely = Someone("1957-06-01", "田有福"), Someone("1956-05-01", "田无名")
    aged, guardian = Someone("1935-01-01", "马老汉"), Someone("1970-01-01", "马叔")
    child, disabled = Someone("2010-01-01", "马小孤"), Someone("1988-01-01", "马小云")
    for who in (old, lonely):
        case = await window.applies(who, tekun())
        await window.hangs(case["id"])
        await window.confirms(case["id"])
    await window.gets(aged, elder())
    await window.gets(child, ORPHAN, guardian=guardian)
    await window.gets(disabled, care())
    r = Registers()
    r.registers("R1", [known(old), known(aged)])
    r.registers("R2", [known(child, "马大孤"), known(guardian)])
    r.registers("R3", [known(disabled)])
    bureau, id_ = await compared(window, r, some=2)
    assert await found(bureau, id_) == [
        ("BOTH", "ELDER", "马老汉", "R1"),
        ("BOTH", "ORPHAN", "马小孤", "R2"),
        ("BOTH", "TEKUN", "田有福", "R1"),
        ("CA_ONLY", "TEKUN", "田无名", None),
        ("ID_CONFLICT", "ORPHAN", "马小孤", "R2"),
        ("PR_ONLY_UNLIKELY", "", None, "R3"),
    ]
    items = await bureau.all_of(f"/v1/comparisons/{id_}/results")
    numbers = {i["left"]["people"][0]["name"]: i["left"]["people"][0]["id_number"] for i in items if i["left"]}
    for who in (old, child):
        assert numbers[who.name] == who.id_number[:6] + "********" + who.id_number[14:]
    again = await compared(window, r)
    assert await found(*again) == await found(bureau, id_)
    homes = {str(i["left"]["household"]) for i in items if i["left"]}
    assert homes == {str(who.person_id) for who in (old, lonely, aged, child)}


async def test_an_elder_without_a_number_in_the_register_is_asked_about(window: Window):
    aged = Someone("1935-01-01", "马老汉")
    await window.gets(aged, elder())
    r = Registers()
    r.registers("R", [known(aged, id_number="")])
    bureau, id_ = await compared(window, r)
    assert (await bureau.comparison(id_))["unsettled"] == 1
    body = {"verdict": "SAME", "reason": "入户核实"}
    answer = await bureau.clerk.post(f"/v1/comparisons/{id_}/probables/1/settle", json=body)
    assert answer.status_code == 200, answer.text
    await bureau.s.tick()
    assert ("BOTH", "ELDER", "马老汉", "R") in await found(bureau, id_)


async def test_a_ward_without_a_number_in_the_register_is_asked_about_by_name_and_birth(window: Window):
    child, guardian = Someone("2010-01-01", "马小孤"), Someone("1970-01-01", "马叔")
    await window.gets(child, ORPHAN, guardian=guardian)
    r = Registers()
    r.registers("R", [known(child, id_number=""), known(guardian)])
    bureau, id_ = await compared(window, r)
    (asked,) = await bureau.all_of(f"/v1/comparisons/{id_}/probables")
    assert (asked["left"]["people"][0]["name"], asked["right"]["number"]) == ("马小孤", "R")
    body = {"verdict": "SAME", "reason": "入户核实"}
    answer = await bureau.clerk.post(f"/v1/comparisons/{id_}/probables/1/settle", json=body)
    assert answer.status_code == 200, answer.text
    await bureau.s.tick()
    assert ("BOTH", "ORPHAN", "马小孤", "R") in await found(bureau, id_)


async def test_an_award_of_one_person_that_ended_does_not_cover_them_and_one_of_a_later_day_neither(window: Window):
    aged = Someone("1935-01-01", "马老汉")
    r = Registers()
    r.registers("R", [known(aged)])
    await window.gets(aged, elder())
    award = next(iter(await window.awards()))
    for day, last, code in (
        (date(2020, 3, 2), None, "BOTH"),
        (date(2020, 3, 31), "2020-03", "BOTH"),
        (date(2020, 4, 1), "2020-03", "PR_ONLY_UNLIKELY"),
    ):
        await window.s.fetch(
            "UPDATE programme_award SET last_month = $2, status = CASE WHEN $2::text IS NULL THEN 'ACTIVE' "
            "ELSE 'STOPPED' END WHERE id = $1",
            award,
            last,
        )
        window.s.clock.set(day)
        bureau, id_ = await compared(window, r)
        assert [c for c, *_ in await found(bureau, id_)] == [code], day
    await window.s.fetch("UPDATE programme_award SET granted_on = '2020-04-02', last_month = NULL, status = 'ACTIVE'")
    bureau, id_ = await compared(window, r)
    assert [c for c, *_ in await found(bureau, id_)] == ["PR_ONLY_UNLIKELY"]
