"""What a person once said of a probable match is true in every later comparison, until a name or a number changes."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import date

import pytest
import pytest_asyncio
from tests.services.ledger_county import Bureau, Registers, Somebody, somebody

from doudi.events.eligibility_ledger import LedgerCompared
from doudi.identity import check_digit
from doudi.testing import Servers, running
from eligibility.app import SERVICE


@pytest_asyncio.fixture(loop_scope="session")
async def bureau(servers: Servers) -> AsyncIterator[Bureau]:
    async with running(SERVICE, servers, today=date(2020, 3, 2)) as s:
        made = Bureau(s)
        await made.maps()
        yield made


ONE, TWO, THREE = somebody(1), somebody(2), somebody(3)
NUMBERLESS = replace(THREE, id_number="")


def other_number(person: Somebody, place: int) -> Somebody:
    """The same name, birth date and sex under another valid number."""
    first = f"640521{person.id_number[6:14]}{place * 2 + int(person.id_number[16]) % 2:03d}"
    return replace(person, id_number=first + check_digit(first))


def registers(left: Somebody = THREE, right: Somebody = NUMBERLESS, home: str = "R") -> Registers:
    """A household of three in both; of the third it is not certain."""
    r = Registers()
    r.covers("L", [ONE, TWO, left])
    r.registers(home, [ONE, TWO, right])
    return r


async def says(bureau: Bureau, id_: str, verdict: str, status: int = 200) -> None:
    """Of the only probable match; the comparison is then made anew."""
    body = {"verdict": verdict, "reason": "入户核实"}
    answer = await bureau.clerk.post(f"/v1/comparisons/{id_}/probables/1/settle", json=body)
    assert answer.status_code == status, answer.text
    await bureau.s.tick()


async def overlaps(bureau: Bureau, id_: str) -> list[tuple[str, str]]:
    items = await bureau.all_of(f"/v1/comparisons/{id_}/results")
    return sorted((i["code"], i["overlap"]) for i in items if i["code"] in ("BOTH", "MEMBER_GAP"))


async def test_the_same_person_is_the_same_next_month_and_the_month_after(bureau: Bureau):
    first = await bureau.compares(registers())
    assert (await bureau.comparison(first))["unsettled"] == 1
    await says(bureau, first, "SAME")
    for _ in range(2):
        id_ = await bureau.compares(registers())
        assert (await bureau.comparison(id_))["unsettled"] == 0
        assert await overlaps(bureau, id_) == [("BOTH", "3/3")] == await overlaps(bureau, first)
        waiting = await bureau.all_of(f"/v1/comparisons/{id_}/probables")
        assert [(p["verdict"], p["settled_by"], p["carried_from"]) for p in waiting] == [
            ("SAME", "county-clerk", first)
        ]
        said = await bureau.s.said(LedgerCompared, id_)
        assert [(e.unsettled, e.fingerprint) for e in said] == [(0, (await bureau.comparison(first))["fingerprint"])]


async def test_two_people_are_two_next_month(bureau: Bureau):
    r = Registers()
    r.covers("L", [ONE])
    r.registers("R", [replace(ONE, id_number="")], labour="丧失劳动力")
    first = await bureau.compares(r)
    assert await bureau.findings(first) == [("ID_CONFLICT", "RIGHT_MISSING", None, "R")]
    await says(bureau, first, "DIFFERENT")
    id_ = await bureau.compares(r)
    assert (await bureau.comparison(id_))["unsettled"] == 0
    assert await bureau.findings(id_) == await bureau.findings(first)
    assert ("CA_ONLY", "NOT_REGISTERED", "L", None) in await bureau.findings(id_)


RENAMED = replace(THREE, name="马新名")
CHANGED = {
    "both are called otherwise": registers(RENAMED, replace(RENAMED, id_number="")),
    "the number here is another": registers(left=other_number(THREE, 100)),
    "the number there is another": registers(right=other_number(THREE, 101)),
    "somebody without a number in another household": registers(home="Q"),
}


@pytest.mark.parametrize("what", CHANGED)
@pytest.mark.parametrize("verdict", ["SAME", "DIFFERENT"])
async def test_a_changed_name_or_number_is_another_question(bureau: Bureau, what: str, verdict: str):
    await says(bureau, await bureau.compares(registers()), verdict)
    id_ = await bureau.compares(CHANGED[what])
    assert (await bureau.comparison(id_))["unsettled"] == 1
    waiting = await bureau.all_of(f"/v1/comparisons/{id_}/probables")
    assert [(p["verdict"], p["carried_from"]) for p in waiting] == [(None, None)]
    again = await bureau.compares(registers())
    assert (await bureau.comparison(again))["unsettled"] == 0


async def test_with_both_numbers_known_the_household_does_not_matter(bureau: Bureau):
    there = other_number(THREE, 101)
    await says(bureau, await bureau.compares(registers(right=there)), "SAME")
    id_ = await bureau.compares(registers(right=there, home="Q"))
    assert (await bureau.comparison(id_))["unsettled"] == 0
    assert await overlaps(bureau, id_) == [("BOTH", "3/3")]


async def test_what_was_said_before_may_be_corrected_once_and_the_newest_word_counts(bureau: Bureau):
    first = await bureau.compares(registers())
    await says(bureau, first, "SAME")
    await says(bureau, first, "DIFFERENT", 409)
    second = await bureau.compares(registers())
    bureau.s.clock.set(date(2020, 3, 3))
    await says(bureau, second, "DIFFERENT")
    await says(bureau, second, "SAME", 409)
    assert await overlaps(bureau, second) == [("BOTH", "2/3"), ("MEMBER_GAP", "2/3")]
    third = await bureau.compares(registers())
    assert await overlaps(bureau, third) == [("BOTH", "2/3"), ("MEMBER_GAP", "2/3")]
    waiting = await bureau.all_of(f"/v1/comparisons/{third}/probables")
    assert [(p["verdict"], p["carried_from"]) for p in waiting] == [("DIFFERENT", second)]
