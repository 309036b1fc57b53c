"""design §4.5-6: a new reader is filled from the journal; a dead task kills the process; readiness tells the truth."""

from __future__ import annotations

import asyncio
import os
import sys
from collections.abc import Awaitable, Callable
from dataclasses import replace
from uuid import uuid4

import asyncpg
import pytest

from doudi.journal import replay as publish_again
from doudi.service.app import ensure_topics
from doudi.service.tasks import forget_answers, run_due
from doudi.testing import Running, Servers, running, until
from doudi.transaction import Transaction
from tests.plumbing import ledger
from tests.plumbing.ledger import EntryMade


async def with_tables(s: Running) -> None:
    async with s.runtime.database.link() as link:
        await link.driver.execute(ledger.TABLES)


async def entries(s: Running) -> list[tuple[str, int]]:
    rows = await s.fetch("SELECT case_id, number FROM copied ORDER BY case_id, place")
    return [(r["case_id"], r["number"]) for r in rows]


async def say(s: Running, case: str, numbers: range) -> None:
    for number in numbers:
        async with s.runtime.transaction() as tx:
            await tx.announce(EntryMade(case_id=case, number=number))


async def test_a_projection_rebuilt_from_zero_equals_the_one_it_replaces(servers: Servers):
    """The broker is empty (another prefix) and the reader is new: replay fills both, in order, once."""
    prefixes = [f"t{uuid4().hex[:8]}" for _ in range(2)]
    url = await servers.database("relief")
    for prefix in prefixes:
        await ensure_topics(servers.kafka, [f"{prefix}.ledger"], partitions=3)
    async with running(ledger.LEDGER, servers, database=url, kafka=False) as s:
        await with_tables(s)
    async with running(ledger.LEDGER, servers, database=url, kafka=True, topic_prefix=prefixes[0]) as s:
        for case in ("a", "b"):
            await say(s, case, range(20))
        await until(_filled(s, 40))
        before = await entries(s)
    connection = await asyncpg.connect(url)
    await connection.execute("TRUNCATE copied, inbox")
    assert await publish_again(connection, key=None, since=None) >= 40
    await connection.close()
    async with running(ledger.LEDGER, servers, database=url, kafka=True, topic_prefix=prefixes[1]) as s:
        await until(_filled(s, 40))
        assert await entries(s) == before
    await servers.drop(url)


def _filled(s: Running, count: int) -> Callable[[], Awaitable[bool]]:
    async def filled() -> bool:
        return len(await entries(s)) == count

    return filled


async def test_readiness_follows_database_relay_and_consumer(servers: Servers):
    prefix = f"t{uuid4().hex[:8]}"
    await ensure_topics(servers.kafka, [f"{prefix}.ledger"], partitions=3)
    async with running(ledger.LEDGER, servers, kafka=True, topic_prefix=prefix) as s:
        public = s.public()

        async def ready() -> bool:
            return (await public.get("/health/ready")).status_code == 200

        await until(ready)
        s.app.state.relay.running = False
        unready = await public.get("/health/ready")
        assert (unready.status_code, unready.json()["relay"]) == (503, False)
        assert (await public.get("/health/live")).status_code == 200


async def test_a_dead_task_kills_the_process(servers: Servers):
    """No green health check over a consumer that is gone: whoever supervises is told at once."""
    prefix = f"t{uuid4().hex[:8]}"
    await ensure_topics(servers.kafka, [f"{prefix}.ledger"], partitions=3)
    died: list[BaseException] = []

    async def fails(tx: Transaction) -> int:
        raise ZeroDivisionError

    broken = replace(ledger.LEDGER, every=(fails,))
    async with running(broken, servers, kafka=True, topic_prefix=prefix, on_death=died.append):
        await until(lambda: died)
    assert isinstance(died[0], ZeroDivisionError)


@pytest.mark.parametrize("missing", ["DATABASE_URL", "DOUDI_ISSUER", "DOUDI_MATCH_KEY"])
async def test_a_missing_setting_stops_the_start_with_its_name(servers: Servers, missing: str):
    given = {
        "DATABASE_URL": servers.url("nowhere"),
        "KAFKA_BOOTSTRAP_SERVERS": servers.kafka,
        "DOUDI_ISSUER": "http://127.0.0.1:1",
        "DOUDI_SEALING_KEYS": "{}",
        "DOUDI_SEALING_ACTIVE": "x",
        "DOUDI_MATCH_KEY": "x",
    }
    plain = {k: v for k, v in os.environ.items() if not k.startswith(("DOUDI_", "DATABASE", "KAFKA"))}
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "doudi.service", "relief", "--port", "1",
        env={**plain, **{k: v for k, v in given.items() if k != missing}},
        stdout=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.PIPE,
    )  # fmt: skip
    _, said = await process.communicate()
    assert process.returncode == 2
    assert missing.removeprefix("DOUDI_").lower() in said.decode().lower()


async def test_an_answer_is_forgotten_after_its_days_and_not_before(book: Running):
    async with book.runtime.transaction() as tx:
        await tx.execute(
            "INSERT INTO idempotency (sub, key, fingerprint, status, headers, body, at) SELECT 'c', n::text, '', 201,"
            " '{}', '', clock_timestamp() - make_interval(days => $1 + n, mins => -1) FROM generate_series(0, 700) n",
            tx.settings.idempotency_days,
        )
    assert await run_due(book.runtime, forget_answers) == 700
    assert [row["key"] for row in await book.fetch("SELECT key FROM idempotency")] == ["0"]
