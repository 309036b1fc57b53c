"""A home of 七营镇: its manager, the county's clerk, the people who live there, told in steps."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from doudi.auth import Role
from doudi.identity import check_digit

TOWNSHIP = "640522105000"
COUNTY = "640522000000"
ELSEWHERE = "640521101000"
CREDIT_CODE = "91350100M000100Y43"
ITEMS = ("eat", "dress", "bed", "toilet", "walk", "bathe")


def citizen(number: int) -> str:
    """A well-formed ID number of nobody, born in 1880."""
    born = date(1880, 1, 1) + timedelta(days=number // 900)
    body = f"640522{born:%Y%m%d}{number % 900 + 1:03d}"
    return body + check_digit(body)


def seen(failed: int) -> dict[str, bool]:
    """Six items of which so many are not achieved."""
    return {item: index >= failed for index, item in enumerate(ITEMS)}


class Home:
    """One home and those who act for it."""

    def __init__(self, s: Any) -> None:
        self.s = s
        self.manager = s.client(Role.HOME_MANAGER, TOWNSHIP, "manager-1")
        self.county = s.client(Role.COUNTY_CLERK, COUNTY, "county-1")
        self.id = ""

    async def post(self, path: str, body: Any = None, *, by: Any = None, expect: int = 200) -> Any:
        answer = await (by or self.manager).post(f"/v1/{path}", json=body)
        assert answer.status_code == expect, answer.text
        return answer.json()

    async def get(self, path: str, *, by: Any = None, expect: int = 200) -> Any:
        answer = await (by or self.manager).get(f"/v1/{path}")
        assert answer.status_code == expect, answer.text
        return answer.json()

    async def register(self, *, expect: int = 201, **changes: Any) -> Any:
        body = {
            "division": TOWNSHIP,
            "credit_code": CREDIT_CODE,
            "name": "七营镇中心敬老院",
            "kind": "RURAL_HOME",
            "beds": 60,
            "licence_until": "2021-12-31",
            "fire_accepted_on": "2018-05-01",
            **changes,
        }
        answer = await self.post("institutions", body, by=self.county, expect=expect)
        self.id = answer.get("id", self.id)
        return answer

    async def hires(self, count: int = 1, **changes: Any) -> list[str]:
        body = {"name": "杨护工", "role": "CARE", "started_on": self.today, **changes}
        return [
            (await self.post(f"institutions/{self.id}/roster-entries", body, expect=201))["id"] for _ in range(count)
        ]

    async def admits(self, number: int, *, expect: int = 201, **changes: Any) -> Any:
        body = {
            "name": "马老汉",
            "id_number": citizen(number),
            "group": "TEKUN",
            "consent_by": "PERSON",
            "consented_on": self.today,
            **changes,
        }
        return await self.post(f"institutions/{self.id}/residents", body, expect=expect)

    async def assesses(self, resident: str, failed: int, *, expect: int = 201, **changes: Any) -> Any:
        body = {
            "items": seen(failed),
            "assessors": ["county-1", "township-2"],
            "assessed_on": self.today,
            **changes,
        }
        return await self.post(f"residents/{resident}/assessments", body, by=self.county, expect=expect)

    async def houses(self, disabled: int, partly: int, self_caring: int) -> list[str]:
        """Admits and assesses so many of each grade; their ids."""
        ids: list[str] = []
        for failed in [6] * disabled + [2] * partly + [0] * self_caring:
            resident = await self.admits(len(ids))
            await self.assesses(resident["id"], failed)
            ids.append(str(resident["id"]))
        return ids

    async def staffing(self) -> Any:
        return await self.get(f"institutions/{self.id}/staffing")

    @property
    def today(self) -> str:
        return str(self.s.clock.today().isoformat())
