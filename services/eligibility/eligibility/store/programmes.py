"""Applications and awards of programmes of one person, and what a person holds anywhere."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import date
from typing import TypeVar
from uuid import UUID

from sqlmodel import col, select
from sqlmodel.sql.expression import SelectOfScalar

from doudi.calendar import Month
from doudi.errors import NotFound
from doudi.money import Money
from doudi.transaction import Transaction
from eligibility.model import ProgrammeAward, ProgrammeCase
from eligibility.rules.programmes import Holding
from eligibility.store import Filters

R = TypeVar("R", ProgrammeCase, ProgrammeAward)


def seen(record: R | None, tx: Transaction) -> R:
    """The record when the principal may see it; NotFound for an unknown one and for another division's alike."""
    if record is None or (tx.principal is not None and not tx.principal.may_see(record.division)):
        raise NotFound
    return record


async def page(
    tx: Transaction, kind: type[R], filters: Filters, programme: str | None, *, after: UUID | None, limit: int
) -> Sequence[R]:
    """Records of the principal's subtree, by id."""
    query = select(kind)
    if tx.principal is not None:
        query = query.where(col(kind.division).like(tx.principal.prefix + "%"))
    if filters.status is not None:
        query = query.where(col(kind.status) == filters.status)
    if programme is not None:
        query = query.where(col(kind.programme) == programme)
    if filters.division is not None:
        query = query.where(col(kind.division).like(filters.division + "%"))
    return await page_of(tx, query, kind, after, limit)


async def page_of(
    tx: Transaction, query: SelectOfScalar[R], kind: type[R], after: UUID | None, limit: int
) -> Sequence[R]:
    """One page of a query, by id."""
    if after is not None:
        query = query.where(col(kind.id) > after)
    return (await tx.session.exec(query.order_by(col(kind.id)).limit(limit))).all()


async def case(tx: Transaction, id_: UUID, *, lock: bool = False) -> ProgrammeCase:
    """A person's application in the principal's subtree. Raises NotFound."""
    query = select(ProgrammeCase).where(ProgrammeCase.id == id_)
    return seen((await tx.session.exec(query.with_for_update() if lock else query)).first(), tx)


async def award_to_see(tx: Transaction, id_: UUID) -> ProgrammeAward:
    """An award of the principal's subtree. Raises NotFound."""
    return seen(await tx.session.get(ProgrammeAward, id_), tx)


async def hanging(tx: Transaction, id_: UUID) -> ProgrammeCase:
    """The application whose posting hangs, locked; postings are public. Raises NotFound."""
    query = select(ProgrammeCase).where(ProgrammeCase.id == id_, ProgrammeCase.status == "POSTING")
    found = (await tx.session.exec(query.with_for_update())).first()
    if found is None:
        raise NotFound
    return found


async def hanging_postings(tx: Transaction, prefix: str, *, after: UUID | None, limit: int) -> Sequence[ProgrammeCase]:
    """Applications whose posting hangs now, below a division."""
    query = select(ProgrammeCase).where(
        ProgrammeCase.status == "POSTING", col(ProgrammeCase.division).like(prefix + "%")
    )
    return await page_of(tx, query, ProgrammeCase, after, limit)


async def postings_over(tx: Transaction, on: date, *, limit: int) -> Sequence[ProgrammeCase]:
    """Applications whose posting's last day went by, locked."""
    query = select(ProgrammeCase).where(ProgrammeCase.status == "POSTING", col(ProgrammeCase.posting_ends_on) < on)
    ordered = query.order_by(col(ProgrammeCase.posting_ends_on)).limit(limit)
    return (await tx.session.exec(ordered.with_for_update(skip_locked=True))).all()


async def alone(tx: Transaction, match_key: str) -> None:
    """Decisions about one person wait for each other."""
    await tx.execute("SELECT pg_advisory_xact_lock(hashtextextended($1, 7))", match_key)


async def holdings(tx: Transaction, match_key: str, month: Month | None = None) -> list[Holding]:
    """What a person holds, as `holdings_of` says; decisions about one person wait for each other."""
    await alone(tx, match_key)
    return (await holdings_of(tx, [match_key], month)).get(match_key, [])


async def holdings_of(
    tx: Transaction, match_keys: Collection[str], month: Month | None = None
) -> dict[str, list[Holding]]:
    """What each of these people holds in any county: their own money of a month; None: of the next, from which a
    decision of today takes effect. By match key, in the order of programmes and awards; takes no lock.
    """
    await tx.session.flush()
    at = Month.of(tx.today).next() if month is None else month
    rows = await tx.fetch(
        """SELECT c.match_key, a.programme, a.division, a.id, true AS whole,
               coalesce(sum(l.amount_fen), 0)::bigint AS fen
           FROM covered c JOIN award a ON a.id = c.award_id
           LEFT JOIN award_line l ON l.award_id = a.id AND l.person_id = c.person_id
               AND l.from_month <= greatest($2, a.starts)
               AND coalesce(l.to_month >= greatest($2, a.starts), true)
           WHERE c.active AND c.match_key = ANY($1::text[]) GROUP BY c.match_key, a.id
           UNION ALL SELECT match_key, programme, division, id, "whole", amount_fen FROM programme_award
           WHERE status = 'ACTIVE' AND match_key = ANY($1::text[]) ORDER BY 1, 2, 4""",
        sorted(match_keys), str(at),
    )  # fmt: skip
    held: dict[str, list[Holding]] = {}
    for r in rows:
        own = Holding(r["programme"], Money(r["fen"]), r["division"], str(r["id"]), r["whole"])
        held.setdefault(r["match_key"], []).append(own)
    return held


_OF_HOME = """a.programme IN ('DIBAO_R', 'DIBAO_U') AND a.household_size > 1 AND a.single_basis IS NULL
    AND a.facts->'unit' @> jsonb_build_array(jsonb_build_object('person_id', {person}::text))"""
_AT_HOME = f"a.status <> 'STOPPED' AND {_OF_HOME}"
"""The award of a household to which a person belongs, insured or not; nobody else belongs to one treated as single."""


async def in_dibao_households(tx: Transaction, people: Collection[UUID]) -> set[UUID]:
    """Who of these people lives in a household on dibao, also where only others of it are insured."""
    await tx.session.flush()
    rows = await tx.fetch(
        f"""SELECT p FROM unnest($1::uuid[]) AS p
            WHERE EXISTS (SELECT FROM award a WHERE {_AT_HOME.format(person="p")})""",
        list(people),
    )
    return {row["p"] for row in rows}


async def other_person_of(tx: Transaction, match_key: str, person_id: UUID) -> bool:
    """Whether this ID number is on file with another person id, or this id with another number."""
    return bool(
        await tx.fetchval(
            """SELECT EXISTS (SELECT FROM covered WHERE match_key = $1 AND person_id <> $2)
               OR EXISTS (SELECT FROM programme_case WHERE match_key = $1 AND person_id <> $2)
               OR EXISTS (SELECT FROM programme_case WHERE match_key <> $1 AND person_id = $2)""",
            match_key,
            person_id,
        )
    )


async def is_open(tx: Transaction, match_key: str, programme: str) -> bool:
    """Whether an application of the person for the programme is under way."""
    query = """SELECT EXISTS (SELECT FROM programme_case WHERE match_key = $1 AND programme = $2
               AND status NOT IN ('APPROVED', 'REJECTED', 'WITHDRAWN'))"""
    return bool(await tx.fetchval(query, match_key, programme))


async def awards(
    tx: Transaction, *, match_key: str | None = None, ids: Sequence[UUID] | None = None
) -> Sequence[ProgrammeAward]:
    """Active awards of a person, or these, locked."""
    query = select(ProgrammeAward).where(ProgrammeAward.status == "ACTIVE").order_by(col(ProgrammeAward.id))
    query = query.where(ProgrammeAward.match_key == match_key) if match_key else query
    query = query.where(col(ProgrammeAward.id).in_(ids)) if ids is not None else query
    return (await tx.session.exec(query.with_for_update())).all()


async def living_without_dibao(tx: Transaction, on: date, *, limit: int) -> tuple[int, dict[UUID, Month | None]]:
    """Looks at living subsidies that were not looked at on this day.

    Returns how many, and those that came with dibao whose person is in no household on dibao any more, with the last
    month of the award that ended where it is known.
    """
    rows = await tx.fetch(
        f"""UPDATE programme_award p SET checked_on = $1 FROM programme_case c
           WHERE c.id = p.case_id AND p.id IN (
               SELECT id FROM programme_award WHERE status = 'ACTIVE' AND programme = 'LIVING_SUB' AND checked_on < $1
               ORDER BY checked_on, id LIMIT $2 FOR UPDATE SKIP LOCKED)
           RETURNING p.id, p.person_id, (c.facts->>'in_dibao')::boolean AND NOT (c.facts->>'in_extended_scope')::boolean
                 AND NOT EXISTS (SELECT FROM covered v WHERE v.match_key = p.match_key AND v.active)
                 AND NOT EXISTS (SELECT FROM award a WHERE {_AT_HOME.format(person="p.person_id")}) AS over,
               (SELECT max(a.last_month) FROM covered v JOIN award a ON a.id = v.award_id
                WHERE v.match_key = p.match_key AND NOT v.active) AS last""",
        on,
        limit,
    )
    over = {row["id"]: row["last"] or await _last_at_home(tx, row["person_id"]) for row in rows if row["over"]}
    return len(rows), {id_: Month.parse(last) if last else None for id_, last in over.items()}


async def _last_at_home(tx: Transaction, person: UUID) -> str | None:
    """The last month of dibao of a household that somebody belonged to without ever being insured."""
    query = f"SELECT max(a.last_month) FROM award a WHERE a.status = 'STOPPED' AND {_OF_HOME.format(person='$1::uuid')}"
    last: str | None = await tx.fetchval(query, person)
    return last


async def top_ups_beside(tx: Transaction, dibao: Collection[UUID]) -> list[tuple[UUID, UUID]]:
    """The allowances that are, or may become, a difference to these dibao awards: of all whom they insure or insured.

    Each with its dibao award, in the order of the people's keys.
    """
    await tx.session.flush()
    rows = await tx.fetch(
        """SELECT p.id, c.award_id FROM covered c JOIN programme_award p ON p.match_key = c.match_key
           WHERE c.award_id = ANY($1::uuid[]) AND p.status = 'ACTIVE' AND p.programme = 'DEFACTO'
           ORDER BY p.match_key, p.id, c.award_id""",
        list(dibao),
    )
    return [(row["id"], row["award_id"]) for row in rows]


async def find_award(tx: Transaction, id_: UUID | None) -> ProgrammeAward:
    """An award, locked; the person's lock comes first, as everywhere. Its row is read anew."""
    await tx.session.flush()
    key = await tx.fetchval("SELECT match_key FROM programme_award WHERE id = $1", id_)
    await alone(tx, key)
    query = select(ProgrammeAward).where(ProgrammeAward.id == id_).with_for_update()
    return (await tx.session.exec(query.execution_options(populate_existing=True))).one()


async def find_case(tx: Transaction, id_: UUID) -> ProgrammeCase:
    """The case that an award rests on."""
    return (await tx.session.exec(select(ProgrammeCase).where(ProgrammeCase.id == id_))).one()


async def unchecked(tx: Transaction, month: str, *, limit: int) -> Sequence[UUID]:
    """Active awards at which the comparison of this month did not look yet, in the order of their people's keys.

    Whoever takes several people's locks takes them in this order, so that nobody waits for each other crosswise.
    """
    rows = await tx.fetch(
        """SELECT id FROM (SELECT id, match_key FROM programme_award WHERE status = 'ACTIVE' AND checked_month < $1
                           ORDER BY checked_month, id LIMIT $2) AS waiting ORDER BY match_key, id""",
        month,
        limit,
    )
    return [row["id"] for row in rows]
