"""A ledger on a fresh database, without its background tasks."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest_asyncio

from doudi.testing import Running, Servers, running
from tests.plumbing import ledger


@pytest_asyncio.fixture(loop_scope="session")
async def book(servers: Servers) -> AsyncIterator[Running]:
    """The ledger's service."""
    ledger.stumbling.clear()
    async with running(ledger.LEDGER, servers) as s:
        async with s.runtime.database.link() as link:
            await link.driver.execute(ledger.TABLES)
        yield s
