"""/v1/milestones: the counties' days of the seed (二(一)3), how far each is, and how far it was on any day."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Annotated, Literal

from fastapi import Path

from doudi.auth import Principal, allow
from doudi.division import Division
from doudi.errors import Invalid, NotFound
from doudi.service import Router, Tx, View
from eligibility.api.ledger_views import CounterpartKind
from eligibility.api.registers import READERS
from eligibility.rules import ledger
from eligibility.store import ledger_progress

router = Router(prefix="/v1/milestones", tags=["comparisons"])

_MOST_DAYS = 366


class MilestoneView(View):
    """How far a county is toward its day. `progress` = closed ÷ total, cut to four digits.

    `opened_in_time`, `closed_in_time`: of what was found by the milestone (or today, when that is earlier) all, and
    what was done with then. MET and MISSED go by these: what is found later is no part of it.
    """

    division: Division
    name: str
    on: date
    strength: Literal["AIM", "MUST"]
    source: str
    total: int
    closed: int
    opened_in_time: int
    closed_in_time: int
    overdue: int
    progress: str
    state: Literal["RUNNING", "MET", "MISSED"]


class DayView(View):
    """A county's ledger tasks at the end of a day, as they stood then; `overdue` of the open ones."""

    on: date
    total: int
    closed: int
    open: int
    overdue: int
    progress: str

    @classmethod
    def of(cls, p: ledger_progress.Progress) -> DayView:
        """As counted."""
        return cls(
            on=p.on, total=p.total, closed=p.closed, open=p.open, overdue=p.overdue, progress=_share(p.closed, p.total)
        )


@router.get("")
async def list_milestones(
    tx: Tx, kind: CounterpartKind = "POVERTY_REGISTRY", who: Principal = allow(*READERS)
) -> list[MilestoneView]:
    """The counties' days of the seed (二(一)3), and how far each is."""
    return [await _view(m, kind, tx) for m in ledger.milestones(who.prefix)]


@router.get("/{division}/days")
async def list_milestone_days(
    division: Annotated[str, Path(pattern="^[0-9]{12}$", description="The county")],
    tx: Tx,
    first: date,
    last: date,
    kind: CounterpartKind = "POVERTY_REGISTRY",
    who: Principal = allow(*READERS),
) -> list[DayView]:
    """How many of a county's tasks were open and closed at the end of each day, at most 366 days and none to come."""
    if division not in {m.division.code for m in ledger.milestones(who.prefix)}:
        raise NotFound
    if last > tx.today:
        raise Invalid(field="last", detail="不得晚于今天 / not in the future")
    if not 0 <= (last - first).days < _MOST_DAYS:
        raise Invalid(field="first", detail=f"应不晚于 last，且不超过 {_MOST_DAYS} 天 / at most {_MOST_DAYS} days")
    days = [first + timedelta(days=n) for n in range((last - first).days + 1)]
    return [DayView.of(p) for p in await ledger_progress.progress(tx, division, kind, days)]


async def _view(m: ledger.Milestone, kind: str, tx: Tx) -> MilestoneView:
    found = await ledger_progress.progress(tx, m.division.code, kind, [min(m.on, tx.today), tx.today])
    then, now = found[0], found[-1]
    met = then.total > 0 and then.open == 0
    return MilestoneView(
        division=m.division,
        name=m.division.name,
        on=m.on,
        strength="MUST" if m.strength == "MUST" else "AIM",
        source=m.source,
        total=now.total,
        closed=now.closed,
        opened_in_time=then.total,
        closed_in_time=then.closed,
        overdue=now.overdue,
        progress=_share(now.closed, now.total),
        state="MET" if met else "MISSED" if tx.today > m.on else "RUNNING",
    )


def _share(closed: int, total: int) -> str:
    digits = f"{int(ledger.progress(closed, total) * 10_000):05d}"
    return f"{digits[:-4]}.{digits[-4:]}"
