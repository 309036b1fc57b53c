"""People, households and deaths in the database."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sqlmodel import col, select

from doudi.errors import NotFound
from doudi.transaction import Transaction
from intake.model import DeathReport, Household, HouseholdMember, Person
from intake.store.common import visible

People = list[tuple[HouseholdMember, Person]]


async def person_by_match_key(tx: Transaction, match_key: str) -> Person | None:
    """The one person with this ID number."""
    return (await tx.session.exec(select(Person).where(Person.match_key == match_key))).first()


async def hold_match_key(tx: Transaction, match_key: str) -> None:
    """Makes two registrations, or a registration and a death report, of one person wait for each other."""
    await tx.fetchval("SELECT pg_advisory_xact_lock(hashtextextended($1, 0))", match_key)


async def persons(tx: Transaction, ids: Iterable[UUID]) -> dict[UUID, Person]:
    """Those of the people that exist."""
    found = await tx.session.exec(select(Person).where(col(Person.id).in_(list(ids))))
    return {person.id: person for person in found}


async def person_to_see(tx: Transaction, person_id: UUID) -> Person:
    """A person of the principal's subtree, or of a household there. Raises NotFound."""
    person = await tx.session.get(Person, person_id)
    if person is None or not (visible(tx, person.division) or await _lives_here(tx, person_id)):
        raise NotFound
    return person


async def _lives_here(tx: Transaction, person_id: UUID) -> bool:
    if tx.principal is None:
        return False
    return bool(
        await tx.fetchval(
            """SELECT EXISTS (SELECT 1 FROM household_member m JOIN household h ON h.id = m.household_id
                              WHERE m.person_id = $1 AND h.division LIKE $2 || '%')""",
            person_id,
            tx.principal.prefix,
        )
    )


async def persons_page(tx: Transaction, *, after: UUID | None, limit: int) -> Sequence[Person]:
    """People registered in the principal's subtree, in order of registration."""
    query = select(Person).where(col(Person.division).like(_prefix(tx)))
    if after is not None:
        query = query.where(col(Person.id) > after)
    return (await tx.session.exec(query.order_by(col(Person.id)).limit(limit))).all()


async def household_to_see(tx: Transaction, household_id: UUID) -> Household:
    """A household of the principal's subtree. Raises NotFound."""
    household = await tx.session.get(Household, household_id)
    if household is None or not visible(tx, household.division):
        raise NotFound
    return household


async def households_page(tx: Transaction, *, after: UUID | None, limit: int) -> Sequence[Household]:
    """Households of the principal's subtree, in order of registration."""
    query = select(Household).where(col(Household.division).like(_prefix(tx)))
    if after is not None:
        query = query.where(col(Household.id) > after)
    return (await tx.session.exec(query.order_by(col(Household.id)).limit(limit))).all()


async def household(tx: Transaction, household_id: UUID) -> Household:
    """The household of a case that is already at hand."""
    found = await tx.session.get(Household, household_id)
    if found is None:
        raise NotFound
    return found


async def people_of(tx: Transaction, household_id: UUID) -> People:
    """The members with their places, the head first, then by age."""
    rows = await tx.session.exec(
        select(HouseholdMember, Person)
        .join(Person, col(Person.id) == col(HouseholdMember.person_id))
        .where(HouseholdMember.household_id == household_id)
        .order_by(col(HouseholdMember.relation) != "HEAD", col(Person.birth_date), col(Person.id))
    )
    return [(membership, person) for membership, person in rows]


@dataclass(frozen=True, slots=True)
class Applying:
    """A household that applies: where it lives, its hukou, its members' places, and who is of the unit and alive."""

    division: str
    hukou: str
    places: dict[UUID, str]
    unit: list[UUID]


async def household_applying(tx: Transaction, household_id: UUID) -> Applying:
    """What a new application needs of a household of the principal's subtree, in one read. Raises NotFound."""
    rows = await tx.fetch(
        """SELECT h.division, h.hukou, m.person_id, m.relation, m.in_unit AND p.died_on IS NULL AS counts
           FROM household h JOIN household_member m ON m.household_id = h.id JOIN person p ON p.id = m.person_id
           WHERE h.id = $1""",
        household_id,
    )
    if not rows or not visible(tx, rows[0]["division"]):
        raise NotFound
    return Applying(
        rows[0]["division"],
        rows[0]["hukou"],
        {row["person_id"]: row["relation"] for row in rows},
        [row["person_id"] for row in rows if row["counts"]],
    )


async def deaths_of(tx: Transaction, match_key: str) -> Sequence[DeathReport]:
    """What was reported of a person's death, first reports first."""
    rows = await tx.session.exec(
        select(DeathReport).where(DeathReport.match_key == match_key).order_by(col(DeathReport.id))
    )
    return rows.all()


async def death_on(tx: Transaction, match_key: str, died_on: date) -> DeathReport | None:
    """The report of this person's death on this day."""
    query = select(DeathReport).where(DeathReport.match_key == match_key, DeathReport.died_on == died_on)
    return (await tx.session.exec(query)).first()


def _prefix(tx: Transaction) -> str:
    assert tx.principal is not None
    return tx.principal.prefix + "%"
