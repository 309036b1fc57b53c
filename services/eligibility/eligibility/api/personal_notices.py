"""/v1/programme-notices: each decision, change and stop of a programme of one person, in words and as PDF."""

from __future__ import annotations

from uuid import UUID

from fastapi import Response

from doudi.auth import Principal, Role, allow
from doudi.service import IfMatch, Router, Tx, etag
from eligibility.api.cases import READERS
from eligibility.api.certificate_views import NoticeView
from eligibility.api.notice_pdf import ANSWER, printed
from eligibility.api.programme_views import ProgrammeCaseView
from eligibility.handlers import personal_notices as handlers
from eligibility.store import personal_notices as store
from eligibility.store import programmes

router = Router(prefix="/v1", tags=["notices"])


@router.get("/programme-notices/{id}.pdf", response_class=Response, responses=ANSWER)
async def get_personal_notice_pdf(id: UUID, tx: Tx, who: Principal = allow(*READERS)) -> Response:
    """The notice to print and hand over. `id` as in the text's."""
    return printed(NoticeView.of(await store.to_see(tx, id), tx, who))


@router.get("/programme-notices/{id}")
async def get_personal_notice(id: UUID, tx: Tx, who: Principal = allow(*READERS)) -> NoticeView:
    """A notice by its own id, its decision's or its application's; 404 before it is decided."""
    return NoticeView.of(await store.to_see(tx, id), tx, who)


@router.get("/programme-awards/{id}/notices")
async def list_personal_notices(id: UUID, tx: Tx, who: Principal = allow(*READERS)) -> list[NoticeView]:
    """The approval of an award, and every change and stop since, oldest first."""
    award = await programmes.award_to_see(tx, id)
    return [NoticeView.of(notice, tx, who) for notice in await store.of_award(tx, award)]


@router.post("/programme-applications/{id}/refusal-notice")
async def serve_personal_refusal(
    id: UUID, tx: Tx, if_match: IfMatch, response: Response,
    who: Principal = allow(Role.CLERK, Role.COUNTY_CLERK),
) -> ProgrammeCaseView:  # fmt: skip
    """The written refusal was handed over; due within three working days (民发〔2021〕43号 art. 18)."""
    case = await handlers.serve_refusal(id, tx, if_match)
    etag(response, case.version)
    return ProgrammeCaseView.of(case)
