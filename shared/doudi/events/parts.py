"""Values that several events carry: the household as a decider needs it, findings, who acted."""

from __future__ import annotations

from datetime import date
from typing import Literal
from uuid import UUID

from pydantic import Field

from doudi.division import Division
from doudi.events.base import Part
from doudi.law import Finding
from doudi.money import Money, NonNegativeMoney
from doudi.sealed import Sealed

__all__ = [
    "Account",
    "Asset",
    "Disability",
    "Finding",
    "Household",
    "IncomeItem",
    "MatchResult",
    "Means",
    "Member",
    "Supporter",
]


class Disability(Part):
    """A valid disability certificate (domain §11): category 1 visual … 7 multiple; grade 1 (heaviest) to 4."""

    category: Literal["VISUAL", "HEARING", "SPEECH", "LIMB", "INTELLECTUAL", "MENTAL", "MULTIPLE"]
    grade: Literal[1, 2, 3, 4]

    @property
    def severe(self) -> bool:
        """Grade 1 or 2 (重度)."""
        return self.grade <= 2


class Member(Part):
    """One member of a household. `in_unit` is false for those whom the law leaves out of the unit (domain §3.1)."""

    person_id: UUID
    match_key: str
    """Keyed hash of the ID number: equal for the same person everywhere, and not reversible."""
    name: Sealed
    id_number: Sealed
    relation: Literal["HEAD", "SPOUSE", "CHILD", "PARENT", "GRANDPARENT", "GRANDCHILD", "SIBLING", "OTHER"]
    birth_date: date
    sex: Literal["M", "F"]
    labour: Literal["FULL", "PARTIAL", "NONE"]
    """Labour capacity as recorded at the home visit (domain §3.6)."""
    student: bool = False
    earns: bool = False
    seriously_ill: bool = False
    disability: Disability | None = None
    in_unit: bool = True
    out_reason: str | None = None
    lives_apart: bool = False
    """Does not live with the household; parents who live apart are outside the unit from 2021-07-01 (domain §3.1)."""
    registered_apart: bool = False
    """Stands in a household book of his own while living with the family (domain §3.5)."""
    cannot_register_apart: bool = False
    """Is supported by the family and unable to set up a household of his own (民发〔2018〕90号)."""
    applies_alone: bool = False
    """Asked in his own name to be treated as a single person (domain §3.5)."""


class Household(Part):
    """The household as declared and checked."""

    household_id: UUID
    division: Division
    hukou: Literal["RURAL", "URBAN"]
    registry: Literal["NONE", "NOT_OUT", "OUT", "RETURNED"] = "NONE"
    """Status in the poverty registry (建档立卡): not registered, not yet out, out, fallen back."""
    members: list[Member]


class IncomeItem(Part):
    """One kind of income of one member, or one cost that may be taken off it, as verified. Yuan per year.

    `kind`: WAGES, BUSINESS, PROPERTY, SUPPORT, PENSION, … or one that the rules of income name (domain §3.2).
    """

    kind: str
    amount: NonNegativeMoney
    person_id: UUID


IncomeKind = Literal[
    "WAGES", "BUSINESS", "PROPERTY", "SUPPORT", "SUPPORT_SIBLING_OR_AGED", "PENSION", "BASIC_RESIDENT_PENSION",
    "UNEMPLOYMENT_PAY", "SURVIVOR_PAY", "COMPENSATION", "GIFTS", "PREFERENTIAL_PAY", "FAMILY_PLANNING_AWARD",
    "SCHOLARSHIP", "BRAVERY_AWARD", "GOVERNMENT_ASSISTANCE", "LIVING_SUBSIDY", "CARE_SUBSIDY", "DEFACTO_ALLOWANCE",
    "CITY_ADDITION", "OTHER",
]  # fmt: skip
"""Kinds of income that the window takes down (domain §3.2); which of them count is for the rules of the day."""
CostKind = Literal[
    "BUSINESS_COST", "PROPERTY_COST", "TAX", "SOCIAL_INSURANCE", "SUPPORT_PAID", "WORK_COST",
    "DISABILITY_OR_ILLNESS_COST",
]  # fmt: skip
"""Costs that the window takes down; which of them are taken off is for the rules of the day."""
AssetKind = Literal[
    "DEPOSIT", "SECURITY", "FUND", "WALLET", "CAR", "TRUCK", "LARGE_FARM_MACHINE", "SHIP", "ASSISTIVE_VEHICLE",
    "MOTORCYCLE", "SMALL_TRACTOR", "DWELLING", "COMPANY", "OTHER",
]  # fmt: skip
"""Things of value that the window takes down (domain §3.3)."""


class Supporter(Part):
    """An adult child (or other supporter) outside the household, whose support is counted by a formula."""

    per_capita_month: NonNegativeMoney
    """Income per head and month in the supporter's own household."""
    supported: int = Field(ge=1, le=20)
    """How many people the law bids this person to support."""
    supported_here: int = Field(ge=1, le=20)
    """How many of them are in this unit."""
    duty: Literal["SUPPORT_OF_PARENTS", "UPBRINGING", "MAINTENANCE"] | None = None
    """By which duty: 赡养, 抚养, 扶养."""
    name: Sealed | None = None


class Asset(Part):
    """One thing of value (domain §3.3). A hit that was not verified is a question and refuses nobody.

    `kind`: DEPOSIT, SECURITY, FUND, WALLET, CAR, TRUCK, LARGE_FARM_MACHINE, SHIP, ASSISTIVE_VEHICLE, MOTORCYCLE,
    SMALL_TRACTOR, DWELLING, COMPANY, OTHER.
    """

    kind: str
    person_id: UUID | None = None
    amount: NonNegativeMoney = Money(0)
    """What it is worth in yuan; of a company its paid-in capital."""
    verified: bool = False


class Means(Part):
    """Income and property of the whole unit over the last 12 months, as verified. Yuan per year."""

    income_year: Money
    deductions_year: Money
    """Deductible from income (domain §3.2, last paragraph)."""
    rigid_year: Money
    """Self-paid rigid spending, after insurance and assistance, living costs excluded (domain §3.4)."""
    rigid_cause: Literal["SEVERE_DISABILITY", "SERIOUS_ILLNESS", "OTHER_NON_SUBJECTIVE"] | None = None
    deposits: Money
    effective_assets: bool = False
    verified_breaches: tuple[str, ...] = ()
    """Property breaches that were verified, not merely reported (domain §3.3)."""
    labour_missing: bool = False
    """The sole earner died, is imprisoned, severely ill or away six months or more (domain §3.4 b)."""
    items: tuple[IncomeItem, ...] = ()
    """Income by kind and person. Where it is given, the rules count from it; else the year's totals stand."""
    supporters: tuple[Supporter, ...] = ()
    assets: tuple[Asset, ...] = ()


class MatchResult(Part):
    """What one source answered about one member (domain §4.4). A source out of reach is never 'no record'."""

    person_id: UUID
    source: str
    code: Literal["MATCH", "NO_RECORD", "MISMATCH", "UNAVAILABLE", "CONSENT_MISSING"]
    amount: Money | None = None
    detail: str | None = None


class Account(Part):
    """Where the money goes. All sealed but the payee's person id."""

    payee_person_id: UUID
    payee_name: Sealed
    payee_id_number: Sealed
    number: Sealed
    bank_code: str
    """Public code of the bank, not personal."""
