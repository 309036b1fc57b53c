"""/v1/notices: each decision, change and stop in words and as PDF; /v1/awards/{id}/notices: all of one award."""

from __future__ import annotations

from uuid import UUID

from fastapi import Response

from doudi.auth import Principal, allow
from doudi.service import Router, Tx
from eligibility import store
from eligibility.api.cases import READERS
from eligibility.api.certificate_views import NoticeView
from eligibility.api.notice_pdf import ANSWER, printed

router = Router(prefix="/v1", tags=["notices"])


@router.get("/notices/{id}.pdf", response_class=Response, responses=ANSWER)
async def get_notice_pdf(id: UUID, tx: Tx, who: Principal = allow(*READERS)) -> Response:
    """The notice to print and hand over. `id` as in the text's."""
    return printed(NoticeView.of(await store.notice_to_see(tx, id), tx, who))


@router.get("/notices/{id}")
async def get_notice(id: UUID, tx: Tx, who: Principal = allow(*READERS)) -> NoticeView:
    """A notice by its own id, its decision's or its application's; 404 before it is decided."""
    return NoticeView.of(await store.notice_to_see(tx, id), tx, who)


@router.get("/awards/{id}/notices")
async def list_notices(id: UUID, tx: Tx, who: Principal = allow(*READERS)) -> list[NoticeView]:
    """The approval of an award, and every change and stop since, oldest first."""
    award = await store.award_to_see(tx, id)
    return [NoticeView.of(notice, tx, who) for notice in await store.notices_of_award(tx, award)]
