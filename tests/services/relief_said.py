"""What relief says, made with few words; everything happens in one village."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any
from uuid import UUID, uuid4

from tests.services.oversight_world import account

from doudi.clock import SHANGHAI
from doudi.division import Division
from doudi.events.relief import AdvanceGranted, EmergencyReported, FollowUpGranted
from doudi.events.relief_requests import RequestGranted
from doudi.money import Money

VILLAGE = Division("640522105201")


def reported(
    case: UUID, cause: str = "FIRE", registry: str = "NONE", division: Division = VILLAGE
) -> EmergencyReported:
    return EmergencyReported(
        relief_case_id=case, division=division, cause=cause, persons=4, registry=registry,
        reported_at=datetime(2020, 3, 5, 9, tzinfo=SHANGHAI),
    )  # fmt: skip


def advance(case: UUID, person: UUID, amount: str, on: date = date(2020, 3, 6), **changes: Any) -> AdvanceGranted:
    given: dict[str, Any] = {
        "relief_case_id": case, "payment_key": f"RELIEF/{case}", "person_id": person, "division": VILLAGE,
        "persons": 4, "amount": Money.yuan(amount), "level": "TOWNSHIP", "account": account(), "granted_by": "l",
        "verified_by": ["a", "b"], "granted_at": datetime(on.year, on.month, on.day, 9, tzinfo=SHANGHAI),
        "findings": [],
    }  # fmt: skip
    return AdvanceGranted(**given | changes)


def follow_up(case: UUID, person: UUID, amount: str) -> FollowUpGranted:
    return FollowUpGranted(
        relief_case_id=case, follow_up_id=uuid4(), payment_key=f"RELIEF/F/{case}", person_id=person, division=VILLAGE,
        persons=4, amount=Money.yuan(amount), advance=Money.yuan("2000.00"), account=account(), proposed_by="a",
        granted_by="c", granted_at=datetime(2020, 3, 20, 9, tzinfo=SHANGHAI), findings=[],
    )  # fmt: skip


def granted(request: UUID, members: list[UUID], amount: str, on: date, **changes: Any) -> RequestGranted:
    given: dict[str, Any] = {
        "request_id": request, "payment_key": f"RELIEF/{request}", "person_id": members[0], "members": members,
        "division": VILLAGE, "persons": 4, "registry": "NONE", "cause": "MEDICAL", "level": "TOWNSHIP",
        "amount": Money.yuan(amount), "account": account(), "reviewed_by": "a", "granted_by": "l",
        "granted_at": datetime(on.year, on.month, on.day, 9, tzinfo=SHANGHAI), "findings": [],
    }  # fmt: skip
    return RequestGranted(**given | changes)
