"""What redeterminations and simulations answer. Money in yuan; per month unless it says year."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any
from uuid import UUID

from doudi.calendar import MONTHS_A_YEAR
from doudi.division import Division, Level
from doudi.law import Finding
from doudi.money import Money
from doudi.service import View
from eligibility.api.redetermination_forms import DraftStandard
from eligibility.handlers import redetermination
from eligibility.model import Redetermination
from eligibility.model.redetermination import FIGURES, Lines


class FiguresView(View):
    """How many awards gain, lose, leave and stay, how many refused households would enter, and what it costs."""

    awards: int
    gaining: int
    losing: int
    leaving: int
    same: int
    entering: int
    listed: int
    insured: int
    paid_before_month: Money
    paid_after_month: Money
    change_month: Money
    change_year: Money
    entering_month: Money
    entering_year: Money
    leaving_month: Money
    """What those who no longer qualify get now; it is in the change as saved, though nobody is stopped by this."""
    mean_after: Money | None
    """Dibao per insured person after the change and month, cut to the fen; null where nobody is insured."""
    registered: int
    """Households of counterpart registers that nobody covers and that would be below the line."""

    @classmethod
    def of(cls, f: Mapping[str, int]) -> FiguresView:
        """From sums."""
        change = f["new_fen"] - f["old_fen"]
        return cls(
            awards=f["awards"],
            gaining=f["gaining"],
            losing=f["losing"],
            leaving=f["leaving"],
            same=f["same"],
            entering=f["entering"],
            listed=f["listed"],
            insured=f["persons"],
            paid_before_month=Money(f["old_fen"]),
            paid_after_month=Money(f["new_fen"]),
            change_month=Money(change),
            change_year=Money(change) * MONTHS_A_YEAR,
            entering_month=Money(f["entering_fen"]),
            entering_year=Money(f["entering_fen"]) * MONTHS_A_YEAR,
            leaving_month=Money(f["leaving_fen"]),
            mean_after=Money((f["new_fen"] - f.get("personal_fen", 0)) // f["persons"]) if f["persons"] else None,
            registered=f.get("registered", 0),
        )


class PlaceView(View):
    """The figures of a county, a township, or a programme (`place` is then its name)."""

    place: str
    name: str
    figures: FiguresView


class FloorView(View):
    """A floor of a county after the change, kept or breached."""

    county: str
    finding: Finding


class SimulationView(View):
    """A simulation: its progress, and when it is COUNTED its figures."""

    id: UUID
    version: int
    division: str
    status: str
    from_month: str
    done: int
    total: int
    figures: FiguresView
    by_county: list[PlaceView]
    by_township: list[PlaceView]
    by_programme: list[PlaceView]
    floors: list[FloorView]
    failed_because: str | None
    changes: list[dict[str, Any]]

    @classmethod
    def of(cls, job: Redetermination) -> SimulationView:
        """From what was kept."""
        return cls.model_validate({**_common(job), "changes": job.changes})


class SettledView(View):
    """What the execution did so far. Counts of awards; yuan per month."""

    adjusted: int
    unchanged: int
    listed: int
    gone: int
    changed_since: int
    rescreened: int
    registered: int = 0
    change_month: Money


class RedeterminationView(View):
    """A redetermination from the dry-run to the end of its execution."""

    id: UUID
    version: int
    division: str
    status: str
    from_month: str
    standard_ids: list[UUID]
    draft: DraftStandard | None
    done: int
    total: int
    sha256: str
    figures: FiguresView
    by_county: list[PlaceView]
    by_township: list[PlaceView]
    by_programme: list[PlaceView]
    floors: list[FloorView]
    settled: SettledView | None
    proposed_by: str
    proposed_on: date
    approved_by: str | None
    approved_on: date | None
    executed_by: str | None
    executed_on: date | None
    finished_on: date | None
    failed_because: str | None

    @classmethod
    def of(cls, job: Redetermination) -> RedeterminationView:
        """From what was kept."""
        settled = {**job.settled, "change_month": Money(job.settled["change_fen"])} if job.settled else None
        own = job.model_dump(include=set(cls.model_fields) - {"figures", "floors", "settled"})
        return cls.model_validate({**own, **_common(job), "settled": settled})


def _common(job: Redetermination) -> dict[str, Any]:
    places = sorted({place.partition("|")[0] for place in job.figures})
    townships = [code for code in places if Division(code.ljust(12, "0")).level is not Level.COUNTY]
    programmes = sorted({place.partition("|")[2] for place in job.figures})
    return {
        "id": job.id,
        "version": job.version,
        "division": job.division,
        "status": job.status,
        "from_month": job.from_month,
        "done": job.done,
        "total": job.total,
        "figures": FiguresView.of(redetermination.sums(job)),
        "by_county": [_place(job, code) for code in sorted({code[:6] for code in places})],
        "by_township": [_place(job, code) for code in townships],
        "by_programme": [_programme(job, name) for name in programmes],
        "floors": job.floors,
        "failed_because": job.failed_because,
    }


def _place(job: Redetermination, prefix: str) -> PlaceView:
    division = Division(prefix.ljust(12, "0"))
    return PlaceView(place=division.code, name=division.name, figures=FiguresView.of(redetermination.sums(job, prefix)))


def _programme(job: Redetermination, name: str) -> PlaceView:
    own = [figures for place, figures in job.figures.items() if place.endswith(f"|{name}")]
    sums = {key: sum(figures.get(key, 0) for figures in own) for key in FIGURES}
    return PlaceView(place=name, name=name, figures=FiguresView.of(sums))


class KeptLineView(View):
    """One person's money of one kind, per month."""

    person_id: UUID
    item: str
    amount: Money


class ResultView(View):
    """What the dry-run found of an award, and what the execution did with it."""

    award_id: UUID
    division: str
    programme: str
    outcome: str
    effective: str
    old_lines: list[KeptLineView]
    new_lines: list[KeptLineView]
    old_amount: Money
    new_amount: Money
    listed_because: str | None
    """Why a person has to look at it"""
    settled: str | None
    settled_amount: Money | None
    changed_because: str | None
    """The event that changed it after the dry-run"""
    changed_event: UUID | None

    @classmethod
    def of(cls, row: Any) -> ResultView:
        """From a row of the store."""
        fen = row["settled_fen"]
        return cls(
            award_id=row["award_id"],
            division=row["division"],
            programme=row["programme"],
            outcome=row["outcome"],
            effective=row["effective"],
            old_lines=_lines(row["old_lines"]),
            new_lines=_lines(row["new_lines"]),
            old_amount=Money(row["old_fen"]),
            new_amount=Money(row["new_fen"]),
            listed_because=row["listed_because"],
            settled=row["settled"],
            settled_amount=None if fen is None else Money(fen),
            changed_because=row["changed_because"],
            changed_event=row["changed_event"],
        )


def _lines(kept: Lines) -> list[KeptLineView]:
    return [KeptLineView(person_id=UUID(p), item=item, amount=Money(fen)) for p, item, fen in kept]


class RescreenedView(View):
    """A household that was refused within twelve months and would qualify now."""

    application_id: UUID
    division: str
    refused_on: date
    assistance_class: str
    amount: Money
    announced_on: date | None

    @classmethod
    def of(cls, row: Any) -> RescreenedView:
        """From a row of the store."""
        return cls.model_validate({**row, "amount": Money(row["amount_fen"])})
