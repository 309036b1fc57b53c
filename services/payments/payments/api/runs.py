"""/v1/runs: maker, checker, finance, the bank file, the bank's results."""

from __future__ import annotations

from typing import Annotated, Literal
from uuid import UUID

from fastapi import Body, Query, Response
from starlette.responses import StreamingResponse

from doudi.auth import Principal, Role, allow
from doudi.service import IfMatch, InDivision, InMonth, Page, Paging, Router, Tx, etag
from payments.api.forms import CancelRun, OpenRun
from payments.api.views import PaymentView, ProgrammeView, ResultsView, RunView, TotalView
from payments.handlers import results
from payments.handlers import runs as handlers
from payments.model import Kind, LineState, Run, RunState
from payments.store import reports
from payments.store import runs as store
from payments.store.runs import Filters

router = Router(prefix="/v1/runs", tags=["runs"])
READERS = (
    Role.PAYMENTS_MAKER, Role.PAYMENTS_CHECKER, Role.FINANCE, Role.COUNTY_CLERK, Role.COUNTY_CHECKER,
    Role.COUNTY_LEADER, Role.INSPECTOR,
)  # fmt: skip
_MEDIA = {"pain.001": "application/xml", "csv": "text/csv; charset=utf-8"}
_NAMES = {"pain.001": "xml", "csv": "csv"}


def shown(run: Run, response: Response) -> RunView:
    """The run with its ETag."""
    etag(response, run.version)
    return RunView.of(run)


@router.post("", status_code=201)
async def open_run(
    request: OpenRun, tx: Tx, response: Response, who: Principal = allow(Role.PAYMENTS_MAKER)
) -> RunView:
    """The maker freezes a list. A key that is on its way or paid is never put in again."""
    run = await handlers.open_run(tx, request.division, request.month, request.kind)
    response.headers["Location"] = f"/v1/runs/{run.id}"
    return shown(run, response)


@router.get("")
async def list_runs(
    tx: Tx,
    paging: Paging,
    division: InDivision = None,
    month: InMonth = None,
    kind: Kind | None = None,
    state: RunState | None = None,
    who: Principal = allow(*READERS),
) -> Page[RunView]:
    """Runs of one's own division, in the order in which they were opened."""
    filters = Filters(division, month, kind, state)
    rows = await store.runs_page(tx, filters, after=paging.after, limit=paging.limit + 1)
    return Page.of(rows, paging, RunView.of)


@router.get("/{id}")
async def read_run(id: UUID, tx: Tx, response: Response, who: Principal = allow(*READERS)) -> RunView:
    """One run."""
    return shown(await store.run_to_see(tx, id), response)


@router.get("/{id}/totals")
async def read_totals(id: UUID, tx: Tx, who: Principal = allow(*READERS)) -> list[TotalView]:
    """How many lines of the run are in each state, and their sums."""
    await store.run_to_see(tx, id)
    return TotalView.all(await reports.totals(tx, id))


@router.get("/{id}/programmes")
async def read_programmes(id: UUID, tx: Tx, who: Principal = allow(*READERS)) -> list[ProgrammeView]:
    """What of the run goes to the bank, by programme and item: rural and urban dibao are two."""
    await store.run_to_see(tx, id)
    return [ProgrammeView.of(row) for row in await reports.by_programme(tx, id)]


@router.get("/{id}/lines")
async def list_lines(
    id: UUID, tx: Tx, paging: Paging, state: LineState | None = None, who: Principal = allow(*READERS)
) -> Page[PaymentView]:
    """The lines of the run."""
    await store.run_to_see(tx, id)
    filters = reports.LineFilters(run_id=id, state=state)
    rows = await reports.lines_page(tx, filters, after=paging.after, limit=paging.limit + 1)
    return Page.of(rows, paging, lambda row: PaymentView.of(row, tx.today))


@router.post("/{id}/check")
async def check(
    id: UUID, tx: Tx, if_match: IfMatch, response: Response, who: Principal = allow(Role.PAYMENTS_CHECKER)
) -> RunView:
    """Somebody other than the maker checked the list."""
    return shown(await handlers.check(id, tx, version=if_match), response)


@router.post("/{id}/confirm")
async def confirm(
    id: UUID, tx: Tx, if_match: IfMatch, response: Response, who: Principal = allow(Role.FINANCE)
) -> RunView:
    """Finance, a third person, lets the file go; its bytes are fixed from here on."""
    return shown(await handlers.confirm(id, tx, version=if_match), response)


@router.post("/{id}/cancel")
async def cancel(
    id: UUID,
    request: CancelRun,
    tx: Tx,
    if_match: IfMatch,
    response: Response,
    who: Principal = allow(Role.PAYMENTS_MAKER, Role.PAYMENTS_CHECKER, Role.FINANCE),
) -> RunView:
    """Given up before finance let it go; the money can be put in again."""
    return shown(await handlers.cancel(id, request.because, tx, version=if_match), response)


@router.get("/{id}/bank-file", response_class=StreamingResponse)
async def bank_file(
    id: UUID,
    tx: Tx,
    format: Annotated[Literal["pain.001", "csv"], Query(description="ISO 20022 or the bank's CSV")] = "pain.001",
    who: Principal = allow(Role.FINANCE, Role.BANK),
) -> StreamingResponse:
    """The file, always the same bytes. The SHA-256 of the pain.001 stands with the run. Each taking is logged."""
    run = await handlers.file_of(id, tx)
    headers = {
        "Content-Disposition": f'attachment; filename="{run.file_id}.{_NAMES[format]}"',
        "X-File-Id": run.file_id,
    }
    return StreamingResponse(handlers.chunks(tx.runtime, run, format), media_type=_MEDIA[format], headers=headers)


@router.post("/{id}/bank-results")
async def bring_results(
    id: UUID,
    body: Annotated[bytes, Body(media_type="text/csv")],
    tx: Tx,
    if_match: IfMatch,
    response: Response,
    who: Principal = allow(Role.BANK, Role.FINANCE),
) -> ResultsView:
    """The bank's results, as CSV (sequence, payment_id, status, reason, value_date). One wrong line refuses the whole
    file, row by row; the same file once more changes nothing."""
    run, new = await results.bring(id, body, tx, version=if_match)
    return ResultsView(run=shown(run, response), new=new)
