"""At the county: clerk, checker and leader; the second posting; the decision (民发〔2012〕220号 art. 26-29)."""

from __future__ import annotations

from typing import Any

from doudi_local.demo.api import Town, until
from doudi_local.demo.people import COUNTY, Family

_CONFLICT = 409


class CountyBureau:
    """The county bureau: three people for each case."""

    def __init__(self, town: Town) -> None:
        self._clerk = town.officer("county_clerk", COUNTY)
        self._checker = town.officer("county_checker", COUNTY)
        self._leader = town.officer("county_leader", COUNTY)

    async def case(self, family: Family) -> dict[str, Any]:
        """The case as the county sees it."""
        found: dict[str, Any] = await self._clerk.get("eligibility", f"/v1/cases/{family.application}")
        return found

    async def arrives(self, family: Family) -> None:
        """Waits until the township's case is here, which the quiet end of its posting sends by itself."""
        await until(
            f"application {family.application} at the county",
            lambda: self._clerk.all("eligibility", "/v1/cases"),
            lambda cases: any(case["id"] == family.application for case in cases),
        )

    async def from_desk_to_board(self, family: Family, day: str) -> None:
        """Prepared, checked, visited where the law or the sample wants it, then posted, refused, or blocked."""
        path = f"/v1/cases/{family.application}"
        insured = [family.ids[-1]] if family.story == "ONE_INSURED" else None
        await self._clerk.post("eligibility", f"{path}/prepare", {"insured": insured})
        await self._checker.post("eligibility", f"{path}/check", {"agrees": True})
        if (await self.case(family))["visit_because"]:
            visit = {"visited_on": day, "visitors": [self._clerk.sub, self._checker.sub]}
            await self._clerk.post("eligibility", f"{path}/visits", visit)
        if family.story == "AT_THE_LINE":
            reason = "家庭人均月收入不低于当地农村低保标准"
            await self._leader.post("eligibility", f"{path}/decide", {"outcome": "REFUSED", "reason": reason})
            return
        refused = (_CONFLICT,) if family.story == "ONE_INSURED" else ()
        await self._leader.post("eligibility", f"{path}/propose", refused=refused)

    async def signs(self, family: Family) -> None:
        """The leader signs, once the posting has hung for its whole time."""
        await until(
            f"end of the second posting of application {family.application}",
            lambda: self.case(family),
            lambda case: case["status"] in ("POSTED", "APPROVED"),
        )
        path = f"/v1/cases/{family.application}/decide"
        await self._leader.post("eligibility", path, {"outcome": "APPROVED", "reason": None})
