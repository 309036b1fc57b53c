"""/v1/cases: the county's steps on an application."""

from __future__ import annotations

from uuid import UUID

from fastapi import Response

from doudi.auth import Principal, Role, allow
from doudi.errors import Invalid, Refusal, problem_response
from doudi.service import IfMatch, InDivision, Page, Paging, Router, Tx, etag
from eligibility import store
from eligibility.api.views import CaseView, Check, Decide, DeterminationView, Prepare, Reason, Statement, Visit
from eligibility.handlers import county, decision, posting, samples
from eligibility.model import Case, State

router = Router(prefix="/v1/cases", tags=["cases"])

COUNTY = (Role.COUNTY_CLERK, Role.COUNTY_CHECKER, Role.COUNTY_LEADER)
READERS = (*COUNTY, Role.CLERK, Role.REVIEWER, Role.INSPECTOR)


def shown(case: Case, response: Response) -> CaseView:
    """The case after an act, with its version."""
    etag(response, case.version)
    return CaseView.of(case)


@router.get("")
async def list_cases(
    tx: Tx,
    paging: Paging,
    division: InDivision,
    status: State | None = None,
    who: Principal = allow(*READERS),
) -> Page[CaseView]:
    """Cases of the caller's subtree."""
    filters = store.Filters(status.value if status else None, division.prefix if division else None)
    rows = await store.page(tx, Case, filters, after=paging.after, limit=paging.limit + 1)
    return Page.of(rows, paging, CaseView.of)


@router.get("/{id}")
async def get_case(id: UUID, tx: Tx, response: Response, who: Principal = allow(*READERS)) -> CaseView:
    """One case."""
    return shown(await store.case_to_see(tx, id), response)


@router.post("/{id}/prepare")
async def prepare(
    id: UUID,
    request: Prepare,
    tx: Tx,
    if_match: IfMatch,
    response: Response,
    who: Principal = allow(Role.COUNTY_CLERK),
) -> DeterminationView:
    """The clerk proposes; the rules answer (经办)."""
    case, record = await county.prepare(id, request.choice(), tx, if_match)
    etag(response, case.version)
    return DeterminationView.of(record)


@router.post("/{id}/check")
async def check(
    id: UUID,
    request: Check,
    tx: Tx,
    if_match: IfMatch,
    response: Response,
    who: Principal = allow(Role.COUNTY_CHECKER),
) -> CaseView:
    """The section head agrees or sends back to the clerk (审核)."""
    return shown(await county.check(id, request.agrees, tx, if_match), response)


@router.post("/{id}/visits")
async def record_visit(
    id: UUID,
    request: Visit,
    tx: Tx,
    if_match: IfMatch,
    response: Response,
    who: Principal = allow(Role.COUNTY_CLERK, Role.COUNTY_CHECKER),
) -> CaseView:
    """Two or more county officers visited the home (民发〔2012〕220号 art. 26)."""
    return shown(await county.visit(id, request.visitors, request.visited_on, tx, if_match), response)


@router.post("/{id}/return")
async def give_back(
    id: UUID,
    request: Reason,
    tx: Tx,
    if_match: IfMatch,
    response: Response,
    who: Principal = allow(*COUNTY),
) -> CaseView:
    """The county sends the case back to the township."""
    return shown(await county.give_back(id, request.reason, tx, if_match), response)


@router.post("/{id}/propose", response_model=CaseView)
async def propose(
    id: UUID, tx: Tx, if_match: IfMatch, response: Response, who: Principal = allow(Role.COUNTY_LEADER)
) -> CaseView | Response:
    """The leader lets the second posting hang. An approval that the law forbids is blocked, and recorded as asked."""
    return _answer(await posting.propose(id, tx, if_match), response)


@router.post("/{id}/answer-objection", response_model=CaseView)
async def answer_objection(
    id: UUID,
    request: Statement,
    tx: Tx,
    if_match: IfMatch,
    response: Response,
    who: Principal = allow(Role.COUNTY_LEADER),
) -> CaseView | Response:
    """The county looked again and stays with its proposal: it answers and posts again (art. 29)."""
    return _answer(await posting.answer_objection(id, request.statement, tx, if_match), response)


def _answer(outcome: Case | Refusal, response: Response) -> CaseView | Response:
    return problem_response(outcome) if isinstance(outcome, Refusal) else shown(outcome, response)


@router.post("/{id}/decide", response_model=CaseView)
async def decide(
    id: UUID,
    request: Decide,
    tx: Tx,
    if_match: IfMatch,
    response: Response,
    who: Principal = allow(Role.COUNTY_LEADER),
) -> CaseView | Response:
    """The leader signs (审批): after the posting, from RS2021 after the check; a refusal with its reason."""
    if request.outcome == "APPROVED":
        return _answer(await decision.approve(id, tx, if_match), response)
    if request.reason is None:
        raise Invalid(field="reason", detail="不予批准须说明理由 / a refusal needs its reason")
    return shown(await decision.refuse(id, request.reason, tx, if_match), response)


@router.post("/{id}/report")
async def report(
    id: UUID,
    tx: Tx,
    if_match: IfMatch,
    response: Response,
    who: Principal = allow(*COUNTY, Role.INSPECTOR),
) -> CaseView:
    """Somebody reported the case: the county has to visit the home, whatever the sample said (art. 26)."""
    return shown(await samples.report(id, tx, if_match), response)


@router.post("/{id}/refusal-notice")
async def serve_refusal(
    id: UUID, tx: Tx, if_match: IfMatch, response: Response, who: Principal = allow(*COUNTY)
) -> CaseView:
    """The written refusal was handed over; due within three days (art. 26)."""
    return shown(await samples.serve_refusal(id, tx, if_match), response)


@router.post("/{id}/extend")
async def extend(
    id: UUID, request: Reason, tx: Tx, if_match: IfMatch, response: Response,
    who: Principal = allow(Role.COUNTY_CHECKER, Role.COUNTY_LEADER),
) -> CaseView:  # fmt: skip
    """A special case: the whole procedure has 45 working days instead of 30 (民发〔2021〕57号 art. 22)."""
    return shown(await samples.extend(id, request.reason, tx, if_match), response)
