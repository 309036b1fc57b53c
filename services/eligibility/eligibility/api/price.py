"""/v1/price-subsidies: the temporary price subsidy of a month in a county."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from fastapi import Response

from doudi.auth import Principal, Role, allow
from doudi.calendar import Month
from doudi.division import Division
from doudi.money import Money
from doudi.service import IfMatch, InDivision, Page, Paging, Request, Router, Tx, View, etag
from eligibility import store as common_store
from eligibility.api.awards import MONEY
from eligibility.api.cases import READERS
from eligibility.handlers import price
from eligibility.model import PriceRun
from eligibility.store import price as store

router = Router(prefix="/v1/price-subsidies", tags=["programmes"])


class PriceMonth(Request):
    """Which month of which county."""

    division: Division
    month: Month


class PriceRunView(View):
    """A month; `granted`: how many people so far, each `amount`."""

    id: UUID
    version: int
    division: str
    month: str
    status: str
    amount: Money
    granted: int
    prepared_by: str
    prepared_on: date
    checked_by: str | None
    signed_by: str | None
    signed_on: date | None

    @classmethod
    def of(cls, run: PriceRun) -> PriceRunView:
        """As it stands."""
        return cls(**{**run.model_dump(), "amount": run.amount})


def shown(run: PriceRun, response: Response) -> PriceRunView:
    """The month after an act, with its version."""
    etag(response, run.version)
    return PriceRunView.of(run)


@router.post("", status_code=201)
async def prepare(
    request: PriceMonth, tx: Tx, response: Response, who: Principal = allow(Role.COUNTY_CLERK)
) -> PriceRunView:
    """The clerk prepares a month that was triggered (经办)."""
    return shown(await price.prepare(request.division, request.month, tx), response)


@router.get("")
async def list_months(
    tx: Tx, paging: Paging, division: InDivision, who: Principal = allow(*READERS, *MONEY)
) -> Page[PriceRunView]:
    """Months of the caller's subtree."""
    filters = common_store.Filters(None, division.prefix if division else None)
    rows = await common_store.page(tx, PriceRun, filters, after=paging.after, limit=paging.limit + 1)
    return Page.of(rows, paging, PriceRunView.of)


@router.get("/{id}")
async def get_month(id: UUID, tx: Tx, response: Response, who: Principal = allow(*READERS, *MONEY)) -> PriceRunView:
    """One month."""
    return shown(await store.run(tx, id), response)


@router.post("/{id}/check")
async def check(
    id: UUID, tx: Tx, if_match: IfMatch, response: Response, who: Principal = allow(Role.COUNTY_CHECKER)
) -> PriceRunView:
    """The section head agrees (审核)."""
    return shown(await price.check(id, tx, if_match), response)


@router.post("/{id}/sign")
async def sign(
    id: UUID, tx: Tx, if_match: IfMatch, response: Response, who: Principal = allow(Role.COUNTY_LEADER)
) -> PriceRunView:
    """The leader signs (审批); from now on it is granted, person by person."""
    return shown(await price.sign(id, tx, if_match), response)
