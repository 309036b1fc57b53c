"""The home visit (民发〔2012〕220号 art. 18-19)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import date
from uuid import UUID

from doudi.events.intake import HomeVisited
from doudi.events.parts import Means
from doudi.transaction import Transaction
from intake import rules, store
from intake.handlers import common
from intake.handlers.means import Statement, means_of
from intake.model import Application, HomeVisit
from intake.model.people import Labour
from intake.model.refusals import NotOfTheHousehold, RelatedOfficerMustRecuse, VisitNotLawful


@dataclass(frozen=True, slots=True)
class Found:
    """How the surveyors found one member (domain §3.6)."""

    person_id: UUID
    labour: Labour
    student: bool
    earns: bool
    seriously_ill: bool
    lives_apart: bool | None = None
    registered_apart: bool | None = None
    cannot_register_apart: bool | None = None


@dataclass(frozen=True, slots=True)
class Visit:
    """The record of a home visit."""

    visited_on: date
    surveyors: Sequence[str]
    surveyors_signed: bool
    applicant_signed: bool
    means: Statement
    found: Sequence[Found]


async def visit_home(application_id: UUID, visit: Visit, tx: Transaction, version: int | None) -> Application:
    """Two or more surveyors visited, saw everyone, and both sides signed (art. 18, 19); the assessment is due (21)."""
    application = await common.case(tx, application_id, version)
    application.expect_matched()
    people = await store.people_of(tx, application.household_id)
    unit = [person.id for membership, person in people if membership.in_unit and person.died_on is None]
    _check(application, visit, unit, tx)
    persons = {person.id: person for _, person in people}
    if not persons.keys() >= {found.person_id for found in visit.found}:
        raise NotOfTheHousehold(field="found")
    means = means_of(visit.means, persons.keys(), "means", tx)
    _as_found(visit.found, people)
    surveyors = list(dict.fromkeys(visit.surveyors))
    application.visit(
        on=visit.visited_on,
        surveyors=surveyors,
        means=means,
        assessment_due_on=rules.assessment_due(visit.visited_on, common.calendar()),
        by=common.officer(tx),
    )
    tx.session.add(_row(application, visit, surveyors, means, common.officer(tx)))
    await tx.announce(
        HomeVisited(
            application_id=application.id,
            visited_on=visit.visited_on,
            surveyors=surveyors,
            signed=True,
            means=means,
        )
    )
    return application


def _as_found(found: Sequence[Found], people: store.People) -> None:
    """Each member stands from now on as the surveyors saw it."""
    places = {person.id: (membership, person) for membership, person in people}
    for index, one in enumerate(found):
        membership, person = places[one.person_id]
        person.is_found(labour=one.labour, student=one.student, earns=one.earns, seriously_ill=one.seriously_ill)
        membership.is_found(one.lives_apart, one.registered_apart, one.cannot_register_apart)
        field = f"found/{index}/cannot_register_apart"
        common.registered_or_unable(membership.registered_apart, membership.cannot_register_apart, field)


def _check(application: Application, visit: Visit, unit: Sequence[UUID], tx: Transaction) -> None:
    assert application.accepted_on is not None
    why = common.because(
        [
            rules.survey_team(visit.surveyors, on=visit.visited_on),
            rules.both_sides_signed(visit.surveyors_signed, visit.applicant_signed),
            rules.everyone_was_seen(unit, [found.person_id for found in visit.found]),
            rules.visit_is_in_time(visit.visited_on, accepted_on=application.accepted_on, on=tx.today),
        ]
    )
    if why is not None:
        raise VisitNotLawful(detail=why)
    if not all(rules.may_handle(surveyor, application.related_officers()).met for surveyor in visit.surveyors):
        raise RelatedOfficerMustRecuse(field="surveyors")


def _row(application: Application, visit: Visit, surveyors: list[str], means: Means, by: str) -> HomeVisit:
    return HomeVisit(
        division=application.division,
        application_id=application.id,
        visited_on=visit.visited_on,
        surveyors=surveyors,
        means=means.model_dump(mode="json"),
        found=[{**asdict(found), "person_id": str(found.person_id)} for found in visit.found],
        recorded_by=by,
    )
