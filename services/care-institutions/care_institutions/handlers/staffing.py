"""The ratio: judged after every change in the same transaction, and once a new day begins."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from care_institutions import rules, store
from care_institutions.model import Institution
from care_institutions.rules import Residents
from doudi.division import Division
from doudi.events.care_institutions import Headcount, StaffingFellShort, StaffingRecovered
from doudi.law import Finding
from doudi.transaction import Transaction


@dataclass(frozen=True, slots=True)
class Staffing:
    """How a home stands on a day."""

    on: date
    residents: Residents
    unassessed: int
    staff_hundredths: int
    care_staff_hundredths: int

    @property
    def exact(self) -> tuple[int, int]:
        """Staff needed, as numerator and denominator."""
        return rules.exact_staff(self.residents, on=self.on)

    @property
    def required(self) -> int:
        """SUM_CEIL, below which the ratio is broken."""
        return rules.required_staff(self.residents, on=self.on)

    @property
    def planned(self) -> int:
        """PER_TYPE, to plan by."""
        return rules.planned_staff(self.residents, on=self.on)

    @property
    def findings(self) -> list[Finding]:
        """The ratio first, which alone decides; then care staff only, beside it."""
        return [
            rules.staff_suffice(self.residents, self.staff_hundredths, on=self.on),
            rules.care_staff_beside(self.residents, self.care_staff_hundredths, on=self.on),
        ]

    @property
    def enough(self) -> bool:
        """Whether the ratio is kept."""
        return self.findings[0].met


async def staffing(institution: Institution, tx: Transaction) -> Staffing:
    """How the home stands today."""
    count = await store.headcount(tx, institution.id)
    there = [e for e in await store.posts(tx, institution.id) if rules.on_the_roster(e.post, on=tx.today)]
    return Staffing(
        on=tx.today,
        residents=count.residents,
        unassessed=count.unassessed,
        staff_hundredths=sum(e.share_hundredths for e in there),
        care_staff_hundredths=sum(e.share_hundredths for e in there if e.role == "CARE"),
    )


async def judge(institution: Institution, tx: Transaction) -> Staffing:
    """Judges the ratio of a locked home; says once that it fell short, and once that it recovered."""
    now = await staffing(institution, tx)
    since = institution.short_since
    turn = institution.judge(now.enough, on=tx.today)
    residents = Headcount(
        disabled=now.residents.disabled,
        partly_disabled=now.residents.partly_disabled,
        self_caring=now.residents.self_caring,
    )
    if turn == "FELL_SHORT":
        await tx.announce(
            StaffingFellShort(
                institution_id=institution.id,
                division=Division(institution.division),
                residents=residents,
                required=now.required,
                planned=now.planned,
                staff_hundredths=now.staff_hundredths,
                since=tx.today,
                findings=now.findings,
            )
        )
    elif turn == "RECOVERED":
        assert since is not None
        await tx.announce(
            StaffingRecovered(
                institution_id=institution.id,
                division=Division(institution.division),
                residents=residents,
                required=now.required,
                staff_hundredths=now.staff_hundredths,
                short_since=since,
                recovered_on=tx.today,
            )
        )
    return now


async def judge_the_day(tx: Transaction) -> int:
    """A new day: leaves begin, grow too long or end. Returns how many homes were judged."""
    homes = await store.institutions_to_judge(tx, tx.today, limit=500)
    for home in homes:
        await judge(home, tx)
    return len(homes)
