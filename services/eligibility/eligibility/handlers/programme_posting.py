"""The township's posting of a programme of one person: it hangs, somebody objects, time or a withdrawal ends it."""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID

from doudi.division import Division
from doudi.events.eligibility_programmes import PersonalPostingEnded, PersonalPostingObjected, PersonalPostingStarted
from doudi.events.eligibility_steps import PersonalApplicationWithdrawn
from doudi.transaction import Transaction
from eligibility import rules
from eligibility.handlers import common, programmes
from eligibility.model import ProgrammeCase, refusals
from eligibility.store import programmes as store


async def post(id_: UUID, answer: str | None, tx: Transaction, version: int | None) -> ProgrammeCase:
    """The township's opinion hangs; after an objection with the answer to it."""
    case = await programmes.case_of(id_, tx, version)
    if (answer is None) != (case.status != "OBJECTED"):
        raise refusals.NotInThisState(detail=f"当前环节：{case.status}；有异议须先答复，无异议无须答复")
    if case.kind == "NEW" and case.in_its_way:
        raise refusals.NotTogether(detail="；".join(case.in_its_way) + "。由低保转入的，先办理转入（change-over）")
    case.answer = str(tx.keys.seal(answer, "objection.statement")) if answer else case.answer
    case.post(common.officer(tx), tx.today)
    assert case.posting_ends_on is not None
    await tx.announce(
        PersonalPostingStarted(
            application_id=case.id,
            division=Division(case.division),
            programme=case.programme,
            posted_on=tx.today,
            ends_on=case.posting_ends_on,
            days=rules.programmes.procedure.posting_days(case.programme, on=tx.today),
        )
    )
    return case


async def object_to(id_: UUID, statement: str, tx: Transaction) -> ProgrammeCase:
    """Anyone objects while it hangs."""
    case = await store.hanging(tx, id_)
    assert case.posted_on is not None
    assert case.posting_ends_on is not None
    if tx.today > case.posting_ends_on:
        raise refusals.PostingOver
    case.object(str(tx.keys.seal(statement, "objection.statement")), tx.today)
    assert case.answer_due_on is not None
    await tx.announce(
        PersonalPostingObjected(application_id=case.id, objected_on=tx.today, due_on=case.answer_due_on),
        PersonalPostingEnded(application_id=case.id, posted_on=case.posted_on, ended_on=tx.today, full=False),
    )
    return case


async def end_postings(tx: Transaction) -> int:
    """Takes down postings whose last day went by; the county may act from now on."""
    over = await store.postings_over(tx, tx.today, limit=500)
    for case in over:
        assert case.posted_on is not None
        assert case.posting_ends_on is not None
        ended_on = case.posting_ends_on + timedelta(days=1)
        case.posting_ended(ended_on)
        await tx.announce(
            PersonalPostingEnded(application_id=case.id, posted_on=case.posted_on, ended_on=ended_on, full=True)
        )
    return len(over)


async def withdraw(id_: UUID, tx: Transaction, version: int | None) -> ProgrammeCase:
    """The applicant took it back; what hangs is taken down."""
    case = await programmes.case_of(id_, tx, version)
    hung = case.posted_on if case.status == "POSTING" else None
    case.withdraw()
    await tx.announce(
        PersonalApplicationWithdrawn(
            application_id=case.id,
            person_id=case.person_id,
            division=Division(case.division),
            programme=case.programme,
            withdrawn_on=tx.today,
        )
    )
    if hung is not None:
        await tx.announce(PersonalPostingEnded(application_id=case.id, posted_on=hung, ended_on=tx.today, full=False))
    return case
