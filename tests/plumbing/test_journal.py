"""design §4.5: the journal is kept, chained per case; a change or a gap is found; it can be published again."""

from __future__ import annotations

import asyncpg
import pytest

from doudi.journal import Damage, replay, verify
from doudi.testing import Running
from tests.plumbing.ledger import EntryMade


async def damages(s: Running) -> list[Damage]:
    connection = await asyncpg.connect(s.runtime.database.url)
    try:
        return [d async for d in verify(connection) if isinstance(d, Damage)]
    finally:
        await connection.close()


async def fill(s: Running) -> None:
    for case in ("a", "b"):
        async with s.runtime.transaction() as tx:
            await tx.announce(*(EntryMade(case_id=case, number=n) for n in range(3)))


async def test_a_journal_as_written_verifies(book: Running):
    await fill(book)
    assert await damages(book) == []


@pytest.mark.parametrize(
    ("tampering", "expected"),
    [
        (
            """UPDATE outbox SET value = replace(value, '1', '9') WHERE key = 'a' AND sequence = 2""",
            Damage("a", 2, "changed"),
        ),
        ("""DELETE FROM outbox WHERE key = 'a' AND sequence = 2""", Damage("a", 2, "missing")),
        ("""DELETE FROM outbox WHERE key = 'a' AND sequence = 3""", Damage("a", 3, "missing")),
        ("""DELETE FROM outbox WHERE key = 'a'""", Damage("a", 1, "missing")),
        ("""DELETE FROM journal_head WHERE key = 'a'""", Damage("a", 3, "no head")),
        ("""UPDATE journal_head SET hash = 'x' WHERE key = 'a'""", Damage("a", 3, "changed")),
    ],
)
async def test_what_was_done_to_it_is_found(book: Running, tampering: str, expected: Damage):
    await fill(book)
    async with book.runtime.database.link() as link:
        await link.driver.execute(
            f"ALTER TABLE outbox DISABLE TRIGGER ALL; {tampering}; ALTER TABLE outbox ENABLE TRIGGER ALL"
        )
    assert await damages(book) == [expected]


async def test_replay_marks_what_is_to_be_said_again(book: Running):
    await fill(book)
    async with book.runtime.transaction() as tx:
        await tx.execute("UPDATE outbox SET sent_at = now()")
    connection = await asyncpg.connect(book.runtime.database.url)
    try:
        assert await replay(connection, key="a", since=None) == 3
        assert await replay(connection, key=None, since=None) == 3
    finally:
        await connection.close()
