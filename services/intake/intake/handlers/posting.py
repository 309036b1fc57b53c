"""The first posting: hung up, objected to, ended by time, and on to the county (民发〔2012〕220号 art. 25)."""

from __future__ import annotations

from typing import Literal
from uuid import UUID

from doudi.division import Division
from doudi.errors import NotFound
from doudi.events.intake import ApplicationForwarded, ApplicationForwardedV1, FirstPostingObjected, FirstPostingStarted
from doudi.events.parts import Account
from doudi.sealed import Sealed
from doudi.transaction import Transaction
from intake import rules, store
from intake.handlers import common
from intake.model import Application, Objection, Person, Posting, State
from intake.model.refusals import ReasonNeeded


async def post(application_id: UUID, tx: Transaction, version: int | None) -> Application:
    """What was found and the opinion are hung up for seven days (art. 25)."""
    application = await common.case(tx, application_id, version)
    ends_on = rules.posting_ends(tx.today, common.calendar())
    application.post(on=tx.today, ends_on=ends_on, by=common.officer(tx))
    people = await store.people_of(tx, application.household_id)
    applicant = next(person for _, person in people if person.id == application.applicant_id)
    shown = rules.name_may_be_posted(applicant.birth_date, on=tx.today)
    tx.session.add(
        Posting(
            division=application.division,
            application_id=application.id,
            applicant_name=applicant.name if shown else None,
            members=1
            if application.applies_alone
            else sum(membership.in_unit and person.died_on is None for membership, person in people),
            posted_on=tx.today,
            ends_on=ends_on,
        )
    )
    await tx.announce(
        FirstPostingStarted(
            application_id=application.id,
            division=Division(application.division),
            posted_on=tx.today,
            ends_on=ends_on,
            days=(ends_on - tx.today).days,
        )
    )
    return application


async def hanging(posting_id: UUID, tx: Transaction) -> Posting:
    """A posting for everyone to see, only while it hangs. Raises NotFound."""
    posting = await store.posting(tx, posting_id)
    if not posting.hangs(tx.today):
        raise NotFound
    return posting


async def object_to(
    posting_id: UUID, statement: str, name: str | None, phone: str | None, tx: Transaction
) -> Objection:
    """Anyone objects, within the posting; it is taken down and the matter looked into (domain §4.2, §4.6)."""
    posting = await hanging(posting_id, tx)
    application = await store.case_of_posting(tx, posting.application_id)
    if application.state is not State.POSTING_1:
        raise NotFound  # taken down while we waited for the case
    application.object(on=tx.today)
    objection = Objection(
        division=posting.division,
        application_id=posting.application_id,
        posting_id=posting.id,
        objected_on=tx.today,
        statement=str(tx.keys.seal(statement, "objection.statement")),
        name=str(tx.keys.seal(name, "person.name")) if name else None,
        phone=str(tx.keys.seal(phone, "person.phone")) if phone else None,
    )
    tx.session.add(objection)
    await tx.announce(
        FirstPostingObjected(application_id=application.id, objection_id=objection.id, objected_on=tx.today)
    )
    await common.take_down(posting, tx.today, full=False, tx=tx)
    return objection


async def look_again(
    application_id: UUID, to: Literal["SURVEY", "ASSESSMENT"], answer: str, tx: Transaction, version: int | None
) -> Application:
    """After an objection, or sent back by the county: surveyed or assessed again; objections get their answer."""
    application = await common.case(tx, application_id, version)
    if not answer.strip():
        raise ReasonNeeded(field="answer")
    if to == "SURVEY":
        application.survey_again(by=common.officer(tx))
    else:
        due = rules.assessment_due(tx.today, common.calendar())
        application.assess_again(assessment_due_on=due, by=common.officer(tx))
    for objection in await store.open_objections(tx, application.id):
        objection.answered(str(tx.keys.seal(answer, "objection.statement")), on=tx.today)
    return application


async def end_postings(tx: Transaction) -> int:
    """Postings that hung their full time without objection end, and the cases go to the county. Returns how many."""
    over = await store.postings_over(tx, tx.today, limit=500)
    for application in over:
        assert application.posting_ends_on is not None
        if rules.posting_is_over(application.posting_ends_on, on=tx.today):
            await _forward(application, tx)
    return len(over)


async def _forward(application: Application, tx: Transaction) -> None:
    posting = await store.hanging_posting(tx, application.id)
    await common.take_down(posting, posting.ends_on, full=True, tx=tx)
    application.forward(posting_ended_on=posting.ends_on, on=tx.today)
    for event in await _forwarded(application, posting, tx):
        await tx.announce(event)


async def _forwarded(
    application: Application, posting: Posting, tx: Transaction
) -> tuple[ApplicationForwardedV1, ApplicationForwarded]:
    """Version 2 names the programme as it is; version 1 goes on for its readers and calls both DIBAO_R."""
    said = {
        "application_id": application.id,
        "household": await common.household_of(tx, application),
        "means": application.verified_means,
        "account": await _account(application, tx),
        "near_relative": application.near_relative,
        "matching": application.matching,
        "opinion": application.opinion,
        "surveyors": application.surveyors,
        "officers": application.officers,
        "relatives": application.related_officers(),
        "posted_on": posting.posted_on,
        "posting_ended_on": posting.ends_on,
        "forwarded_on": tx.today,
        "declared_on": application.supplied_on or application.submitted_on,
        "matched_on": application.matched_on,
        "surveyed_on": application.visited_on,
        "accepted_on": application.accepted_on,
    }
    old = {"programme": "DIBAO_R", "standard_of": application.programme, "also_in_v2": True}
    return (
        ApplicationForwardedV1.model_validate({**said, **old}),
        ApplicationForwarded.model_validate({**said, "programme": application.programme}),
    )


async def _account(application: Application, tx: Transaction) -> Account:
    assert application.payee_person_id
    assert application.account_number
    assert application.bank_code
    payee: Person = (await store.persons(tx, [application.payee_person_id]))[application.payee_person_id]
    return Account(
        payee_person_id=payee.id,
        payee_name=Sealed(payee.name),
        payee_id_number=Sealed(payee.id_number),
        number=Sealed(application.account_number),
        bank_code=application.bank_code,
    )
