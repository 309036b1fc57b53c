"""/v1/institutions/{id}/residents, /v1/residents and /v1/waiting."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from fastapi import Response

from care_institutions import store
from care_institutions.api.forms import AdmitResident, Assess, EndWaiting, LeaveHome, ReportChange, WishBed
from care_institutions.api.homes import READERS
from care_institutions.api.views import AssessmentView, ResidentView, WaitingView
from care_institutions.handlers import residents as people
from care_institutions.handlers import waiting as queue
from care_institutions.model import Resident, Waiting
from care_institutions.rules import Group
from doudi.auth import Principal, Role, allow
from doudi.service import IfMatch, Page, Paging, Router, Tx, etag

of_homes = Router(prefix="/v1/institutions", tags=["residents"])
residents = Router(prefix="/v1/residents", tags=["residents"])
waiting = Router(prefix="/v1/waiting", tags=["waiting list"])

ADMITTERS = (Role.HOME_MANAGER, Role.COUNTY_CLERK)
ASSESSORS = (Role.CLERK, Role.COUNTY_CLERK)
REPORTERS = (Role.HOME_MANAGER, Role.CLERK, Role.COUNTY_CLERK)


def shown(resident: Resident, response: Response, tx: Tx) -> ResidentView:
    """The resident after an act, with the version."""
    etag(response, resident.version)
    return ResidentView.of(resident, tx)


@of_homes.post("/{id}/residents", status_code=201)
async def admit(
    id: UUID, request: AdmitResident, tx: Tx, response: Response, who: Principal = allow(*ADMITTERS)
) -> ResidentView:
    """A person moves in today, with consent; others than tekun only when no tekun of the county waits."""
    return shown(await people.admit(id, request.admission(), tx), response, tx)


@of_homes.get("/{id}/residents")
async def list_residents(
    id: UUID,
    tx: Tx,
    paging: Paging,
    present: bool | None = None,
    due_before: date | None = None,
    who: Principal = allow(*READERS),
) -> Page[ResidentView]:
    """Residents of a home. `due_before`: those whose next or repeated assessment was due before that day."""
    await store.institution_to_see(tx, id)
    rows = await store.residents_page(
        tx, id, present=present, due_before=due_before, after=paging.after, limit=paging.limit + 1
    )
    return Page.of(rows, paging, lambda resident: ResidentView.of(resident, tx))


@residents.get("/{id}")
async def get_resident(id: UUID, tx: Tx, response: Response, who: Principal = allow(*READERS)) -> ResidentView:
    """One resident."""
    return shown(await store.resident_to_see(tx, id), response, tx)


@residents.post("/{id}/assessments", status_code=201)
async def assess(
    id: UUID, request: Assess, tx: Tx, if_match: IfMatch, who: Principal = allow(*ASSESSORS)
) -> AssessmentView:
    """Six items by two or more assessors of county and township (民发〔2021〕43号 art. 20-22)."""
    return AssessmentView.of(await people.assess(id, request.assessment(), tx, version=if_match))


@residents.get("/{id}/assessments")
async def list_assessments(id: UUID, tx: Tx, paging: Paging, who: Principal = allow(*READERS)) -> Page[AssessmentView]:
    """All assessments of a resident, oldest first."""
    await store.resident_to_see(tx, id)
    tx.saw("assessment", id)
    rows = await store.assessments_page(tx, id, after=paging.after, limit=paging.limit + 1)
    return Page.of(rows, paging, AssessmentView.of)


@residents.post("/{id}/changes")
async def report_change(
    id: UUID, request: ReportChange, tx: Tx, if_match: IfMatch, response: Response, who: Principal = allow(*REPORTERS)
) -> ResidentView:
    """The resident's ability changed; assessed anew within ten working days (民发〔2021〕43号 art. 23)."""
    return shown(await people.report_change(id, request.reported_on, tx, version=if_match), response, tx)


@residents.post("/{id}/leave")
async def leave(
    id: UUID, request: LeaveHome, tx: Tx, if_match: IfMatch, response: Response, who: Principal = allow(*ADMITTERS)
) -> ResidentView:
    """A person moved out, or died."""
    return shown(await people.leave(id, request.left_on, request.reason, tx, version=if_match), response, tx)


def entry(found: Waiting, response: Response, tx: Tx) -> WaitingView:
    """The entry after an act, with its version."""
    etag(response, found.version)
    return WaitingView.of(found, tx)


@waiting.post("", status_code=201)
async def wait(
    request: WishBed, tx: Tx, response: Response, who: Principal = allow(Role.CLERK, Role.COUNTY_CLERK)
) -> WaitingView:
    """A person wishes to move into a home of the county."""
    return entry(await queue.wait(request.wish(), tx), response, tx)


@waiting.get("")
async def list_waiting(
    tx: Tx, paging: Paging, group: Group | None = None, open: bool = True, who: Principal = allow(*READERS)
) -> Page[WaitingView]:
    """Who waits in the caller's subtree, in order of entry; `order` says who is served first."""
    rows = await store.waiting_page(tx, group=group, open_only=open, after=paging.after, limit=paging.limit + 1)
    return Page.of(rows, paging, lambda found: WaitingView.of(found, tx))


@waiting.post("/{id}/end")
async def end_waiting(
    id: UUID,
    request: EndWaiting,
    tx: Tx,
    if_match: IfMatch,
    response: Response,
    who: Principal = allow(Role.CLERK, Role.COUNTY_CLERK),
) -> WaitingView:
    """A person waits no more."""
    return entry(await queue.end(id, request.reason, tx, version=if_match), response, tx)
