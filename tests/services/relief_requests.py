"""A household that asks for relief of the expenditure type, and the officers who deal with it, told in steps."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from tests.services.relief_town import COUNTY, OTHER, VILLAGE, Town, payee

from doudi.auth import Role
from doudi.identity import check_digit

DAY = timedelta(days=1)


def citizen(number: int) -> str:
    """A synthetic ID number, born before 1900."""
    first = f"64052218800202{number:03d}"
    return first + check_digit(first)


OTHERS = [OTHER, citizen(101), citizen(102)]
SEEN = {
    "insured": "NONE", "income": "9000.00", "property_within": True, "spending": "26000.00", "beyond_means": True,
    "months": 2,
}  # fmt: skip


class Asking(Town):
    """H25b: four persons with medical bills and two months of hardship."""

    def __init__(self, s: Any) -> None:
        super().__init__(s)
        self.county_clerk = s.client(Role.COUNTY_CLERK, COUNTY, "county-clerk-1")

    async def asks(self, *, expect: int = 201, **changes: Any) -> Any:
        body = {"division": VILLAGE, "cause": "MEDICAL", "applicant": payee(), "others": OTHERS, **changes}
        return await self.acts("relief-requests", body, by=self.clerk, expect=expect)

    async def step(self, request: str, verb: str, body: Any = None, *, by: Any = None, expect: int = 200) -> Any:
        return await self.acts(f"relief-requests/{request}/{verb}", body, by=by or self.clerk, expect=expect)

    async def reviews(self, request: str, *, expect: int = 200, **changes: Any) -> Any:
        return await self.step(request, "review", {**SEEN, **changes}, expect=expect)

    async def posted(self, *, seen: dict[str, Any] | None = None, **changes: Any) -> str:
        request = str((await self.asks(**changes))["id"])
        await self.reviews(request, **(seen or {}))
        await self.step(request, "post")
        return request

    async def hung(self, **changes: Any) -> str:
        """Posted, and the posting is over."""
        request = await self.posted(**changes)
        self.later(8)
        return request

    async def before_the_county(self, **changes: Any) -> str:
        request = await self.hung(**changes)
        await self.step(request, "forward", by=self.leader)
        return request

    def later(self, days: int) -> None:
        self.s.clock.set(self.s.clock.today() + days * DAY)

    async def board(self, division: str = VILLAGE) -> Any:
        """What everyone sees, without a token."""
        answer = await self.s.public().get("/v1/relief-postings", params={"division": division})
        assert answer.status_code == 200, answer.text
        return answer.json()["items"]

    @property
    def today(self) -> date:
        found: date = self.s.clock.today()
        return found
