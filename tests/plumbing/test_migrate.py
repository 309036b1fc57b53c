"""A service waits at its start for a database that is starting itself, and says so when there is none."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from urllib.parse import urlsplit

import asyncpg
import pytest
from benchmarks.stage import free_port
from structlog.testing import capture_logs

from doudi.migrate import MigrationFailed, upgrade
from doudi.testing import Servers, until


@asynccontextmanager
async def door(port: int, url: str) -> AsyncIterator[None]:
    """A port of our own that leads to the real server while it is open."""
    goal = urlsplit(url)

    async def lead(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        there, back = await asyncio.open_connection(goal.hostname, goal.port)
        await asyncio.gather(_carry(reader, back), _carry(there, writer))

    async with await asyncio.start_server(lead, "127.0.0.1", port):
        yield


async def _carry(source: asyncio.StreamReader, target: asyncio.StreamWriter) -> None:
    while data := await source.read(65_536):
        target.write(data)
    target.close()


async def empty_database(servers: Servers) -> str:
    name = f"test_migrate_{free_port()}"
    admin = await asyncpg.connect(servers.postgres)
    await admin.execute(f"CREATE DATABASE {name}")
    await admin.close()
    return servers.url(name)


async def test_a_start_waits_for_a_database_that_comes_later(servers: Servers):
    url, port = await empty_database(servers), free_port()
    behind = url.replace(f":{urlsplit(url).port}/", f":{port}/")
    with capture_logs() as said:
        starting = asyncio.create_task(upgrade("intake", behind, patience=60))
        await until(lambda: any("waiting" in line["event"] for line in said))
        assert not starting.done()
        async with door(port, url):
            assert await starting
    await servers.drop(url)


async def test_without_patience_a_missing_server_is_said_at_once(servers: Servers):
    url = servers.postgres.replace(f":{urlsplit(servers.postgres).port}/", f":{free_port()}/")
    with pytest.raises(MigrationFailed, match="intake could not be migrated"):
        await upgrade("intake", url)


async def test_what_does_not_pass_by_itself_is_not_waited_for(servers: Servers):
    with pytest.raises(MigrationFailed, match="does not exist"):
        await upgrade("intake", servers.url("no_such_database"), patience=3_600)
