"""Awards in their life: interventions, reviews, tapers, offers of work, and the dates that come near or pass."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import date
from typing import Literal
from uuid import UUID

import asyncpg
from sqlmodel import col, select

from doudi.errors import NotFound
from doudi.law import mirrors
from doudi.money import Money
from doudi.transaction import Transaction
from eligibility import rules
from eligibility.model import Award, ChangeReport, Intervention, Review

AT_ONCE = 500


async def award_for_update(tx: Transaction, id_: UUID) -> Award:
    """Locks an award of the principal's subtree. Raises NotFound."""
    found = await find_award(tx, id_)
    if found is None or (tx.principal is not None and not tx.principal.may_see(found.division)):
        raise NotFound
    return found


async def find_award(tx: Transaction, id_: UUID) -> Award | None:
    """The award, locked, whoever asks."""
    return (await tx.session.exec(select(Award).where(Award.id == id_).with_for_update())).first()


async def intervention_to_see(tx: Transaction, id_: UUID, *, anywhere: bool = False) -> Intervention:
    """An intervention of the principal's subtree, or (`anywhere`) one by which a household moves into it.

    Raises NotFound.
    """
    found = await tx.session.get(Intervention, id_)
    places = [] if found is None else [found.division, *([found.plan.get("division")] if anywhere else [])]
    seen = tx.principal is None or any(tx.principal.may_see(p) for p in places if p)
    if found is None or not seen:
        raise NotFound
    return found


async def intervention_for_update(tx: Transaction, id_: UUID) -> Intervention:
    """Locks an intervention that was seen, and reads it anew."""
    query = select(Intervention).where(Intervention.id == id_).with_for_update()
    return (await tx.session.exec(query.execution_options(populate_existing=True))).one()


async def incoming(tx: Transaction, *, after: UUID | None, limit: int) -> Sequence[Intervention]:
    """Moves into the principal's subtree that wait for its acceptance, by id."""
    assert tx.principal is not None
    query = select(Intervention).where(
        Intervention.kind == "MOVE",
        col(Intervention.status).in_(("PROPOSED", "NOTICED", "HEARD")),
        col(Intervention.accepted_by).is_(None),
        col(Intervention.plan)["division"].astext.like(tx.principal.prefix + "%"),
    )
    if after is not None:
        query = query.where(col(Intervention.id) > after)
    return (await tx.session.exec(query.order_by(col(Intervention.id)).limit(limit))).all()


async def interventions_touching(tx: Transaction, award_id: UUID) -> Sequence[Intervention]:
    """Open interventions on an award, also as one of several that are merged; locked."""
    query = select(Intervention).where(
        col(Intervention.status).not_in(("DONE", "DROPPED")),
        (col(Intervention.award_id) == award_id) | col(Intervention.others).contains([str(award_id)]),
    )
    return (await tx.session.exec(query.order_by(col(Intervention.id)).with_for_update())).all()


async def present_lines(tx: Transaction, award_id: UUID) -> list[rules.Line]:
    """The lines of an award that have no end yet."""
    await tx.session.flush()
    rows = await tx.fetch(
        "SELECT person_id, item, amount_fen FROM award_line WHERE award_id = $1 AND to_month IS NULL "
        "ORDER BY person_id, item",
        award_id,
    )
    return [rules.Line(str(row["person_id"]), row["item"], Money(row["amount_fen"])) for row in rows]


async def reviews_of(tx: Transaction, award_id: UUID) -> Sequence[Review]:
    """An award's reviews in order."""
    query = select(Review).where(Review.award_id == award_id)
    return (await tx.session.exec(query.order_by(col(Review.id)))).all()


async def changes_of(tx: Transaction, award_id: UUID) -> Sequence[ChangeReport]:
    """What was reported of an award, in order."""
    query = select(ChangeReport).where(ChangeReport.award_id == award_id)
    return (await tx.session.exec(query.order_by(col(ChangeReport.id)))).all()


# An award, and those that it goes on from: by a move or a split one, by a merge several.
_OFFERS = """
WITH RECURSIVE line AS (
    SELECT id, succeeds, decision_id FROM award WHERE id = $1
    UNION
    SELECT a.id, a.succeeds, a.decision_id FROM line l LEFT JOIN intervention i ON i.id = l.decision_id
    JOIN award a ON a.id = ANY(l.succeeds || ARRAY(SELECT jsonb_array_elements_text(i.others)::uuid))
)
SELECT outcome FROM work_offer WHERE person_id = $2 AND award_id IN (SELECT id FROM line) ORDER BY offered_on, id
"""


async def offers_to(tx: Transaction, award_id: UUID, person_id: UUID) -> list[rules.life.Offer]:
    """What became of the offers of work to a member, in order, in this award and those that it goes on from."""
    await tx.session.flush()
    return [row["outcome"] for row in await tx.fetch(_OFFERS, award_id, person_id)]


async def tapered_before(tx: Transaction, match_key: str, job: str) -> bool:
    """Whether a taper was given for this person's job before, in any award."""
    await tx.execute("SELECT pg_advisory_xact_lock(hashtextextended($1, 9))", f"taper {match_key} {job}")
    return bool(await tx.fetchval("SELECT true FROM taper WHERE match_key = $1 AND job = $2", match_key, job))


async def everybody_covered(tx: Transaction, award_id: UUID) -> list[tuple[str, UUID]]:
    """(match key, person) of the people that an award insures or once did."""
    rows = await tx.fetch("SELECT match_key, person_id FROM covered WHERE award_id = $1", award_id)
    return [(row["match_key"], row["person_id"]) for row in rows]


async def cover(tx: Transaction, award_id: UUID, people: Sequence[tuple[str, str]]) -> None:
    """Enters (match key, person) as insured by an award, also where they were before."""
    await tx.session.flush()
    await tx.executemany(
        "INSERT INTO covered (match_key, award_id, person_id) VALUES ($1, $2, $3) "
        "ON CONFLICT (match_key, award_id) DO UPDATE SET active = true",
        [(key, award_id, UUID(person)) for key, person in people],
    )


async def households_of(tx: Transaction, application_ids: Collection[UUID]) -> list[asyncpg.Record]:
    """The households and relatives on file of these applications."""
    return await tx.fetch(
        "SELECT id, household::text, account::text, relatives::text FROM county_case WHERE id = ANY($1::uuid[])",
        list(application_ids),
    )


async def tapers_over(tx: Transaction, month: str) -> Sequence[Award]:
    """Awards whose taper's last month lies before a month, locked."""
    query = select(Award).where(col(Award.taper_until) < month, col(Award.status) != "STOPPED")
    return (await tx.session.exec(query.order_by(col(Award.id)).limit(AT_ONCE).with_for_update(skip_locked=True))).all()


_AWARDS = """
UPDATE award SET {said} = {due} WHERE id IN (
    SELECT id FROM award WHERE status IN ({states}) AND {said} IS DISTINCT FROM {due} AND {due} <= $1
    ORDER BY {due} LIMIT $2 FOR UPDATE SKIP LOCKED)
RETURNING id, division, {due} AS due_on
"""
_CASES = """
UPDATE county_case SET {said}_term = term, {said}_due_on = term_due_on WHERE id IN (
    SELECT id FROM county_case
    WHERE (term IS DISTINCT FROM {said}_term OR term_due_on IS DISTINCT FROM {said}_due_on) AND term_due_on <= $1
    ORDER BY term_due_on LIMIT $2 FOR UPDATE SKIP LOCKED)
RETURNING id, division, term, term_due_on AS due_on
"""
_WHOLE = """
UPDATE county_case SET whole_{said} = whole_due_on WHERE id IN (
    SELECT id FROM county_case
    WHERE whole_due_on IS DISTINCT FROM whole_{said} AND whole_due_on <= $1
      AND status NOT IN ('APPROVED', 'REJECTED', 'WITHDRAWN')
    ORDER BY whole_due_on LIMIT $2 FOR UPDATE SKIP LOCKED)
RETURNING id, division, 'WHOLE_PROCEDURE' AS term, whole_due_on AS due_on
"""
Stage = Literal["near", "late"]


@mirrors(rules.clocks.stage)
async def reviews_due(tx: Transaction, until: date, stage: Stage) -> list[asyncpg.Record]:
    """Awards whose review falls due up to a day and of which that was not said yet; notes that it is."""
    sql = _AWARDS.format(said=f"review_{stage}", due="review_due_on", states="'ACTIVE', 'REVIEWING', 'SUSPENDED'")
    return await tx.fetch(sql, until, AT_ONCE)


@mirrors(rules.clocks.stage)
async def holds_ending(tx: Transaction, until: date, stage: Stage) -> list[asyncpg.Record]:
    """Awards whose money may be held up to a day and of which that was not said yet; notes that it is."""
    sql = _AWARDS.format(said=f"hold_{stage}", due="decide_by", states="'SUSPENDED'")
    return await tx.fetch(sql, until, AT_ONCE)


@mirrors(rules.clocks.stage)
async def terms_due(tx: Transaction, until: date, stage: Stage) -> list[asyncpg.Record]:
    """Cases whose present term ends up to a day and of which that was not said yet; notes that it is."""
    return await tx.fetch(_CASES.format(said=stage), until, AT_ONCE)


@mirrors(rules.clocks.stage)
async def whole_terms_due(tx: Transaction, until: date, stage: Stage) -> list[asyncpg.Record]:
    """Cases without a decision whose whole term ends up to a day and of which that was not said yet; notes it."""
    return await tx.fetch(_WHOLE.format(said=stage), until, AT_ONCE)
