"""People and households as declared at the window. Whatever names a person is sealed."""

from __future__ import annotations

from datetime import date
from typing import Literal, cast
from uuid import UUID

from sqlmodel import Field

from doudi.division import Division
from doudi.events.parts import Disability, Member
from doudi.events.parts import Household as HouseholdPart
from doudi.sealed import Sealed
from intake.model.base import Base, Json, JsonColumn, Record

Relation = Literal["HEAD", "SPOUSE", "CHILD", "PARENT", "GRANDPARENT", "GRANDCHILD", "SIBLING", "OTHER"]
OutReason = Literal[
    "RELIGIOUS_THREE_YEARS", "IN_CUSTODY", "DECLARED_MISSING", "NO_LEGAL_DUTY", "OTHER_BY_PROVINCE",
    "TEKUN", "ORPHAN", "DEFACTO",
]  # fmt: skip
Labour = Literal["FULL", "PARTIAL", "NONE"]


class Person(Record, table=True):
    """One human being of the county; the keyed hash of the ID number says that it is the same one."""

    __tablename__ = "person"

    match_key: str
    name: str
    id_number: str
    phone: str | None = None
    address: str | None = None
    birth_date: date
    sex: str
    labour: str
    student: bool = False
    earns: bool = False
    seriously_ill: bool = False
    disability: Json | None = Field(default=None, sa_type=JsonColumn)
    registered_on: date
    died_on: date | None = None

    def is_found(self, *, labour: Labour, student: bool, earns: bool, seriously_ill: bool) -> None:
        """The home visit saw how this person stands (domain §3.6)."""
        self.labour, self.student, self.earns, self.seriously_ill = labour, student, earns, seriously_ill
        self._changed()

    def died(self, on: date) -> None:
        """A death was reported; where two reports disagree the earlier date stands."""
        self.died_on = on if self.died_on is None else min(self.died_on, on)
        self._changed()

    def as_member(self, membership: HouseholdMember, *, alone: bool = False) -> Member:
        """This person as events carry a member. The dead are no longer in the unit."""
        return Member(
            person_id=self.id,
            match_key=self.match_key,
            name=Sealed(self.name),
            id_number=Sealed(self.id_number),
            relation=cast(Relation, membership.relation),
            birth_date=self.birth_date,
            sex=cast(Literal["M", "F"], self.sex),
            labour=cast(Labour, self.labour),
            student=self.student,
            earns=self.earns,
            seriously_ill=self.seriously_ill,
            disability=Disability.model_validate(self.disability) if self.disability else None,
            in_unit=membership.in_unit and self.died_on is None,
            out_reason="DIED" if self.died_on else membership.out_reason,
            lives_apart=membership.lives_apart,
            registered_apart=membership.registered_apart,
            cannot_register_apart=membership.cannot_register_apart,
            applies_alone=alone,
        )


class Household(Record, table=True):
    """People who live together, under one household number (户号: free text, unique with its region)."""

    __tablename__ = "household"

    hukou: str
    poverty_registry: str = "NONE"
    """Status in the registry of poor households (建档立卡)."""
    number: str | None = None
    registered_on: date


class HouseholdMember(Base, table=True):
    """A person's place in a household, and whether the law counts it in the unit."""

    __tablename__ = "household_member"

    household_id: UUID = Field(primary_key=True)
    person_id: UUID = Field(primary_key=True)
    relation: str
    in_unit: bool = True
    out_reason: str | None = None
    lives_apart: bool = False
    registered_apart: bool = False
    cannot_register_apart: bool = False

    def is_found(self, lives_apart: bool | None, registered_apart: bool | None, cannot: bool | None) -> None:
        """The home visit saw where this person lives and is registered; None: it says nothing of it."""
        self.lives_apart = self.lives_apart if lives_apart is None else lives_apart
        self.registered_apart = self.registered_apart if registered_apart is None else registered_apart
        self.cannot_register_apart = self.cannot_register_apart if cannot is None else cannot


def household_part(
    household: Household, people: list[tuple[HouseholdMember, Person]], alone: UUID | None = None
) -> HouseholdPart:
    """The household as events carry it. `alone`: who asked in his own name to be treated as a single person."""
    return HouseholdPart(
        household_id=household.id,
        division=Division(household.division),
        hukou=cast(Literal["RURAL", "URBAN"], household.hukou),
        registry=cast(Literal["NONE", "NOT_OUT", "OUT", "RETURNED"], household.poverty_registry),
        members=[person.as_member(membership, alone=person.id == alone) for membership, person in people],
    )
