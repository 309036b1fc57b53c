"""E11 and E22 from the county's decision to the bank: what eligibility says is brought to payments as it said it.

| example | sentence                                                     | figures                           |
|---------|--------------------------------------------------------------|-----------------------------------|
| E11     | 2020-03 is month 1 of the taper, 2021-02 is month 12: paid   | 3 x 200.00 = 600.00               |
| E11     | 2021-03 would be month 13: nothing is due                    | 0                                 |
| E11     | decided 2022-11-05 under RS2022: the 6th month is the last   | 2023-05 600.00, 2023-06 nothing   |
| E22     | the month of death, June and July were paid in full          | 600.00 each                       |
| E22     | May is due whole; from June 220.00 was due: overpaid         | 0.00, 380.00, 380.00 = 760.00     |
| E22     | the overpayment is a recovery case                           | 760.00, June and July             |
| E22     | from August two are left with the same income                | 2 x 110.00 = 220.00               |
| E08     | three lines in the file of a month                           | 380.00, 100.00, 80.00 = 560.00    |
"""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import date
from typing import Any

import pytest
import pytest_asyncio
from tests.services.eligibility_county import death, forwarded, member
from tests.services.eligibility_life import Life, family, look
from tests.services.eligibility_programmes import LIMB_2, Someone, Window, care, living
from tests.services.payments_county import County
from tests.services.payments_recovery import Recoveries

from doudi.calendar import Month
from doudi.events.eligibility import AwardAdjusted, AwardGranted, AwardStopped
from doudi.events.eligibility_life import TaperGranted
from doudi.events.eligibility_programmes import PersonalAwardGranted
from doudi.testing import Running, Servers, running
from eligibility.app import SERVICE as ELIGIBILITY
from payments.app import SERVICE as PAYMENTS

BANK = "http://bank.test"


@pytest_asyncio.fixture(loop_scope="session")
async def both(servers: Servers) -> AsyncIterator[tuple[Running, Running]]:
    async with running(ELIGIBILITY, servers) as e, running(PAYMENTS, servers, bank_url=BANK) as p:
        yield e, p


async def paid(county: County, month: Month) -> list[str]:
    """The run of a month to the bank and back; the amounts that arrived, line by line."""
    run = await county.confirmed(month)
    await county.courier()
    lines = await county.payments(month=str(month), limit=200)
    assert {line["status"] for line in lines} == {"PAID"}
    assert {line["run_id"] for line in lines} == {run["id"]}
    return sorted(line["amount"] for line in lines)


async def nothing_for(county: County, month: Month) -> None:
    """No run can be opened: nothing is due."""
    assert (await county.open(month, expect=409))["type"] == "/problems/nothing-to-pay"


def months(first: Month, count: int) -> list[Month]:
    return [first.plus(n) for n in range(count)]


@pytest.mark.parametrize(
    ("applied", "decided", "before", "taper"),
    [
        (date(2020, 1, 2), date(2020, 2, 20), ["2020-02"], 12),  # 2020-03 … 2021-02
        (date(2022, 9, 1), date(2022, 11, 5), ["2022-10", "2022-11"], 6),  # 2022-12 … 2023-05
    ],
)
async def test_e11_the_last_month_of_the_taper_is_paid_and_the_next_is_not(
    both: tuple[Running, Running], applied: date, decided: date, before: list[str], taper: int
):
    e, p = both
    e.clock.set(applied)
    life, county = Life(e), County(p)
    people = family()
    if applied.year == 2020:
        award = await life.award(people, "6480.00")
    else:
        await granted_without_posting(life, people)
        award = (await life.leader.get("/v1/awards")).json()["items"][0]
    assert award["amount"] == "600.00"
    await e.tick(decided)
    job = {"person_id": people[0]["person_id"], "employer": "海原县某建筑公司", "look": look("18720.00")}
    await life.decides(await life.proposes(award, "TAPER", "FOUND_WORK", **job))
    await p.deliver(*await e.said(AwardGranted), *await e.said(TaperGranted))
    first = Month.parse(before[-1]).next()
    for month in [*map(Month.parse, before), *months(first, taper)]:
        p.clock.set(month.first_day)
        assert await paid(county, month) == ["200.00"] * 3, month  # 600.00
    thirteenth = first.plus(taper)
    p.clock.set(thirteenth.first_day)
    await nothing_for(county, thirteenth)
    await e.tick(thirteenth.first_day)
    await p.deliver(*await e.said(AwardStopped))
    await nothing_for(county, thirteenth)
    assert len(await county.payments(limit=200)) == 3 * (len(before) + taper)


async def granted_without_posting(life: Life, people: list[dict[str, Any]]) -> None:
    """From RS2021 the leader decides after the check."""
    id_ = await life.county.receives(forwarded(people, "6480.00", on=life.s.clock.today()))
    await life.county.checks(id_)
    await life.county.post(life.leader, id_, "decide", {"outcome": "APPROVED"})


async def test_e22_may_to_july_were_paid_whole_and_from_august_220_is(both: tuple[Running, Running]):
    e, p = both
    window, county = Window(e), Recoveries(p)
    people = family()
    id_ = await window.receives(forwarded(people, "6480.00", on=e.clock.today()))
    await window.approves(id_)
    await p.deliver(*await e.said(AwardGranted))
    for month in months(Month(2020, 4), 4):
        p.clock.set(month.first_day)
        assert await paid(county, month) == ["200.00"] * 3, month
    e.clock.set(date(2020, 7, 20))
    p.clock.set(date(2020, 7, 20))
    died = death(people[1], date(2020, 5, 15), date(2020, 7, 20))
    await e.deliver(died)
    await p.deliver(died, *await e.said(AwardAdjusted))
    too_much = [(await county.reconcile(month))["overpaid"] for month in months(Month(2020, 5), 3)]
    assert too_much == ["0.00", "380.00", "380.00"]  # the month of death is paid; 2 x (600.00 - 220.00) = 760.00
    case = await county.case()
    assert (case["found"], case["status"], case["opened_on"]) == ("760.00", "OPEN", "2020-07-20")
    assert {part["month"] for part in case["months"]} == {"2020-06", "2020-07"}
    told = await county.told(case, "760.00")
    assert (told["outstanding"], told["clause"]) == ("760.00", "domain.md 8.7 (no fault)")
    august = Month(2020, 8)
    p.clock.set(august.first_day)
    assert await paid(county, august) == ["110.00", "110.00"]


async def test_e08_the_three_lines_of_a_month_are_560(both: tuple[Running, Running]):
    e, p = both
    window, county = Window(e), County(p)
    m3 = Someone("1992-05-01")
    known = {"person_id": str(m3.person_id), "match_key": m3.match_key, "cannot_register_apart": True}
    people = [member(1, "1965-01-01", earns=True), member(2, "1967-01-01"), member(4, "1990-01-01", earns=True)]
    people.append(member(3, m3.born, "NONE", disability=LIMB_2, applies_alone=True) | known)
    await window.approves(await window.receives(forwarded(people, "21600.00", on=e.clock.today())))
    for facts in (living(), care()):
        await window.gets(m3, facts)
    await p.deliver(*await e.said(AwardGranted), *await e.said(PersonalAwardGranted))
    p.clock.set(date(2020, 4, 1))
    assert await paid(county, Month(2020, 4)) == ["100.00", "380.00", "80.00"]
    # The subsidies begin with the month of application, dibao with the month after the decision (domain §8.1).
    assert sorted(line["amount"] for line in await county.payments(month="2020-03")) == ["100.00", "80.00"]
    assert {line["person_id"] for line in await county.payments()} == {str(m3.person_id)}
    assert (await county.reconcile(Month(2020, 4)))["paid"] == "560.00"
