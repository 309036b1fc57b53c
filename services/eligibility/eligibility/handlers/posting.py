"""The second posting: it hangs, somebody objects, or time ends it (民发〔2012〕220号 art. 29).

From RS2021 the decision is published instead (民发〔2021〕57号 art. 24).
"""

from __future__ import annotations

from datetime import date, timedelta
from uuid import UUID

from doudi.division import Division
from doudi.errors import Refusal
from doudi.events.eligibility import (
    ApprovalBlocked,
    DecisionPublished,
    SecondPostingEnded,
    SecondPostingObjected,
    SecondPostingStarted,
)
from doudi.transaction import Transaction
from eligibility import rules, store
from eligibility.handlers import common
from eligibility.handlers.county import may_stand, not_insured_twice
from eligibility.model import Case, Objection, Posting, refusals


async def propose(case_id: UUID, tx: Transaction, version: int | None) -> Case | Refusal:
    """The leader lets the second posting hang; what the law forbids is blocked, and said.

    Returns the refusal instead of raising it when the approval is blocked: that it was asked for is a fact to keep.
    Raises NotTogether where somebody holds what dibao may not stand beside: nothing hangs that could not be signed.
    """
    case = await common.case(tx, case_id, version)
    if not common.posted_first(tx):
        raise refusals.NoSecondPosting
    case.may_be_posted()
    case.leads(common.officer(tx))
    record = await common.present(case, tx)
    common.still_the_law(record, tx)
    determination = record.again()
    if not determination.eligible:
        raise refusals.NotEligible
    await not_insured_twice(case, tx)
    await may_stand(case, determination, tx)
    if not determination.approvable:
        return await blocked(case, record.id, determination, tx)
    ends_on, days = rules.procedure.posting_ends(tx.today)
    posting = _posting(case, determination, tx)
    case.post(posting.id, ends_on, common.officer(tx))
    posting.ends_on = ends_on
    tx.session.add(posting)
    await tx.announce(
        SecondPostingStarted(
            application_id=case.id,
            division=Division(case.division),
            posted_on=tx.today,
            ends_on=ends_on,
            days=days,
        )
    )
    return case


def _posting(case: Case, determination: rules.Determination, tx: Transaction) -> Posting:
    return Posting(
        division=case.division,
        application_id=case.id,
        applicant_name=_applicant(case, determination, tx.today),
        members=determination.size,
        assistance_class=str(determination.assistance_class),
        amount_fen=determination.amount.fen,
        posted_on=tx.today,
        ends_on=tx.today,
    )


def _applicant(case: Case, determination: rules.Determination, on: date) -> str:
    """Whose name hangs: who asked to be treated as single, else the head. No child's name hangs (domain §4.3)."""
    members = case.members.members
    head = next(m for m in members if m.relation == "HEAD")
    if determination.route != "SINGLE":
        return str(head.name)
    alone = next(m for m in members if str(m.person_id) in determination.insured)
    return str(alone.name if rules.unit.may_be_named(alone, on=on) else head.name)


async def publish(case: Case, determination: rules.Determination, tx: Transaction) -> None:
    """An approval of the day hangs in the village: name, number of members, amount."""
    assert case.decision_id is not None
    published = _posting(case, determination, tx)
    published.kind, published.ends_on = "PUBLICATION", rules.procedure.publication_ends(tx.today)
    case.publish(published.id)
    tx.session.add(published)
    await tx.announce(
        DecisionPublished(
            application_id=case.id,
            decision_id=case.decision_id,
            division=Division(case.division),
            published_on=tx.today,
            ends_on=published.ends_on,
        )
    )


async def blocked(case: Case, id_: UUID, determination: rules.Determination, tx: Transaction) -> Refusal:
    """An approval that the law forbids was asked for: that is said, and refused."""
    assert determination.assistance_class is not None
    await tx.announce(
        ApprovalBlocked(
            application_id=case.id,
            determination_id=id_,
            division=Division(case.division),
            assistance_class=determination.assistance_class,
            household_size=determination.size,
            insured=[UUID(person) for person in determination.insured],
            findings=determination.obstacles,
            blocked_on=tx.today,
            by=common.officer(tx),
        )
    )
    return refusals.ApprovalForbidden(detail="；".join(finding.because for finding in determination.obstacles))


async def object_to(posting_id: UUID, statement: str, tx: Transaction) -> Objection:
    """Anyone objects while the posting hangs."""
    posting = await store.posting_for_update(tx, posting_id)
    if posting.kind == "PUBLICATION":
        raise refusals.PublicationIsNoPosting
    case = await store.find_case(tx, posting.application_id)
    if case is None or posting.ended_on is not None or tx.today > posting.ends_on:
        raise refusals.PostingOver
    objection = Objection(
        division=posting.division,
        application_id=case.id,
        posting_id=posting.id,
        objected_on=tx.today,
        statement=str(tx.keys.seal(statement, "objection.statement")),
    )
    tx.session.add(objection)
    case.object(tx.today)
    posting.end(tx.today, full=False)
    await tx.announce(
        SecondPostingObjected(application_id=case.id, objection_id=objection.id, objected_on=tx.today),
        SecondPostingEnded(application_id=case.id, posted_on=posting.posted_on, ended_on=tx.today, full=False),
    )
    return objection


async def answer_objection(case_id: UUID, answer: str, tx: Transaction, version: int | None) -> Case | Refusal:
    """The county looked again and found nothing against the proposal: it answers, and posts again."""
    case = await common.case(tx, case_id, version)
    objection = await store.open_objection(tx, case.id)
    if objection is None:
        raise refusals.NotInThisState(detail="没有待答复的异议")
    objection.answer = str(tx.keys.seal(answer, "objection.statement"))
    objection.answered_on = tx.today
    return await propose(case_id, tx, None)


async def end_postings(tx: Transaction) -> int:
    """Takes down postings whose last day went by; the county may decide from now on. A publication just goes."""
    over = await store.postings_over(tx, tx.today, limit=500)
    for posting in over:
        case = await store.find_case(tx, posting.application_id)
        assert case is not None
        ended_on = posting.ends_on + timedelta(days=1)
        posting.end(ended_on, full=True)
        if posting.kind == "PUBLICATION":
            continue
        if case.posting_id == posting.id and case.status == "POSTING_2":
            case.posting_ended(ended_on)
        await tx.announce(
            SecondPostingEnded(application_id=case.id, posted_on=posting.posted_on, ended_on=ended_on, full=True)
        )
    return len(over)
