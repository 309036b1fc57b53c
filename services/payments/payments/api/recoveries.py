"""/v1/recoveries: what was paid beyond what was due, and how it comes back."""

from __future__ import annotations

from uuid import UUID

from fastapi import Response

from doudi.auth import Principal, Role, allow
from doudi.service import IfMatch, InDivision, Page, Paging, Router, Tx, etag
from payments.api.recovery_forms import Decide, OpenRecovery, ProposeWriteOff, Repay, WithdrawRecovery
from payments.api.recovery_views import OneRecoveryView, RecoveryView
from payments.api.runs import READERS
from payments.handlers import recoveries as handlers
from payments.model import Recovery, RecoveryState
from payments.store import recoveries as store
from payments.store.recoveries import Filters

router = Router(prefix="/v1/recoveries", tags=["recoveries"])


def shown(recovery: Recovery, response: Response) -> RecoveryView:
    """The case with its ETag."""
    etag(response, recovery.version)
    return RecoveryView.of(recovery)


@router.post("", status_code=201)
async def open_recovery(
    request: OpenRecovery, tx: Tx, response: Response, who: Principal = allow(Role.FINANCE)
) -> RecoveryView:
    """Finance claims paid money back, with a reason, where payments can't see by itself that it was not due: a relief
    case that proved invalid, say. What an award's change makes overpaid opens by itself."""
    case = await handlers.open_by_hand(request.subject_id, request.claims(), request.because, tx)
    response.headers["Location"] = f"/v1/recoveries/{case.id}"
    return shown(case, response)


@router.get("")
async def list_recoveries(
    tx: Tx,
    paging: Paging,
    division: InDivision = None,
    state: RecoveryState | None = None,
    subject_id: UUID | None = None,
    who: Principal = allow(*READERS),
) -> Page[RecoveryView]:
    """Cases of one's own division, in the order in which they were opened."""
    rows = await store.page(tx, Filters(division, state, subject_id), after=paging.after, limit=paging.limit + 1)
    return Page.of(rows, paging, RecoveryView.of)


@router.get("/{id}")
async def read_recovery(id: UUID, tx: Tx, response: Response, who: Principal = allow(*READERS)) -> OneRecoveryView:
    """One case with the months that it is about and what was repaid."""
    case = await store.to_see(tx, id)
    etag(response, case.version)
    return OneRecoveryView.whole(case, await store.parts(tx, id), await store.repayments(tx, id))


@router.post("/{id}/decide")
async def decide(
    id: UUID,
    request: Decide,
    tx: Tx,
    if_match: IfMatch,
    response: Response,
    who: Principal = allow(Role.COUNTY_LEADER),
) -> RecoveryView:
    """The county decides, by somebody else than the opener: how much, on which ground. From 2026-07-01 after the
    household was heard."""
    return shown(await handlers.decide(id, request.ruling(), tx, version=if_match), response)


@router.post("/{id}/notify")
async def notify(
    id: UUID,
    tx: Tx,
    if_match: IfMatch,
    response: Response,
    who: Principal = allow(Role.COUNTY_CLERK, Role.COUNTY_LEADER),
) -> RecoveryView:
    """The household was told in writing."""
    return shown(await handlers.notify(id, tx, version=if_match), response)


@router.post("/{id}/repayments")
async def repay(
    id: UUID, request: Repay, tx: Tx, if_match: IfMatch, response: Response, who: Principal = allow(Role.FINANCE)
) -> RecoveryView:
    """An instalment came, by its receipt. It makes good the earliest months first; the last one ends the debt."""
    return shown(await handlers.repaid(id, request.repayment(), tx, version=if_match), response)


@router.post("/{id}/propose-write-off")
async def propose_write_off(
    id: UUID,
    request: ProposeWriteOff,
    tx: Tx,
    if_match: IfMatch,
    response: Response,
    who: Principal = allow(Role.FINANCE, Role.COUNTY_CLERK),
) -> RecoveryView:
    """The rest can't be had: why."""
    return shown(await handlers.propose_write_off(id, request.because, tx, version=if_match), response)


@router.post("/{id}/write-off")
async def write_off(
    id: UUID,
    tx: Tx,
    if_match: IfMatch,
    response: Response,
    who: Principal = allow(Role.COUNTY_LEADER, Role.FINANCE),
) -> RecoveryView:
    """A second person gives up the rest."""
    return shown(await handlers.write_off(id, tx, version=if_match), response)


@router.post("/{id}/withdraw")
async def withdraw(
    id: UUID,
    request: WithdrawRecovery,
    tx: Tx,
    if_match: IfMatch,
    response: Response,
    who: Principal = allow(Role.COUNTY_LEADER, Role.FINANCE),
) -> RecoveryView:
    """One opened by hand in error is given up before the decision, by another person."""
    return shown(await handlers.withdraw(id, request.because, tx, version=if_match), response)


@router.post("/{id}/close")
async def close(
    id: UUID, tx: Tx, if_match: IfMatch, response: Response, who: Principal = allow(Role.FINANCE)
) -> RecoveryView:
    """Everything is repaid or written off."""
    return shown(await handlers.close(id, tx, version=if_match), response)
