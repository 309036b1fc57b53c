"""Eligibility's records in the database."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TypeVar
from uuid import UUID

from sqlmodel import col, select
from sqlmodel.sql.expression import SelectOfScalar

from doudi.calendar import Month
from doudi.dated import Parameters
from doudi.errors import NotFound
from doudi.transaction import Transaction
from eligibility import rules
from eligibility.model import Award, AwardLineRow, Case, DeterminationRecord, Objection, Posting, Standard
from eligibility.model.base import Record
from eligibility.model.notice import Certificate, Notice

R = TypeVar("R", bound=Record)


@dataclass(frozen=True, slots=True)
class Filters:
    """What a list is narrowed to."""

    status: str | None = None
    division: str | None = None


def _seen(record: R | None, tx: Transaction) -> R:
    """The record when the principal may see it; NotFound for an unknown one and for another division's alike."""
    if record is None or (tx.principal is not None and not tx.principal.may_see(record.division)):
        raise NotFound
    return record


async def find_case(tx: Transaction, case_id: UUID) -> Case | None:
    """The case, locked, whoever asks; for events."""
    return (await tx.session.exec(select(Case).where(Case.id == case_id).with_for_update())).first()


async def case_for_update(tx: Transaction, case_id: UUID) -> Case:
    """Locks a case of the principal's subtree. Raises NotFound."""
    return _seen(await find_case(tx, case_id), tx)


async def case_to_see(tx: Transaction, case_id: UUID) -> Case:
    """A case of the principal's subtree. Raises NotFound."""
    return _seen(await tx.session.get(Case, case_id), tx)


async def determination_to_see(tx: Transaction, id_: UUID) -> DeterminationRecord:
    """A determination of the principal's subtree. Raises NotFound."""
    return _seen(await tx.session.get(DeterminationRecord, id_), tx)


async def determination(tx: Transaction, id_: UUID | None) -> DeterminationRecord:
    """A case's present determination."""
    found = await tx.session.get(DeterminationRecord, id_)
    assert found is not None
    return found


async def award_to_see(tx: Transaction, id_: UUID) -> Award:
    """An award of the principal's subtree. Raises NotFound."""
    return _seen(await tx.session.get(Award, id_), tx)


async def posting_for_update(tx: Transaction, id_: UUID) -> Posting:
    """Locks a posting; postings are public. Raises NotFound."""
    found = (await tx.session.exec(select(Posting).where(Posting.id == id_).with_for_update())).first()
    if found is None:
        raise NotFound
    return found


async def posting_of(tx: Transaction, case_id: UUID) -> Posting | None:
    """The posting of a case that hangs now, locked."""
    query = select(Posting).where(Posting.application_id == case_id, col(Posting.ended_on).is_(None))
    return (await tx.session.exec(query.with_for_update())).first()


async def posting_to_see(tx: Transaction, id_: UUID) -> Posting:
    """A posting while it hangs; everybody may see it. Raises NotFound."""
    found = await tx.session.get(Posting, id_)
    if found is None or found.ended_on is not None:
        raise NotFound
    return found


async def page(tx: Transaction, kind: type[R], filters: Filters, *, after: UUID | None, limit: int) -> Sequence[R]:
    """Records of the principal's subtree, by id."""
    query = select(kind)
    if tx.principal is not None:
        query = query.where(col(kind.division).like(tx.principal.prefix + "%"))
    if filters.status is not None:
        query = query.where(col(kind.status) == filters.status)  # type: ignore[attr-defined]
    if filters.division is not None:
        query = query.where(col(kind.division).like(filters.division + "%"))
    return await _page(tx, query, kind, after, limit)


async def _page(
    tx: Transaction, query: SelectOfScalar[R], kind: type[R], after: UUID | None, limit: int
) -> Sequence[R]:
    if after is not None:
        query = query.where(col(kind.id) > after)
    return (await tx.session.exec(query.order_by(col(kind.id)).limit(limit))).all()


async def hanging(tx: Transaction, prefix: str, *, after: UUID | None, limit: int) -> Sequence[Posting]:
    """Second postings that hang now, below a division."""
    query = select(Posting).where(col(Posting.ended_on).is_(None), col(Posting.division).like(prefix + "%"))
    return await _page(tx, query, Posting, after, limit)


async def postings_over(tx: Transaction, on: date, *, limit: int) -> Sequence[Posting]:
    """Postings whose last day went by, locked."""
    query = select(Posting).where(col(Posting.ended_on).is_(None), col(Posting.ends_on) < on)
    return (
        await tx.session.exec(query.order_by(col(Posting.ends_on)).limit(limit).with_for_update(skip_locked=True))
    ).all()


async def open_objection(tx: Transaction, case_id: UUID) -> Objection | None:
    """The newest objection that has no answer."""
    query = select(Objection).where(Objection.application_id == case_id, col(Objection.answered_on).is_(None))
    return (await tx.session.exec(query.order_by(col(Objection.id).desc()).limit(1))).first()


async def parameters(tx: Transaction) -> Parameters:
    """The file's numbers, and the county standards that were set since."""
    return rules.PARAMETERS.with_overrides(s.parameter for s in (await tx.session.exec(select(Standard))).all())


async def covered_elsewhere(tx: Transaction, match_keys: Iterable[str]) -> list[str]:
    """Which of these people are in an active award anywhere. Two decisions about one person wait for each other."""
    keys = sorted(set(match_keys))
    await tx.execute("SELECT pg_advisory_xact_lock(hashtextextended(k, 7)) FROM unnest($1::text[]) k", keys)
    rows = await tx.fetch("SELECT match_key FROM covered WHERE active AND match_key = ANY($1::text[])", keys)
    return [row["match_key"] for row in rows]


async def cover(tx: Transaction, award_id: UUID, people: Iterable[tuple[str, UUID]]) -> None:
    """Enters the insured of an award; a person twice is refused by the index."""
    await tx.executemany(
        "INSERT INTO covered (match_key, award_id, person_id) VALUES ($1, $2, $3)",
        [(key, award_id, person) for key, person in people],
    )


async def uncover(tx: Transaction, award_id: UUID, match_key: str | None = None) -> None:
    """Frees one person or all people of an award."""
    await tx.execute(
        "UPDATE covered SET active = false WHERE award_id = $1 AND ($2::text IS NULL OR match_key = $2)",
        award_id,
        match_key,
    )


async def award_covering(tx: Transaction, match_key: str) -> Award | None:
    """The active award that this person is in, locked."""
    id_ = await tx.fetchval("SELECT award_id FROM covered WHERE match_key = $1 AND active", match_key)
    if id_ is None:
        return None
    return (await tx.session.exec(select(Award).where(Award.id == id_).with_for_update())).first()


async def award_with_member(tx: Transaction, person_id: UUID) -> Award | None:
    """The award in whose unit this person is, insured or not, locked."""
    id_ = await tx.fetchval(
        "SELECT id FROM award WHERE status <> 'STOPPED' AND facts->'unit' @> jsonb_build_array(jsonb_build_object("
        "'person_id', $1::text))",
        str(person_id),
    )
    if id_ is None:
        return None
    return (await tx.session.exec(select(Award).where(Award.id == id_).with_for_update())).first()


async def remember_death(tx: Transaction, match_key: str, person_id: UUID, died_on: date, reported_on: date) -> None:
    """Keeps a death, for cases that are decided later."""
    await tx.execute(
        "INSERT INTO death (match_key, person_id, died_on, reported_on) VALUES ($1, $2, $3, $4) ON CONFLICT DO NOTHING",
        match_key,
        person_id,
        died_on,
        reported_on,
    )


async def dead_among(tx: Transaction, match_keys: Sequence[str]) -> list[str]:
    """Which of these people are reported dead."""
    rows = await tx.fetch("SELECT match_key FROM death WHERE match_key = ANY($1::text[])", list(match_keys))
    return [row["match_key"] for row in rows]


async def lines_of(tx: Transaction, award_id: UUID) -> Sequence[AwardLineRow]:
    """All lines of an award, past and present."""
    query = select(AwardLineRow).where(AwardLineRow.award_id == award_id)
    return (await tx.session.exec(query.order_by(AwardLineRow.from_month, col(AwardLineRow.person_id)))).all()


async def end_lines(tx: Transaction, award_id: UUID, last: Month) -> None:
    """Ends the present lines with a month; lines that had not begun by then never begin."""
    await tx.session.flush()
    await tx.execute("DELETE FROM award_line WHERE award_id = $1 AND from_month > $2", award_id, str(last))
    await tx.execute(
        "UPDATE award_line SET to_month = $2 WHERE award_id = $1 AND (to_month IS NULL OR to_month > $2)",
        award_id,
        str(last),
    )


async def case_of_decision(tx: Transaction, decision_id: UUID) -> Case:
    """The case that a decision ended, of the principal's subtree. Raises NotFound."""
    return _seen((await tx.session.exec(select(Case).where(Case.decision_id == decision_id))).first(), tx)


async def certificate(tx: Transaction, decision_id: UUID) -> Certificate | None:
    """The certificate that was issued with a decision; None for one that is older than certificates."""
    return await tx.session.get(Certificate, decision_id)


async def notice_to_see(tx: Transaction, id_: UUID) -> Notice:
    """A notice by its own id, its decision's or its application's. Raises NotFound."""
    of_application = (col(Notice.application_id) == id_) & col(Notice.decision_id).is_not(None)
    query = select(Notice).where((col(Notice.id) == id_) | of_application).order_by(col(Notice.id).desc()).limit(1)
    return _seen((await tx.session.exec(query)).first(), tx)


async def notices_of_award(tx: Transaction, award: Award) -> Sequence[Notice]:
    """The award's approval, and every change and stop since, oldest first."""
    own = (col(Notice.award_id) == award.id) | (col(Notice.decision_id) == award.decision_id)
    return (await tx.session.exec(select(Notice).where(own).order_by(col(Notice.id)))).all()
