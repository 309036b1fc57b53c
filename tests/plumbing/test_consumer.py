"""design §4.3-4: effects exactly once; nothing is skipped by the machine; a failing case waits, others go on."""

from __future__ import annotations

from uuid import uuid4

import asyncpg
import pytest

from doudi import inbox
from doudi.consumer import Reception
from doudi.errors.transient import is_transient
from doudi.inbox import Envelope, Message
from doudi.operate import StillFails, discard_parked, replay_parked
from doudi.testing import Running
from doudi.transaction import new_id
from tests.plumbing import ledger
from tests.plumbing.ledger import EntryCopied, EntryMade, ManyMade


def letter(s: Running, event: ledger.LedgerEvent) -> Message:
    return Message(Envelope(new_id(), event.TYPE, "/doudi/ledger", event.case, s.clock.now()), event.model_dump_json())


async def copied(s: Running) -> list[tuple[str, int]]:
    return [(r["case_id"], r["number"]) for r in await s.fetch("SELECT * FROM copied ORDER BY place")]


async def test_a_message_delivered_twice_takes_effect_once(book: Running):
    reception = Reception(book.runtime, book.service.hears)
    message = letter(book, EntryMade(case_id="a", number=1))
    await reception.take([message, message])
    await reception.take([message])
    assert await copied(book) == [("a", 1)]
    assert len(await book.said(EntryCopied)) == 1


async def test_without_the_inbox_it_would_take_effect_twice(book: Running):
    """The guarantee broken on purpose: the same message straight to the handlers."""
    reception = Reception(book.runtime, book.service.hears)
    message = letter(book, EntryMade(case_id="a", number=1))
    for _ in range(2):
        async with book.runtime.transaction() as tx:
            await reception.dispatch(tx, [message])
    assert await copied(book) == [("a", 1), ("a", 1)]


async def test_a_failing_message_parks_its_case_and_the_others_go_on(book: Running):
    ledger.stumbling.add("bad")
    reception = Reception(book.runtime, book.service.hears)
    await reception.take([letter(book, EntryMade(case_id=c, number=n)) for n in (1, 2) for c in ("bad", "good")])
    assert await copied(book) == [("good", 1), ("good", 2)]
    ledger.stumbling.clear()  # mended; but order within the case is kept: what comes later waits too
    await reception.take([letter(book, EntryMade(case_id="bad", number=3))])
    assert await copied(book) == [("good", 1), ("good", 2)]
    rows = await book.fetch("SELECT reason FROM parked ORDER BY position")
    assert [r["reason"] for r in rows] == ["Stumbles", *["an earlier message of this case is parked"] * 2]
    metrics = (await book.public().get("/metrics")).text
    assert any(line.startswith("doudi_parked") and line.endswith(" 3.0") for line in metrics.splitlines())


async def test_an_operator_replays_a_parked_case_in_order(book: Running):
    ledger.stumbling.add("bad")
    reception = Reception(book.runtime, book.service.hears)
    await reception.take([letter(book, EntryMade(case_id="bad", number=n)) for n in (1, 2, 3)])
    with pytest.raises(StillFails):  # still broken: it stays, in its place
        await replay_parked(book.runtime, reception, "bad")
    ledger.stumbling.clear()
    assert await replay_parked(book.runtime, reception, "bad") == 3
    assert await copied(book) == [("bad", 1), ("bad", 2), ("bad", 3)]
    await reception.take([letter(book, EntryMade(case_id="bad", number=4))])
    assert (await copied(book))[-1] == ("bad", 4)


async def test_an_operator_discards_one_with_a_reason_and_the_rest_goes_on(book: Running):
    ledger.stumbling.add("bad")
    reception = Reception(book.runtime, book.service.hears)
    await reception.take([letter(book, EntryMade(case_id="bad", number=n)) for n in (1, 2)])
    ledger.stumbling.clear()
    first = (await book.fetch("SELECT event_id FROM parked ORDER BY position"))[0]["event_id"]
    assert await discard_parked(book.runtime, first, by="operator-1", because="entered by hand on 2020-03-02")
    assert not await discard_parked(book.runtime, uuid4(), by="operator-1", because="none")
    assert await replay_parked(book.runtime, reception, "bad") == 1
    assert await copied(book) == [("bad", 2)]
    kept = (await book.fetch("SELECT discarded_by, because, reason FROM discarded"))[0]
    assert tuple(kept) == ("operator-1", "entered by hand on 2020-03-02", "Stumbles")


async def test_a_message_that_cannot_be_read_is_parked_too(book: Running):
    reception = Reception(book.runtime, book.service.hears)
    broken = Message(Envelope(new_id(), EntryMade.TYPE, "/x", "a", book.clock.now()), '{"case_id": 3}')
    await reception.take([broken, letter(book, EntryMade(case_id="b", number=1))])
    assert await copied(book) == [("b", 1)]
    rows = await book.fetch("SELECT key, reason FROM parked")
    assert [tuple(r) for r in rows] == [("a", "ValidationError")]


async def test_a_transient_failure_is_tried_again_and_parks_nothing(book: Running):
    """A lost connection in the middle of the handler: the batch is done again, once."""
    tries = []

    async def cut(event: EntryMade, tx) -> None:
        tries.append(event.number)
        if len(tries) == 1:
            pid = await tx.fetchval("SELECT pg_backend_pid()")
            async with book.runtime.database.link() as other:
                await other.driver.execute("SELECT pg_terminate_backend($1)", pid)
        await ledger.copy(event, tx)

    reception = Reception(book.runtime, {EntryMade: cut})
    await reception.take([letter(book, EntryMade(case_id="a", number=1))])
    assert tries == [1, 1]
    assert await copied(book) == [("a", 1)]
    assert await book.fetch("SELECT 1 FROM parked") == []


async def test_a_set_based_handler_gets_runs_of_its_type(book: Running):
    reception = Reception(book.runtime, book.service.hears)
    await reception.take([letter(book, ManyMade(case_id=str(n), number=n)) for n in range(1000)])
    assert [n for _, n in await copied(book)] == list(range(1000))


@pytest.mark.parametrize(
    ("error", "transient"),
    [
        (asyncpg.DeadlockDetectedError(), True),
        (asyncpg.AdminShutdownError(), True),
        (asyncpg.ConnectionDoesNotExistError(), True),
        (asyncpg.TooManyConnectionsError(), True),
        (ConnectionResetError(), True),
        (asyncpg.InternalClientError("unexpected error while performing authentication"), True),
        (asyncpg.InterfaceError("connection is closed"), True),
        (asyncpg.InterfaceError("the server expects 2 arguments for this query, 1 was passed"), False),
        (asyncpg.UniqueViolationError(), False),
        (asyncpg.CheckViolationError(), False),
        (ValueError(), False),
    ],
)
def test_what_is_worth_another_try(error: Exception, transient: bool):
    assert is_transient(error) is transient


async def test_while_an_operator_replays_the_case_the_consumer_waits_for_him(book: Running):
    """Neither overtakes the other: parked keys are read with a lock that the replay holds."""
    ledger.stumbling.add("bad")
    reception = Reception(book.runtime, book.service.hears)
    await reception.take([letter(book, EntryMade(case_id="bad", number=1))])
    ledger.stumbling.clear()
    async with book.runtime.transaction() as replaying:
        message = await inbox.oldest_parked(replaying, "bad")
        assert message is not None
        import asyncio

        arriving = asyncio.create_task(reception.take([letter(book, EntryMade(case_id="bad", number=2))]))
        await asyncio.wait([arriving], timeout=0.3)
        assert not arriving.done()
        await reception.dispatch(replaying, [message])
        await inbox.unpark(replaying, message.envelope.id)
    await arriving
    assert await copied(book) == [("bad", 1), ("bad", 2)]
