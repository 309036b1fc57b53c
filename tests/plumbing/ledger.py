"""A smallest service for the tests of the plumbing: a ledger of cases, whose tables are made by the test."""

from __future__ import annotations

from uuid import UUID

from fastapi import Response

from doudi.auth import Principal, Role, allow
from doudi.consumer import batched
from doudi.errors import Conflict, problem_response
from doudi.events.base import Event
from doudi.inbox import Heard
from doudi.service import IfMatch, Request, Router, Service, Tx, View, check_version, etag, service
from doudi.transaction import Transaction, new_id


class LedgerEvent(Event, publisher="ledger"):
    """Said by the ledger."""


class EntryMade(LedgerEvent, key="case_id"):
    """Something was entered."""

    case_id: str
    number: int


class EntryCopied(LedgerEvent, key="case_id"):
    """A heard entry was written down."""

    case_id: str
    number: int


class ManyMade(LedgerEvent, key="case_id"):
    """For the set-based handler."""

    case_id: str
    number: int


TABLES = """
CREATE TABLE IF NOT EXISTS entry (id uuid PRIMARY KEY, name text UNIQUE, version int NOT NULL DEFAULT 1);
CREATE TABLE IF NOT EXISTS copied (case_id text, number int, place bigint GENERATED ALWAYS AS IDENTITY);
"""

router = Router(prefix="/v1/entries")


class MakeEntry(Request):
    """A name, once."""

    name: str


class EntryView(View):
    """An entry."""

    id: UUID
    version: int


@router.post("", status_code=201)
async def make(body: MakeEntry, tx: Tx, response: Response, who: Principal = allow(Role.CLERK)) -> EntryView:
    """Makes an entry and says so."""
    id_ = new_id()
    await tx.execute("INSERT INTO entry (id, name) VALUES ($1, $2)", id_, body.name)
    await tx.announce(EntryMade(case_id=str(id_), number=1))
    etag(response, 1)
    assert tx.principal == who
    return EntryView(id=id_, version=1)


@router.post("/{id}/touch")
async def touch(id: UUID, tx: Tx, if_match: IfMatch, who: Principal = allow(Role.CLERK)) -> EntryView:
    """Raises the version."""
    version = await tx.fetchval("SELECT version FROM entry WHERE id = $1 FOR UPDATE", id)
    check_version(version, if_match)
    await tx.execute("UPDATE entry SET version = version + 1 WHERE id = $1", id)
    tx.saw("entry", id)
    return EntryView(id=id, version=version + 1)


@router.post("/blocked")
async def blocked(tx: Tx, who: Principal = allow(Role.CLERK)) -> Response:
    """Says a fact and refuses: both must hold."""
    await tx.announce(EntryMade(case_id="blocked", number=1))
    return problem_response(Conflict(detail="blocked"))


class Stumbles(RuntimeError):
    """A handler's own mistake."""


stumbling: set[str] = set()
"""Cases whose handler fails."""


async def copy(event: EntryMade, tx: Transaction) -> None:
    """Writes a heard entry down."""
    if event.case_id in stumbling:
        raise Stumbles
    await tx.execute("INSERT INTO copied (case_id, number) VALUES ($1, $2)", event.case_id, event.number)
    await tx.announce(EntryCopied(case_id=event.case_id, number=event.number))


@batched
async def copy_many(heard: list[Heard[ManyMade]], tx: Transaction) -> None:
    """Writes many down at once."""
    await tx.copy("copied", ["case_id", "number"], [(h.event.case_id, h.event.number) for h in heard])


LEDGER: Service = service(
    "ledger", package="relief", hears={EntryMade: copy, ManyMade: copy_many}, says=[EntryMade], routers=[router]
)
"""It borrows the relief package for its migrations; its own tables are made by the fixture."""
