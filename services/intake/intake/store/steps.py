"""What happened on the way, in the database: questions to departments, postings, objections."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sqlmodel import col, select

from doudi.errors import NotFound
from doudi.transaction import Transaction, new_id
from intake.model import Application, Assessment, HomeVisit, MatchQuery, Objection, Posting
from intake.model.records import Code


@dataclass(frozen=True, slots=True)
class Ask:
    """One question that waits for its courier: to which source, about whom. Name and ID number are sealed."""

    id: UUID
    application_id: UUID
    source: str
    name: str
    id_number: str
    attempts: int


@dataclass(frozen=True, slots=True)
class Answer:
    """What came back; `code` None: nobody answered this time."""

    id: UUID
    code: Code | None
    amount_fen: int | None = None
    detail: str | None = None


async def claim_questions(tx: Transaction, limit: int, lease_seconds: int) -> list[Ask]:
    """Takes unanswered questions for a while; a courier that dies loses them when the lease ends (database time)."""
    rows = await tx.fetch(
        """WITH due AS (SELECT id FROM match_query
                        WHERE code IS NULL AND (claimed_until IS NULL OR claimed_until < clock_timestamp())
                        ORDER BY id LIMIT $1 FOR UPDATE SKIP LOCKED)
           UPDATE match_query q SET claimed_until = clock_timestamp() + make_interval(secs => $2),
                                    attempts = q.attempts + 1
           FROM due, person p WHERE q.id = due.id AND p.id = q.person_id
           RETURNING q.id, q.application_id, q.source, p.name, p.id_number, q.attempts""",
        limit,
        lease_seconds,
    )
    return [Ask(**dict(row)) for row in rows]


async def add_questions(
    tx: Transaction, application: Application, asks: Iterable[tuple[UUID, str, Code | None]], today: date
) -> None:
    """A round of questions; those with a code are answered already (no consent: not asked)."""
    await tx.session.flush()
    names = ["id", "version", "division", "application_id", "round", "person_id", "source", "attempts", "code"]
    await tx.copy(
        "match_query",
        [*names, "answered_on"],
        [
            (new_id(), 1, application.division, application.id, application.match_round, person, source, 0, code, day)
            for person, source, code, day in ((p, s, c, today if c else None) for p, s, c in asks)
        ],
    )


async def record_answers(tx: Transaction, answers: Sequence[Answer], today: date) -> None:
    """Writes answers down once; one that is there already stays. No answer gives the question back."""
    await tx.executemany(
        """UPDATE match_query SET code = $2, amount_fen = $3, detail = $4, claimed_until = NULL, version = version + 1,
                  answered_on = CASE WHEN $2::text IS NULL THEN NULL ELSE $5::date END
           WHERE id = $1 AND code IS NULL""",
        [(a.id, a.code, a.amount_fen, a.detail, today) for a in answers],
    )


async def questions(tx: Transaction, application_id: UUID, round_: int) -> Sequence[MatchQuery]:
    """A round's questions with their answers so far."""
    query = (
        select(MatchQuery)
        .where(MatchQuery.application_id == application_id, MatchQuery.round == round_)
        .order_by(col(MatchQuery.id))
        .execution_options(populate_existing=True)
    )
    return (await tx.session.exec(query)).all()


async def hanging_posting(tx: Transaction, application_id: UUID) -> Posting:
    """The posting of a case that is not taken down. Raises NotFound."""
    query = select(Posting).where(Posting.application_id == application_id, col(Posting.ended_on).is_(None))
    posting = (await tx.session.exec(query)).first()
    if posting is None:
        raise NotFound
    return posting


async def posting(tx: Transaction, posting_id: UUID) -> Posting:
    """A posting, hanging or not. Raises NotFound."""
    found = await tx.session.get(Posting, posting_id)
    if found is None:
        raise NotFound
    return found


async def postings_page(
    tx: Transaction, *, division: str, today: date, after: UUID | None, limit: int
) -> Sequence[Posting]:
    """What hangs today below a division, for everyone to see."""
    query = select(Posting).where(
        col(Posting.division).like(division + "%"), col(Posting.ended_on).is_(None), col(Posting.ends_on) >= today
    )
    if after is not None:
        query = query.where(col(Posting.id) > after)
    return (await tx.session.exec(query.order_by(col(Posting.id)).limit(limit))).all()


async def open_objections(tx: Transaction, application_id: UUID) -> Sequence[Objection]:
    """Objections that were not yet answered."""
    query = select(Objection).where(Objection.application_id == application_id, col(Objection.answered_on).is_(None))
    return (await tx.session.exec(query)).all()


async def objections(tx: Transaction, application_id: UUID) -> Sequence[Objection]:
    """All objections of a case, oldest first."""
    query = select(Objection).where(Objection.application_id == application_id).order_by(col(Objection.id))
    return (await tx.session.exec(query)).all()


async def visits(tx: Transaction, application_id: UUID) -> Sequence[HomeVisit]:
    """All home visits of a case, oldest first."""
    query = select(HomeVisit).where(HomeVisit.application_id == application_id).order_by(col(HomeVisit.id))
    return (await tx.session.exec(query)).all()


async def assessments(tx: Transaction, application_id: UUID) -> Sequence[Assessment]:
    """All assessments of a case, oldest first."""
    query = select(Assessment).where(Assessment.application_id == application_id).order_by(col(Assessment.id))
    return (await tx.session.exec(query)).all()
