"""A hostile client against every POST of eligibility: whatever is sent is answered, never by a 5xx, and a refusal
leaves nothing behind."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import date
from random import Random
from typing import Any
from uuid import UUID, uuid4

import httpx
import pytest
import pytest_asyncio
from tests.contracts.worlds import lived_in
from tests.services.eligibility_county import COUNTY, County, forwarded
from tests.services.eligibility_life import Life, family, look
from tests.services.hostile import HOLE, POISON, Post, filled, leaves, posts

from doudi.auth import Role
from doudi.testing import Running, Servers, running
from eligibility import rules
from eligibility.app import SERVICE

DAY = date(2020, 3, 2)
OF_EACH = 25
"""How many bad bodies each endpoint is sent; drawn anew by nobody, so that a failure comes again."""
VALUES: tuple[Any, ...] = ("0.5", "999999999", True, [], {"A": "-1"})
"""What is simulated in the place of each of the law's numbers."""
KEPT_APART = ("access_log", "alembic_version", "idempotency")


@dataclass
class Hostile:
    """A service that has been used for a while, and somebody with every role who means it ill."""

    s: Running
    http: httpx.AsyncClient
    posts: list[Post]
    counting: str

    async def there(self) -> tuple[int, ...]:
        """How many rows each table has."""
        return tuple((await self.s.fetch(self.counting))[0].values())

    async def send(self, post: Post, body: bytes, **headers: str) -> httpx.Response:
        """A body as it is on the wire."""
        url = f"/v1/{post.path}" + (f"?{post.query}" if post.query else "")
        return await self.http.post(url, content=body, headers={"content-type": "application/json", **headers})


@pytest_asyncio.fixture(scope="module", loop_scope="session")
async def hostile(servers: Servers) -> AsyncIterator[Hostile]:
    async with lived_in("eligibility", servers) as s:
        rows = await s.fetch("SELECT table_name FROM information_schema.tables WHERE table_schema = 'public'")
        tables = sorted(r["table_name"] for r in rows if r["table_name"] not in KEPT_APART)
        counting = "SELECT " + ", ".join(f'(SELECT count(*) FROM "{table}")' for table in tables)
        yield Hostile(s, s.client(list(Role), COUNTY, sub="hostile-1"), await posts(s), counting)


async def test_every_post_is_attacked(hostile: Hostile):
    documented = {path for path, verbs in hostile.s.app.openapi()["paths"].items() if "post" in verbs}
    attacked = {_shape(post.path) for post in hostile.posts}
    assert {path.removeprefix("/v1/") for path in documented if path.startswith("/v1/")} == attacked


def _shape(path: str) -> str:
    words = path.split("/")
    named = ["{n}" if word.isdigit() else "{id}" if _is_id(word) else word for word in words]
    return "/".join(named)


def _is_id(word: str) -> bool:
    try:
        return bool(UUID(word))
    except ValueError:
        return False


async def test_whatever_is_sent_is_answered_and_a_refusal_leaves_nothing(hostile: Hostile):
    random, seen, wrong = Random(4), Counter[int](), []
    before = await hostile.there()
    for post in hostile.posts:
        places = [HOLE] if post.body is None else list(leaves(post.body))
        bodies = [filled(place, poison) for place in places for poison in POISON]
        for body in random.sample(bodies, min(OF_EACH, len(bodies))):
            answer = await hostile.send(post, body)
            after = await hostile.there()
            seen[answer.status_code] += 1
            if answer.status_code >= 500 or (answer.status_code >= 400 and after != before and not post.kept):
                wrong.append((answer.status_code, post.path, body[:200]))
            elif answer.status_code >= 400:
                assert answer.headers["content-type"] == "application/problem+json"
                assert answer.json()["status"] == answer.status_code
            before = after
    assert wrong == []
    assert {200, 400, 404, 409, 422} <= set(seen), seen


async def test_a_body_that_is_none_or_too_large_is_refused(hostile: Hostile):
    before = await hostile.there()
    deep = b'{"reason":' + b"[" * 100_000 + b"]" * 100_000 + b"}"
    twice, cut = b'{"reason":"a","reason":"b"}', b'{"reason":'
    for post in hostile.posts:
        if post.body is None:
            continue
        for body in (b"", cut, twice, deep, b"\xff\xfe", b"\x00", b"reason=1", b"x" * 1_100_000):
            answer = await hostile.send(post, body)
            assert answer.status_code in (400, 409, 413, 422), (post.path, body[:40], answer.text)
    assert await hostile.there() == before


async def test_a_stale_or_broken_version_changes_nothing(hostile: Hostile):
    before = await hostile.there()
    with_version = {
        f"/v1/{_shape(p.path)}"
        for p in hostile.posts
        if any(
            q["name"].lower() == "if-match"
            for q in hostile.s.app.openapi()["paths"][f"/v1/{_shape(p.path)}"]["post"].get("parameters", [])
        )
    }
    assert len(with_version) > 20
    for post in hostile.posts:
        if f"/v1/{_shape(post.path)}" not in with_version:
            continue
        body = b"" if post.body is None else json.dumps(post.body).encode()
        stale = await hostile.send(post, body, **{"If-Match": '"999999999"'})
        assert stale.status_code in (404, 409, 412, 422), (post.path, stale.text)
        broken = await hostile.send(post, body, **{"If-Match": "yesterday"})
        assert broken.status_code in (400, 422), (post.path, broken.text)
    assert await hostile.there() == before


async def test_what_is_elsewhere_is_not_there(hostile: Hostile):
    """Another county's clerk, checker and leader see neither a case nor an award, and act on none."""
    before = await hostile.there()
    far = hostile.s.client([Role.COUNTY_CLERK, Role.COUNTY_CHECKER, Role.COUNTY_LEADER], "640521000000", sub="far-1")
    for post in hostile.posts:
        if "{id}" not in _shape(post.path) or "postings" in post.path or post.path.startswith("redeterminations"):
            continue
        answer = await far.post(f"/v1/{post.path}", json=post.body)
        assert answer.status_code in (403, 404, 422), (post.path, answer.text)
    assert await hostile.there() == before


async def test_a_key_that_is_used_for_another_body_is_refused(hostile: Hostile):
    mapping = next(post for post in hostile.posts if post.path == "standards")
    key = {"Idempotency-Key": f"key-{uuid4()}"}
    body = {**mapping.body, "valid_from": "2022-01-01"}
    first = await hostile.send(mapping, json.dumps(body).encode(), **key)
    before = await hostile.there()
    again = await hostile.send(mapping, json.dumps(body).encode(), **key)
    other = await hostile.send(mapping, json.dumps({**body, "valid_from": "2022-01-02"}).encode(), **key)
    elsewhere = await hostile.send(hostile.posts[0], b"{}", **key)
    assert (first.status_code, again.json(), again.headers["idempotency-replayed"]) == (201, first.json(), "true")
    assert [a.json()["type"] for a in (other, elsewhere)] == ["/problems/idempotency-key-reused"] * 2
    assert await hostile.there() == before


@pytest.fixture
def numbers() -> list[str]:
    """Every key of the law's numbers and lists."""
    return sorted({p.key for p in rules.PARAMETERS})


async def test_any_number_of_the_law_may_be_simulated_with_a_value_of_its_kind(hostile: Hostile, numbers: list[str]):
    answers: dict[str, set[int]] = {}
    for key in numbers:
        for value in VALUES:
            body = {"division": COUNTY, "from_month": "2020-04", "changes": [{"key": key, "value": value}]}
            answer = await hostile.http.post("/v1/simulations", json=body)
            assert answer.status_code in (201, 422), (key, value, answer.text)
            answers.setdefault(key, set()).add(answer.status_code)
    words = ["dibao.classifier", "dibao.amount_mode", "dibao.bands", "income.kind.TAX"]
    assert [answers[key] for key in words] == [{422}] * len(words)
    assert [answers[key] for key in ("dibao.labour_by_age", "dibao.rigid_ratio")] == [{201, 422}] * 2


@pytest_asyncio.fixture(loop_scope="session")
async def life(servers: Servers) -> AsyncIterator[Life]:
    async with running(SERVICE, servers, today=DAY) as s:
        yield Life(s)


@pytest.mark.parametrize("field", ["income_year", "deductions_year", "rigid_year", "deposits"])
async def test_no_verified_sum_is_below_nothing(life: Life, field: str):
    """A deduction below nothing would be income that nobody has."""
    award = await life.award(family(), "6480.00")
    means = {"income_year": "6480.00", field: "-0.01"}
    refused = await life.post(life.clerk, f"awards/{award['id']}/review", {"means": means}, 422)
    assert refused["errors"][0]["field"] == f"means/{field}"
    assert (await life.clerk.get(f"/v1/awards/{award['id']}/reviews")).json() == []
    await life.proposes(award, "STOP", "INCOME_OVER", 422, look={"means": means})
    assert await life.s.fetch("SELECT FROM intervention") == []


@pytest.mark.parametrize(
    ("visitors", "status"),
    [
        (["a\x00b", "c"], 400),
        (["", "b"], 422),
        (["x" * 121, "b"], 422),
        ([["a"], "b"], 422),
        ([["\x00"], "b"], 400),
        (["a", "a"], 422),
        ([], 422),
    ],
)
async def test_visitors_are_people(life: Life, visitors: list[Any], status: int):
    county = County(life.s)
    id_ = await county.receives(forwarded(family(), "6480.00", on=DAY))
    answer = await county.clerk.post(f"/v1/cases/{id_}/visits", json={"visited_on": "2020-03-02", "visitors": visitors})
    assert answer.status_code == status, answer.text
    assert (await county.leader.get(f"/v1/cases/{id_}")).json()["visited_on"] is None


@pytest.mark.parametrize(
    ("day", "status"), [("0001-01-01", 422), ("2020-03-01", 422), ("2020-03-02", 200), ("2020-03-03", 422)]
)
async def test_a_home_is_visited_between_the_arrival_and_today(life: Life, day: str, status: int):
    county = County(life.s)
    id_ = await county.receives(forwarded(family(), "6480.00", on=DAY))
    told = await county.post(county.clerk, id_, "visits", {"visited_on": day, "visitors": ["a", "b"]}, status)
    assert status == 200 or told["errors"][0]["field"] == "visited_on"


async def test_two_currencies_and_money_that_is_no_text_are_refused(life: Life):
    award = await life.award(family(), "6480.00")
    for money in ({"amount": "6480.00", "currency": "USD"}, ["6480.00", "USD"], "USD 6480.00", "￥6480", 6480, 64.8):
        await life.post(life.clerk, f"awards/{award['id']}/review", look("0.00", means={"income_year": money}), 422)
    extra = {**look("6480.00"), "currency": "USD"}
    await life.post(life.clerk, f"awards/{award['id']}/review", extra, 422)
    assert (await life.now(award))["amount"] == "600.00"
