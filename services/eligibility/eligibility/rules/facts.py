"""What a determination is made from: the unit and its means, without names. Money in fen."""

from __future__ import annotations

from dataclasses import asdict, dataclass, replace
from datetime import date
from typing import Any, Literal
from uuid import UUID

from doudi.events.parts import Household, Means
from doudi.law import clause
from eligibility.rules.numbers import REVIEW

Class = Literal["A", "B", "C"]


@dataclass(frozen=True, slots=True, order=True)
class Person:
    """A member of the unit."""

    person_id: str
    born: str
    labour: str
    student: bool
    earns: bool
    seriously_ill: bool
    severely_disabled: bool

    def age(self, on: date) -> int:
        """Full years on a day."""
        born = date.fromisoformat(self.born)
        return on.year - born.year - ((on.month, on.day) < (born.month, born.day))


@dataclass(frozen=True, slots=True)
class Facts:
    """The unit (in the order of person ids) and its verified means of the last 12 months, in fen per year."""

    unit: tuple[Person, ...]
    income_year: int
    deductions_year: int
    rigid_year: int
    rigid_cause: str | None
    deposits: int
    effective_assets: bool
    verified_breaches: tuple[str, ...]
    labour_missing: bool

    def as_json(self) -> dict[str, Any]:
        """As kept with the determination."""
        return asdict(self)

    @classmethod
    def from_json(cls, kept: dict[str, Any]) -> Facts:
        """What `as_json` made."""
        unit = tuple(Person(**person) for person in kept["unit"])
        return cls(**{**kept, "unit": unit, "verified_breaches": tuple(kept["verified_breaches"])})

    def without(self, person_id: UUID) -> Facts:
        """The same facts after a member's death: income unchanged until it is verified anew (domain §4.7)."""
        return replace(self, unit=tuple(p for p in self.unit if p.person_id != str(person_id)))


@clause(REVIEW, "5", "共同生活的家庭成员为认定单位")
def unit_of(household: Household, means: Means) -> Facts:
    """The assessment unit: members whom the law does not leave out. The order of members means nothing."""
    unit = sorted(
        Person(
            str(m.person_id),
            m.birth_date.isoformat(),
            m.labour,
            m.student,
            m.earns,
            m.seriously_ill,
            m.disability is not None and m.disability.severe,
        )
        for m in household.members
        if m.in_unit
    )
    return Facts(
        unit=tuple(unit),
        income_year=means.income_year.fen,
        deductions_year=means.deductions_year.fen,
        rigid_year=means.rigid_year.fen,
        rigid_cause=means.rigid_cause,
        deposits=means.deposits.fen,
        effective_assets=means.effective_assets,
        verified_breaches=tuple(means.verified_breaches),
        labour_missing=means.labour_missing,
    )
