"""/v1/relief-cases: emergency first, paperwork afterwards."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from fastapi import Response

from doudi.auth import Principal, Role, allow
from doudi.service import IfMatch, InDivision, Page, Paging, Router, Tx, etag
from relief import store
from relief.api.forms import Close, EndEmergency, GrantAdvance, Papers, PayeeForm, ReportEmergency, Verify
from relief.api.views import DeadlineView, ReliefCaseView
from relief.handlers import advance, deadlines, emergency, paperwork
from relief.handlers.emergency import Cause
from relief.model import ReliefCase, State

router = Router(prefix="/v1/relief-cases", tags=["relief cases"])

OFFICERS = (Role.CLERK, Role.COUNTY_CLERK)
LEADERS = (Role.REVIEWER, Role.COUNTY_LEADER)
READERS = (*OFFICERS, *LEADERS, Role.COUNTY_CHECKER, Role.INSPECTOR)


def shown(case: ReliefCase, response: Response, tx: Tx) -> ReliefCaseView:
    """The case after an act, with its version."""
    etag(response, case.version)
    return ReliefCaseView.whole(case, tx)


@router.post("", status_code=201)
async def report(
    request: ReportEmergency, tx: Tx, response: Response, who: Principal = allow(*OFFICERS, Role.REVIEWER)
) -> ReliefCaseView:
    """Somebody reported people in sudden need (卫民发〔2019〕21号 二(二)7)."""
    return shown(await emergency.report(request.report(), tx), response, tx)


@router.get("")
async def list_cases(
    tx: Tx,
    paging: Paging,
    division: InDivision,
    status: State | None = None,
    cause: Cause | None = None,
    due_before: date | None = None,
    who: Principal = allow(*READERS),
) -> Page[ReliefCaseView]:
    """Cases of the caller's subtree. `due_before`: papers due before that day and not there."""
    filters = store.Filters(status, cause, division.prefix if division else None, due_before)
    rows = await store.cases_page(tx, filters, after=paging.after, limit=paging.limit + 1)
    return Page.of(rows, paging, ReliefCaseView.of)


@router.get("/{id}")
async def get_case(id: UUID, tx: Tx, response: Response, who: Principal = allow(*READERS)) -> ReliefCaseView:
    """One case."""
    return shown(await store.case_to_see(tx, id), response, tx)


@router.get("/{id}/deadlines")
async def get_deadlines(id: UUID, tx: Tx, who: Principal = allow(*READERS)) -> list[DeadlineView]:
    """The clocks that have started: 24 hours to check, 48 to pay, 30 days of emergency, 10 working days for papers."""
    case = await store.case_to_see(tx, id)
    return [DeadlineView.of(deadline) for deadline in deadlines.deadlines(case, tx.now)]


@router.post("/{id}/payee")
async def name_payee(
    id: UUID, request: PayeeForm, tx: Tx, if_match: IfMatch, response: Response, who: Principal = allow(*OFFICERS)
) -> ReliefCaseView:
    """The payee became known."""
    return shown(await emergency.name_payee(id, request.payee(), tx, version=if_match), response, tx)


@router.post("/{id}/verify")
async def verify(
    id: UUID, request: Verify, tx: Tx, if_match: IfMatch, response: Response, who: Principal = allow(*OFFICERS)
) -> ReliefCaseView:
    """Two or more officers saw it on the spot; the case is accepted."""
    case = await emergency.verify(
        id, request.officers, request.evidence, request.urgency.facts(), request.persons, tx, version=if_match
    )
    return shown(case, response, tx)


@router.post("/{id}/advance")
async def grant_advance(
    id: UUID, request: GrantAdvance, tx: Tx, if_match: IfMatch, response: Response, who: Principal = allow(*LEADERS)
) -> ReliefCaseView:
    """Pay now: the township's leader within its limit, above it the county's (国务院令649号 art. 48)."""
    level = advance.level_of(who)
    return shown(await advance.grant(id, request.amount, level, tx, version=if_match), response, tx)


@router.post("/{id}/end-emergency")
async def end_emergency(
    id: UUID,
    request: EndEmergency,
    tx: Tx,
    if_match: IfMatch,
    response: Response,
    who: Principal = allow(*OFFICERS, Role.REVIEWER),
) -> ReliefCaseView:
    """The emergency is over; papers are due ten working days later."""
    return shown(await emergency.end(id, request.ended_on, tx, version=if_match), response, tx)


@router.post("/{id}/paperwork")
async def hand_in_papers(
    id: UUID, request: Papers, tx: Tx, if_match: IfMatch, response: Response, who: Principal = allow(*OFFICERS)
) -> ReliefCaseView:
    """The papers are complete, in time or late."""
    return shown(await paperwork.hand_in(id, request.handed_in(), tx, version=if_match), response, tx)


@router.post("/{id}/close")
async def close(
    id: UUID, request: Close, tx: Tx, if_match: IfMatch, response: Response, who: Principal = allow(*LEADERS)
) -> ReliefCaseView:
    """Nothing more to do, or invalid."""
    return shown(await paperwork.close(id, request.outcome, request.reason, tx, version=if_match), response, tx)
