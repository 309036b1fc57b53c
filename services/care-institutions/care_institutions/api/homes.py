"""/v1/institutions and /v1/roster-entries."""

from __future__ import annotations

from uuid import UUID

from fastapi import Response

from care_institutions import store
from care_institutions.api.forms import EndEntry, JoinRoster, RegisterInstitution, TakeLeave
from care_institutions.api.views import InstitutionView, RosterEntryView, StaffingView
from care_institutions.handlers import homes
from care_institutions.handlers.homes import Kind
from care_institutions.handlers.staffing import staffing
from care_institutions.model import RosterEntry
from doudi.auth import Principal, Role, allow
from doudi.service import IfMatch, Page, Paging, Router, Tx, etag

institutions = Router(prefix="/v1/institutions", tags=["institutions"])
roster = Router(prefix="/v1/roster-entries", tags=["roster"])

COUNTY = (Role.COUNTY_CLERK, Role.COUNTY_CHECKER, Role.COUNTY_LEADER)
READERS = (Role.HOME_MANAGER, Role.CLERK, Role.REVIEWER, *COUNTY, Role.INSPECTOR)


@institutions.post("", status_code=201)
async def register_institution(
    request: RegisterInstitution, tx: Tx, response: Response, who: Principal = allow(Role.COUNTY_CLERK)
) -> InstitutionView:
    """The county puts a home on record."""
    institution = await homes.register(request.home(), tx)
    etag(response, institution.version)
    return InstitutionView.of(institution, tx)


@institutions.get("")
async def list_institutions(
    tx: Tx, paging: Paging, kind: Kind | None = None, short: bool | None = None, who: Principal = allow(*READERS)
) -> Page[InstitutionView]:
    """Homes of the caller's subtree. `short=true`: those with too few staff."""
    rows = await store.institutions_page(tx, kind=kind, short=short, after=paging.after, limit=paging.limit + 1)
    return Page.of(rows, paging, lambda institution: InstitutionView.of(institution, tx))


@institutions.get("/{id}")
async def get_institution(id: UUID, tx: Tx, response: Response, who: Principal = allow(*READERS)) -> InstitutionView:
    """One home."""
    institution = await store.institution_to_see(tx, id)
    etag(response, institution.version)
    return InstitutionView.of(institution, tx)


@institutions.get("/{id}/staffing")
async def get_staffing(id: UUID, tx: Tx, who: Principal = allow(*READERS)) -> StaffingView:
    """How the home stands to 1:3, 1:6, 1:10 today (卫民发〔2019〕21号 二(三)8)."""
    institution = await store.institution_to_see(tx, id)
    return StaffingView.of(institution, await staffing(institution, tx))


def shown(entry: RosterEntry, response: Response, tx: Tx) -> RosterEntryView:
    """The entry after an act, with its version."""
    etag(response, entry.version)
    return RosterEntryView.of(entry, tx)


@institutions.post("/{id}/roster-entries", status_code=201)
async def join_roster(
    id: UUID, request: JoinRoster, tx: Tx, response: Response, who: Principal = allow(Role.HOME_MANAGER)
) -> RosterEntryView:
    """Somebody joins the roster."""
    return shown(await homes.join(id, request.entry(), tx), response, tx)


@institutions.get("/{id}/roster-entries")
async def list_roster(id: UUID, tx: Tx, paging: Paging, who: Principal = allow(*READERS)) -> Page[RosterEntryView]:
    """The roster, those gone included."""
    await store.institution_to_see(tx, id)
    rows = await store.roster_page(tx, id, after=paging.after, limit=paging.limit + 1)
    return Page.of(rows, paging, lambda entry: RosterEntryView.of(entry, tx))


@roster.post("/{id}/end")
async def end_entry(
    id: UUID,
    request: EndEntry,
    tx: Tx,
    if_match: IfMatch,
    response: Response,
    who: Principal = allow(Role.HOME_MANAGER),
) -> RosterEntryView:
    """Somebody left."""
    return shown(await homes.end(id, request.ended_on, tx, version=if_match), response, tx)


@roster.post("/{id}/leave")
async def take_leave(
    id: UUID,
    request: TakeLeave,
    tx: Tx,
    if_match: IfMatch,
    response: Response,
    who: Principal = allow(Role.HOME_MANAGER),
) -> RosterEntryView:
    """Somebody goes on leave; more than thirty days of it do not count as staff."""
    return shown(await homes.leave(id, request.from_, request.until, tx, version=if_match), response, tx)


@roster.post("/{id}/return")
async def come_back(
    id: UUID, tx: Tx, if_match: IfMatch, response: Response, who: Principal = allow(Role.HOME_MANAGER)
) -> RosterEntryView:
    """Somebody is back from leave."""
    return shown(await homes.come_back(id, tx, version=if_match), response, tx)
