"""/v1/flags and /v1/indicators: the questions, and what is asked."""

from __future__ import annotations

from typing import Annotated, Literal
from uuid import UUID

from fastapi import Query, Response

from doudi.auth import Principal, Role, allow
from doudi.service import IfMatch, InDivision, Page, Paging, Router, Tx, etag
from oversight.api.views import Assign, FlagView, IndicatorView, Settle
from oversight.handlers import flags as handlers
from oversight.model import Flag, State
from oversight.rules import INDICATORS
from oversight.store import flags as store

router = Router(prefix="/v1/flags", tags=["flags"])
catalogue = Router(prefix="/v1/indicators", tags=["indicators"])


async def shown(flag: Flag, response: Response, tx: Tx) -> FlagView:
    """The flag with its grounds and version."""
    etag(response, flag.version)
    return FlagView.of(flag, (await store.reasons(tx, [flag.id]))[flag.id])


@router.get("")
async def list_flags(
    tx: Tx,
    paging: Paging,
    indicator: Annotated[str | None, Query(max_length=8)] = None,
    severity: Literal["H", "M", "L"] | None = None,
    state: State | None = None,
    division: InDivision = None,
    who: Principal = allow(Role.INSPECTOR),
) -> Page[FlagView]:
    """Flags of the caller's subtree. Those about officials are seen from the city upwards (D-18)."""
    filters = store.Filters(indicator, severity, state, division.prefix if division else None)
    rows = await store.flags_page(tx, filters, after=paging.after, limit=paging.limit + 1)
    reasons = await store.reasons(tx, [flag.id for flag in rows])
    return Page.of(rows, paging, lambda flag: FlagView.of(flag, reasons[flag.id]))


@router.get("/{id}")
async def get_flag(id: UUID, tx: Tx, response: Response, who: Principal = allow(Role.INSPECTOR)) -> FlagView:
    """One flag with its evidence: the ids of events in the publishers' journals."""
    flag = await store.flag_to_see(tx, id)
    tx.saw("flag", flag.id)
    return await shown(flag, response, tx)


@router.post("/{id}/assign")
async def assign(
    id: UUID, request: Assign, tx: Tx, if_match: IfMatch, response: Response, who: Principal = allow(Role.INSPECTOR)
) -> FlagView:
    """An inspector is to look into it."""
    return await shown(await handlers.assign(id, request.to, tx, if_match), response, tx)


@router.post("/{id}/settle")
async def settle(
    id: UUID, request: Settle, tx: Tx, if_match: IfMatch, response: Response, who: Principal = allow(Role.INSPECTOR)
) -> FlagView:
    """VERIFIED or FALSE_POSITIVE by whom it is assigned to; then RECTIFIED, CLOSED. Nobody's money changes."""
    flag = await handlers.settle(id, State(request.outcome), request.reason, tx, if_match)
    return await shown(flag, response, tx)


@catalogue.get("")
async def list_indicators(tx: Tx, who: Principal = allow()) -> list[IndicatorView]:
    """The indicators of domain §9 that are raised here, each with its basis and numbers."""
    return [IndicatorView.of(indicator) for indicator in INDICATORS.values()]
