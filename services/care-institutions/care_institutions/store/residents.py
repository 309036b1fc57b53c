"""Residents, assessments, who waits and who died, in the database."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import cast
from uuid import UUID

from sqlalchemy.exc import IntegrityError
from sqlmodel import col, select

from care_institutions.model import Assessment, Death, Institution, Resident, Waiting
from care_institutions.model.refusals import AlreadyResident, AlreadyWaiting
from care_institutions.rules import Grade, Residents, counts_as
from care_institutions.store.institutions import breaks, institution_for_update, prefix, visible
from doudi.division import Division
from doudi.errors import NotFound
from doudi.transaction import Transaction


async def hold_person(tx: Transaction, match_key: str) -> None:
    """Makes an admission, a place on the waiting list and a death of one person wait for each other."""
    await tx.fetchval("SELECT pg_advisory_xact_lock(hashtextextended($1, 0))", match_key)


async def person_id_of(tx: Transaction, match_key: str) -> UUID | None:
    """The id under which a home knew this person before."""
    query = select(Resident.person_id).where(Resident.match_key == match_key).order_by(col(Resident.id)).limit(1)
    return (await tx.session.exec(query)).first()


async def add_resident(tx: Transaction, resident: Resident) -> None:
    """Puts a resident on record. Raises AlreadyResident when the person has a bed somewhere."""
    tx.session.add(resident)
    try:
        await tx.session.flush()
    except IntegrityError as error:
        if breaks(error, "resident_one_bed"):
            raise AlreadyResident from error
        raise


async def resident_now(tx: Transaction, match_key: str) -> tuple[Institution, Resident] | None:
    """Locks the home where the person lives now, then the resident; None when they live in none."""
    row = await tx.fetchrow(
        "SELECT id, institution_id FROM resident WHERE match_key = $1 AND left_on IS NULL", match_key
    )
    if row is None:
        return None
    institution = await institution_for_update(tx, row["institution_id"])
    query = select(Resident).where(Resident.id == row["id"], col(Resident.left_on).is_(None)).with_for_update()
    resident = (await tx.session.exec(query)).first()
    return (institution, resident) if resident is not None else None


async def lives_in_a_home(tx: Transaction, match_key: str) -> bool:
    """Whether the person has a bed somewhere; where is not said."""
    query = "SELECT EXISTS (SELECT 1 FROM resident WHERE match_key = $1 AND left_on IS NULL)"
    return bool(await tx.fetchval(query, match_key))


async def resident_for_update(tx: Transaction, resident_id: UUID) -> tuple[Institution, Resident]:
    """Locks the home, then the resident. Raises NotFound."""
    institution_id = await tx.fetchval("SELECT institution_id FROM resident WHERE id = $1", resident_id)
    if institution_id is None:
        raise NotFound
    institution = await institution_for_update(tx, institution_id)
    query = select(Resident).where(Resident.id == resident_id).with_for_update()
    return institution, (await tx.session.exec(query)).one()


async def resident_to_see(tx: Transaction, resident_id: UUID) -> Resident:
    """A resident of a home in the principal's subtree. Raises NotFound."""
    found = await tx.session.get(Resident, resident_id)
    if found is None or not visible(tx, found.division):
        raise NotFound
    return found


async def residents_page(
    tx: Transaction,
    institution_id: UUID,
    *,
    present: bool | None,
    due_before: date | None,
    after: UUID | None,
    limit: int,
) -> Sequence[Resident]:
    """Residents of a home, in order of admission. `due_before`: an assessment of theirs was due before the day."""
    query = select(Resident).where(Resident.institution_id == institution_id)
    if present is not None:
        left = col(Resident.left_on)
        query = query.where(left.is_(None) if present else left.is_not(None))
    if due_before is not None:
        due = (col(Resident.next_due_on) < due_before) | (col(Resident.reassess_due_on) < due_before)
        query = query.where(col(Resident.left_on).is_(None), due)
    if after is not None:
        query = query.where(col(Resident.id) > after)
    return (await tx.session.exec(query.order_by(col(Resident.id)).limit(limit))).all()


async def assessments_page(
    tx: Transaction, resident_id: UUID, *, after: UUID | None, limit: int
) -> Sequence[Assessment]:
    """All assessments of a resident, oldest first."""
    query = select(Assessment).where(Assessment.resident_id == resident_id)
    if after is not None:
        query = query.where(col(Assessment.id) > after)
    return (await tx.session.exec(query.order_by(col(Assessment.id)).limit(limit))).all()


@dataclass(frozen=True, slots=True)
class Headcount:
    """Who lives in a home, by the grade that counts, and how many of them nobody assessed yet."""

    residents: Residents
    unassessed: int

    @property
    def everybody(self) -> int:
        """All of them."""
        counted = self.residents
        return counted.disabled + counted.partly_disabled + counted.self_caring


async def headcount(tx: Transaction, institution_id: UUID) -> Headcount:
    """All who live in the home now."""
    await tx.session.flush()
    rows = await tx.fetch(
        "SELECT grade, count(*) AS n FROM resident WHERE institution_id = $1 AND left_on IS NULL GROUP BY grade",
        institution_id,
    )
    counts: dict[Grade, int] = {"DISABLED": 0, "PARTLY_DISABLED": 0, "SELF_CARING": 0}
    for row in rows:
        counts[counts_as(cast(Grade | None, row["grade"]))] += row["n"]
    unassessed = sum(row["n"] for row in rows if row["grade"] is None)
    return Headcount(Residents(counts["DISABLED"], counts["PARTLY_DISABLED"], counts["SELF_CARING"]), unassessed)


async def tekun_waiting(tx: Transaction, county: Division) -> int:
    """How many tekun of a county wait for a bed."""
    await tx.session.flush()
    count = await tx.fetchval(
        """SELECT count(*) FROM waiting
           WHERE admission_group = 'TEKUN' AND ended_on IS NULL AND division LIKE $1 || '%'""",
        county.prefix,
    )
    return int(count)


async def add_waiting(tx: Transaction, waiting: Waiting) -> None:
    """Puts a person on the waiting list. Raises AlreadyWaiting."""
    tx.session.add(waiting)
    try:
        await tx.session.flush()
    except IntegrityError as error:
        if breaks(error, "waiting_once"):
            raise AlreadyWaiting from error
        raise


async def open_waiting_of(tx: Transaction, match_key: str) -> Waiting | None:
    """The open entry of a person, locked."""
    query = select(Waiting).where(Waiting.match_key == match_key, col(Waiting.ended_on).is_(None))
    return (await tx.session.exec(query.with_for_update())).first()


async def waiting_for_update(tx: Transaction, waiting_id: UUID) -> Waiting:
    """Locks an entry of the principal's subtree. Raises NotFound."""
    found = (await tx.session.exec(select(Waiting).where(Waiting.id == waiting_id).with_for_update())).first()
    if found is None or not visible(tx, found.division):
        raise NotFound
    return found


async def waiting_page(
    tx: Transaction, *, group: str | None, open_only: bool, after: UUID | None, limit: int
) -> Sequence[Waiting]:
    """Who waits in the principal's subtree, in order of entry."""
    query = select(Waiting).where(col(Waiting.division).like(prefix(tx)))
    if group is not None:
        query = query.where(Waiting.admission_group == group)
    if open_only:
        query = query.where(col(Waiting.ended_on).is_(None))
    if after is not None:
        query = query.where(col(Waiting.id) > after)
    return (await tx.session.exec(query.order_by(col(Waiting.id)).limit(limit))).all()


async def note_death(tx: Transaction, match_key: str, died_on: date) -> None:
    """Keeps what was heard; where two reports disagree the earlier day stands."""
    await tx.execute(
        """INSERT INTO death (match_key, died_on) VALUES ($1, $2)
           ON CONFLICT (match_key) DO UPDATE SET died_on = least(death.died_on, excluded.died_on)""",
        match_key,
        died_on,
    )


async def death_of(tx: Transaction, match_key: str) -> Death | None:
    """What was heard of a person's death."""
    return await tx.session.get(Death, match_key)
