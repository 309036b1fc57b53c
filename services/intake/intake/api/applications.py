"""/v1/applications: from the window to the township's forwarding."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from fastapi import Response

from doudi.auth import Principal, Role, allow
from doudi.service import IfMatch, InDivision, Page, Paging, Router, Tx, etag
from intake import store
from intake.api.case_views import (
    ApplicationView,
    AssessmentView,
    Completeness,
    DeadlineView,
    Matching,
    MatchView,
    ObjectionView,
    VisitView,
)
from intake.api.forms import PapersForm, Reason, SubmitApplication
from intake.api.people import READERS
from intake.handlers import deadlines, window
from intake.model import AtTheWindow, State

router = Router(prefix="/v1/applications", tags=["applications"])


def shown(application: AtTheWindow, response: Response, tx: Tx) -> ApplicationView:
    """The application after an act, with its version."""
    etag(response, application.version)
    return ApplicationView.whole(application, tx)


@router.post("", status_code=201)
async def submit(
    request: SubmitApplication, tx: Tx, response: Response, who: Principal = allow(Role.CLERK)
) -> ApplicationView:
    """The head of household applies (民发〔2012〕220号 art. 9), or one member alone (art. 10; domain §3.5).

    What is missing does not stand in the way.
    """
    application = await window.submit(request.applicant(), request.papers(), tx)
    return shown(application, response, tx)


@router.get("")
async def list_applications(
    tx: Tx,
    paging: Paging,
    division: InDivision,
    state: State | None = None,
    submitted_from: date | None = None,
    submitted_to: date | None = None,
    near_relative: bool | None = None,
    who: Principal = allow(*READERS),
) -> Page[ApplicationView]:
    """Applications of the caller's subtree. `near_relative=true` is the separate register (art. 14)."""
    filters = store.Filters(
        state=state,
        division=division.prefix if division else None,
        submitted_from=submitted_from,
        submitted_to=submitted_to,
        near_relative=near_relative,
    )
    rows = await store.applications_page(tx, filters, after=paging.after, limit=paging.limit + 1)
    return Page.of(rows, paging, ApplicationView.of)


@router.get("/{id}")
async def get_application(id: UUID, tx: Tx, response: Response, who: Principal = allow(*READERS)) -> ApplicationView:
    """One application."""
    return shown(await store.application_to_see(tx, id), response, tx)


@router.get("/{id}/completeness")
async def completeness(id: UUID, tx: Tx, who: Principal = allow(*READERS)) -> Completeness:
    """Everything that is missing on file (art. 12, 13)."""
    application = await store.application_to_see(tx, id)
    return Completeness.of(await window.missing(application, tx))


@router.get("/{id}/deadlines")
async def get_deadlines(id: UUID, tx: Tx, who: Principal = allow(*READERS)) -> list[DeadlineView]:
    """The statutory clocks that have started, whether each is past."""
    application = await store.application_to_see(tx, id)
    return [DeadlineView.of(deadline, tx.today) for deadline in deadlines.deadlines(application)]


@router.get("/{id}/matching")
async def get_matching(id: UUID, tx: Tx, who: Principal = allow(*READERS)) -> Matching:
    """The last round of matching, question by question."""
    application = await store.application_to_see(tx, id)
    tx.saw("matching", id)
    queries = await store.questions(tx, id, application.match_round)
    return Matching(
        round=application.match_round,
        outcome=application.matching,
        results=[MatchView.of(query, tx) for query in queries],
    )


@router.get("/{id}/home-visits")
async def get_visits(id: UUID, tx: Tx, who: Principal = allow(*READERS)) -> list[VisitView]:
    """All home visits, oldest first."""
    await store.application_to_see(tx, id)
    tx.saw("home-visit", id)
    return [VisitView.of(visit, tx) for visit in await store.visits(tx, id)]


@router.get("/{id}/assessments")
async def get_assessments(id: UUID, tx: Tx, who: Principal = allow(*READERS)) -> list[AssessmentView]:
    """All assessments, oldest first."""
    await store.application_to_see(tx, id)
    return [AssessmentView.of(assessment) for assessment in await store.assessments(tx, id)]


@router.get("/{id}/objections")
async def get_objections(id: UUID, tx: Tx, who: Principal = allow(*READERS)) -> list[ObjectionView]:
    """All objections, oldest first."""
    await store.application_to_see(tx, id)
    tx.saw("objection", id)
    return [ObjectionView.of(objection, tx) for objection in await store.objections(tx, id)]


@router.post("/{id}/request-correction")
async def request_correction(
    id: UUID, tx: Tx, response: Response, if_match: IfMatch, who: Principal = allow(Role.CLERK)
) -> ApplicationView:
    """Tells everything that is missing, once (art. 13)."""
    return shown(await window.request_correction(id, tx, if_match), response, tx)


@router.post("/{id}/supply")
async def supply(
    id: UUID, request: PapersForm, tx: Tx, response: Response, if_match: IfMatch, who: Principal = allow(Role.CLERK)
) -> ApplicationView:
    """Brings what was missing."""
    return shown(await window.supply(id, request.papers(), tx, if_match), response, tx)


@router.post("/{id}/accept")
async def accept(
    id: UUID, tx: Tx, response: Response, if_match: IfMatch, who: Principal = allow(Role.CLERK)
) -> ApplicationView:
    """Accepts a complete application; the clock T0 starts (art. 13, 18)."""
    return shown(await window.accept(id, tx, if_match), response, tx)


@router.post("/{id}/not-accept")
async def not_accept(
    id: UUID, request: Reason, tx: Tx, response: Response, if_match: IfMatch, who: Principal = allow(Role.CLERK)
) -> ApplicationView:
    """Does not accept, with a notice that says why."""
    return shown(await window.not_accept(id, request.reason, tx, if_match), response, tx)


@router.post("/{id}/withdraw")
async def withdraw(
    id: UUID, request: Reason, tx: Tx, response: Response, if_match: IfMatch, who: Principal = allow(Role.CLERK)
) -> ApplicationView:
    """The applicant takes it back, any time before the decision."""
    return shown(await window.withdraw(id, request.reason, tx, if_match), response, tx)


@router.post("/{id}/terminate")
async def terminate(
    id: UUID, request: Reason, tx: Tx, response: Response, if_match: IfMatch, who: Principal = allow(Role.REVIEWER)
) -> ApplicationView:
    """Ends it, since the household refuses to cooperate without good reason."""
    return shown(await window.terminate(id, request.reason, tx, if_match), response, tx)
