"""A service's connections to its database: one pool, whose links SQLAlchemy and asyncpg share.

SQLAlchemy sees a connection in autocommit: the borders of a transaction are drawn in doudi.transaction alone.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass

import asyncpg
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine, create_async_engine
from sqlalchemy.pool import NullPool


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
                link = self._free.pop()
                if not link.driver.is_closed():
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
