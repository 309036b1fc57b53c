"""/v1/awards/{id}/…: review, change, hold, resume, offers of work, proposals; /v1/interventions: their steps."""

from __future__ import annotations

from uuid import UUID

from fastapi import Response

from doudi.auth import Principal, Role, allow
from doudi.service import IfMatch, InDivision, Page, Paging, Router, Tx, etag
from eligibility import store
from eligibility.api.cases import READERS
from eligibility.api.life_forms import Hear, Hold, LookForm, OfferWork, Propose, ReportChange
from eligibility.api.life_views import ChangeView, HeardView, InterventionView, OfferView, ReviewView
from eligibility.api.views import AwardView, Reason
from eligibility.handlers import interventions, life
from eligibility.model import Award, Intervention, Step
from eligibility.store import life as stored

router = Router(prefix="/v1", tags=["awards"])

_COUNTY = (Role.COUNTY_CLERK, Role.COUNTY_CHECKER, Role.COUNTY_LEADER)


def _award(award: Award, response: Response) -> AwardView:
    etag(response, award.version)
    return AwardView.of(award)


def _shown(made: Intervention, response: Response) -> InterventionView:
    etag(response, made.version)
    return InterventionView.of(made)


@router.post("/awards/{id}/review", status_code=201)
async def review(
    id: UUID, request: LookForm, tx: Tx, if_match: IfMatch, who: Principal = allow(Role.COUNTY_CLERK)
) -> ReviewView:
    """The household is looked at again (art. 33). A change becomes a proposal; `intervention_id` names it."""
    return ReviewView.of(await life.review(id, request.look(tx), tx, if_match))


@router.get("/awards/{id}/reviews")
async def list_reviews(id: UUID, tx: Tx, who: Principal = allow(*READERS)) -> list[ReviewView]:
    """An award's reviews in order."""
    award = await store.award_to_see(tx, id)
    return [ReviewView.of(made) for made in await stored.reviews_of(tx, award.id)]


@router.post("/awards/{id}/changes", status_code=201)
async def report_change(
    id: UUID,
    request: ReportChange,
    tx: Tx,
    if_match: IfMatch,
    who: Principal = allow(Role.CLERK, *_COUNTY),
) -> ChangeView:
    """Somebody reports a change (国务院令649号 art. 13). It moves the review forward and changes nothing by itself."""
    made = await life.report_change(id, request.kind, request.happened_on, request.person_id, tx, if_match)
    return ChangeView.model_validate(made)


@router.get("/awards/{id}/changes")
async def list_changes(id: UUID, tx: Tx, who: Principal = allow(*READERS)) -> list[ChangeView]:
    """What was reported of an award, in order."""
    award = await store.award_to_see(tx, id)
    return [ChangeView.model_validate(made) for made in await stored.changes_of(tx, award.id)]


@router.post("/awards/{id}/begin-review")
async def begin_review(
    id: UUID, tx: Tx, if_match: IfMatch, response: Response, who: Principal = allow(Role.CLERK, Role.COUNTY_CLERK)
) -> AwardView:
    """The household is looked at again from now on (复核); it is paid as before until something is decided."""
    return _award(await life.begin_review(id, tx, if_match), response)


@router.post("/awards/{id}/hold")
async def hold(
    id: UUID,
    request: Hold,
    tx: Tx,
    if_match: IfMatch,
    response: Response,
    who: Principal = allow(Role.COUNTY_CLERK),
) -> AwardView:
    """Payment is held for an operational reason, three months at most; the entitlement goes on."""
    return _award(await life.hold(id, request.reason, tx, if_match), response)


@router.post("/awards/{id}/resume")
async def resume(
    id: UUID,
    tx: Tx,
    if_match: IfMatch,
    response: Response,
    who: Principal = allow(Role.COUNTY_CHECKER, Role.COUNTY_LEADER),
) -> AwardView:
    """Payment goes on; the months that were held are paid in arrears. Another person than the clerk who held it."""
    return _award(await life.resume(id, tx, if_match), response)


@router.post("/awards/{id}/work-offers", status_code=201)
async def offer_work(
    id: UUID, request: OfferWork, tx: Tx, if_match: IfMatch, who: Principal = allow(Role.CLERK, Role.COUNTY_CLERK)
) -> OfferView:
    """Suitable work was offered to a member who can work (国务院令649号 art. 45)."""
    acts = await life.offer_work(id, request.person_id, request.offered_on, request.outcome, tx, if_match)
    return OfferView(person_id=request.person_id, law_acts=acts)


@router.post("/awards/{id}/interventions", status_code=201)
async def propose(
    id: UUID,
    request: Propose,
    tx: Tx,
    if_match: IfMatch,
    response: Response,
    who: Principal = allow(Role.COUNTY_CLERK),
) -> InterventionView:
    """The clerk proposes to change an award (经办). Nothing is changed before notice, hearing, check and decision."""
    return _shown(await interventions.propose(id, request.proposal(tx), tx, if_match), response)


@router.get("/interventions")
async def list_interventions(
    tx: Tx, paging: Paging, division: InDivision, status: Step | None = None, who: Principal = allow(*READERS)
) -> Page[InterventionView]:
    """Interventions of the caller's subtree."""
    filters = store.Filters(status.value if status else None, division.prefix if division else None)
    rows = await store.page(tx, Intervention, filters, after=paging.after, limit=paging.limit + 1)
    return Page.of(rows, paging, InterventionView.of)


@router.get("/incoming-moves")
async def list_incoming_moves(
    tx: Tx, paging: Paging, who: Principal = allow(Role.COUNTY_LEADER)
) -> Page[InterventionView]:
    """Households that another county means to hand over to the caller's, and that wait to be accepted."""
    rows = await stored.incoming(tx, after=paging.after, limit=paging.limit + 1)
    return Page.of(rows, paging, InterventionView.of)


@router.get("/interventions/{id}")
async def get_intervention(id: UUID, tx: Tx, response: Response, who: Principal = allow(*_COUNTY)) -> HeardView:
    """One intervention, with what the person said."""
    made = await stored.intervention_to_see(tx, id, anywhere=True)
    tx.saw("intervention", made.id)
    said = None if made.statement is None else tx.keys.open(made.statement, "intervention.statement")
    return HeardView(**{**_shown(made, response).model_dump(), "statement": said})


@router.post("/interventions/{id}/notice")
async def serve_notice(
    id: UUID, tx: Tx, if_match: IfMatch, response: Response, who: Principal = allow(Role.COUNTY_CLERK)
) -> InterventionView:
    """The person is told in writing what is meant to be done and why, and until when to answer."""
    return _shown(await interventions.serve_notice(id, tx, if_match), response)


@router.post("/interventions/{id}/hearing")
async def hear(
    id: UUID,
    request: Hear,
    tx: Tx,
    if_match: IfMatch,
    response: Response,
    who: Principal = allow(Role.COUNTY_CLERK, Role.COUNTY_CHECKER),
) -> InterventionView:
    """The person was heard, did not wish to be, or did not answer in the term (社会救助法 art. 48)."""
    return _shown(await interventions.hear(id, request.hearing, request.statement, tx, if_match), response)


@router.post("/interventions/{id}/check")
async def check(
    id: UUID, tx: Tx, if_match: IfMatch, response: Response, who: Principal = allow(Role.COUNTY_CHECKER)
) -> InterventionView:
    """The section head agrees (审核)."""
    return _shown(await interventions.check(id, tx, if_match), response)


@router.post("/interventions/{id}/accept")
async def accept(
    id: UUID, tx: Tx, if_match: IfMatch, response: Response, who: Principal = allow(Role.COUNTY_LEADER)
) -> InterventionView:
    """The leader of the county to which the household moves takes it."""
    return _shown(await interventions.accept(id, tx, if_match), response)


@router.post("/interventions/{id}/decide")
async def decide(
    id: UUID, tx: Tx, if_match: IfMatch, response: Response, who: Principal = allow(Role.COUNTY_LEADER)
) -> InterventionView:
    """The leader signs (审批); it is done at once and the person is told in writing."""
    return _shown(await interventions.decide(id, tx, if_match), response)


@router.post("/interventions/{id}/drop")
async def drop(
    id: UUID, request: Reason, tx: Tx, if_match: IfMatch, response: Response, who: Principal = allow(*_COUNTY)
) -> InterventionView:
    """It is given up; nothing was changed."""
    return _shown(await interventions.drop(id, request.reason, tx, if_match), response)
