"""One transaction of a service: its state, what it announces, who read what, all or nothing.

`tx` is what handlers and store functions get. Nothing but this module commits. The connection runs in autocommit for
SQLAlchemy, and the transaction is opened and closed here on the driver, so that ORM statements, asyncpg statements and
COPY share one transaction whose borders only the plumbing draws.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable, Iterable, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import TYPE_CHECKING, Any
from uuid import UUID

import asyncpg
import uuid_utils
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine, create_async_engine
from sqlalchemy.pool import NullPool
from sqlmodel.ext.asyncio.session import AsyncSession

from doudi.outbox import Closing, Outgoing, write_outgoing

if TYPE_CHECKING:
    from doudi.auth import Principal
    from doudi.clock import Clock
    from doudi.events.base import Event
    from doudi.inbox import Envelope
    from doudi.sealed import KeyRing
    from doudi.settings import Settings
    from doudi.telemetry import Metrics


def new_id() -> UUID:
    """A UUIDv7: unique, and in order of time, so that ids page lists."""
    return UUID(int=uuid_utils.uuid7().int)


@dataclass(slots=True)
class Link:
    """One database connection, seen by SQLAlchemy and by asyncpg."""

    sqlalchemy: AsyncConnection
    driver: asyncpg.Connection[asyncpg.Record]


class Database:
    """A pool of links. A broken link is dropped on return and made anew when needed."""

    def __init__(self, url: str, size: int) -> None:
        self.url = url
        self._engine: AsyncEngine = create_async_engine(
            url.replace("postgresql://", "postgresql+asyncpg://", 1),
            isolation_level="AUTOCOMMIT",
            poolclass=NullPool,
            hide_parameters=True,
        )
        self._free: list[Link] = []
        self._room = asyncio.Semaphore(size)

    async def connect(self) -> asyncpg.Connection[asyncpg.Record]:
        """A connection of its own, outside the pool, for locks and LISTEN."""
        return await asyncpg.connect(self.url)

    async def take(self) -> Link:
        """A connection for one transaction; waits when all are in use. It must be given back."""
        await self._room.acquire()
        try:
            while self._free:
                if not (link := self._free.pop()).driver.is_closed():
                    return link
                await self._drop(link)  # it broke while it rested
            return await self._open()
        except BaseException:
            self._room.release()
            raise

    async def give_back(self, link: Link) -> None:
        """Keeps it for the next transaction, unless it broke."""
        try:
            if link.driver.is_closed() or link.driver.is_in_transaction():
                await self._drop(link)
            else:
                self._free.append(link)
        finally:
            self._room.release()

    @asynccontextmanager
    async def link(self) -> AsyncIterator[Link]:
        """A connection for a block."""
        link = await self.take()
        try:
            yield link
        finally:
            await self.give_back(link)

    async def _open(self) -> Link:
        connection = await self._engine.connect()
        raw = await connection.get_raw_connection()
        driver = raw.driver_connection
        assert driver is not None
        return Link(connection, driver)

    async def _drop(self, link: Link) -> None:
        link.driver.terminate()
        await link.sqlalchemy.invalidate()
        await link.sqlalchemy.close()

    async def close(self) -> None:
        """Closes what is free; a service calls it last."""
        while self._free:
            link = self._free.pop()
            await link.sqlalchemy.close()
        await self._engine.dispose()


@dataclass
class Runtime:
    """What a running service has: its settings, keys, clock, database, metrics. Made once at start."""

    service: str
    settings: Settings
    keys: KeyRing
    clock: Clock
    database: Database
    metrics: Metrics
    committed: asyncio.Event = field(default_factory=asyncio.Event)
    """Set after a commit that announced something: wakes the relay of this process."""

    def transaction(
        self, *, whose: Callable[[], Principal | None] = lambda: None, hearing: Envelope | None = None
    ) -> Borders:
        """Begins; commits when the block ends well; rolls everything back when it does not.

        `whose` tells the principal when asked: a request's is known only after its permission was checked.
        """
        return Borders(self, whose, hearing)


class Borders:
    """Where a transaction begins and ends: `async with runtime.transaction() as tx`."""

    __slots__ = ("_hearing", "_link", "_runtime", "_tx", "_whose")

    def __init__(self, runtime: Runtime, whose: Callable[[], Principal | None], hearing: Envelope | None) -> None:
        self._runtime, self._whose, self._hearing = runtime, whose, hearing

    async def __aenter__(self) -> Transaction:
        """Begins."""
        self._link = await self._runtime.database.take()
        try:
            self._tx = Transaction(self._runtime, self._link, self._whose, self._hearing)
            await self._tx._border.start()
        except BaseException:
            await self._runtime.database.give_back(self._link)
            raise
        return self._tx

    async def __aexit__(self, kind: object, error: BaseException | None, trace: object) -> None:
        """Commits, or rolls back after an error, also one of the commit's own."""
        try:
            if error is None:
                await self._tx._commit()
        finally:
            try:
                await self._tx._end()
            finally:
                await self._runtime.database.give_back(self._link)


class Transaction:
    """State and announcement in one transaction. See the module's docstring; made by `Runtime.transaction`."""

    def __init__(
        self, runtime: Runtime, link: Link, whose: Callable[[], Principal | None], hearing: Envelope | None = None
    ) -> None:
        self._whose, self._principal = whose, whose()
        self.runtime, self.hearing = runtime, hearing
        self._link = link
        self._session: AsyncSession | None = None
        self._outgoing: list[Outgoing] = []
        self._border = link.driver.transaction()
        self.closing = Closing()

    @property
    def principal(self) -> Principal | None:
        """Whose request this is; None when an event is handled or time works."""
        if self._principal is None:
            self._principal = self._whose()
        return self._principal

    @property
    def settings(self) -> Settings:
        """The service's."""
        return self.runtime.settings

    @property
    def keys(self) -> KeyRing:
        """Seals, opens and matches personal data."""
        return self.runtime.keys

    @property
    def now(self) -> datetime:
        """The present moment, Asia/Shanghai."""
        return self.runtime.clock.now()

    @property
    def today(self) -> date:
        """The present day, Asia/Shanghai."""
        return self.runtime.clock.today()

    @property
    def session(self) -> AsyncSession:
        """A SQLModel session inside this transaction. Flush it before you mix in `fetch` or `execute`."""
        if self._session is None:
            self._session = AsyncSession(bind=self._link.sqlalchemy, expire_on_commit=False, autoflush=True)
        return self._session

    async def fetch(self, sql: str, *args: Any) -> list[asyncpg.Record]:
        """All rows of an SQL statement with $1 … arguments. JSONB columns come as text."""
        return await self._link.driver.fetch(sql, *args)

    async def fetchrow(self, sql: str, *args: Any) -> asyncpg.Record | None:
        """The first row, or None."""
        return await self._link.driver.fetchrow(sql, *args)

    async def fetchval(self, sql: str, *args: Any) -> Any:
        """The first value of the first row, or None."""
        return await self._link.driver.fetchval(sql, *args)

    async def execute(self, sql: str, *args: Any) -> int:
        """Runs a statement; returns how many rows it touched (0 where that has no meaning)."""
        tag = (await self._link.driver.execute(sql, *args)).rsplit(" ", 1)[-1]
        return int(tag) if tag.isdigit() else 0

    async def executemany(self, sql: str, rows: Iterable[Sequence[Any]]) -> None:
        """Runs a statement once a row, pipelined."""
        await self._link.driver.executemany(sql, rows)

    async def copy(self, table: str, columns: Sequence[str], records: Iterable[Sequence[Any]]) -> None:
        """Puts many rows into a table by COPY."""
        await self._link.driver.copy_records_to_table(table, records=records, columns=columns)

    async def announce(self, *events: Event) -> None:
        """Says facts. They enter the outbox with this transaction, in this order within each case, or not at all."""
        trace = self._traceparent()
        self._outgoing.extend(Outgoing.of(new_id(), event, self.now, trace) for event in events)

    def saw(self, kind: str, subject: object) -> None:
        """Notes that the principal read personal data."""
        self.closing.accesses.append(("READ", kind, str(subject)))

    def did(self, kind: str, subject: object) -> None:
        """Notes that the principal acted."""
        self.closing.accesses.append(("ACT", kind, str(subject)))

    def _traceparent(self) -> str | None:
        from doudi.telemetry import current_traceparent

        return current_traceparent() or (self.hearing.traceparent if self.hearing else None)

    async def _commit(self) -> None:
        if self._session is not None:
            await self._session.flush()
        self._sign_accesses()
        if self._outgoing or not self.closing.empty:
            await write_outgoing(self._link.driver, self._outgoing, self.closing)
        await self._border.commit()
        if self._outgoing:
            self.runtime.committed.set()

    async def _end(self) -> None:
        """Rolls back what was not committed, and lets go of the session."""
        if not self._link.driver.is_closed() and self._link.driver.is_in_transaction():
            try:
                await self._border.rollback()
            except (asyncpg.PostgresError, asyncpg.InterfaceError, OSError):
                self._link.driver.terminate()  # the server rolls back a connection that is gone
        if self._session is not None:
            session, self._session = self._session, None
            session.expunge_all()
            if not self._link.driver.is_closed():
                await session.close()

    def _sign_accesses(self) -> None:
        """The log says who; what time and events do is in the journal, not here."""
        who, closing = self.principal, self.closing
        if who is None:
            closing.accesses.clear()
            return
        closing.at, closing.sub, closing.roles = self.now, who.sub, sorted(who.roles)
        closing.division, closing.trace = who.division.code, self._traceparent()
