"""Matching with the departments (民发〔2012〕220号 art. 19, 20; domain §4.4)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal
from uuid import UUID

from doudi.division import Division
from doudi.events.intake import ApplicationRefusedAfterMatching, MatchingCompleted
from doudi.transaction import Transaction
from intake import rules, store
from intake.handlers import common
from intake.model import Application, MatchQuery
from intake.model.refusals import NothingToRecheck, ReasonNeeded


async def start(application_id: UUID, tx: Transaction, version: int | None) -> Application:
    """The township asks, through the county, every source about every member (art. 19)."""
    application = await common.case(tx, application_id, version)
    application.start_matching(by=common.officer(tx))
    await _ask(application, tx)
    return application


@dataclass(frozen=True, slots=True)
class Proof:
    """The applicant's proof against one result, and what the township made of it."""

    person_id: UUID
    source: str
    proof: str
    accepted: bool


async def recheck(application_id: UUID, proofs: Sequence[Proof], tx: Transaction, version: int | None) -> Application:
    """The applicant objected to the result with proof; the township examines it and checks again (art. 20)."""
    application = await common.case(tx, application_id, version)
    failed = {
        (query.person_id, query.source)
        for query in await store.questions(tx, application.id, application.match_round)
        if query.code == "MISMATCH"
    }
    if not proofs or any((p.person_id, p.source) not in failed or not p.proof.strip() for p in proofs):
        raise NothingToRecheck(field="proofs")
    accepted = [[str(p.person_id), p.source] for p in proofs if p.accepted]
    application.recheck(accepted, by=common.officer(tx))
    await _ask(application, tx)
    return application


async def refuse(application_id: UUID, reason: str, tx: Transaction, version: int | None) -> Application:
    """The result stands: refused in writing, with the reason (art. 20)."""
    application = await common.case(tx, application_id, version)
    if not reason.strip():
        raise ReasonNeeded(field="reason")
    application.refuse_after_matching(reason, on=tx.today, by=common.officer(tx))
    await store.release_members(tx, application.id)
    await tx.announce(
        ApplicationRefusedAfterMatching(
            application_id=application.id,
            division=Division(application.division),
            reason=reason,
            refused_on=tx.today,
            by=common.officer(tx),
        )
    )
    return application


async def record(application_id: UUID, answers: Sequence[store.Answer], tx: Transaction) -> None:
    """Writes answers down; when all are there, the verdict (art. 20). Answers to an older round change nothing."""
    application = await store.application_for_update(tx, application_id)
    await store.record_answers(tx, answers, tx.today)
    await _conclude(application, tx)


async def _ask(application: Application, tx: Transaction) -> None:
    consents = set(application.consents)
    asks: list[tuple[UUID, str, Literal["CONSENT_MISSING"] | None]] = []
    for membership, person in await store.people_of(tx, application.household_id):
        if not membership.in_unit or person.died_on is not None:
            continue
        needed = rules.must_consent(person.birth_date, on=tx.today)
        code: Literal["CONSENT_MISSING"] | None = (
            "CONSENT_MISSING" if needed and str(person.id) not in consents else None
        )
        asks.extend((person.id, source, code) for source in rules.sources_to_ask(on=tx.today))
    await store.add_questions(tx, application, asks, tx.today)
    await _conclude(application, tx)


async def _conclude(application: Application, tx: Transaction) -> None:
    if application.matching != "RUNNING":
        return
    queries = await store.questions(tx, application.id, application.match_round)
    if any(query.code is None for query in queries):
        return
    outcome = rules.matching_verdict(_results(application, queries), on=tx.today)
    application.matched(outcome, on=tx.today)
    await tx.announce(
        MatchingCompleted(
            application_id=application.id,
            results=[query.as_result() for query in queries],
            outcome=outcome,
            completed_on=tx.today,
        )
    )


def _results(application: Application, queries: Sequence[MatchQuery]) -> list[rules.Result]:
    explained = {(pair[0], pair[1]) for pair in application.explained}
    return [
        rules.Result(query.source, query.code or "UNAVAILABLE", (str(query.person_id), query.source) in explained)
        for query in queries
    ]
