"""/v1/register-mappings and /v1/registers: counterpart registers and the county's own lists, as files."""

from __future__ import annotations

import csv
import io
from datetime import date
from typing import Annotated, Any, Literal
from uuid import UUID

from fastapi import Query, Response
from fastapi import Request as HttpRequest

from doudi.auth import Principal, Role, allow
from doudi.division import Division
from doudi.errors import Invalid, UnsupportedMediaType
from doudi.service import InDivision, Page, Paging, Router, Tx, body_limit
from eligibility import store
from eligibility.api.cases import COUNTY
from eligibility.api.register_views import Kind, MappingView, RegisterView, SetMapping
from eligibility.handlers import ledger_import
from eligibility.handlers.ledger_files import CSV, XLSX
from eligibility.model import RegisterFile, RegisterMapping
from eligibility.store import registers

router = Router(tags=["registers"])

READERS = (*COUNTY, Role.INSPECTOR, Role.DEPARTMENT)
_FILE: dict[str, Any] = {
    "requestBody": {
        "required": True,
        "content": {media: {"schema": {"type": "string", "format": "binary"}} for media in (CSV, XLSX)},
    }
}


@router.post("/v1/register-mappings", status_code=201)
async def set_register_mapping(
    request: SetMapping, tx: Tx, who: Principal = allow(Role.COUNTY_CLERK, Role.COUNTY_CHECKER)
) -> MappingView:
    """Tells once how a county names the columns of a kind of register, and what its words mean."""
    made = await ledger_import.set_mapping(request.division, request.kind, request.columns, request.words, tx)
    return MappingView.of(made)


@router.get("/v1/register-mappings")
async def list_register_mappings(
    tx: Tx, paging: Paging, division: InDivision, who: Principal = allow(*READERS)
) -> Page[MappingView]:
    """All mappings of the caller's subtree, old and new."""
    filters = store.Filters(None, division.prefix if division else None)
    rows = await store.page(tx, RegisterMapping, filters, after=paging.after, limit=paging.limit + 1)
    return Page.of(rows, paging, MappingView.of)


@router.post("/v1/registers", status_code=201, openapi_extra=_FILE)
@body_limit("max_register_bytes")
async def import_register(
    http: HttpRequest,
    tx: Tx,
    kind: Kind,
    division: Annotated[str, Query(pattern="^[0-9]{12}$", description="The county")],
    snapshot_on: Annotated[date, Query(description="The day that the register describes")],
    on_error: Annotated[
        Literal["REFUSE", "REPORT"], Query(description="With bad rows: refuse the whole file, or import the good ones")
    ] = "REFUSE",
    who: Principal = allow(Role.COUNTY_CLERK, Role.COUNTY_CHECKER),
) -> RegisterView:
    """Imports a register: the file itself as the body, `text/csv` (UTF-8 or GB18030) or an xlsx workbook."""
    media = http.headers.get("content-type", "").partition(";")[0].strip().lower()
    if media not in (CSV, XLSX):
        raise UnsupportedMediaType(detail="请使用 text/csv 或 xlsx / text/csv or an xlsx workbook")
    try:
        county = Division.parse(division)
    except ValueError as error:
        raise Invalid(field="division", detail=str(error)) from None
    upload = ledger_import.Upload(kind, county, snapshot_on, on_error, media)
    return RegisterView.of(await ledger_import.import_register(upload, http.stream(), tx))


@router.get("/v1/registers")
async def list_registers(
    tx: Tx, paging: Paging, division: InDivision, who: Principal = allow(*READERS)
) -> Page[RegisterView]:
    """Registers of the caller's subtree."""
    filters = store.Filters(None, division.prefix if division else None)
    rows = await store.page(tx, RegisterFile, filters, after=paging.after, limit=paging.limit + 1)
    return Page.of(rows, paging, RegisterView.of)


@router.get("/v1/registers/{id}")
async def get_register(id: UUID, tx: Tx, who: Principal = allow(*READERS)) -> RegisterView:
    """One register."""
    return RegisterView.of(await registers.file_to_see(tx, id))


@router.get("/v1/registers/{id}/errors", response_class=Response, responses={200: {"content": {CSV: {}}}})
async def get_register_errors(id: UUID, tx: Tx, who: Principal = allow(*COUNTY)) -> Response:
    """What could not be read, row by row, as csv: row number, column, what stands there, why."""
    found = await registers.file_to_see(tx, id)
    tx.saw("register-errors", found.id)
    text = io.StringIO()
    rows = csv.writer(text)
    rows.writerow(["行号", "列", "内容", "原因"])
    async for p in registers.problems(tx, found.id):
        rows.writerow([p.n, _plain(p.field), _plain(p.what), p.reason])
    headers = {"content-disposition": f'attachment; filename="register-errors-{found.id}.csv"'}
    return Response("\ufeff" + text.getvalue(), media_type="text/csv; charset=utf-8", headers=headers)


def _plain(text: str) -> str:
    """A cell that no spreadsheet takes for a formula."""
    return "'" + text if text[:1] in ("=", "+", "-", "@", "\t", "\r") else text
