"""Two stories beside the monthly money: advance relief whose papers come late, and a care home short of staff."""

from __future__ import annotations

from datetime import date
from typing import Any

from doudi_local.demo.api import Town, until
from doudi_local.demo.people import COUNTY, citizen

_TOWNSHIP = "640522105000"
_VILLAGE = "640522105203"
_OFFICERS = ["clerk-640522105000", "cadre-640522105203"]
_URGENT = {"urgent": True, "needed_now": True, "threatens": ["SHELTER"]}
_RESIDENTS = 8
_NAMES = ("马有福", "田玉山", "李桂花", "王占山", "罗秀兰", "何成林", "海金莲", "丁文海")
_NOTHING = dict.fromkeys(("eat", "dress", "bed", "toilet", "walk", "bathe"), False)


class Fire:
    """A house burns down in 七营镇."""

    def __init__(self, town: Town) -> None:
        self._clerk = town.officer("clerk", _TOWNSHIP, _OFFICERS[0])
        self._leader = town.officer("reviewer", _TOWNSHIP)
        self.id = ""

    async def is_reported_and_helped(self) -> None:
        """Reported, seen by two, granted by the township's leader within its limit, paid at once."""
        payee = {
            "name": "田志明", "id_number": citizen(date(1971, 4, 9), 951), "phone": "13900000000",
            "account": {"number": "6223040522109512999", "bank_code": "NXRCU"},
        }  # fmt: skip
        report = {
            "division": _VILLAGE, "cause": "FIRE", "persons": 4, "registry": "NOT_OUT", "channel": "GRID_WORKER",
            "urgency": _URGENT, "payee": payee,
        }  # fmt: skip
        self.id = (await self._clerk.post("relief", "/v1/relief-cases", report))["id"]
        seen = {"officers": _OFFICERS, "evidence": ["PHOTO", "NOTE"], "urgency": _URGENT}
        await self._clerk.post("relief", f"/v1/relief-cases/{self.id}/verify", seen)
        await self._leader.post("relief", f"/v1/relief-cases/{self.id}/advance", {"amount": "2000.00"})
        await self._until("the money of the advance relief", lambda case: case["paid_on"] is not None)

    async def is_over(self, day: str) -> None:
        """The emergency ends; from now on the papers are due, and nobody brings them."""
        await self._clerk.post("relief", f"/v1/relief-cases/{self.id}/end-emergency", {"ended_on": day})

    async def is_overdue(self) -> None:
        """The last day for the papers passed."""
        await self._until("papers overdue", lambda case: case["status"] == "PAPERWORK_OVERDUE")

    async def _until(self, what: str, ready: Any) -> None:
        await until(what, lambda: self._clerk.get("relief", f"/v1/relief-cases/{self.id}"), ready)


class Home:
    """海原县中心敬老院: eight residents who cannot do anything alone need three staff, and it has one."""

    def __init__(self, town: Town) -> None:
        self._county = town.officer("county_clerk", COUNTY)
        self._manager = town.officer("home_manager", COUNTY, "manager-海原县中心敬老院")
        self.id = ""

    async def opens_with_one_carer(self, day: str) -> None:
        """Put on record, one carer on the roster, residents admitted and assessed."""
        home = {
            "division": "640522100001", "credit_code": "91350100M000100Y43", "name": "海原县中心敬老院",
            "kind": "RURAL_HOME", "beds": 60, "licence_until": "2025-12-31", "fire_accepted_on": "2015-06-30",
        }  # fmt: skip
        self.id = (await self._county.post("care-institutions", "/v1/institutions", home))["id"]
        carer = {"name": "杨彩霞", "role": "CARE", "started_on": day}
        await self._manager.post("care-institutions", f"/v1/institutions/{self.id}/roster-entries", carer)
        for number in range(_RESIDENTS):
            await self._admit(number, day)
        await until(
            "the home's shortage of staff",
            lambda: self._county.get("care-institutions", f"/v1/institutions/{self.id}"),
            lambda home: home["short_since"] is not None,
        )

    async def _admit(self, number: int, day: str) -> None:
        person = {
            "name": _NAMES[number], "id_number": citizen(date(1938, 1 + number, 7), 960 + number), "group": "TEKUN",
            "consent_by": "PERSON", "consented_on": day,
        }  # fmt: skip
        path = f"/v1/institutions/{self.id}/residents"
        resident = (await self._manager.post("care-institutions", path, person))["id"]
        assessed = {
            "items": {**_NOTHING, "eat": number % 2 == 0}, "assessors": ["assessor-1", "assessor-2"],
            "assessed_on": day,
        }  # fmt: skip
        await self._county.post("care-institutions", f"/v1/residents/{resident}/assessments", assessed)
