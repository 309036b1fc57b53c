"""/v1/applications/{id}/…: matching, home visit, assessment, review, posting."""

from __future__ import annotations

from uuid import UUID

from fastapi import Response

from doudi.auth import Principal, Role, allow
from doudi.service import IfMatch, Router, Tx
from intake.api.applications import shown
from intake.api.case_views import ApplicationView
from intake.api.forms import AssessmentForm, HomeVisitForm, LookAgain, Reason, Recheck, ReviewForm
from intake.handlers import matching, posting, survey, township

router = Router(prefix="/v1/applications", tags=["survey"])


@router.post("/{id}/match")
async def match(
    id: UUID, tx: Tx, response: Response, if_match: IfMatch, who: Principal = allow(Role.CLERK)
) -> ApplicationView:
    """Asks the departments about every member (art. 19); the answers come by themselves, see …/matching."""
    return shown(await matching.start(id, tx, if_match), response, tx)


@router.post("/{id}/match/recheck")
async def recheck(
    id: UUID, request: Recheck, tx: Tx, response: Response, if_match: IfMatch, who: Principal = allow(Role.CLERK)
) -> ApplicationView:
    """The applicant objected to the result with proof; it is checked again (art. 20)."""
    proofs = [matching.Proof(**vars(proof)) for proof in request.proofs]
    return shown(await matching.recheck(id, proofs, tx, if_match), response, tx)


@router.post("/{id}/match/refuse")
async def refuse(
    id: UUID, request: Reason, tx: Tx, response: Response, if_match: IfMatch, who: Principal = allow(Role.REVIEWER)
) -> ApplicationView:
    """The result stands: refused in writing with the reason (art. 20)."""
    return shown(await matching.refuse(id, request.reason, tx, if_match), response, tx)


@router.post("/{id}/home-visit")
async def home_visit(
    id: UUID, request: HomeVisitForm, tx: Tx, response: Response, if_match: IfMatch, who: Principal = allow(Role.CLERK)
) -> ApplicationView:
    """Two or more surveyors visited, saw everyone, and both sides signed (art. 18, 19)."""
    return shown(await survey.visit_home(id, request.visit(), tx, if_match), response, tx)


@router.post("/{id}/assessment")
async def assessment(
    id: UUID, request: AssessmentForm, tx: Tx, response: Response, if_match: IfMatch, who: Principal = allow(Role.CLERK)
) -> ApplicationView:
    """The village assessed the survey (art. 21-24); DISPUTED sends it back to the survey."""
    return shown(await township.assess(id, request.meeting(), tx, if_match), response, tx)


@router.post("/{id}/review")
async def review(
    id: UUID, request: ReviewForm, tx: Tx, response: Response, if_match: IfMatch, who: Principal = allow(Role.REVIEWER)
) -> ApplicationView:
    """The township's leader forms the opinion (art. 25)."""
    return shown(await township.review(id, request.opinion, request.reason, tx, if_match), response, tx)


@router.post("/{id}/post")
async def post(
    id: UUID, tx: Tx, response: Response, if_match: IfMatch, who: Principal = allow(Role.CLERK, Role.REVIEWER)
) -> ApplicationView:
    """Hangs up the first posting for seven days (art. 25); its quiet end sends the case to the county by itself."""
    return shown(await posting.post(id, tx, if_match), response, tx)


@router.post("/{id}/look-again")
async def look_again(
    id: UUID, request: LookAgain, tx: Tx, response: Response, if_match: IfMatch, who: Principal = allow(Role.CLERK)
) -> ApplicationView:
    """After an objection, or sent back by the county: surveyed or assessed again."""
    return shown(await posting.look_again(id, request.to, request.answer, tx, if_match), response, tx)
