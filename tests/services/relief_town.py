"""The officers of a township and of its county, told in steps."""

from __future__ import annotations

from typing import Any
from uuid import UUID, uuid4

from doudi.auth import Role
from doudi.calendar import Month
from doudi.events.payments import PaymentPaid
from doudi.events.relief import AdvanceGranted

TOWNSHIP = "640522105000"
VILLAGE = "640522105201"
COUNTY = "640522000000"
ELSEWHERE = "640522101000"
WHO = "640522188001010019"
OTHER = "640522188001010027"
ACCOUNT = "6222020000000000000"
URGENT = {"urgent": True, "needed_now": True, "threatens": ["SHELTER", "SUBSISTENCE"]}
PAPERS = ["APPLICATION", "ID_COPY", "DECISION"]


def payee(id_number: str = WHO) -> dict[str, Any]:
    return {
        "name": "马小云",
        "id_number": id_number,
        "phone": "13900001234",
        "account": {"number": ACCOUNT, "bank_code": "BOC"},
    }


class Town:
    """The officers of 七营镇 and of 海原县."""

    def __init__(self, s: Any) -> None:
        self.s = s
        self.clerk = s.client(Role.CLERK, TOWNSHIP, "clerk-1")
        self.leader = s.client(Role.REVIEWER, TOWNSHIP, "leader-1")
        self.county = s.client(Role.COUNTY_LEADER, COUNTY, "county-1")

    async def post(self, path: str, body: Any, *, by: Any = None, expect: int = 200) -> Any:
        answer = await (by or self.clerk).post(f"/v1/relief-cases{path}", json=body)
        assert answer.status_code == expect, answer.text
        return answer.json()

    async def get(self, path: str, *, by: Any = None, expect: int = 200) -> Any:
        answer = await (by or self.clerk).get(f"/v1/relief-cases{path}")
        assert answer.status_code == expect, answer.text
        return answer.json()

    async def report(self, **changes: Any) -> str:
        body = {
            "division": VILLAGE,
            "cause": "FIRE",
            "persons": 4,
            "registry": "RETURNED",
            "channel": "GRID_WORKER",
            "urgency": URGENT,
            "payee": payee(),
            **changes,
        }
        return str((await self.post("", body, expect=201))["id"])

    async def verify(self, case: str, *, expect: int = 200, **changes: Any) -> Any:
        body = {"officers": ["clerk-1", "cadre-2"], "evidence": ["PHOTO"], "urgency": URGENT, **changes}
        return await self.post(f"/{case}/verify", body, expect=expect)

    async def grant(self, case: str, amount: str = "2000.00", *, by: Any = None, expect: int = 200) -> Any:
        return await self.post(f"/{case}/advance", {"amount": amount}, by=by or self.leader, expect=expect)

    async def granted(self, **changes: Any) -> str:
        case = await self.report(**changes)
        await self.verify(case)
        await self.grant(case)
        return case

    async def hand_in(self, case: str, *, expect: int = 200, **changes: Any) -> Any:
        body = {
            "recipient_id_number": WHO,
            "cause": "FIRE",
            "amount": "2000.00",
            "signed_by_handler": True,
            "stamped": True,
            "enclosed": PAPERS,
            **changes,
        }
        return await self.post(f"/{case}/paperwork", body, expect=expect)

    async def line(self, case: str, **changes: Any) -> dict[str, Any]:
        """What payments says about the case's line."""
        (said,) = await self.s.said(AdvanceGranted, case)
        on = self.s.clock.today()
        return {
            "payment_id": uuid4(),
            "payment_key": said.payment_key,
            "subject_id": UUID(case),
            "run_id": uuid4(),
            "person_id": said.person_id,
            "programme": "RELIEF",
            "month": Month.of(on),
            "item": "ADVANCE",
            "amount": said.amount,
            "attempt": 1,
            **changes,
        }

    async def bank_pays(self, case: str, **changes: Any) -> None:
        await self.s.deliver(PaymentPaid(paid_on=self.s.clock.today(), **await self.line(case, **changes)))

    async def proposes(self, case: str, amount: str = "1548.00", *, expect: int = 201) -> Any:
        return await self.post(f"/{case}/follow-ups", {"amount": amount}, expect=expect)

    async def acts(self, path: str, body: Any = None, *, by: Any = None, expect: int = 200) -> Any:
        """An act on something of relief, by its whole path; of the county's leader unless told otherwise."""
        answer = await (by or self.county).post(f"/v1/{path}", json=body)
        assert answer.status_code == expect, answer.text
        return answer.json()

    async def settles(self, follow_up: str, verb: str, *, by: Any = None, expect: int = 200) -> Any:
        body = None if verb == "grant" else {"reason": "另有救助渠道"}
        return await self.acts(f"relief-follow-ups/{follow_up}/{verb}", body, by=by, expect=expect)

    async def acts_get(self, path: str, *, by: Any = None) -> Any:
        """Something of relief, by its whole path."""
        answer = await (by or self.clerk).get(f"/v1/{path}")
        assert answer.status_code == 200, answer.text
        return answer.json()
