"""/v1/comparisons, /v1/ledger-tasks: what two registers differ in, and what is done about it."""

from __future__ import annotations

from typing import Annotated, Literal
from uuid import UUID

from fastapi import Query, Response

from doudi.auth import Principal, Role, allow
from doudi.errors import Invalid
from doudi.service import IfMatch, InDivision, Page, Paging, Router, Tx, etag
from eligibility import store
from eligibility.api.cases import COUNTY
from eligibility.api.ledger_views import (
    CloseTask,
    ComparisonView,
    Owner,
    ProbablePage,
    ProbableView,
    ResultPage,
    ResultView,
    ScreenedView,
    Settle,
    StartComparison,
    TaskView,
    homes,
)
from eligibility.api.registers import READERS
from eligibility.handlers import ledger as handlers
from eligibility.model import Comparison, LedgerTask
from eligibility.model.ledger import Code
from eligibility.store import ledger as lists

router = Router(tags=["comparisons"])

Limit = Annotated[int, Query(ge=1, le=200, description="Most items of one page")]
After = Annotated[int, Query(ge=0, le=2**31 - 1, description="`next` of the page before")]
Status = Literal["OPEN", "CLOSED", "LAPSED"]
_LISTS = {"MUST": "must", "PRIORITY": "priority", "KEY": "key", "ADJUSTMENT": "first"}


@router.post("/v1/comparisons", status_code=202)
async def start_comparison(
    request: StartComparison, tx: Tx, who: Principal = allow(Role.COUNTY_CLERK, Role.COUNTY_CHECKER)
) -> ComparisonView:
    """Starts a comparison; it runs by itself in steps (domain §5)."""
    made = await handlers.start(request.register_id, request.beneficiaries_id, tx)
    return await ComparisonView.of(made, tx)


@router.get("/v1/comparisons")
async def list_comparisons(
    tx: Tx,
    paging: Paging,
    division: InDivision,
    status: Literal["RUNNING", "DONE"] | None = None,
    who: Principal = allow(*READERS),
) -> Page[ComparisonView]:
    """Comparisons of the caller's subtree."""
    filters = store.Filters(status, division.prefix if division else None)
    rows = await store.page(tx, Comparison, filters, after=paging.after, limit=paging.limit + 1)
    shown = {row.id: await ComparisonView.of(row, tx) for row in rows}
    return Page.of(rows, paging, lambda row: shown[row.id])


@router.get("/v1/comparisons/{id}")
async def get_comparison(id: UUID, tx: Tx, who: Principal = allow(*READERS)) -> ComparisonView:
    """One comparison: how far it is, what it found."""
    return await ComparisonView.of(await lists.comparison(tx, id), tx)


@router.get("/v1/comparisons/{id}/results")
async def list_results(
    id: UUID, tx: Tx, code: Code | None = None, limit: Limit = 50, after: After = 0, who: Principal = allow(*READERS)
) -> ResultPage:
    """What was found, all or of one code, with the households that it is about."""
    c = await lists.comparison(tx, id)
    rows = await lists.results(tx, c.id, code, after=after, limit=limit + 1)
    kept = rows[:limit]
    left = await homes(tx, c.left_id, [row["left_household"] for row in kept])
    right = await homes(tx, c.right_id, [row["right_household"] for row in kept])
    items = [ResultView.of(dict(row), left, right, c.started_on) for row in kept]
    return ResultPage(items=items, next=kept[-1]["n"] if len(rows) > limit else None)


@router.get("/v1/comparisons/{id}/screening")
async def list_screened(
    id: UUID,
    tx: Tx,
    paging: Paging,
    list: Annotated[
        Literal["MUST", "PRIORITY", "KEY", "ADJUSTMENT"],
        Query(description="主动发现、优先纳入、重点保障、低保动态调整重点 (domain §5.4)"),
    ] = "MUST",
    who: Principal = allow(*READERS),
) -> Page[ScreenedView]:
    """A screening list of the counterpart register: households and why they are on it."""
    c = await lists.comparison(tx, id)
    rows = await lists.screened(tx, c.id, _LISTS[list], after=paging.after, limit=paging.limit + 1)
    found = await homes(tx, c.right_id, [row["household"] for row in rows[: paging.limit]])
    return Page.of(rows, paging, lambda row: ScreenedView.of(dict(row), found))


@router.get("/v1/comparisons/{id}/probables")
async def list_probables(
    id: UUID, tx: Tx, limit: Limit = 50, after: After = 0, who: Principal = allow(*COUNTY)
) -> ProbablePage:
    """People who may be one, for a person to say."""
    c = await lists.comparison(tx, id)
    rows = await lists.probables(tx, c.id, after=after, limit=limit + 1)
    left = await homes(tx, c.left_id, [row.left_household for row in rows[:limit]])
    right = await homes(tx, c.right_id, [row.right_household for row in rows[:limit]])
    items = [ProbableView.of(row, left, right) for row in rows[:limit]]
    return ProbablePage(items=items, next=items[-1].n if len(rows) > limit else None)


@router.post("/v1/comparisons/{id}/probables/{n}/settle")
async def settle(
    id: UUID, n: int, request: Settle, tx: Tx, who: Principal = allow(Role.COUNTY_CLERK, Role.COUNTY_CHECKER)
) -> ProbableView:
    """Says whether two are one, and why. The comparison is then made anew."""
    if not 0 < n < 2**31:
        raise Invalid(field="n")
    found = await handlers.settle(id, n, request.verdict, request.reason, tx)
    return ProbableView.of(found, {}, {})


@router.get("/v1/comparisons/{id}/tasks")
async def list_tasks_of(
    id: UUID,
    tx: Tx,
    paging: Paging,
    status: Status | None = None,
    owner: Owner | None = None,
    code: Code | None = None,
    who: Principal = allow(*READERS),
) -> Page[TaskView]:
    """Tasks whose difference this comparison saw last."""
    c = await lists.comparison(tx, id)
    where = {"comparison_id": c.id, "status": status, "owner": owner, "code": code}
    rows = await lists.tasks(tx, where, after=paging.after, limit=paging.limit + 1)
    return Page.of(rows, paging, lambda row: TaskView.of(row, tx.today))


@router.get("/v1/ledger-tasks")
async def list_ledger_tasks(
    tx: Tx,
    paging: Paging,
    status: Status | None = None,
    owner: Owner | None = None,
    code: Code | None = None,
    who: Principal = allow(*READERS),
) -> Page[TaskView]:
    """Tasks of the caller's subtree."""
    where = {"status": status, "owner": owner, "code": code}
    rows = await lists.tasks(tx, where, after=paging.after, limit=paging.limit + 1)
    return Page.of(rows, paging, lambda row: TaskView.of(row, tx.today))


@router.post("/v1/ledger-tasks/{id}/close")
async def close_ledger_task(
    id: UUID,
    request: CloseTask,
    tx: Tx,
    if_match: IfMatch,
    response: Response,
    who: Principal = allow(*COUNTY, Role.DEPARTMENT),
) -> TaskView:
    """Its owner looked into it. The poverty office closes its own; nothing here changes an award."""
    only = None if who.roles & set(COUNTY) else "POVERTY_OFFICE"
    task: LedgerTask = await handlers.close_task(
        id, request.outcome, request.reason, only_owner=only, tx=tx, version=if_match
    )
    etag(response, task.version)
    return TaskView.of(task, tx.today)
