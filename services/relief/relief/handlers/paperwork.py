"""Papers afterwards, papers overdue, and the close."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal
from uuid import UUID

from doudi.events.relief import PaperworkDone, PaperworkFellOverdue, ReliefClosed
from doudi.identity import CitizenId
from doudi.money import Money
from doudi.transaction import Transaction
from relief import rules, store
from relief.handlers import common
from relief.handlers.emergency import Cause
from relief.model import ReliefCase
from relief.model.refusals import AdvanceNotGranted, FollowUpPending, PapersIncomplete, ReasonNeeded

Paper = Literal["APPLICATION", "ID_COPY", "DECISION"]
Invalid = Literal["NO_EMERGENCY", "FORGED", "UNCOOPERATIVE", "DUPLICATE", "OTHER"]


@dataclass(frozen=True, slots=True)
class HandedIn:
    """The papers as handed in: whom they name, why, how much, signed and stamped, what is enclosed."""

    recipient: CitizenId
    cause: Cause
    amount: Money
    signed: bool
    stamped: bool
    enclosed: Sequence[Paper]


async def hand_in(case_id: UUID, papers: HandedIn, tx: Transaction, *, version: int | None) -> ReliefCase:
    """The papers are complete and agree with the case. Raises PapersIncomplete with all that is wrong."""
    case = await common.case(tx, case_id, version)
    if case.amount is None:
        raise AdvanceNotGranted
    read = rules.Papers(
        same_person=tx.keys.match(papers.recipient.value) == case.match_key,
        cause=papers.cause,
        amount=papers.amount,
        signed=papers.signed,
        stamped=papers.stamped,
        enclosed=papers.enclosed,
    )
    wrong = [f.because for f in rules.papers_complete(read, cause=case.cause, amount=case.amount) if not f.met]
    if wrong:
        raise PapersIncomplete(detail="；".join(wrong))
    case.complete_papers(on=tx.today, by=common.officer(tx))
    assert case.paperwork_due_on is not None
    assert case.paperwork_late is not None
    await tx.announce(
        PaperworkDone(
            relief_case_id=case.id,
            done_on=tx.today,
            due_on=case.paperwork_due_on,
            late=case.paperwork_late,
            by=common.officer(tx),
        )
    )
    return case


async def fall_overdue(tx: Transaction) -> int:
    """Cases whose last day passed without papers, noticed the day after it. Returns how many."""
    cases = await store.papers_overdue(tx, tx.today, limit=500)
    for case in cases:
        due_on = case.fall_overdue(noticed_on=tx.today)
        await tx.announce(PaperworkFellOverdue(relief_case_id=case.id, due_on=due_on, noticed_on=tx.today))
    return len(cases)


async def close(
    case_id: UUID,
    outcome: Literal["COMPLETE", "INVALID"],
    reason: Invalid | None,
    tx: Transaction,
    *,
    version: int | None,
) -> ReliefCase:
    """Nothing more to do, or it proved invalid (then recovery follows). Raises ReasonNeeded, FollowUpPending."""
    case = await common.case(tx, case_id, version)
    if (outcome == "INVALID") != (reason is not None):
        raise ReasonNeeded(field="reason")
    if reason is None:
        if await store.follow_up_pending(tx, case.id):
            raise FollowUpPending
        case.close_complete(on=tx.today)
    else:
        case.close_invalid(reason, on=tx.today)
    await tx.announce(ReliefClosed(relief_case_id=case.id, outcome=outcome, closed_on=tx.today, by=common.officer(tx)))
    return case
