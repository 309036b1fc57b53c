"""/v1/awards: who gets what, every month."""

from __future__ import annotations

from uuid import UUID

from fastapi import Response

from doudi.auth import Principal, Role, allow
from doudi.service import InDivision, Page, Paging, Router, Tx, etag
from eligibility import store
from eligibility.api.cases import READERS
from eligibility.api.views import AwardLineView, AwardView, WholeAwardView
from eligibility.model import Award, AwardState

router = Router(prefix="/v1/awards", tags=["awards"])

MONEY = (Role.PAYMENTS_MAKER, Role.PAYMENTS_CHECKER, Role.FINANCE)


@router.get("")
async def list_awards(
    tx: Tx,
    paging: Paging,
    division: InDivision,
    status: AwardState | None = None,
    who: Principal = allow(*READERS, *MONEY),
) -> Page[AwardView]:
    """Awards of the caller's subtree."""
    filters = store.Filters(status.value if status else None, division.prefix if division else None)
    rows = await store.page(tx, Award, filters, after=paging.after, limit=paging.limit + 1)
    return Page.of(rows, paging, AwardView.of)


@router.get("/{id}")
async def get_award(id: UUID, tx: Tx, response: Response, who: Principal = allow(*READERS, *MONEY)) -> WholeAwardView:
    """One award with its lines, past and present."""
    award = await store.award_to_see(tx, id)
    etag(response, award.version)
    lines = AwardLineView.of_rows(await store.lines_of(tx, award.id))
    return WholeAwardView(**AwardView.of(award).model_dump(), lines=lines)
