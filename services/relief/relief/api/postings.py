"""/v1/relief-postings: what hangs at the village board, for everyone, without a token (domain §4.3)."""

from __future__ import annotations

from doudi.errors import Invalid
from doudi.service import InDivision, Page, Paging, Router, Tx
from relief import store
from relief.api.request_views import ReliefPostingView

router = Router(prefix="/v1/relief-postings", tags=["relief postings"])


@router.get("")
async def list_relief_postings(division: InDivision, tx: Tx, paging: Paging) -> Page[ReliefPostingView]:
    """What hangs today in a division; without one, nobody's postings are told."""
    if division is None:
        raise Invalid(field="division", detail="必填 / required")
    rows = await store.hanging_page(tx, division.prefix, tx.today, after=paging.after, limit=paging.limit + 1)
    return Page.of(rows, paging, lambda row: ReliefPostingView.of(row, tx))
