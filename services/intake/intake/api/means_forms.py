"""Income and property as people send them: sums for the year, items, or both."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated, Literal
from uuid import UUID

from pydantic import Field, StringConstraints

from doudi.events.parts import Asset, AssetKind, CostKind, IncomeItem, IncomeKind
from doudi.money import Money, NonNegativeMoney
from doudi.service import Request
from intake.handlers.means import Statement, Supporting

_Name = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=60)]
_Line = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=200)]


class IncomeItemForm(Request):
    """One kind of income of one member, or one cost that may be taken off it; yuan over the last 12 months."""

    person_id: UUID
    kind: Literal[IncomeKind, CostKind]
    amount: NonNegativeMoney

    def part(self) -> IncomeItem:
        """As events carry it."""
        return IncomeItem(person_id=self.person_id, kind=self.kind, amount=self.amount)


class SupporterForm(Request):
    """Somebody outside the household who has to support members of it (赡养、抚养、扶养义务人)."""

    name: _Name | None = None
    duty: Literal["SUPPORT_OF_PARENTS", "UPBRINGING", "MAINTENANCE"] | None = None
    per_capita_month: NonNegativeMoney
    supported: int = Field(ge=1, le=20)
    supported_here: int = Field(ge=1, le=20)


class DeclaredAsset(Request):
    """One thing of value, as declared. `person_id`: whose; null: the household's. A company: its paid-in capital."""

    kind: AssetKind
    person_id: UUID | None = None
    amount: NonNegativeMoney = Money(0)

    def part(self) -> Asset:
        """As events carry it."""
        return Asset(**vars(self))


class FoundAsset(DeclaredAsset):
    """One thing of value, as found. `verified`: somebody looked, and it is so."""

    verified: bool = False


class _MeansForm(Request):
    """Income and property of the whole unit over the last 12 months; yuan per year.

    A sum may be left out where items are given, and must be theirs where both are.
    """

    income_year: NonNegativeMoney | None = None
    deductions_year: NonNegativeMoney | None = None
    rigid_year: NonNegativeMoney = Money(0)
    rigid_cause: Literal["SEVERE_DISABILITY", "SERIOUS_ILLNESS", "OTHER_NON_SUBJECTIVE"] | None = None
    deposits: NonNegativeMoney | None = None
    effective_assets: bool = False
    verified_breaches: list[_Line] = Field(default_factory=list, max_length=20)
    labour_missing: bool = False
    items: list[IncomeItemForm] = Field(default_factory=list, max_length=200)
    supporters: list[SupporterForm] = Field(default_factory=list, max_length=20)

    def _statement(self, assets: Sequence[DeclaredAsset]) -> Statement:
        return Statement(
            income_year=self.income_year,
            deductions_year=self.deductions_year,
            deposits=self.deposits,
            rigid_year=self.rigid_year,
            rigid_cause=self.rigid_cause,
            effective_assets=self.effective_assets,
            verified_breaches=tuple(self.verified_breaches),
            labour_missing=self.labour_missing,
            items=tuple(item.part() for item in self.items),
            supporters=tuple(Supporting(**vars(supporter)) for supporter in self.supporters),
            assets=tuple(asset.part() for asset in assets),
        )


class DeclaredMeans(_MeansForm):
    """What the applicant declares."""

    assets: list[DeclaredAsset] = Field(default_factory=list, max_length=100)

    def statement(self) -> Statement:
        """As the handler takes it."""
        return self._statement(self.assets)


class FoundMeans(_MeansForm):
    """What the surveyors found; it stands in the place of what was declared."""

    assets: list[FoundAsset] = Field(default_factory=list, max_length=100)

    def statement(self) -> Statement:
        """As the handler takes it."""
        return self._statement(self.assets)
