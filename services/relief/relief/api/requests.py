"""/v1/relief-requests: relief of the expenditure type by the ordinary way (民发〔2018〕23号 二(一)-(三))."""

from __future__ import annotations

from uuid import UUID

from fastapi import Response

from doudi.auth import Principal, Role, allow
from doudi.service import IfMatch, InDivision, Page, Paging, Router, Tx, etag
from relief import store
from relief.api.cases import LEADERS, OFFICERS, READERS
from relief.api.forms import Why
from relief.api.request_forms import MakeRequest, Refuse, ReviewRequest
from relief.api.request_views import RequestView
from relief.handlers import decisions, requests
from relief.handlers.advance import level_of
from relief.model import ReliefRequest, Step
from relief.rules import Spending

router = Router(prefix="/v1/relief-requests", tags=["relief requests"])


def shown(request: ReliefRequest, response: Response, tx: Tx) -> RequestView:
    """The request after an act, with its version."""
    etag(response, request.version)
    return RequestView.whole(request, tx)


@router.post("", status_code=201)
async def make_request(
    request: MakeRequest, tx: Tx, response: Response, who: Principal = allow(*OFFICERS)
) -> RequestView:
    """A household asks for relief, and its township accepts the request."""
    return shown(await requests.accept(request.made(), tx), response, tx)


@router.get("")
async def list_requests(
    tx: Tx,
    paging: Paging,
    division: InDivision,
    status: Step | None = None,
    cause: Spending | None = None,
    who: Principal = allow(*READERS),
) -> Page[RequestView]:
    """Requests of the caller's subtree."""
    filters = store.RequestFilters(status, cause, division.prefix if division else None)
    rows = await store.requests_page(tx, filters, after=paging.after, limit=paging.limit + 1)
    return Page.of(rows, paging, RequestView.of)


@router.get("/{id}")
async def get_request(id: UUID, tx: Tx, response: Response, who: Principal = allow(*READERS)) -> RequestView:
    """One request."""
    return shown(await store.request_to_see(tx, id), response, tx)


@router.post("/{id}/review")
async def review_request(
    id: UUID, request: ReviewRequest, tx: Tx, if_match: IfMatch, response: Response, who: Principal = allow(*OFFICERS)
) -> RequestView:
    """The township verified spending and means; the amount follows from persons, months and the base."""
    return shown(await requests.review(id, request.verified(), tx, version=if_match), response, tx)


@router.post("/{id}/post")
async def post_request(
    id: UUID, tx: Tx, if_match: IfMatch, response: Response, who: Principal = allow(*OFFICERS)
) -> RequestView:
    """Hangs up name, amount and reason category for seven days."""
    return shown(await requests.post(id, tx, version=if_match), response, tx)


@router.post("/{id}/forward")
async def forward_request(
    id: UUID, tx: Tx, if_match: IfMatch, response: Response, who: Principal = allow(Role.CLERK, Role.REVIEWER)
) -> RequestView:
    """Puts it before the county."""
    return shown(await decisions.forward(id, tx, version=if_match), response, tx)


@router.post("/{id}/send-back")
async def send_request_back(
    id: UUID,
    request: Why,
    tx: Tx,
    if_match: IfMatch,
    response: Response,
    who: Principal = allow(Role.COUNTY_CLERK, Role.COUNTY_LEADER),
) -> RequestView:
    """The county gives it back to the township, with its reason."""
    return shown(await decisions.send_back(id, request.reason, tx, version=if_match), response, tx)


@router.post("/{id}/grant")
async def grant_request(
    id: UUID, tx: Tx, if_match: IfMatch, response: Response, who: Principal = allow(*LEADERS)
) -> RequestView:
    """The township's leader within its limit, the county's above it or a second time (国务院令649号 art. 48)."""
    return shown(await decisions.grant(id, level_of(who), tx, version=if_match), response, tx)


@router.post("/{id}/refuse")
async def refuse_request(
    id: UUID, request: Refuse, tx: Tx, if_match: IfMatch, response: Response, who: Principal = allow(*LEADERS)
) -> RequestView:
    """Refused, with its reason in writing."""
    done = await decisions.refuse(id, level_of(who), request.ground, request.reason, tx, version=if_match)
    return shown(done, response, tx)


@router.post("/{id}/withdraw")
async def withdraw_request(
    id: UUID, tx: Tx, if_match: IfMatch, response: Response, who: Principal = allow(*OFFICERS)
) -> RequestView:
    """The household takes it back before a decision."""
    return shown(await requests.withdraw(id, tx, version=if_match), response, tx)
