"""The quarter's signed report on the ledger comparison (domain §5.1): its figures are kept as they were signed."""

from __future__ import annotations

import hashlib
import json
import re
from datetime import date
from typing import Any
from uuid import UUID

from doudi.auth import Role
from doudi.calendar import Month
from doudi.division import Division, Level
from doudi.errors import Conflict, Forbidden, Invalid
from doudi.events.eligibility_steps import LedgerReportSigned
from doudi.service import check_version
from doudi.transaction import Transaction
from eligibility.handlers import common
from eligibility.model import LedgerReport, refusals
from eligibility.rules import ledger
from eligibility.store import ledger as lists
from eligibility.store import ledger_progress

_QUARTER = re.compile(r"(20[0-9]{2})-?Q([1-4])")
_MONTHS = 3


def days_of(quarter: str) -> tuple[date, date]:
    """First and last day of `2020Q1`. Raises Invalid."""
    found = _QUARTER.fullmatch(quarter)
    if found is None:
        raise Invalid(field="quarter", detail="季度应为 2020Q1 / a quarter such as 2020Q1")
    last = Month(int(found[1]), int(found[2]) * _MONTHS)
    return last.plus(1 - _MONTHS).first_day, last.last_day


async def make(division: Division, kind: str, quarter: str, tx: Transaction) -> LedgerReport:
    """Draws up the report of a quarter that has ended. Raises Invalid, Conflict for a second one, ComparisonRunning."""
    assert tx.principal is not None
    first, last = days_of(quarter)
    if not tx.principal.may_see(division) or division.level is not Level.COUNTY:
        raise Forbidden(field="division", detail="只能为本辖区县（区）编制报告")
    if last >= tx.today:
        raise Invalid(field="quarter", detail="该季度尚未结束 / the quarter is not over")
    await tx.execute("SELECT pg_advisory_xact_lock(hashtextextended($1, 9))", f"report {division.code} {kind}")
    if await lists.report_of(tx, division.code, kind, quarter):
        raise Conflict(field="quarter", detail="该季度的报告已经编制")
    figures = await _figures(division, kind, first, last, tx)
    made = LedgerReport(
        division=division.code,
        kind=kind,
        quarter=quarter,
        figures=figures,
        sha256=hashlib.sha256(json.dumps(figures, ensure_ascii=False, sort_keys=True).encode()).hexdigest(),
        made_on=tx.today,
        made_by=common.officer(tx),
    )
    tx.session.add(made)
    return made


async def _figures(division: Division, kind: str, first: date, last: date, tx: Transaction) -> dict[str, Any]:
    c = await lists.latest(tx, division.code, kind, last)
    if c is None:
        raise Invalid(field="quarter", detail="该季度末以前没有比对 / nothing was compared by then")
    if c.status != "DONE":
        raise refusals.ComparisonRunning
    shown = []
    for m in ledger.milestones(division.prefix):
        (p,) = await ledger_progress.progress(tx, division.code, kind, [min(m.on, last)])
        shown.append({"on": m.on.isoformat(), "strength": m.strength, "total": p.total, "closed": p.closed})
    ends = [Month.of(last).plus(-back).last_day for back in range(_MONTHS)]
    months = await ledger_progress.progress(tx, division.code, kind, ends)
    return {
        "county": division.name,
        "from": first.isoformat(),
        "to": last.isoformat(),
        "left_on": c.left_on.isoformat(),
        "right_on": c.right_on.isoformat(),
        "comparison": str(c.id),
        "fingerprint": c.fingerprint,
        "counts": c.counts,
        "unsettled": await lists.unsettled(tx, c.id),
        "tasks": [dict(row) for row in await ledger_progress.figures(tx, division.code, kind, first, last)],
        "milestones": shown,
        "progress": [{"on": p.on.isoformat(), "total": p.total, "closed": p.closed} for p in months],
    }


async def sign(id_: UUID, tx: Transaction, version: int | None) -> LedgerReport:
    """An office signs: the bureau's leader for civil affairs, the department for the poverty office."""
    assert tx.principal is not None
    report = await lists.report_for_update(tx, id_)
    check_version(report.version, version)
    own = Role.COUNTY_LEADER in tx.principal.roles
    (report.sign_for_civil_affairs if own else report.sign_for_poverty_office)(common.officer(tx), tx.today)
    await tx.announce(
        LedgerReportSigned.model_validate(
            {
                "report_id": report.id,
                "division": report.division,
                "kind": report.kind,
                "quarter": report.quarter,
                "sha256": report.sha256,
                "office": "CIVIL_AFFAIRS" if own else "POVERTY_OFFICE",
                "complete": bool(report.civil_affairs_by and report.poverty_office_by),
                "signed_on": tx.today,
                "by": common.officer(tx),
            }
        )
    )
    return report
