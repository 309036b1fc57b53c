"""The flags of the examples, from what the other services really said: each event is brought as it was announced.

| example | sentence                                                   | flag, figures                             |
|---------|------------------------------------------------------------|-------------------------------------------|
| E05     | C class, size 4, insured 1: blocked; flag                  | R24                                       |
| E17     | 7, 10, 23 residents and 6 staff, longer than 7 days        | R88; 7 staff: no flag                     |
| E22     | M2 was paid for June and July, dead since 15 May           | R01, twice 200.00; nothing about May      |
| E22     | the award followed on 20 July, by 15 August at the latest  | R02, M                                    |
| E22     | the 760.00 wait for a decision longer than 30 days         | R79 on 20 August                          |
| E11     | a payment for 2021-03, the taper ended with 2021-02        | R39, three lines                          |
| near    | a car that was found and not verified                      | R07; verified, and assistive: no flag     |
| E25a    | papers due 25 March are not there on the 26th              | R80; on the 25th nothing                  |
"""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import date
from typing import Any

import pytest
import pytest_asyncio
from tests.services.care_home import Home
from tests.services.eligibility_county import County as Bureau
from tests.services.eligibility_county import death, forwarded, member
from tests.services.eligibility_life import Life, family, look
from tests.services.payments_county import County
from tests.services.relief_town import Town

from care_institutions.app import SERVICE as CARE
from doudi.auth import Role
from doudi.calendar import Month
from doudi.events.care_institutions import StaffingFellShort
from doudi.events.eligibility import ApprovalBlocked, AwardAdjusted, AwardGranted, AwardStopped
from doudi.events.eligibility_life import TaperGranted
from doudi.events.intake import DeathReported
from doudi.events.payments import PaymentInstructed, PaymentPaid
from doudi.events.payments_recovery import RecoveryOpened
from doudi.events.relief import EmergencyReported, PaperworkFellOverdue
from doudi.service.tasks import run_due
from doudi.testing import Running, Servers, running
from eligibility.app import SERVICE as ELIGIBILITY
from oversight.app import SERVICE as OVERSIGHT
from payments.app import SERVICE as PAYMENTS
from payments.handlers.overpaid import examine
from relief.app import SERVICE as RELIEF

CITY = "640500000000"
BANK = "http://bank.test"


@pytest_asyncio.fixture(loop_scope="session")
async def overseer(servers: Servers) -> AsyncIterator[Running]:
    async with running(OVERSIGHT, servers) as s:
        yield s


async def flags(overseer: Running) -> list[dict[str, Any]]:
    """What the city's inspector sees."""
    inspector = overseer.client(Role.INSPECTOR, CITY, "inspector-1")
    answer = await inspector.get("/v1/flags", params={"limit": 100})
    assert answer.status_code == 200, answer.text
    return sorted(answer.json()["items"], key=lambda flag: (flag["indicator"], flag["because"]))


async def test_e05_the_blocked_approval_is_asked_about(overseer: Running, servers: Servers):
    people = [
        member(1, "1975-01-01"), member(2, "1977-01-01"), member(3, "2000-01-01", earns=True),
        member(4, "1944-01-01", "PARTIAL"),
    ]  # fmt: skip
    async with running(ELIGIBILITY, servers) as e:
        bureau = Bureau(e)
        id_ = await bureau.receives(forwarded(people, "14400.00", on=date(2020, 3, 2)))
        await bureau.checks(id_, insured=[people[3]["person_id"]])
        await bureau.post(bureau.leader, id_, "propose", status=409)
        await overseer.deliver(*await e.said(ApprovalBlocked))
    (flag,) = await flags(overseer)
    assert (flag["indicator"], flag["severity"]) == ("R24", "H")
    assert ("4" in flag["because"], "1" in flag["because"]) == (True, True)


@pytest.mark.parametrize(("staff", "asked"), [(6, ["R88"]), (7, [])])
async def test_e17_six_staff_are_asked_about_and_seven_are_not(
    overseer: Running, servers: Servers, staff: int, asked: list[str]
):
    async with running(CARE, servers) as c:
        home = Home(c)
        await home.register()
        hired = await home.hires(13)
        await home.houses(disabled=7, partly=10, self_caring=23)
        for entry in hired[staff:]:
            await home.post(f"roster-entries/{entry}/end", {"ended_on": "2020-03-02"})
        shown = await home.staffing()
        assert (shown["required"], shown["planned"], shown["enough"]) == (7, 8, staff == 7)
        await overseer.deliver(*await c.said(StaffingFellShort))
    await overseer.tick(date(2020, 3, 9))
    assert await flags(overseer) == []
    await overseer.tick(date(2020, 3, 10))  # more than 7 days
    assert [flag["indicator"] for flag in await flags(overseer)] == asked


async def test_e22_the_death_and_what_was_paid_since_are_asked_about(overseer: Running, servers: Servers):
    people = family()
    async with (
        running(ELIGIBILITY, servers) as e,
        running(PAYMENTS, servers, bank_url=BANK) as p,
    ):
        bureau, county = Bureau(e), County(p)
        await bureau.approves(await bureau.receives(forwarded(people, "6480.00", on=date(2020, 3, 2))))
        await p.deliver(*await e.said(AwardGranted))
        for number in range(4, 8):
            p.clock.set(date(2020, number, 1))
            await county.confirmed(Month(2020, number))
            await county.courier()
        e.clock.set(date(2020, 7, 20))
        died: DeathReported = death(people[1], date(2020, 5, 15), date(2020, 7, 20))
        await e.deliver(died)
        overseer.clock.set(date(2020, 7, 20))
        await overseer.deliver(*await e.said(AwardGranted), *await p.said(PaymentInstructed))
        await overseer.deliver(*await p.said(PaymentPaid))
        assert await flags(overseer) == []
        await overseer.deliver(died, *await e.said(AwardAdjusted))
        p.clock.set(date(2020, 7, 20))
        await p.deliver(died, *await e.said(AwardAdjusted))
        await run_due(p.runtime, examine)
        await overseer.deliver(*await p.said(RecoveryOpened))
    asked = await flags(overseer)
    assert [flag["indicator"] for flag in asked] == ["R01", "R01", "R02"]
    assert ["发放月份2020-06，金额200.00元" in asked[0]["because"], "2020-07" in asked[1]["because"]] == [True, True]
    assert (asked[2]["severity"], asked[2]["raised_on"]) == ("M", "2020-07-20")
    assert asked[2]["because"] == (
        "登记死亡日期2020-05-15，于2020-07-20调整或停发待遇，30天期限2020-06-14，最迟应于2020-08-15办结"
    )

    await overseer.tick(date(2020, 8, 19))
    assert len(await flags(overseer)) == 3
    await overseer.tick(date(2020, 8, 20))
    (late,) = [flag for flag in await flags(overseer) if flag["indicator"] == "R79"]
    assert (late["severity"], late["raised_on"]) == ("M", "2020-08-20")
    assert late["because"] == "2020-07-20发现多发760.00元，尚未作出决定，30天期限2020-08-19"


@pytest.mark.parametrize(
    ("kind", "verified", "asked"),
    [("CAR", False, ["R07"]), ("CAR", True, []), ("ASSISTIVE_VEHICLE", False, [])],
)
async def test_near_the_line_a_car_is_a_question_until_it_is_verified(
    overseer: Running, kind: str, verified: bool, asked: list[str]
):
    things = [{"kind": kind, "amount": "20000.00", "verified": verified}]
    on = date(2020, 3, 2)
    sent = forwarded(family(), "6480.00", on=on, means={"assets": things})
    await overseer.deliver(sent)
    assert [flag["indicator"] for flag in await flags(overseer)] == asked
    for flag in await flags(overseer):
        assert (flag["severity"], "可能已出售未过户" in flag["because"]) == ("H", True)
    seen = sent.means.model_copy(
        update={"assets": tuple(a.model_copy(update={"verified": True}) for a in sent.means.assets)}
    )
    await overseer.deliver(sent.model_copy(update={"means": seen}))
    assert {flag["state"] for flag in await flags(overseer)} <= {"FALSE_POSITIVE"}


async def test_e11_a_payment_after_the_last_month_of_the_taper_is_asked_about(overseer: Running, servers: Servers):
    people = family()
    async with running(ELIGIBILITY, servers, today=date(2020, 1, 2)) as e, running(PAYMENTS, servers) as p:
        life, county = Life(e), County(p)
        award = await life.award(people, "6480.00")
        await p.deliver(*await e.said(AwardGranted))
        await life.at(date(2020, 2, 20))
        job = {"person_id": people[0]["person_id"], "employer": "某公司", "look": look("18720.00")}
        await life.decides(await life.proposes(award, "TAPER", "FOUND_WORK", **job))
        await life.at(date(2021, 3, 1))
        # payments never heard of the taper: the run of 2021-03 goes out.
        p.clock.set(date(2021, 3, 1))
        run = await county.confirmed(Month(2021, 3))
        assert run["lines"] > 0
        await p.tick()
        wrong = [x for x in await p.said(PaymentInstructed) if str(x.month) == "2021-03"]
        right = [x for x in await p.said(PaymentInstructed) if str(x.month) == "2021-02"]
        await overseer.deliver(*await e.said(AwardGranted), *await e.said(AwardStopped), *right)
        await overseer.deliver(*await e.said(TaperGranted))
        assert await flags(overseer) == []
        await overseer.deliver(*wrong)
    asked = [(f["indicator"], f["severity"], "200.00" in f["because"]) for f in await flags(overseer)]
    assert asked == [("R39", "H", True)] * 3 + [("R71", "H", True)] * 3


async def test_e25a_papers_that_are_not_there_on_the_26th_are_asked_about(overseer: Running, servers: Servers):
    async with running(RELIEF, servers, today=date(2020, 3, 5)) as r:
        town = Town(r)
        case = await town.report()
        await town.verify(case)
        r.clock.set(date(2020, 3, 6))
        await town.grant(case)
        await town.bank_pays(case)
        r.clock.set(date(2020, 3, 11))
        await town.post(f"/{case}/end-emergency", {"ended_on": "2020-03-11"})
        await r.tick(date(2020, 3, 25))
        assert await r.said(PaperworkFellOverdue) == []
        await r.tick(date(2020, 3, 26))
        overseer.clock.set(date(2020, 3, 26))
        await overseer.deliver(*await r.said(EmergencyReported), *await r.said(PaperworkFellOverdue))
    (flag,) = await flags(overseer)
    assert (flag["indicator"], flag["raised_on"]) == ("R80", "2020-03-26")
    assert "2020-03-25" in flag["because"]
