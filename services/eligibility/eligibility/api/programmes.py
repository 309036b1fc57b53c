"""/v1/programme-applications, -postings and -awards: programmes of one person, from the window to the award."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Literal
from uuid import UUID

from fastapi import Query, Response

from doudi.auth import Principal, Role, allow
from doudi.errors import Invalid
from doudi.service import IfMatch, InDivision, Page, Paging, Router, Tx, etag
from eligibility import store as common_store
from eligibility.api.awards import MONEY
from eligibility.api.cases import READERS
from eligibility.api.programme_forms import Apply, Change, Hearing, Post
from eligibility.api.programme_notices import PersonalNoticeView, notice
from eligibility.api.programme_views import (
    AgainView,
    ObjectedView,
    ProgrammeAwardView,
    ProgrammeCaseView,
    ProgrammePostingView,
)
from eligibility.api.views import Check, Decide, Statement, Visit
from eligibility.handlers import programme_changes, programme_posting, programmes
from eligibility.handlers import recompute as trials
from eligibility.model import ProgrammeAward, ProgrammeCase, ProgrammeState
from eligibility.store import programmes as store

router = Router(prefix="/v1/programme-applications", tags=["programmes"])
postings = Router(prefix="/v1/programme-postings", tags=["programmes"])
awards = Router(prefix="/v1/programme-awards", tags=["programmes"])

Programme = Literal[
    "TEKUN", "LIVING_SUB", "CARE_SUB", "ORPHAN", "DEFACTO", "ELDER", "ELDER_2023", "ENTRUST", "SEVERE_CARE"
]


def shown(case: ProgrammeCase, response: Response) -> ProgrammeCaseView:
    """The application after an act, with its version."""
    etag(response, case.version)
    return ProgrammeCaseView.of(case)


@router.post("", status_code=201)
async def apply(request: Apply, tx: Tx, response: Response, who: Principal = allow(Role.CLERK)) -> ProgrammeCaseView:
    """The township's window accepts; the rules answer at once, with all findings."""
    return shown(await programmes.accept(request.applied(), tx), response)


@router.get("")
async def list_applications(
    tx: Tx,
    paging: Paging,
    division: InDivision,
    status: ProgrammeState | None = None,
    programme: Programme | None = None,
    who: Principal = allow(*READERS),
) -> Page[ProgrammeCaseView]:
    """Applications of the caller's subtree."""
    filters = common_store.Filters(status.value if status else None, division.prefix if division else None)
    rows = await store.page(tx, ProgrammeCase, filters, programme, after=paging.after, limit=paging.limit + 1)
    return Page.of(rows, paging, ProgrammeCaseView.of)


@router.get("/{id}")
async def get_application(id: UUID, tx: Tx, response: Response, who: Principal = allow(*READERS)) -> ProgrammeCaseView:
    """One application."""
    tx.saw("programme-application", str(id))
    return shown(await store.case(tx, id), response)


@router.get("/{id}/notice")
async def get_notice(id: UUID, tx: Tx, who: Principal = allow(*READERS)) -> PersonalNoticeView:
    """The notice of the decision; 404 before it is decided."""
    return notice(await store.case(tx, id))


@router.post("/{id}/recompute")
async def recompute(
    id: UUID,
    tx: Tx,
    under: Annotated[str | None, Query(pattern="^RS[0-9]{4}$", description="Also try this rule set")] = None,
    on: Annotated[date | None, Query(description="Also try the rules and numbers of this day")] = None,
    who: Principal = allow(*READERS),
) -> AgainView:
    """The same facts and holdings through the rules once more; with `under` or `on`, what it would be there."""
    case = await store.case(tx, id)
    asked = under is not None or on is not None
    return AgainView.of(case, await trials.personal_elsewhere(case, under, on, tx) if asked else None)


@router.post("/{id}/post")
async def post(
    id: UUID, request: Post, tx: Tx, if_match: IfMatch, response: Response, who: Principal = allow(Role.REVIEWER)
) -> ProgrammeCaseView:
    """The township's opinion hangs, where the law has a posting; after an objection with the answer to it."""
    return shown(await programme_posting.post(id, request.answer, tx, if_match), response)


@router.post("/{id}/change-over")
async def change_over(
    id: UUID, tx: Tx, if_match: IfMatch, response: Response, who: Principal = allow(Role.CLERK, Role.COUNTY_CLERK)
) -> ProgrammeCaseView:
    """The applicant changes over from the dibao in the way; the county ends it and begins this in one decision."""
    return shown(await programmes.change_over(id, tx, if_match), response)


@router.post("/{id}/withdraw")
async def withdraw(
    id: UUID, tx: Tx, if_match: IfMatch, response: Response, who: Principal = allow(Role.CLERK)
) -> ProgrammeCaseView:
    """The applicant takes it back before a decision."""
    return shown(await programme_posting.withdraw(id, tx, if_match), response)


@router.post("/{id}/prepare")
async def prepare(
    id: UUID, tx: Tx, if_match: IfMatch, response: Response, who: Principal = allow(Role.COUNTY_CLERK)
) -> ProgrammeCaseView:
    """The county's clerk proposes; the rules of today answer (经办)."""
    return shown(await programmes.prepare(id, tx, if_match), response)


@router.post("/{id}/check")
async def check(
    id: UUID, request: Check, tx: Tx, if_match: IfMatch, response: Response,
    who: Principal = allow(Role.COUNTY_CHECKER),
) -> ProgrammeCaseView:  # fmt: skip
    """The section head agrees or sends back to the clerk (审核)."""
    return shown(await programmes.check(id, request.agrees, tx, if_match), response)


@router.post("/{id}/visits")
async def record_visit(
    id: UUID, request: Visit, tx: Tx, if_match: IfMatch, response: Response,
    who: Principal = allow(Role.COUNTY_CLERK, Role.COUNTY_CHECKER),
) -> ProgrammeCaseView:  # fmt: skip
    """Two or more county officers visited the home."""
    return shown(await programmes.visit(id, request.visitors, request.visited_on, tx, if_match), response)


@router.post("/{id}/hearing")
async def hearing(
    id: UUID, request: Hearing, tx: Tx, if_match: IfMatch, response: Response,
    who: Principal = allow(Role.COUNTY_CLERK, Role.COUNTY_CHECKER),
) -> ProgrammeCaseView:  # fmt: skip
    """The person was heard before less or nothing is paid (社会救助法 art. 48)."""
    case = await programmes.case_of(id, tx, if_match)
    return shown(await programme_changes.hear(case, request.statement, request.heard_on, tx), response)


@router.post("/{id}/decide")
async def decide(
    id: UUID, request: Decide, tx: Tx, if_match: IfMatch, response: Response,
    who: Principal = allow(Role.COUNTY_LEADER),
) -> ProgrammeCaseView:  # fmt: skip
    """The leader signs (审批): an approval begins an award, a refusal needs its reason."""
    if request.outcome == "APPROVED":
        return shown(await programmes.approve(id, tx, if_match), response)
    if request.reason is None:
        raise Invalid(field="reason", detail="不予批准须说明理由 / a refusal needs its reason")
    return shown(await programmes.refuse(id, request.reason, tx, if_match), response)


@postings.get("")
async def list_postings(tx: Tx, paging: Paging, division: InDivision) -> Page[ProgrammePostingView]:
    """Postings that hang now, for everybody: name, programme, amount, village, days. Nothing else."""
    prefix = division.prefix if division else ""
    rows = await store.hanging_postings(tx, prefix, after=paging.after, limit=paging.limit + 1)
    return Page.of(rows, paging, lambda row: ProgrammePostingView.of(row, tx))


@postings.post("/{id}/objections", status_code=201)
async def object_to(id: UUID, request: Statement, tx: Tx) -> ObjectedView:
    """Anyone may object within the posting (民发〔2021〕43号 art. 15)."""
    case = await programme_posting.object_to(id, request.statement, tx)
    assert case.answer_due_on is not None
    return ObjectedView(id=case.id, answer_due_on=case.answer_due_on)


@awards.get("")
async def list_awards(
    tx: Tx,
    paging: Paging,
    division: InDivision,
    status: Literal["ACTIVE", "STOPPED"] | None = None,
    programme: Programme | None = None,
    who: Principal = allow(*READERS, *MONEY),
) -> Page[ProgrammeAwardView]:
    """Awards of the caller's subtree."""
    filters = common_store.Filters(status, division.prefix if division else None)
    rows = await store.page(tx, ProgrammeAward, filters, programme, after=paging.after, limit=paging.limit + 1)
    return Page.of(rows, paging, ProgrammeAwardView.of)


@awards.post("/{id}/changes", status_code=201)
async def report_change(
    id: UUID, request: Change, tx: Tx, response: Response, who: Principal = allow(Role.CLERK)
) -> ProgrammeCaseView:
    """The window reports what is known now; the rules answer, and the county's three decide as on an application."""
    facts = request.facts
    case = await programme_changes.report(id, facts.programme, facts.given(), request.circumstances, tx)
    return shown(case, response)


@awards.get("/{id}")
async def get_award(
    id: UUID, tx: Tx, response: Response, who: Principal = allow(*READERS, *MONEY)
) -> ProgrammeAwardView:
    """One award."""
    award = await store.award_to_see(tx, id)
    etag(response, award.version)
    return ProgrammeAwardView.of(award)
