"""Each service with something in it: cases in the middle of their way, so that a request finds what it names."""

from __future__ import annotations

from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from datetime import date
from typing import Any

from tests.services import (
    eligibility_county,
    eligibility_programmes,
    intake_window,
    ledger_county,
    oversight_world,
    payments_county,
    payments_recovery,
    relief_requests,
    relief_town,
)
from tests.services.care_home import Home

from doudi.auth import Role
from doudi.testing import Running, Servers, running, service_named

COUNTY = "640522000000"
TODAY = date(2020, 3, 2)


async def _intake(s: Running) -> None:
    window = intake_window.Window(s, Role)
    await window.goes_to_posting()
    await window.register_family(start=20)
    await window.apply()


async def _eligibility(s: Running) -> None:
    county = eligibility_county.County(s)
    for number in (100, 200):
        members = [eligibility_county.member(number + i, "1946-01-01", "NONE") for i in range(2)]
        case = await county.receives(eligibility_county.forwarded(members, "0.00", on=TODAY))
        if number == 200:
            await county.checks(case)
            await county.post(county.leader, case, "propose")
    members = [eligibility_county.member(300 + i, "1946-01-01", "NONE") for i in range(2)]
    case = await county.receives(eligibility_county.forwarded(members, "0.00", on=TODAY))
    award = await county.approves(case)
    stop = {"kind": "STOP", "ground": "WITHDRAWAL", "reason": "本人申请退出"}
    answer = await county.clerk.post(f"/v1/awards/{award['id']}/interventions", json=stop)
    assert answer.status_code == 201, answer.text
    window = eligibility_programmes.Window(s)
    await window.gets(eligibility_programmes.Someone("1985-01-01"), eligibility_programmes.care())
    posted = await window.applies(eligibility_programmes.Someone("1957-06-01"), eligibility_programmes.tekun())
    await window.act(window.township, posted["id"], "post", {})
    month = {"division": COUNTY, "month": "2020-02"}
    assert (await window.clerk.post("/v1/price-subsidies", json=month)).status_code == 201
    bureau = ledger_county.Bureau(s)
    await bureau.maps()
    await bureau.compares(ledger_county.planted(ordinary=1, each=1))


async def _payments(s: Running) -> None:
    await s.deliver(payments_county.award(), payments_county.award("380.00", "380.00"), payments_county.advance())
    county = payments_recovery.Recoveries(s)
    wrong = [payments_county.award() for _ in range(2)]
    await s.deliver(*wrong)
    await county.bank_pays(await county.confirmed(payments_county.MARCH))
    await s.deliver(*(payments_county.stopped(given, payments_county.MARCH.previous()) for given in wrong))
    _, decided = await county.cases()
    await county.told(decided, "320.00")
    await county.open(payments_county.APRIL)


async def _relief(s: Running) -> None:
    town = relief_requests.Asking(s)
    await town.proposes(await town.granted())
    await town.before_the_county()
    await town.posted(cause="EDUCATION")
    await town.asks(cause="OTHER")
    await town.report(payee=relief_town.payee(relief_town.OTHER))


async def _care_institutions(s: Running) -> None:
    home = Home(s)
    await home.register()
    await home.hires(2)
    await home.houses(1, 1, 1)


async def _oversight(s: Running) -> None:
    case = oversight_world.Case()
    await s.deliver(case.blocked(), case.granted())


_FILL: dict[str, Callable[[Running], Awaitable[None]]] = {
    "intake": _intake,
    "eligibility": _eligibility,
    "payments": _payments,
    "relief": _relief,
    "care_institutions": _care_institutions,
    "oversight": _oversight,
}


@asynccontextmanager
async def lived_in(package: str, servers: Servers) -> AsyncIterator[Running]:
    """A service that has been used for a while."""
    async with intake_window.departments() as centre:
        more: dict[str, Any] = {"departments_url": centre.url} if package == "intake" else {}
        async with running(service_named(package), servers, today=TODAY, **more) as s:
            await _FILL[package](s)
            yield s
