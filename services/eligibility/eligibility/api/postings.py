"""/v1/postings: the second posting, for everybody, while it hangs."""

from __future__ import annotations

from uuid import UUID

from doudi.service import InDivision, Page, Paging, Router, Tx, View
from eligibility import store
from eligibility.api.views import PostingView, Statement
from eligibility.handlers import posting

router = Router(prefix="/v1/postings", tags=["postings"])


class ObjectionView(View):
    """That the objection was received."""

    id: UUID


@router.get("")
async def list_postings(tx: Tx, paging: Paging, division: InDivision) -> Page[PostingView]:
    """Second postings that hang now: name, number of members, class, amount, village, days. Nothing else."""
    prefix = division.prefix if division else ""
    rows = await store.hanging(tx, prefix, after=paging.after, limit=paging.limit + 1)
    return Page.of(rows, paging, lambda row: PostingView.of(row, tx))


@router.get("/{id}")
async def get_posting(id: UUID, tx: Tx) -> PostingView:
    """One, while it hangs."""
    return PostingView.of(await store.posting_to_see(tx, id), tx)


@router.post("/{id}/objections", status_code=201)
async def object_to(id: UUID, request: Statement, tx: Tx) -> ObjectionView:
    """Anyone may object within the posting (民发〔2012〕220号 art. 29)."""
    return ObjectionView(id=(await posting.object_to(id, request.statement, tx)).id)
