"""design §4.1: state and announcement are one transaction, and the answer leaves after the commit."""

from __future__ import annotations

import asyncio
import json
from base64 import b64encode
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack
from dataclasses import replace
from uuid import uuid4

import asyncpg
import httpx
import pytest
from fastapi import Depends, FastAPI
from structlog.testing import capture_logs

from doudi.auth import Role
from doudi.sealed import KeyRing
from doudi.testing import Running, until
from doudi.transaction import Database, Link
from tests.plumbing.ledger import EntryMade

TOWN = "640522101000"


async def count(s: Running, table: str) -> int:
    return int((await s.fetch(f"SELECT count(*) AS n FROM {table}"))[0]["n"])


async def test_state_and_announcement_stand_or_fall_together(book: Running):
    async def fails() -> None:
        async with book.runtime.transaction() as tx:
            await tx.execute("INSERT INTO entry (id, name) VALUES ($1, 'x')", uuid4())
            await tx.announce(EntryMade(case_id="c", number=1))
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        await fails()
    assert (await count(book, "entry"), await count(book, "outbox")) == (0, 0)
    clerk = book.client(Role.CLERK, TOWN)
    assert (await clerk.post("/v1/entries", json={"name": "x"})).status_code == 201
    assert (await count(book, "entry"), await count(book, "outbox")) == (1, 1)


async def test_a_commit_that_fails_after_the_answer_was_formed_is_never_heard_as_201(book: Running):
    # A constraint that is only looked at by the commit: the endpoint has formed its 201 by then.
    async with book.runtime.database.link() as link:
        await link.driver.execute(
            "CREATE FUNCTION refuse() RETURNS trigger LANGUAGE plpgsql AS $$BEGIN RAISE EXCEPTION 'no'; END$$;"
            "CREATE CONSTRAINT TRIGGER late AFTER INSERT ON entry DEFERRABLE INITIALLY DEFERRED"
            " FOR EACH ROW EXECUTE FUNCTION refuse()"
        )
    answer = await book.client(Role.CLERK, TOWN).post("/v1/entries", json={"name": "x"})
    assert answer.status_code == 500
    assert answer.headers["content-type"] == "application/problem+json"
    assert (await count(book, "entry"), await count(book, "outbox")) == (0, 0)


async def test_the_trap_itself_a_plain_yield_dependency_answers_before_its_tail():
    """What the route guards against: kept, so that the guard is known to be needed."""
    order: list[str] = []

    async def unit() -> AsyncIterator[None]:
        yield
        order.append("commit")

    app = FastAPI()

    @app.get("/")
    async def endpoint(_: None = Depends(unit)) -> None:
        """Nothing."""

    async def watched(scope, receive, send):
        async def send_(message):
            order.append(message["type"])
            await send(message)

        await app(scope, receive, send_)

    async with httpx.AsyncClient(transport=httpx.ASGITransport(watched), base_url="http://t") as client:
        await client.get("/")
    assert order.index("http.response.start") < order.index("commit")


async def test_a_refusal_that_is_returned_keeps_what_was_announced(book: Running):
    answer = await book.client(Role.CLERK, TOWN).post("/v1/entries/blocked")
    assert answer.status_code == 409
    assert len(await book.said(EntryMade, "blocked")) == 1


async def test_a_repeated_post_is_answered_again_and_done_once(book: Running):
    clerk = book.client(Role.CLERK, TOWN)
    key = {"Idempotency-Key": "k-1"}
    first = await clerk.post("/v1/entries", json={"name": "x"}, headers=key)
    again = await clerk.post("/v1/entries", json={"name": "x"}, headers=key)
    assert first.status_code == again.status_code == 201
    assert first.content == again.content
    assert again.headers["etag"] == first.headers["etag"] == '"1"'
    assert again.headers["idempotency-replayed"] == "true"
    assert await count(book, "entry") == 1


async def test_one_key_for_two_requests_is_refused(book: Running):
    clerk = book.client(Role.CLERK, TOWN)
    key = {"Idempotency-Key": "k-1"}
    await clerk.post("/v1/entries", json={"name": "x"}, headers=key)
    other = await clerk.post("/v1/entries", json={"name": "y"}, headers=key)
    assert (other.status_code, other.json()["type"]) == (422, "/problems/idempotency-key-reused")
    assert await count(book, "entry") == 1


async def test_a_kept_answer_whose_key_is_retired_is_a_conflict_and_nothing_is_done_twice(book: Running):
    clerk, key = book.client(Role.CLERK, TOWN), {"Idempotency-Key": "k-retired"}
    assert (await clerk.post("/v1/entries", json={"name": "x"}, headers=key)).status_code == 201
    match = b64encode(b"fedcba9876543210" * 2).decode()
    book.runtime.keys = KeyRing.from_settings(json.dumps({"t2": b64encode(b"n" * 32).decode()}), "t2", match)
    again = await clerk.post("/v1/entries", json={"name": "x"}, headers=key)
    assert (again.status_code, again.json()["type"]) == (409, "/problems/answered-before")
    assert await count(book, "entry") == 1


async def test_ten_at_once_with_one_key_do_it_once_and_all_hear_the_same(book: Running):
    clerk = book.client(Role.CLERK, TOWN)
    answers = await asyncio.gather(
        *(clerk.post("/v1/entries", json={"name": "x"}, headers={"Idempotency-Key": "k"}) for _ in range(10))
    )
    assert {a.status_code for a in answers} == {201}
    assert len({a.content for a in answers}) == 1
    assert (await count(book, "entry"), await count(book, "outbox")) == (1, 1)


async def test_another_person_may_use_the_same_key(book: Running):
    for sub in ("a", "b"):
        clerk = book.client(Role.CLERK, TOWN, sub=sub)
        answer = await clerk.post("/v1/entries", json={"name": sub}, headers={"Idempotency-Key": "k"})
        assert answer.status_code == 201
    assert await count(book, "entry") == 2


async def test_a_stale_if_match_is_refused_and_changes_nothing(book: Running):
    clerk = book.client(Role.CLERK, TOWN)
    id_ = (await clerk.post("/v1/entries", json={"name": "x"})).json()["id"]
    assert (await clerk.post(f"/v1/entries/{id_}/touch", headers={"If-Match": '"1"'})).status_code == 200
    stale = await clerk.post(f"/v1/entries/{id_}/touch", headers={"If-Match": '"1"'})
    assert (stale.status_code, stale.json()["type"]) == (412, "/problems/stale")
    assert (await clerk.post(f"/v1/entries/{id_}/touch", headers={"If-Match": "nonsense"})).status_code == 400


@pytest.mark.parametrize(
    ("body", "status"),
    [
        (b"{", 400),
        (b'{"name": "a", "name": "b"}', 400),
        (b'{"name": NaN}', 400),
        (b"\xff", 400),
        (b'{"name": "x", "nmae": "y"}', 422),
        (b'{"name": 3}', 422),
        (b"[" * 100_000, 400),
        (b'{"name": "' + b"x" * 1_100_000 + b'"}', 413),
    ],
)
async def test_bad_bodies_are_named_and_change_nothing(book: Running, body: bytes, status: int):
    clerk = book.client(Role.CLERK, TOWN)
    answer = await clerk.post("/v1/entries", content=body, headers={"content-type": "application/json"})
    assert answer.status_code == status
    assert answer.headers["content-type"] == "application/problem+json"
    assert await count(book, "entry") == 0


async def test_every_act_and_every_read_of_personal_data_is_in_a_log_that_nobody_changes(book: Running):
    clerk = book.client(Role.CLERK, TOWN, sub="clerk-7")
    id_ = (await clerk.post("/v1/entries", json={"name": "x"})).json()["id"]
    await clerk.post(f"/v1/entries/{id_}/touch")
    log = await book.fetch("SELECT sub, action, kind, subject FROM access_log ORDER BY position")
    assert [tuple(row) for row in log] == [
        ("clerk-7", "ACT", "make", ""),
        ("clerk-7", "READ", "entry", id_),
        ("clerk-7", "ACT", "touch", id_),
    ]
    for change in ("DELETE FROM access_log", "UPDATE access_log SET sub = 'x'", "DELETE FROM outbox"):
        with pytest.raises(asyncpg.InsufficientPrivilegeError):
            await book.fetch(change)


async def test_links_that_broke_are_replaced_and_nobody_notices(book: Running):
    """Every link of the pool breaks while it rests, and as many others again while they are at work."""
    clerk = book.client(Role.CLERK, TOWN)
    for turn in range(2):
        await _cut(book, resting=True)
        answers = [(await clerk.post("/v1/entries", json={"name": f"y{turn}{n}"})).status_code for n in range(12)]
        assert answers == [201] * 12  # what broke at rest is nobody's business
        await _cut(book, resting=False)
        async with asyncio.timeout(10):
            together = [clerk.post("/v1/entries", json={"name": f"z{turn}{n}"}) for n in range(12)]
            assert {answer.status_code for answer in await asyncio.gather(*together)} == {201}


async def _cut(book: Running, *, resting: bool) -> None:
    """Ends every connection of the service's pool at the server, and waits until the pool's side knows."""
    pool, size = book.runtime.database, book.runtime.settings.pool_size
    outside = await pool.connect()
    async with AsyncExitStack() as held:
        links = [await held.enter_async_context(pool.link()) for _ in range(size)]
        if resting:
            await held.aclose()
        pids = [link.driver.get_server_pid() for link in links]
        await outside.execute("SELECT pg_terminate_backend(pid) FROM unnest($1::int[]) AS pid", pids)
        await until(lambda: all(link.driver.is_closed() for link in links))
    await outside.close()


class Breaking(Database):
    """A pool whose links break as soon as they are made, for so long as it is told to."""

    breaks = True

    async def _open(self) -> Link:
        link = await super()._open()
        if self.breaks:
            await link.driver.close()
        return link


async def test_a_transaction_that_cannot_begin_gives_its_link_back(book: Running):
    """Seen once: each link that had broken took its place in the pool with it, until nobody got one."""
    pool = Breaking(book.runtime.database.url, 2)
    runtime = replace(book.runtime, database=pool)
    for _ in range(3):
        with pytest.raises(asyncpg.InterfaceError):
            async with asyncio.timeout(10), runtime.transaction():
                pass
    pool.breaks = False
    async with asyncio.timeout(10), runtime.transaction() as tx:
        assert await tx.fetchval("SELECT 1") == 1
    await pool.close()


async def test_a_client_that_goes_away_leaves_no_transaction_open(book: Running):
    """Its body is read for the Idempotency-Key at the end, when it may be gone; as many times as there are links."""
    token = book.client(Role.CLERK, TOWN).headers["authorization"].encode()

    async def gone() -> dict[str, str]:
        return {"type": "http.disconnect"}

    async def nobody(message: object) -> None:
        return None

    for number in range(book.runtime.settings.pool_size + 1):
        heads = [(b"authorization", token), (b"idempotency-key", f"gone-{number}".encode()), (b"content-length", b"2")]
        path = "/v1/entries/blocked"
        scope = {
            "type": "http", "http_version": "1.1", "method": "POST", "path": path, "raw_path": path.encode(),
            "root_path": "", "query_string": b"", "scheme": "http", "headers": heads, "state": {},
            "server": ("service.test", 80), "client": ("127.0.0.1", 1),
        }  # fmt: skip
        with capture_logs() as said:
            async with asyncio.timeout(10):
                await book.app(scope, gone, nobody)
        assert [line for line in said if line["log_level"] == "error"] == []
    async with asyncio.timeout(10):
        assert await count(book, "outbox") == 0
