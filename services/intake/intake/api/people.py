"""/v1/persons, /v1/households, /v1/facts/deaths."""

from __future__ import annotations

from uuid import UUID

from fastapi import Response

from doudi.auth import Principal, Role, allow
from doudi.service import Page, Paging, Router, Tx, View, etag
from intake import store
from intake.api.forms import RegisterHousehold, RegisterPerson, ReportDeath
from intake.api.views import HouseholdView, PersonView, Registered
from intake.handlers import people

persons = Router(prefix="/v1/persons", tags=["persons"])
households = Router(prefix="/v1/households", tags=["households"])
facts = Router(prefix="/v1/facts", tags=["facts"])

WINDOW = (Role.CLERK, Role.HOME_MANAGER)
READERS = (Role.CLERK, Role.REVIEWER, Role.COUNTY_CLERK, Role.COUNTY_CHECKER, Role.COUNTY_LEADER, Role.INSPECTOR)


@persons.post("", status_code=201, responses={200: {"model": Registered, "description": "Known already"}})
async def register_person(
    request: RegisterPerson, tx: Tx, response: Response, who: Principal = allow(*WINDOW)
) -> Registered:
    """Registers a person once in the county. Somebody known already: 200 with the id, nothing told, nothing changed."""
    disability = request.disability
    new = people.Registration(
        id_number=request.id_number,
        name=request.name,
        division=request.division,
        phone=request.phone,
        address=request.address,
        labour=request.labour,
        student=request.student,
        earns=request.earns,
        seriously_ill=request.seriously_ill,
        disability=disability.part() if disability else None,
        certificate=disability.certificate_number if disability else None,
    )
    person_id, is_new = await people.register_person(new, tx)
    response.status_code = 201 if is_new else 200
    return Registered(id=person_id, new=is_new)


@persons.get("")
async def list_persons(tx: Tx, paging: Paging, who: Principal = allow(*READERS)) -> Page[PersonView]:
    """People registered in the caller's subtree."""
    rows = await store.persons_page(tx, after=paging.after, limit=paging.limit + 1)
    return Page.of(rows, paging, lambda person: PersonView.of(person, tx))


@persons.get("/{id}")
async def get_person(id: UUID, tx: Tx, response: Response, who: Principal = allow(*READERS)) -> PersonView:
    """A person of the caller's subtree, or a member of a household there."""
    person = await store.person_to_see(tx, id)
    etag(response, person.version)
    return PersonView.of(person, tx)


@households.post("", status_code=201)
async def register_household(
    request: RegisterHousehold, tx: Tx, response: Response, who: Principal = allow(*WINDOW)
) -> HouseholdView:
    """Registers a household with its members, exactly one of them the head."""
    household = await people.register_household(
        request.division,
        request.hukou,
        request.registry,
        request.number,
        [member.place() for member in request.members],
        tx,
    )
    etag(response, household.version)
    return await HouseholdView.whole(household, tx)


@households.get("")
async def list_households(tx: Tx, paging: Paging, who: Principal = allow(*READERS)) -> Page[HouseholdView]:
    """Households of the caller's subtree, without their members."""
    rows = await store.households_page(tx, after=paging.after, limit=paging.limit + 1)
    return Page.of(rows, paging, HouseholdView.of)


@households.get("/{id}")
async def get_household(id: UUID, tx: Tx, response: Response, who: Principal = allow(*READERS)) -> HouseholdView:
    """A household with its members."""
    household = await store.household_to_see(tx, id)
    etag(response, household.version)
    return await HouseholdView.whole(household, tx)


class Noted(View):
    """A fact was noted; whether the person is known here is not said."""

    noted: bool = True


@facts.post("/deaths", status_code=201, responses={200: {"model": Noted, "description": "Noted before"}})
async def report_death(
    request: ReportDeath, tx: Tx, response: Response, who: Principal = allow(Role.DEPARTMENT)
) -> Noted:
    """A death that a department knows of. The same person and day again: 200, and nothing is said twice."""
    if request.id_number is not None:
        match_key, born = tx.keys.match(request.id_number.value), request.id_number.birth_date
    else:
        assert request.person_id is not None
        match_key, born = await people.match_key_and_birth(request.person_id, tx)
    is_new = await people.report_death(match_key, born, request.died_on, request.source, who.division, tx)
    response.status_code = 201 if is_new else 200
    return Noted()
