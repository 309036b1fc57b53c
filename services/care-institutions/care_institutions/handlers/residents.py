"""Who moves in, how able they are, who leaves, who dies."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal
from uuid import UUID

from care_institutions import rules, store
from care_institutions.handlers import common
from care_institutions.handlers.staffing import judge
from care_institutions.model import Assessment, Institution, Resident
from care_institutions.model.refusals import (
    AssessmentNotPossible,
    AssessorsTooFew,
    ConsentNeeded,
    HolidayPlanMissing,
    NoBedFree,
    ReportedDead,
    TekunWaitsFirst,
)
from doudi import service
from doudi.calendar import Calendar, CalendarUnknown
from doudi.division import Division, Level
from doudi.events.care_institutions import ResidentAdmitted, ResidentLeft, SelfCareAssessed
from doudi.events.intake import DeathReported
from doudi.identity import CitizenId
from doudi.transaction import Transaction, new_id

ConsentBy = Literal["PERSON", "GUARDIAN"]
Reason = Literal["MOVED", "DIED", "AGREEMENT_ENDED", "OTHER"]


@dataclass(frozen=True, slots=True)
class Admission:
    """Who moves in, in which group, by whose consent. `person_id`: as the window knows them, where it does."""

    name: str
    id_number: CitizenId
    group: rules.Group
    consent_by: ConsentBy
    consented_on: date
    person_id: UUID | None


async def admit(institution_id: UUID, new: Admission, tx: Transaction) -> Resident:
    """A person moves in today. Raises what stands in the way: consent, turn, bed, another bed, a reported death."""
    match_key = tx.keys.match(new.id_number.value)
    await store.hold_person(tx, match_key)  # the person before the home, as everywhere
    institution = await store.institution_for_update(tx, institution_id)
    if await store.death_of(tx, match_key) is not None:
        raise ReportedDead(field="id_number")
    await _may_move_in(institution, new, tx)
    resident = Resident(
        division=institution.division,
        institution_id=institution.id,
        person_id=new.person_id or await store.person_id_of(tx, match_key) or new_id(),
        match_key=match_key,
        name=str(tx.keys.seal(new.name, "person.name")),
        id_number=str(tx.keys.seal(new.id_number.value, "person.id_number")),
        admission_group=new.group,
        consent_by=new.consent_by,
        consented_on=new.consented_on,
        admitted_on=tx.today,
    )
    await store.add_resident(tx, resident)
    waiting = await store.open_waiting_of(tx, match_key)
    if waiting is not None:
        waiting.end(tx.today, "ADMITTED")
    await tx.announce(
        ResidentAdmitted(
            institution_id=institution.id,
            resident_id=resident.id,
            person_id=resident.person_id,
            group=new.group,
            admitted_on=resident.admitted_on,
        )
    )
    await judge(institution, tx)
    return resident


def _region(division: Division) -> Division:
    """Whose tekun go first: those of the home's county; for a home of the city, of the whole city."""
    return division.county if division.level >= Level.COUNTY else division


async def _may_move_in(institution: Institution, new: Admission, tx: Transaction) -> None:
    consent = rules.has_consented(new.consented_on, on=tx.today)
    if not consent.met:
        raise ConsentNeeded(field="consented_on", detail=consent.because)
    waiting = await store.tekun_waiting(tx, _region(Division(institution.division)))
    turn = rules.in_turn(new.group, waiting)
    if not turn.met:
        raise TekunWaitsFirst(field="group", detail=turn.because)
    bed = rules.bed_is_free((await store.headcount(tx, institution.id)).everybody, institution.beds)
    if not bed.met:
        raise NoBedFree(detail=bed.because)


@dataclass(frozen=True, slots=True)
class NewAssessment:
    """The six items as seen."""

    achieved: Mapping[str, bool]
    assessors: Sequence[str]
    assessed_on: date
    next_due_on: date | None


async def assess(resident_id: UUID, new: NewAssessment, tx: Transaction, *, version: int | None) -> Assessment:
    """Six items, two or more assessors; the grade counts from now on. Raises AssessorsTooFew, AssessmentNotPossible."""
    institution, resident = await store.resident_for_update(tx, resident_id)
    service.check_version(resident.version, version)
    enough = rules.enough_assessors(new.assessors, on=tx.today)
    if not enough.met:
        raise AssessorsTooFew(field="assessors", detail=enough.because)
    common.not_in_the_future(tx, new.assessed_on, "assessed_on")
    next_due = rules.next_assessment_due(new.assessed_on, new.next_due_on, on=tx.today)
    if not isinstance(next_due, date):
        raise AssessmentNotPossible(field="next_due_on", detail=next_due.because)
    failed = rules.items_failed(new.achieved)
    grade = rules.grade(failed, on=tx.today)
    resident.is_assessed(grade, on=new.assessed_on, next_due_on=next_due)
    assessment = Assessment(
        division=resident.division,
        resident_id=resident.id,
        items=dict(new.achieved),
        items_failed=failed,
        grade=grade,
        assessors=list(new.assessors),
        assessed_on=new.assessed_on,
        next_due_on=next_due,
        recorded_by=common.officer(tx),
    )
    tx.session.add(assessment)
    await tx.announce(
        SelfCareAssessed(
            institution_id=institution.id,
            resident_id=resident.id,
            person_id=resident.person_id,
            items_failed=failed,
            grade=grade,
            assessors=assessment.assessors,
            assessed_on=new.assessed_on,
            next_due_on=next_due,
        )
    )
    await judge(institution, tx)
    return assessment


async def report_change(resident_id: UUID, reported_on: date, tx: Transaction, *, version: int | None) -> Resident:
    """Somebody's ability changed; a new assessment is due in ten working days. Raises HolidayPlanMissing."""
    common.not_in_the_future(tx, reported_on, "reported_on")
    _, resident = await store.resident_for_update(tx, resident_id)
    service.check_version(resident.version, version)
    resident.changed(reported_on, reassess_due_on=_reassessment_due(max(reported_on, resident.admitted_on)))
    return resident


def _reassessment_due(reported_on: date) -> date:
    try:
        return rules.reassessment_due(reported_on, Calendar.load())
    except CalendarUnknown as error:
        raise HolidayPlanMissing from error


async def leave(resident_id: UUID, left_on: date, reason: Reason, tx: Transaction, *, version: int | None) -> Resident:
    """A person moved out; `left_on` is the first day without them."""
    common.not_in_the_future(tx, left_on, "left_on")
    institution, resident = await store.resident_for_update(tx, resident_id)
    service.check_version(resident.version, version)
    resident.leave(left_on, reason)
    await _left(institution, resident, reason, tx)
    return resident


async def death_reported(event: DeathReported, tx: Transaction) -> None:
    """A department reported a death: whoever lived in a home has left it, whoever waited waits no more."""
    await store.hold_person(tx, event.match_key)
    await store.note_death(tx, event.match_key, event.died_on)
    waiting = await store.open_waiting_of(tx, event.match_key)
    if waiting is not None:
        waiting.end(max(event.died_on, waiting.waiting_since), "DIED")
    found = await store.resident_now(tx, event.match_key)
    if found is None:
        return
    institution, resident = found
    resident.leave(max(event.died_on, resident.admitted_on), "DIED")
    await _left(institution, resident, "DIED", tx)


async def _left(institution: Institution, resident: Resident, reason: Reason, tx: Transaction) -> None:
    assert resident.left_on is not None
    await tx.announce(
        ResidentLeft(
            institution_id=institution.id,
            resident_id=resident.id,
            person_id=resident.person_id,
            left_on=resident.left_on,
            reason=reason,
        )
    )
    await judge(institution, tx)
