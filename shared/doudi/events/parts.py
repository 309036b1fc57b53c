"""Values that several events carry: the household as a decider needs it, findings, who acted."""

from __future__ import annotations

from datetime import date
from typing import Literal
from uuid import UUID

from doudi.division import Division
from doudi.events.base import Part
from doudi.law import Finding
from doudi.money import Money
from doudi.sealed import Sealed

__all__ = ["Account", "Disability", "Finding", "Household", "MatchResult", "Means", "Member"]


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


class Household(Part):
    """The household as declared and checked."""

    household_id: UUID
    division: Division
    hukou: Literal["RURAL", "URBAN"]
    registry: Literal["NONE", "NOT_OUT", "OUT", "RETURNED"] = "NONE"
    """Status in the poverty registry (建档立卡): not registered, not yet out, out, fallen back."""
    members: list[Member]


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
