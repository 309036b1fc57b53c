"""/v1/relief-follow-ups: more help in a case after its advance, by the county."""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID

from fastapi import Response

from doudi.auth import Principal, Role, allow
from doudi.clock import SHANGHAI
from doudi.law import Finding
from doudi.money import Money
from doudi.service import IfMatch, Router, Tx, View, etag
from relief import store
from relief.api.cases import OFFICERS, READERS
from relief.api.forms import ProposeFollowUp, Why
from relief.handlers import follow_up
from relief.model import FollowUp, Stage

router = Router(tags=["relief follow-ups"])


class FollowUpView(View):
    """A follow-up as it stands."""

    id: UUID
    version: int
    case_id: UUID
    status: Stage
    amount: Money
    proposed_by: str
    proposed_on: date
    settled_by: str | None
    settled_at: datetime | None
    reason: str | None
    findings: list[Finding]
    payment_key: str | None
    paid_on: date | None
    returned_on: date | None
    return_reason: str | None

    @classmethod
    def of(cls, found: FollowUp) -> FollowUpView:
        """As it stands."""
        view = cls.model_validate(found)
        at = found.settled_at
        return view.model_copy(update={"settled_at": at.astimezone(SHANGHAI)}) if at else view


def shown(found: FollowUp, response: Response) -> FollowUpView:
    """The follow-up after an act, with its version."""
    etag(response, found.version)
    return FollowUpView.of(found)


@router.post("/v1/relief-cases/{id}/follow-ups", status_code=201)
async def propose_follow_up(
    id: UUID, request: ProposeFollowUp, tx: Tx, if_match: IfMatch, response: Response, who: Principal = allow(*OFFICERS)
) -> FollowUpView:
    """More is needed than the advance (民发〔2018〕23号 二(四)); `If-Match` is the case's version."""
    return shown(await follow_up.propose(id, request.amount, tx, version=if_match), response)


@router.get("/v1/relief-cases/{id}/follow-ups")
async def list_follow_ups(id: UUID, tx: Tx, who: Principal = allow(*READERS)) -> list[FollowUpView]:
    """All follow-ups of a case."""
    case = await store.case_to_see(tx, id)
    return [FollowUpView.of(found) for found in await store.follow_ups_of(tx, case.id)]


@router.get("/v1/relief-follow-ups/{id}")
async def get_follow_up(id: UUID, tx: Tx, response: Response, who: Principal = allow(*READERS)) -> FollowUpView:
    """One follow-up."""
    return shown(await store.follow_up_to_see(tx, id), response)


@router.post("/v1/relief-follow-ups/{id}/grant")
async def grant_follow_up(
    id: UUID, tx: Tx, if_match: IfMatch, response: Response, who: Principal = allow(Role.COUNTY_LEADER)
) -> FollowUpView:
    """The county grants it, and payments pays; by somebody who had no hand in the case."""
    return shown(await follow_up.grant(id, tx, version=if_match), response)


@router.post("/v1/relief-follow-ups/{id}/refuse")
async def refuse_follow_up(
    id: UUID, request: Why, tx: Tx, if_match: IfMatch, response: Response, who: Principal = allow(Role.COUNTY_LEADER)
) -> FollowUpView:
    """The county refuses it, with its reason."""
    return shown(await follow_up.refuse(id, request.reason, tx, version=if_match), response)


@router.post("/v1/relief-follow-ups/{id}/withdraw")
async def withdraw_follow_up(
    id: UUID, request: Why, tx: Tx, if_match: IfMatch, response: Response, who: Principal = allow(*OFFICERS)
) -> FollowUpView:
    """The officers take it back before the county decides."""
    return shown(await follow_up.withdraw(id, request.reason, tx, version=if_match), response)
