"""Applications in the database, and who is in an open one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from uuid import UUID

import asyncpg
import orjson
from sqlmodel import col, select

from doudi.errors import NotFound
from doudi.transaction import Transaction
from intake.model import Application, AtTheWindow, columns
from intake.model.refusals import AlreadyApplying
from intake.store.common import visible

_JSON = {"consents", "declared", "relatives", "missing", "explained", "surveyors", "means", "officers"}


@cache
def _insert(columns: tuple[str, ...]) -> str:
    """Puts an application on file with what is known of it; every other column is NULL."""
    places = ", ".join(f"${n}" for n, _ in enumerate(columns, 1))
    return f"""WITH filed AS (INSERT INTO application ({", ".join(columns)}) VALUES ({places}) RETURNING id)
        INSERT INTO open_member (person_id, application_id)
        SELECT unnest(${len(columns) + 1}::uuid[]), id FROM filed"""


async def add_application(tx: Transaction, application: AtTheWindow, unit: Sequence[UUID]) -> None:
    """Puts a new application on file and its people into it. Raises AlreadyApplying if one is in another open one.

    One statement written by hand: this is the busiest door of the county.
    """
    known = {name: value for name, value in columns(application).items() if value is not None}
    try:
        await tx.execute(_insert(tuple(known)), *(_stored(*pair) for pair in known.items()), sorted(unit))
    except asyncpg.UniqueViolationError as error:
        raise AlreadyApplying from error


async def hold_members(tx: Transaction, application_id: UUID, unit: Sequence[UUID]) -> None:
    """Each person of a unit is in one open application only. Raises AlreadyApplying."""
    try:
        await tx.execute(
            "INSERT INTO open_member (person_id, application_id) SELECT unnest($1::uuid[]), $2",
            sorted(unit),
            application_id,
        )
    except asyncpg.UniqueViolationError as error:
        raise AlreadyApplying from error


async def release_members(tx: Transaction, application_id: UUID) -> None:
    """The application is closed; its people may apply anew."""
    await tx.session.flush()
    await tx.execute("DELETE FROM open_member WHERE application_id = $1", application_id)


def _stored(name: str, value: object) -> object:
    return orjson.dumps(value).decode() if name in _JSON else value


async def application_for_update(tx: Transaction, application_id: UUID) -> Application:
    """Locks the case. For a principal: one of the subtree. Raises NotFound."""
    query = select(Application).where(Application.id == application_id).with_for_update()
    application = (await tx.session.exec(query)).first()
    if application is None or (tx.principal is not None and not visible(tx, application.division)):
        raise NotFound
    return application


async def case_of_posting(tx: Transaction, application_id: UUID) -> Application:
    """Locks the case of a posting that anybody may object to, whoever they are."""
    query = select(Application).where(Application.id == application_id).with_for_update()
    return (await tx.session.exec(query.execution_options(populate_existing=True))).one()


async def application_to_see(tx: Transaction, application_id: UUID) -> Application:
    """An application of the principal's subtree. Raises NotFound."""
    application = await tx.session.get(Application, application_id)
    if application is None or not visible(tx, application.division):
        raise NotFound
    return application


@dataclass(frozen=True, slots=True)
class Filters:
    """What a list of applications is narrowed to."""

    state: str | None = None
    division: str | None = None
    submitted_from: date | None = None
    submitted_to: date | None = None
    near_relative: bool | None = None


async def applications_page(
    tx: Transaction, filters: Filters, *, after: UUID | None, limit: int
) -> Sequence[Application]:
    """Applications of the principal's subtree, in order of submission."""
    assert tx.principal is not None
    query = select(Application).where(col(Application.division).like(tx.principal.prefix + "%"))
    if filters.state is not None:
        query = query.where(Application.status == filters.state)
    if filters.division is not None:
        query = query.where(col(Application.division).like(filters.division + "%"))
    if filters.submitted_from is not None:
        query = query.where(col(Application.submitted_on) >= filters.submitted_from)
    if filters.submitted_to is not None:
        query = query.where(col(Application.submitted_on) <= filters.submitted_to)
    if filters.near_relative is not None:
        query = query.where(col(Application.near_relative).is_(filters.near_relative))
    if after is not None:
        query = query.where(col(Application.id) > after)
    return (await tx.session.exec(query.order_by(col(Application.id)).limit(limit))).all()


async def open_of_applicant(tx: Transaction, person_id: UUID) -> Application | None:
    """The open application in which the person is the applicant, locked."""
    application_id = await tx.fetchval(
        """SELECT a.id FROM open_member o JOIN application a ON a.id = o.application_id
           WHERE o.person_id = $1 AND a.applicant_id = $1""",
        person_id,
    )
    if application_id is None:
        return None
    query = select(Application).where(Application.id == application_id).with_for_update()
    return (await tx.session.exec(query)).first()


async def lapsed_corrections(tx: Transaction, today: date, limit: int) -> Sequence[Application]:
    """Applications whose correction was due before today, locked."""
    query = (
        select(Application)
        .where(Application.status == "CORRECTION", col(Application.correction_due_on) < today)
        .order_by(col(Application.id))
        .limit(limit)
        .with_for_update(skip_locked=True)
    )
    return (await tx.session.exec(query)).all()


async def postings_over(tx: Transaction, today: date, limit: int) -> Sequence[Application]:
    """Applications whose posting's last day is past, locked."""
    query = (
        select(Application)
        .where(Application.status == "POSTING_1", col(Application.posting_ends_on) < today)
        .order_by(col(Application.id))
        .limit(limit)
        .with_for_update(skip_locked=True)
    )
    return (await tx.session.exec(query)).all()
