"""Households of the worked examples, as the township forwards them, and a county that decides."""

from __future__ import annotations

from contextlib import AsyncExitStack
from datetime import date
from typing import Any
from uuid import UUID, uuid4

import httpx

from doudi.auth import Role
from doudi.events.intake import ApplicationForwarded, DeathReported
from doudi.testing import Running, key_ring

COUNTY, VILLAGE = "640522000000", "640522105201"
_KEYS = key_ring()


def member(number: int, born: str, labour: str = "FULL", relation: str = "OTHER", **more: Any) -> dict[str, Any]:
    """A member; `number` makes the id, so that an order is known."""
    return {
        "person_id": str(UUID(int=number)),
        "match_key": f"m{uuid4().hex}",
        "name": _KEYS.seal("马某某", "person.name"),
        "id_number": _KEYS.seal("640522188001010019", "person.id_number"),
        "relation": relation,
        "birth_date": born,
        "sex": "M",
        "labour": labour,
        **more,
    }


def forwarded(members: list[dict[str, Any]], income_year: str, *, on: date, **more: Any) -> ApplicationForwarded:
    """The township's case: posted for its seven days, matched, visited."""
    members[0]["relation"] = "HEAD"
    means = {"income_year": income_year, "deductions_year": "0.00", "rigid_year": "0.00", "deposits": "0.00"}
    means |= more.pop("means", {})
    return ApplicationForwarded.model_validate(
        {
            "application_id": str(uuid4()),
            "programme": "DIBAO_R",
            "household": {
                "household_id": str(uuid4()),
                "division": VILLAGE,
                "hukou": "RURAL",
                "registry": "NOT_OUT",
                "members": members,
            },
            "means": means,
            "account": {
                "payee_person_id": members[0]["person_id"],
                "payee_name": members[0]["name"],
                "payee_id_number": members[0]["id_number"],
                "number": _KEYS.seal("6222020000000000000", "account.number"),
                "bank_code": "402",
            },
            "near_relative": False,
            "matching": "PASSED",
            "opinion": "SUPPORT",
            "surveyors": ["clerk-1", "clerk-2"],
            "officers": ["clerk-1", "clerk-2", "reviewer-1"],
            "relatives": [],
            "posted_on": "2020-02-20",
            "posting_ended_on": "2020-02-28",
            "forwarded_on": on.isoformat(),
            **more,
        }
    )


class County:
    """Clerk, section head and leader of the county bureau."""

    def __init__(self, s: Running) -> None:
        self.s = s
        self.clerk = s.client(Role.COUNTY_CLERK, COUNTY, sub="county-clerk")
        self.checker = s.client(Role.COUNTY_CHECKER, COUNTY, sub="county-checker")
        self.leader = s.client(Role.COUNTY_LEADER, COUNTY, sub="county-leader")
        self._stack = AsyncExitStack()

    async def receives(self, event: ApplicationForwarded) -> UUID:
        """The case arrives."""
        await self.s.deliver(event)
        return event.application_id

    async def post(self, who: httpx.AsyncClient, id_: UUID, verb: str, body: Any = None, status: int = 200) -> Any:
        """One step; its answer."""
        answer = await who.post(f"/v1/cases/{id_}/{verb}", json=body)
        assert answer.status_code == status, answer.text
        return answer.json()

    async def checks(self, id_: UUID, **choice: Any) -> Any:
        """Prepared, checked and visited; returns the determination."""
        made = await self.post(self.clerk, id_, "prepare", choice)
        await self.post(self.checker, id_, "check", {"agrees": True})
        visit = {"visited_on": self.s.clock.today().isoformat(), "visitors": ["county-clerk", "county-checker"]}
        await self.post(self.clerk, id_, "visits", visit)
        return made

    async def approves(self, id_: UUID, **choice: Any) -> Any:
        """The whole way to an award; returns it with its lines."""
        await self.checks(id_, **choice)
        posted = await self.post(self.leader, id_, "propose")
        end = date.fromisoformat(posted["posting_ends_on"])
        await self.s.tick(date.fromordinal(end.toordinal() + 1))
        await self.post(self.leader, id_, "decide", {"outcome": "APPROVED"})
        awards = (await self.leader.get("/v1/awards")).json()["items"]
        award = next(a for a in awards if a["application_id"] == str(id_))
        return (await self.leader.get(f"/v1/awards/{award['id']}")).json()


def death(person: dict[str, Any], died_on: date, reported_on: date) -> DeathReported:
    """Another department reports a death."""
    return DeathReported(
        person_id=UUID(person["person_id"]),
        match_key=person["match_key"],
        died_on=died_on,
        reported_on=reported_on,
        source="公安",
    )
