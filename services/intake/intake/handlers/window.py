"""At the window: apply, complete, accept (民发〔2012〕220号 art. 9-14)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal
from uuid import UUID

from doudi.division import Division
from doudi.events.intake import (
    ApplicationAccepted,
    ApplicationNotAccepted,
    ApplicationSubmitted,
    ApplicationSubmittedV1,
    ApplicationTerminated,
    ApplicationWithdrawn,
    CorrectionRequested,
)
from doudi.transaction import Transaction
from intake import rules, store
from intake.handlers import common
from intake.handlers.papers import Papers, file_papers
from intake.model import Application, AtTheWindow, State
from intake.model.refusals import (
    ApplicantNotHead,
    EntrustmentNeeded,
    MaterialsIncomplete,
    ReasonNeeded,
)
from intake.model.refusals_declared import NotAloneInThisHousehold

Channel = Literal["WINDOW", "VILLAGE", "ONLINE", "DISCOVERY"]


@dataclass(frozen=True, slots=True)
class Applicant:
    """Who applies for which household, how it came in. `alone`: in his own name, to be treated as a single person."""

    household_id: UUID
    person_id: UUID
    channel: Channel
    entrusted: bool
    alone: bool = False


async def submit(who: Applicant, papers: Papers, tx: Transaction) -> AtTheWindow:
    """The head of household applies, to the township of the hukou (art. 9), or one member alone (art. 10).

    What is missing is looked at later. The case begins outside the session, since it is only written here: an ORM
    object costs more than the row.
    """
    household = await store.household_applying(tx, who.household_id)
    _may_apply(who, household)
    application = AtTheWindow(
        division=household.division,
        household_id=who.household_id,
        applicant_id=who.person_id,
        applies_alone=who.alone,
        programme=rules.dibao_of(household.hukou),
        channel=who.channel,
        entrusted=who.entrusted,
        submitted_on=tx.today,
        submitted_by=common.officer(tx),
    )
    file_papers(application, papers, set(household.places), tx)
    application.submit()
    await store.add_application(tx, application, [who.person_id] if who.alone else household.unit)
    for event in _submitted(application, who):
        await tx.announce(event)
    return application


def _may_apply(who: Applicant, household: store.Applying) -> None:
    relation = household.places.get(who.person_id)
    if who.alone:
        found = rules.applies_in_own_name(relation, who.person_id in household.unit, len(household.unit))
        if not found.met:
            raise NotAloneInThisHousehold(field="applicant_id", detail=found.because)
    elif not rules.head_applies(relation).met:
        raise ApplicantNotHead(field="applicant_id")
    if not rules.village_is_entrusted(who.channel, who.entrusted).met:
        raise EntrustmentNeeded(field="entrusted")


def _submitted(application: AtTheWindow, who: Applicant) -> tuple[ApplicationSubmittedV1, ApplicationSubmitted]:
    """Version 2 names the programme as it is; version 1 goes on for its readers and calls both DIBAO_R."""
    said = {
        "application_id": application.id,
        "household_id": who.household_id,
        "alone": application.alone,
        "division": Division(application.division),
        "channel": who.channel,
        "submitted_on": application.submitted_on,
    }
    old = {"programme": "DIBAO_R", "standard_of": application.programme, "also_in_v2": True}
    return (
        ApplicationSubmittedV1.model_validate({**said, **old}),
        ApplicationSubmitted.model_validate({**said, "programme": application.programme}),
    )


async def supply(application_id: UUID, papers: Papers, tx: Transaction, version: int | None) -> Application:
    """The applicant brings what was missing (art. 13)."""
    application = await common.case(tx, application_id, version)
    application.supply(on=tx.today)
    people = await store.people_of(tx, application.household_id)
    file_papers(application, papers, {person.id for _, person in people}, tx)
    return application


async def missing(application: Application, tx: Transaction) -> list[rules.Missing]:
    """Everything that is missing on file, in the order of the law (art. 12)."""
    people = await store.people_of(tx, application.household_id)
    unit = [person for membership, person in people if membership.in_unit and person.died_on is None]
    return rules.missing_materials(
        rules.Materials(
            signed=application.signed,
            declared=application.declared is not None,
            truth_promised=application.truth_promised,
            relatives_declared=application.relatives is not None,
            account=application.account_number is not None,
            adults=[person.id for person in unit if rules.must_consent(person.birth_date, on=tx.today)],
            consents=[UUID(consent) for consent in application.consents],
        )
    )


async def request_correction(application_id: UUID, tx: Transaction, version: int | None) -> Application:
    """Everything missing is told at once, and once only (art. 13)."""
    application = await common.case(tx, application_id, version)
    codes = [item.code for item in await missing(application, tx)]
    due = rules.correction_lapses(tx.today)
    application.request_correction(codes, on=tx.today, due_on=due, by=common.officer(tx))
    await tx.announce(
        CorrectionRequested(application_id=application.id, missing=codes, requested_on=tx.today, by=common.officer(tx))
    )
    return application


async def accept(application_id: UUID, tx: Transaction, version: int | None) -> Application:
    """A complete application is accepted and the clock T0 starts (art. 13, 18)."""
    application = await common.case(tx, application_id, version)
    application.expect(State.SUBMITTED)
    finding = rules.complete(await missing(application, tx))
    if not finding.met:
        raise MaterialsIncomplete(detail=finding.because)
    due = rules.survey_due(tx.today, common.calendar())
    application.accept(on=tx.today, survey_due_on=due, by=common.officer(tx))
    await tx.announce(
        ApplicationAccepted(
            application_id=application.id,
            household=await common.household_of(tx, application),
            near_relative=application.near_relative,
            accepted_on=tx.today,
            survey_due_on=due,
            by=common.officer(tx),
        )
    )
    return application


async def not_accept(application_id: UUID, reason: str, tx: Transaction, version: int | None) -> Application:
    """Not accepted, with a notice that says why."""
    application = await common.case(tx, application_id, version)
    _need_reason(reason)
    application.not_accept(reason, on=tx.today, by=common.officer(tx))
    await store.release_members(tx, application.id)
    await tx.announce(
        ApplicationNotAccepted(
            application_id=application.id,
            division=Division(application.division),
            reason=reason,
            decided_on=tx.today,
            by=common.officer(tx),
        )
    )
    return application


async def withdraw(application_id: UUID, reason: str, tx: Transaction, version: int | None) -> Application:
    """The applicant takes the application back (domain §4.2)."""
    application = await common.case(tx, application_id, version)
    await _withdrawn(application, reason, tx)
    return application


async def _withdrawn(application: Application, reason: str, tx: Transaction) -> None:
    hung = application.state is State.POSTING_1
    application.withdraw(reason, on=tx.today)
    await _closed(application, hung, tx)
    await tx.announce(ApplicationWithdrawn(application_id=application.id, withdrawn_on=tx.today))


async def lapse_corrections(tx: Transaction) -> int:
    """Applications whose correction nobody brought in time count as withdrawn (domain §4.2). Returns how many."""
    lapsed = await store.lapsed_corrections(tx, tx.today, limit=500)
    for application in lapsed:
        await _withdrawn(application, "逾期未补正", tx)
    return len(lapsed)


async def terminate(application_id: UUID, reason: str, tx: Transaction, version: int | None) -> Application:
    """Ended since the household refuses to cooperate without good reason (domain §4.2)."""
    application = await common.case(tx, application_id, version)
    _need_reason(reason)
    await _terminated(application, reason, common.officer(tx), tx)
    return application


async def end_for_death(person_id: UUID, tx: Transaction) -> None:
    """The applicant died: an accepted application that is still open ends (domain §4.2)."""
    application = await store.open_of_applicant(tx, person_id)
    if application is None or application.state is State.COUNTY:
        return  # the county has heard of the death too, and decides
    if application.accepted_on is None:
        await _withdrawn(application, "申请人死亡", tx)
    else:
        await _terminated(application, "申请人死亡", common.officer(tx), tx)


async def _terminated(application: Application, reason: str, by: str, tx: Transaction) -> None:
    hung = application.state is State.POSTING_1
    application.terminate(reason, on=tx.today, by=by)
    await _closed(application, hung, tx)
    await tx.announce(
        ApplicationTerminated(
            application_id=application.id,
            division=Division(application.division),
            reason=reason,
            terminated_on=tx.today,
            by=by,
        )
    )


async def _closed(application: Application, hung: bool, tx: Transaction) -> None:
    await store.release_members(tx, application.id)
    if hung:
        posting = await store.hanging_posting(tx, application.id)
        await common.take_down(posting, tx.today, full=False, tx=tx)


def _need_reason(reason: str) -> None:
    if not reason.strip():
        raise ReasonNeeded(field="reason")
