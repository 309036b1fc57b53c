"""Flags and their grounds."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sqlmodel import col, select

from doudi.auth import Principal
from doudi.division import Level
from doudi.errors import NotFound
from doudi.transaction import Transaction
from oversight import rules
from oversight.model import Flag, Ground, State


@dataclass(frozen=True, slots=True)
class Filters:
    """What a list is narrowed to."""

    indicator: str | None = None
    severity: str | None = None
    status: State | None = None
    division: str | None = None


@dataclass(frozen=True, slots=True)
class Reason:
    """One ground of a flag, as it is shown."""

    because: str
    evidence: list[UUID]
    shown_on: date


async def flag_for_update(tx: Transaction, flag_id: UUID) -> Flag | None:
    """Locks a flag, whoever may see it; None when there is none."""
    query = select(Flag).where(Flag.id == flag_id).with_for_update().execution_options(populate_existing=True)
    return (await tx.session.exec(query)).first()


async def flag_to_act_on(tx: Transaction, flag_id: UUID) -> Flag:
    """Locks a flag that the principal may see. Raises NotFound."""
    return _seen(tx, await flag_for_update(tx, flag_id))


async def flag_to_see(tx: Transaction, flag_id: UUID) -> Flag:
    """A flag that the principal may see. Raises NotFound."""
    return _seen(tx, await tx.session.get(Flag, flag_id))


def _seen(tx: Transaction, flag: Flag | None) -> Flag:
    who = tx.principal
    if flag is None or who is None or not _may_see(who, flag):
        raise NotFound
    return flag


def _may_see(who: Principal, flag: Flag) -> bool:
    placed = who.may_see(flag.division) if flag.division else who.division.level <= Level.CITY
    return placed and rules.may_see(flag.about_officials, who.division.level).met


async def flags_page(tx: Transaction, filters: Filters, *, after: UUID | None, limit: int) -> Sequence[Flag]:
    """Flags that the principal may see, in the order of ids. One whose place is not known yet is the city's to see."""
    assert tx.principal is not None
    level = tx.principal.division.level
    placed = col(Flag.division).like(tx.principal.prefix + "%")
    query = select(Flag).where(placed | col(Flag.division).is_(None) if level <= Level.CITY else placed)
    if not rules.may_see(True, level).met:
        query = query.where(col(Flag.about_officials).is_(False))
    if filters.indicator is not None:
        query = query.where(Flag.indicator == filters.indicator)
    if filters.severity is not None:
        query = query.where(Flag.severity == filters.severity)
    if filters.status is not None:
        query = query.where(Flag.status == filters.status.value)
    if filters.division is not None:
        query = query.where(col(Flag.division).like(filters.division + "%"))
    if after is not None:
        query = query.where(col(Flag.id) > after)
    return (await tx.session.exec(query.order_by(col(Flag.id)).limit(limit))).all()


async def reasons(tx: Transaction, flags: Collection[UUID]) -> dict[UUID, list[Reason]]:
    """The grounds of flags, in the order in which they were shown."""
    rows = await tx.fetch(
        "SELECT * FROM ground WHERE flag_id = ANY($1::uuid[]) ORDER BY flag_id, shown_on, evidence, because",
        list(flags),
    )
    found: dict[UUID, list[Reason]] = {flag: [] for flag in flags}
    for r in rows:
        found[r["flag_id"]].append(Reason(r["because"], r["evidence"], r["shown_on"]))
    return found


async def add_flag(tx: Transaction, ground: Ground, severity: rules.Severity, due_on: date) -> bool:
    """Makes the flag of a ground; false when it is there already. An earlier ground brings its dates forward."""
    indicator = rules.INDICATORS[ground.indicator]
    return bool(
        await tx.fetchval(
            """INSERT INTO flag (id, version, indicator, severity, subject_kind, subject_id, case_id, division,
                                 about_officials, status, raised_on, due_on)
               VALUES ($1, 1, $2, $3, $4, $5, $6, coalesce($7, (SELECT division FROM place WHERE case_id = $6)), $8,
                       'OPEN', $9, $10)
               ON CONFLICT (id) DO UPDATE SET raised_on = least(flag.raised_on, excluded.raised_on),
                                              due_on = least(flag.due_on, excluded.due_on)
               RETURNING xmax = 0""",
            ground.flag_id,
            ground.indicator,
            severity,
            ground.subject_kind,
            ground.subject_id,
            ground.case_id,
            ground.division,
            indicator.about_officials,
            ground.shown_on,
            due_on,
        )
    )


async def add_grounds(tx: Transaction, grounds: Sequence[Ground]) -> None:
    """Keeps grounds; one that is known is not kept twice."""
    await tx.executemany(
        """INSERT INTO ground (flag_id, evidence, scope, because, shown_on) VALUES ($1, $2, $3, $4, $5)
           ON CONFLICT (flag_id, evidence, because) DO NOTHING""",
        [(g.flag_id, list(g.evidence), g.scope, g.because, g.shown_on) for g in grounds],
    )


async def keep_only(tx: Transaction, scopes: Sequence[str], grounds: Sequence[Ground]) -> list[UUID]:
    """Removes the grounds of these scopes that are not among these; returns the flags that are left without any."""
    kept = {(g.flag_id, g.evidence, g.because) for g in grounds}
    rows = await tx.fetch("SELECT flag_id, evidence, because FROM ground WHERE scope = ANY($1::text[])", list(scopes))
    known = [(r["flag_id"], tuple(r["evidence"]), r["because"]) for r in rows]
    gone = [ground for ground in known if ground not in kept]
    await tx.executemany("DELETE FROM ground WHERE flag_id = $1 AND evidence = $2 AND because = $3", gone)
    left = await tx.fetch(
        """SELECT f.id FROM flag f WHERE f.id = ANY($1::uuid[])
           AND NOT EXISTS (SELECT FROM ground g WHERE g.flag_id = f.id) ORDER BY f.id""",
        sorted({flag for flag, _, _ in gone}),
    )
    return [r["id"] for r in left]
