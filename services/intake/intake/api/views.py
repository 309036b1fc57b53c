"""What people get to see. ID numbers, phones and accounts are masked; names are opened for the case's own offices."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from pydantic import Field

from doudi import identity
from doudi.sealed import Sealed
from doudi.service import View
from doudi.transaction import Transaction
from intake import store
from intake.model import Household, Person


class Registered(View):
    """The id of a person; nothing is said of somebody who was known already."""

    id: UUID
    new: bool


class PersonView(View):
    """A person; ID number and phone masked, address not shown."""

    id: UUID
    version: int
    division: str
    name: str
    id_number: str
    phone: str | None
    birth_date: date
    sex: str
    labour: str
    student: bool
    earns: bool
    seriously_ill: bool
    disability: dict[str, str | int] | None
    registered_on: date
    died_on: date | None

    @classmethod
    def of(cls, person: Person, tx: Transaction) -> PersonView:
        """Opens the name, masks the rest; noted in the access log."""
        tx.saw("person", person.id)
        phone = tx.keys.open(Sealed(person.phone), "person.phone") if person.phone else None
        return cls(
            name=tx.keys.open(Sealed(person.name), "person.name"),
            id_number=identity.CitizenId(tx.keys.open(Sealed(person.id_number), "person.id_number")).masked,
            phone=phone[:3] + "****" + phone[-2:] if phone else None,
            **{name: getattr(person, name) for name in _PERSON},
        )


_PERSON = (
    "id",
    "version",
    "division",
    "birth_date",
    "sex",
    "labour",
    "student",
    "earns",
    "seriously_ill",
    "disability",
    "registered_on",
    "died_on",
)


class MemberView(View):
    """A member's place in the household."""

    person_id: UUID
    name: str
    relation: str
    in_unit: bool
    out_reason: str | None
    lives_apart: bool
    registered_apart: bool
    cannot_register_apart: bool


class HouseholdView(View):
    """A household; `members` empty in lists."""

    id: UUID
    version: int
    division: str
    hukou: str
    registry: str
    number: str | None
    registered_on: date
    members: list[MemberView] = Field(default_factory=list)

    @classmethod
    def of(cls, household: Household) -> HouseholdView:
        """The household alone."""
        names = ("id", "version", "division", "hukou", "number", "registered_on")
        return cls(registry=household.poverty_registry, **{name: getattr(household, name) for name in names})

    @classmethod
    async def whole(cls, household: Household, tx: Transaction) -> HouseholdView:
        """With its members by name."""
        tx.saw("household", household.id)
        members = [
            MemberView(
                person_id=person.id,
                name=tx.keys.open(Sealed(person.name), "person.name"),
                relation=membership.relation,
                in_unit=membership.in_unit,
                out_reason=membership.out_reason,
                lives_apart=membership.lives_apart,
                registered_apart=membership.registered_apart,
                cannot_register_apart=membership.cannot_register_apart,
            )
            for membership, person in await store.people_of(tx, household.id)
        ]
        return cls.of(household).model_copy(update={"members": members})
