"""/v1/ledger-reports: the quarter's report, signed by both offices, as a workbook and as a page to print."""

from __future__ import annotations

from datetime import date
from typing import Any, Literal
from uuid import UUID

from fastapi import Response
from pydantic import Field

from doudi.auth import Principal, Role, allow
from doudi.division import Division
from doudi.service import IfMatch, InDivision, Page, Paging, Request, Router, Tx, View, etag
from eligibility import store
from eligibility.api import ledger_paper
from eligibility.api.ledger_views import CounterpartKind
from eligibility.api.registers import READERS
from eligibility.handlers import ledger_report
from eligibility.handlers.ledger_files import XLSX
from eligibility.model import LedgerReport
from eligibility.store import ledger as lists

router = Router(prefix="/v1/ledger-reports", tags=["ledger-reports"])


class MakeReport(Request):
    """Which quarter of which county and register."""

    division: Division
    kind: CounterpartKind
    quarter: str = Field(pattern="^20[0-9]{2}Q[1-4]$")


class ReportView(View):
    """A report with its figures; SIGNED when both offices signed."""

    id: UUID
    division: Division
    kind: CounterpartKind
    quarter: str
    status: Literal["DRAFT", "SIGNED"]
    figures: dict[str, Any]
    sha256: str
    made_on: date
    made_by: str
    civil_affairs_by: str | None
    civil_affairs_on: date | None
    poverty_office_by: str | None
    poverty_office_on: date | None

    @classmethod
    def of(cls, r: LedgerReport) -> ReportView:
        """As kept."""
        return cls.model_validate(r)


@router.post("", status_code=201)
async def make_ledger_report(
    request: MakeReport, tx: Tx, response: Response, who: Principal = allow(Role.COUNTY_CLERK, Role.COUNTY_CHECKER)
) -> ReportView:
    """Draws up the report of a quarter that is over (domain §5.1)."""
    made = await ledger_report.make(request.division, request.kind, request.quarter, tx)
    etag(response, made.version)
    return ReportView.of(made)


@router.get("")
async def list_ledger_reports(
    tx: Tx,
    paging: Paging,
    division: InDivision,
    status: Literal["DRAFT", "SIGNED"] | None = None,
    who: Principal = allow(*READERS),
) -> Page[ReportView]:
    """Reports of the caller's subtree."""
    filters = store.Filters(status, division.prefix if division else None)
    rows = await store.page(tx, LedgerReport, filters, after=paging.after, limit=paging.limit + 1)
    return Page.of(rows, paging, ReportView.of)


@router.post("/{id}/sign")
async def sign_ledger_report(
    id: UUID,
    tx: Tx,
    if_match: IfMatch,
    response: Response,
    who: Principal = allow(Role.COUNTY_LEADER, Role.DEPARTMENT),
) -> ReportView:
    """An office signs. Who made the report does not sign it."""
    signed = await ledger_report.sign(id, tx, if_match)
    etag(response, signed.version)
    return ReportView.of(signed)


@router.get("/{id}/xlsx", response_class=Response, responses={200: {"content": {XLSX: {}}}})
async def get_ledger_report_xlsx(id: UUID, tx: Tx, who: Principal = allow(*READERS)) -> Response:
    """The report as a workbook."""
    report = await lists.report_for_update(tx, id)
    return _file(ledger_paper.xlsx(report), XLSX, report, "xlsx")


@router.get("/{id}/pdf", response_class=Response, responses={200: {"content": {"application/pdf": {}}}})
async def get_ledger_report_pdf(id: UUID, tx: Tx, who: Principal = allow(*READERS)) -> Response:
    """The report as a page to print."""
    report = await lists.report_for_update(tx, id)
    return _file(ledger_paper.pdf(report), "application/pdf", report, "pdf")


def _file(content: bytes, media: str, report: LedgerReport, ending: str) -> Response:
    name = f"ledger-{report.division[:6]}-{report.quarter}.{ending}"
    return Response(content, media_type=media, headers={"content-disposition": f'attachment; filename="{name}"'})
