"""People, households and deaths."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from doudi import identity
from doudi.division import Division
from doudi.errors import NotFound
from doudi.events.intake import DeathReported
from doudi.events.parts import Disability
from doudi.transaction import Transaction
from intake import rules, store
from intake.handlers import common
from intake.handlers.window import end_for_death
from intake.model import DeathReport, Household, HouseholdMember, Person
from intake.model.people import Labour, OutReason, Relation
from intake.model.refusals import (
    DisabilityCertificateMismatch,
    MemberTwice,
    OneHeadNeeded,
    OutsideOwnDivision,
    PlaceNotLawful,
    UnknownPerson,
)


@dataclass(frozen=True, slots=True)
class Registration:
    """A person as declared at the window."""

    id_number: identity.CitizenId
    name: str
    division: Division
    phone: str | None
    address: str | None
    labour: Labour
    student: bool
    earns: bool
    seriously_ill: bool
    disability: Disability | None
    certificate: identity.DisabilityCertificate | None


async def register_person(new: Registration, tx: Transaction) -> tuple[UUID, bool]:
    """The id of the person with this ID number, and whether it is new.

    People are known county-wide and once: someone known already keeps what is on file, and nothing of it is told to
    an office that may not see it, not even in which township it lies.
    """
    citizen = new.id_number
    _check_division(tx, new.division)
    common.possible(rules.birth_is_plausible(citizen.birth_date, on=tx.today), "id_number")
    _check_certificate(new, citizen)
    match_key = tx.keys.match(citizen.value)
    await store.hold_match_key(tx, match_key)
    known = await store.person_by_match_key(tx, match_key)
    if known is not None:
        return known.id, False
    person = _person(new, citizen, match_key, tx)
    tx.session.add(person)
    await tx.session.flush()
    for death in await store.deaths_of(tx, match_key):
        await _connect(death, person, tx)
    return person.id, True


def _person(new: Registration, citizen: identity.CitizenId, match_key: str, tx: Transaction) -> Person:
    return Person(
        division=new.division.code,
        match_key=match_key,
        name=str(tx.keys.seal(new.name, "person.name")),
        id_number=str(tx.keys.seal(citizen.value, "person.id_number")),
        phone=str(tx.keys.seal(new.phone, "person.phone")) if new.phone else None,
        address=str(tx.keys.seal(new.address, "person.address")) if new.address else None,
        birth_date=citizen.birth_date,
        sex=citizen.sex,
        labour=new.labour,
        student=new.student,
        earns=new.earns,
        seriously_ill=new.seriously_ill,
        disability=new.disability.model_dump(mode="json") if new.disability else None,
        registered_on=tx.today,
    )


@dataclass(frozen=True, slots=True)
class Place:
    """A person's declared place in a household."""

    person_id: UUID
    relation: Relation
    out_reason: OutReason | None
    lives_apart: bool = False
    registered_apart: bool = False
    cannot_register_apart: bool = False


async def register_household(
    division: Division, hukou: str, registry: str, number: str | None, places: Sequence[Place], tx: Transaction
) -> Household:
    """A household with its members. Raises when it has not exactly one head, or a member is left out unlawfully."""
    _check_division(tx, division)
    ids = [place.person_id for place in places]
    if len(set(ids)) != len(ids):
        raise MemberTwice
    if [place.relation for place in places].count("HEAD") != 1:
        raise OneHeadNeeded(field="members")
    people = await store.persons(tx, ids)
    for index, place in enumerate(places):
        if place.person_id not in people:
            raise UnknownPerson(field=f"members/{index}/person_id")
        _check_place(place, people[place.person_id], tx.today, f"members/{index}")
    household = Household(
        division=division.code, hukou=hukou, poverty_registry=registry, number=number, registered_on=tx.today
    )
    tx.session.add(household)
    await tx.session.flush()
    tx.session.add_all(
        HouseholdMember(
            household_id=household.id,
            person_id=place.person_id,
            relation=place.relation,
            in_unit=place.out_reason is None,
            out_reason=place.out_reason,
            lives_apart=place.lives_apart,
            registered_apart=place.registered_apart,
            cannot_register_apart=place.cannot_register_apart,
        )
        for place in places
    )
    return household


async def report_death(
    match_key: str, born: date, died_on: date, source: str, division: Division, tx: Transaction
) -> bool:
    """A death that another department knows of, once per person and day; whether it is new.

    One who is not registered yet is noted too: whoever registers under that ID number later is known to be dead.
    """
    common.not_in_the_future(tx, died_on, "died_on")
    common.possible(rules.death_is_plausible(died_on, born), "died_on")
    await store.hold_match_key(tx, match_key)
    if await store.death_on(tx, match_key, died_on) is not None:
        return False
    report = DeathReport(
        division=division.code,
        match_key=match_key,
        died_on=died_on,
        reported_on=tx.today,
        source=source,
        reported_by=common.officer(tx),
    )
    tx.session.add(report)
    person = await store.person_by_match_key(tx, match_key)
    if person is not None:
        await _connect(report, person, tx)
    return True


async def match_key_and_birth(person_id: UUID, tx: Transaction) -> tuple[str, date]:
    """The keyed hash of a registered person's ID number. Raises NotFound."""
    people = await store.persons(tx, [person_id])
    if person_id not in people:
        raise NotFound
    return people[person_id].match_key, people[person_id].birth_date


async def _connect(report: DeathReport, person: Person, tx: Transaction) -> None:
    report.person_id = person.id
    person.died(report.died_on)
    await tx.announce(
        DeathReported(
            person_id=person.id,
            match_key=person.match_key,
            died_on=report.died_on,
            reported_on=report.reported_on,
            source=report.source,
        )
    )
    await end_for_death(person.id, tx)


def _check_division(tx: Transaction, division: Division) -> None:
    assert tx.principal is not None
    if not tx.principal.may_see(division):
        raise OutsideOwnDivision(field="division")


def _check_certificate(new: Registration, citizen: identity.CitizenId) -> None:
    if new.certificate is None:
        return
    certificate, told = new.certificate, new.disability
    if told is None or certificate.citizen_id != citizen:
        raise DisabilityCertificateMismatch(field="disability/certificate_number")
    if (certificate.category, certificate.grade) != (told.category, told.grade):
        raise DisabilityCertificateMismatch(field="disability/certificate_number")


def _check_place(place: Place, person: Person, on: date, at: str) -> None:
    found = rules.place_in_unit(rules.Place(place.relation, person.birth_date, person.student, place.out_reason), on=on)
    if not found.met:
        raise PlaceNotLawful(field=f"{at}/out_reason", detail=found.because)
    common.registered_or_unable(place.registered_apart, place.cannot_register_apart, f"{at}/cannot_register_apart")
