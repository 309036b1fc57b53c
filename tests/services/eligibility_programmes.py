"""People who apply for programmes of one person, and a township and county that decide."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any
from uuid import UUID, uuid4

import httpx
from tests.services.eligibility_county import COUNTY, VILLAGE, County

from doudi.auth import Role
from doudi.identity import check_digit
from doudi.testing import Running, key_ring

TOWNSHIP = "640522105000"
LIMB_2 = {"category": "LIMB", "grade": 2}
_numbers = iter(range(1, 900))


class Someone:
    """A person with an ID number of their birth date."""

    def __init__(self, born: str, name: str = "马小云") -> None:
        self.person_id, self.name, self.born = uuid4(), name, born
        first = f"640522{born.replace('-', '')}{next(_numbers):03d}"
        self.id_number = first + check_digit(first)

    @property
    def match_key(self) -> str:
        """As the services match people."""
        return key_ring().match(self.id_number)


class Window(County):
    """The township's window and leader beside the county's three."""

    def __init__(self, s: Running) -> None:
        super().__init__(s)
        self.window = s.client(Role.CLERK, TOWNSHIP, sub="clerk-1")
        self.township = s.client(Role.REVIEWER, TOWNSHIP, sub="reviewer-1")

    async def applies(
        self, who: Someone, facts: dict[str, Any], *, status: int = 201, guardian: Someone | None = None, **more: Any
    ) -> Any:
        """Somebody applies; the answer."""
        account: dict[str, Any] = {"number": "6222020000000000000", "bank_code": "402"}
        if guardian is not None:
            account["payee"] = {
                "person_id": str(guardian.person_id), "name": guardian.name, "id_number": guardian.id_number
            }  # fmt: skip
        body = {
            "person_id": str(who.person_id), "name": who.name, "id_number": who.id_number, "division": VILLAGE,
            "account": account, "facts": facts, **more,
        }  # fmt: skip
        answer = await self.window.post("/v1/programme-applications", json=body)
        assert answer.status_code == status, answer.text
        return answer.json()

    async def act(self, who: httpx.AsyncClient, id_: Any, verb: str, body: Any = None, status: int = 200) -> Any:
        """One step on a programme's application."""
        answer = await who.post(f"/v1/programme-applications/{id_}/{verb}", json=body)
        assert answer.status_code == status, answer.text
        return answer.json()

    async def hangs(self, id_: Any) -> None:
        """The township's posting, to its quiet end."""
        posted = await self.act(self.township, id_, "post", {})
        await self.s.tick(date.fromisoformat(posted["posting_ends_on"]) + timedelta(days=1))

    async def confirms(self, id_: Any, *, status: int = 200) -> Any:
        """Prepared, checked, visited where it must be, signed."""
        case = await self.act(self.clerk, id_, "prepare")
        await self.act(self.checker, id_, "check", {"agrees": True})
        if case["visit_because"] is not None:
            visit = {"visited_on": self.s.clock.today().isoformat(), "visitors": ["county-clerk", "county-checker"]}
            await self.act(self.clerk, id_, "visits", visit)
        return await self.act(self.leader, id_, "decide", {"outcome": "APPROVED"}, status)

    async def gets(self, who: Someone, facts: dict[str, Any], **more: Any) -> Any:
        """The whole way to an award of a programme that is not posted; returns the award."""
        case = await self.applies(who, facts, **more)
        assert case["determination"]["eligible"], case["determination"]
        await self.confirms(case["id"])
        return await self.award_of(case["id"])

    async def award_of(self, case_id: Any) -> Any:
        """The award of an application."""
        found = (await self.leader.get("/v1/programme-awards", params={"limit": 200})).json()["items"]
        return next(a for a in found if a["application_id"] == str(case_id))

    async def awards(self) -> dict[UUID, Any]:
        """All awards by id."""
        found = (await self.leader.get("/v1/programme-awards", params={"limit": 200})).json()["items"]
        return {UUID(a["id"]): a for a in found}


def living(**more: Any) -> dict[str, Any]:
    """The facts of a living subsidy."""
    return {"programme": "LIVING_SUB", "disability": LIMB_2, **more}


def care(**more: Any) -> dict[str, Any]:
    """The facts of a care subsidy."""
    return {"programme": "CARE_SUB", "disability": LIMB_2, "care_needed_months": 12, **more}


def tekun(*failed: str, **more: Any) -> dict[str, Any]:
    """The facts of H14, assessed."""
    return {"programme": "TEKUN", "failed_items": list(failed), **more}


def defacto(**more: Any) -> dict[str, Any]:
    """A child whose father died and whose mother is seriously ill."""
    return {"programme": "DEFACTO", "parents": [{"gone": "DEAD"}, {"seriously_ill": True}], **more}


def elder(**more: Any) -> dict[str, Any]:
    """A person of the countryside without income."""
    return {"programme": "ELDER", "hukou": VILLAGE, "area": "RURAL", **more}


__all__ = ["COUNTY", "TOWNSHIP", "VILLAGE", "Someone", "Window", "care", "defacto", "elder", "living", "tekun"]
