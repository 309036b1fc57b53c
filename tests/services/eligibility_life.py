"""An award's life told in steps: a family with an award, and the county that looks, proposes, tells, hears, decides."""

from __future__ import annotations

from datetime import date
from typing import Any

import httpx
from tests.services.eligibility_county import County, forwarded, member

from doudi.testing import Running


def family(first: int = 1, **more: Any) -> list[dict[str, Any]]:
    """Two able adults, one of them earning, and a child at school."""
    return [
        member(first, "1980-01-01", earns=True, **more),
        member(first + 1, "1982-01-01"),
        member(first + 2, "2010-01-01", "NONE", student=True),
    ]


def look(income_year: str, **more: Any) -> dict[str, Any]:
    """What was verified: the year's income of the unit."""
    means = {"income_year": income_year, **more.pop("means", {})}
    return {"means": means, **more}


class Life:
    """海原县 and its awards."""

    def __init__(self, s: Running) -> None:
        self.s, self.county = s, County(s)
        self.clerk, self.checker, self.leader = self.county.clerk, self.county.checker, self.county.leader

    async def award(self, members: list[dict[str, Any]], income: str, **more: Any) -> Any:
        """A household with an award; decided eight days from now."""
        today = self.s.clock.today()
        return await self.county.approves(await self.county.receives(forwarded(members, income, on=today, **more)))

    async def post(self, who: httpx.AsyncClient, path: str, body: Any = None, status: int = 200) -> Any:
        """One step; its answer."""
        answer = await who.post(f"/v1/{path}", json=body)
        assert answer.status_code == status, answer.text
        return answer.json()

    async def now(self, award: Any) -> Any:
        """The award as it is."""
        answer = await self.leader.get(f"/v1/awards/{award['id']}")
        assert answer.status_code == 200, answer.text
        return answer.json()

    async def review(self, award: Any, income: str, status: int = 201, **more: Any) -> Any:
        return await self.post(self.clerk, f"awards/{award['id']}/review", look(income, **more), status)

    async def proposes(self, award: Any, kind: str, ground: str, status: int = 201, **more: Any) -> Any:
        """The clerk proposes."""
        body = {"kind": kind, "ground": ground, "reason": "经核查，情况已发生变化", **more}
        return await self.post(self.clerk, f"awards/{award['id']}/interventions", body, status)

    async def step(self, who: httpx.AsyncClient, made: Any, verb: str, body: Any = None, status: int = 200) -> Any:
        id_ = made["intervention_id"] if "intervention_id" in made else made["id"]
        return await self.post(who, f"interventions/{id_}/{verb}", body, status)

    async def tells_and_hears(self, made: Any, hearing: str = "HEARD") -> Any:
        """The person is told, and heard."""
        await self.step(self.clerk, made, "notice")
        return await self.step(self.clerk, made, "hearing", {"hearing": hearing})

    async def decides(self, made: Any) -> Any:
        """Told, heard, checked, signed."""
        await self.tells_and_hears(made)
        await self.step(self.checker, made, "check")
        return await self.step(self.leader, made, "decide")

    async def at(self, day: date) -> None:
        """Time goes on."""
        await self.s.tick(day)
