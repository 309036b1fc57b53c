"""A county whose standard changes: households on an award, refusals, the steps of a redetermination."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID

from tests.services.eligibility_county import COUNTY, County, forwarded, member

from doudi.auth import Principal, Role
from doudi.calendar import Month
from doudi.division import Division
from doudi.money import Money
from eligibility.handlers import drafting, redetermination, simulation

DAY = date(2020, 3, 2)
APRIL = "2020-04"
RAISED = {"amount": "440.00", "period": "MONTH", "valid_from": "2020-04-01", "document": "海政发〔2020〕9号"}
LOWERED = {**RAISED, "amount": "300.00"}


def couple(number: int) -> list[dict[str, Any]]:
    """Two able adults."""
    return [member(number, "1980-01-01", earns=True), member(number + 1, "1982-01-01")]


async def granted(county: County, income: str, number: int, **more: Any) -> Any:
    """A couple with this income a year, on an award."""
    return await county.approves(await county.receives(forwarded(couple(number), income, on=county.s.clock.today())))


async def refused(county: County, income: str, number: int) -> UUID:
    """A couple that is refused."""
    id_ = await county.receives(forwarded(couple(number), income, on=county.s.clock.today()))
    await county.checks(id_)
    await county.post(county.leader, id_, "decide", {"outcome": "REFUSED", "reason": "收入高于标准"})
    return id_


async def call(who: Any, method: str, path: str, body: Any = None, status: int = 200) -> Any:
    answer = await who.request(method, path, json=body)
    assert answer.status_code == status, answer.text
    return answer.json()


async def proposed(county: County, draft: Any = RAISED, month: str = APRIL, **more: Any) -> Any:
    body = {"division": COUNTY, "from_month": month, **({"draft": draft} if draft else {}), **more}
    return await call(county.clerk, "POST", "/v1/redeterminations", body, 201)


async def approved(county: County, job: Any) -> Any:
    return await call(
        county.leader, "POST", f"/v1/redeterminations/{job['id']}/approve", {"sha256": job["sha256"]}
    )  # fmt: skip


async def executed(county: County, job: Any) -> Any:
    await call(county.clerk, "POST", f"/v1/redeterminations/{job['id']}/execute")
    await county.s.tick()
    return await call(county.clerk, "GET", f"/v1/redeterminations/{job['id']}")


async def whole(county: County, draft: Any = RAISED, month: str = APRIL, **more: Any) -> Any:
    job = await proposed(county, draft, month, **more)
    await approved(county, job)
    return await executed(county, job)


async def results(county: County, job: Any, **filters: Any) -> list[dict[str, Any]]:
    answer = await county.clerk.get(f"/v1/redeterminations/{job['id']}/awards", params=filters)
    items = answer.json()["items"]
    assert isinstance(items, list)
    return items


def _clerk() -> Principal:
    return Principal("county-clerk", frozenset({Role.COUNTY_CLERK}), Division(COUNTY))


async def proposed_as_a_job(county: County) -> Any:
    """As `proposed`, in a division too large to be counted with the request."""
    draft = drafting.Draft(Money.yuan("440.00"), "MONTH", date(2020, 4, 1), "海政发〔2020〕9号")
    async with county.s.runtime.transaction(whose=_clerk) as tx:
        job = await redetermination.propose(Division(COUNTY), Month(2020, 4), [], draft, tx, at_once=0)
        id_ = job.id
    return await call(county.clerk, "GET", f"/v1/redeterminations/{id_}")


async def simulated_as_a_job(county: County) -> Any:
    """A standard of 440.00 simulated in a division too large to be counted with the request."""
    change = simulation.Change("dibao.rural", "440.00", Division(COUNTY), "MONTH")
    async with county.s.runtime.transaction(whose=_clerk) as tx:
        job = await simulation.simulate(Division(COUNTY), Month(2020, 4), [change], tx, at_once=0)
        id_ = job.id
    return await call(county.clerk, "GET", f"/v1/simulations/{id_}")
