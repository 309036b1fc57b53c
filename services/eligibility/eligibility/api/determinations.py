"""/v1/determinations: what the rules said, why, that they say it again, and what they would say on another day."""

from __future__ import annotations

from datetime import date
from typing import Annotated
from uuid import UUID

from fastapi import Query

from doudi.auth import Principal, allow
from doudi.service import Router, Tx
from eligibility import store
from eligibility.api.cases import READERS
from eligibility.api.certificate_views import HypotheticalView, RecomputeView
from eligibility.api.views import DeterminationView
from eligibility.handlers import recompute as handlers

router = Router(prefix="/v1", tags=["determinations"])


@router.get("/determinations/{id}")
async def get_determination(id: UUID, tx: Tx, who: Principal = allow(*READERS)) -> DeterminationView:
    """All findings, met or not, with figures, clause and reason."""
    return DeterminationView.of(await store.determination_to_see(tx, id))


@router.post("/determinations/{id}/recompute")
async def recompute(
    id: UUID,
    tx: Tx,
    under: Annotated[str | None, Query(pattern="^RS[0-9]{4}$", description="Also try this rule set")] = None,
    on: Annotated[date | None, Query(description="Also try the rules and numbers of this day")] = None,
    who: Principal = allow(*READERS),
) -> RecomputeView:
    """The same facts, numbers and choice through the rules once more; with `under` or `on`, what it would be there."""
    record = await store.determination_to_see(tx, id)
    then = record.again()
    would_be = None
    if under is not None or on is not None:
        day, tried = await handlers.elsewhere(record, under, on, tx)
        would_be = HypotheticalView.of(tried, then, day)
    return RecomputeView(equal=then.sha256 == record.sha256, kept=record.sha256, again=then.sha256, would_be=would_be)
