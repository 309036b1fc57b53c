"""Every endpoint of every service under requests that its OpenAPI document allows, and under such as it does not.

Schemathesis makes the requests; the services answer on a real database that has cases in it, and half of the ids in
the requests are of these. Whatever is sent: never a 5xx; every answer is documented with its status, media type and
schema; a refusal is problem+json and does not repeat what was sent.
"""

from __future__ import annotations

import asyncio
import json
import re
from collections import Counter
from random import Random
from typing import Any
from uuid import UUID

import httpx
import pytest
import requests
import schemathesis
from fastapi import FastAPI, Response
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from pydantic import BaseModel, Field
from schemathesis import GenerationMode
from schemathesis.checks import not_a_server_error
from schemathesis.core.failures import FailureGroup
from schemathesis.core.result import Ok
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_schema_conformance,
    status_code_conformance,
)
from tests.contracts.worlds import COUNTY, lived_in

from doudi.auth import Role
from doudi.testing import PACKAGES, Running

PROBLEM = "application/problem+json"
CHECKS = [not_a_server_error, status_code_conformance, content_type_conformance, response_schema_conformance]
EXAMPLES = {GenerationMode.POSITIVE: 8, GenerationMode.NEGATIVE: 4}
SHORT = 6
"""A text shorter than this may be in an answer by chance."""
FIGURE = re.compile(r"\d{4}-\d\d(-\d\d)?|-?\d{1,9}(\.\d\d)?")
"""A day, a month, an amount: a refusal tells the figures that it rests on. No ID number or account is so short."""


class Fuzzed:
    """A running service, and what Schemathesis needs to talk to it from a thread of its own."""

    def __init__(self, s: Running, loop: asyncio.AbstractEventLoop, ids: list[str]) -> None:
        self.document = s.app.openapi()
        self.schema = schemathesis.openapi.from_dict(self.document)
        self.schema.config.update(base_url="http://service.test")
        self._words = json.dumps(self.document, ensure_ascii=False)
        self._client = s.client(list(Role), COUNTY, sub="fuzz-1")
        self._loop, self._ids = loop, ids
        self.seen: Counter[int] = Counter()
        """How often each status was answered."""

    def named(self, value: Any, random: Random) -> Any:
        """The value, in which half of the ids are of things that exist."""
        if isinstance(value, dict):
            return {key: self.named(inner, random) for key, inner in value.items()}
        if isinstance(value, list):
            return [self.named(inner, random) for inner in value]
        return random.choice(self._ids) if is_id(value) and random.random() < 0.5 else value

    def ask(self, case: Any) -> httpx.Response:
        """Sends the request as it is on the wire."""
        sent = requests.Request(**case.as_transport_kwargs(base_url="http://service.test")).prepare()
        headers = [
            (k, _text(v)) for k, v in sent.headers.items() if k.lower() != "authorization"
        ]  # the client has its own
        content: Any = sent.body
        request = self._client.build_request(sent.method or "GET", str(sent.url), headers=headers, content=content)
        answer = asyncio.run_coroutine_threadsafe(self._client.send(request), self._loop).result(30)
        self.seen[answer.status_code] += 1
        return answer

    def echoed(self, case: Any, answer: httpx.Response) -> list[str]:
        """Texts of the request that stand in the answer and are no words of the service's own."""
        sent = {*texts(as_plain(case.body)), *texts(as_plain(case.query)), *texts(as_plain(case.path_parameters))}
        told = [text for text in sent if len(text) >= SHORT and not FIGURE.fullmatch(text)]
        return [text for text in told if text in answer.text and text not in self._words]


def _text(value: str | bytes) -> str:
    return value.decode("latin-1") if isinstance(value, bytes) else value


def is_id(value: Any) -> bool:
    """Whether a value is written as a UUID."""
    try:
        return isinstance(value, str) and bool(UUID(value))
    except ValueError:
        return False


def as_plain(value: Any) -> Any:
    """A part of a request as it is sent; none when the request has no such part."""
    return value if isinstance(value, dict | list | str) else None


def texts(value: Any) -> list[str]:
    """All texts in a value; names of fields are the sender's own words and may be told back."""
    if isinstance(value, dict):
        return [text for inner in value.values() for text in texts(inner)]
    if isinstance(value, list):
        return [text for inner in value for text in texts(inner)]
    return [value] if isinstance(value, str) else []


def hold(fuzzed: Fuzzed, operation: Any, mode: GenerationMode) -> None:
    """Sends examples of one operation and holds every answer to the promises."""

    @settings(
        max_examples=EXAMPLES[mode],
        derandomize=True,
        database=None,
        deadline=None,
        phases=[Phase.explicit, Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(case=operation.as_strategy(generation_mode=mode), random=st.randoms(use_true_random=False))
    def each(case: Any, random: Random) -> None:
        case.path_parameters = fuzzed.named(case.path_parameters, random)
        case.body = fuzzed.named(case.body, random)
        if random.random() < 0.8:  # a made-up version stops nearly every request at the door
            case.headers.pop("if-match", None)
        answer = fuzzed.ask(case)
        case.validate_response(answer, checks=CHECKS)
        if answer.status_code >= 400:
            assert answer.headers["content-type"] == PROBLEM, answer.headers
            assert answer.json()["status"] == answer.status_code
            assert not fuzzed.echoed(case, answer), answer.text

    each()


def hold_all(fuzzed: Fuzzed) -> tuple[int, list[str]]:
    """Every operation; how many there are, and what broke a promise."""
    broken: list[str] = []
    count = 0
    for found in fuzzed.schema.include(path_regex="^/v1/").get_all_operations():
        assert isinstance(found, Ok), found
        operation = found.ok()
        count += 1
        for mode in EXAMPLES:
            try:
                hold(fuzzed, operation, mode)
            except (AssertionError, FailureGroup, ExceptionGroup) as error:  # all that is broken, not the first alone
                broken.append(f"{operation.label} {mode.name}: {type(error).__name__}: {error}")
    return count, broken


async def ids_of(s: Running) -> list[str]:
    """The ids of everything that the service keeps."""
    tables = await s.fetch(
        "SELECT table_name FROM information_schema.columns"
        " WHERE table_schema = 'public' AND column_name = 'id' AND data_type = 'uuid'"
    )
    return [str(r["id"]) for t in tables for r in await s.fetch(f'SELECT id FROM "{t["table_name"]}" LIMIT 5')]


@pytest.mark.slow
@pytest.mark.parametrize("package", PACKAGES)
async def test_no_request_breaks_what_the_document_promises(package, servers):
    async with lived_in(package, servers) as s:
        fuzzed = Fuzzed(s, asyncio.get_running_loop(), await ids_of(s))
        count, broken = await asyncio.to_thread(hold_all, fuzzed)
    assert count == sum(len(methods) for path, methods in fuzzed.document["paths"].items() if path.startswith("/v1/"))
    assert not broken, "\n\n".join(broken)
    assert {200, 404, 422} <= set(fuzzed.seen), fuzzed.seen  # what is sent gets through the door, and is refused too
    assert 401 not in fuzzed.seen, fuzzed.seen


class Careless:
    """A service that breaks every promise, in the shape in which the checks see services."""

    def __init__(self) -> None:
        self.app = FastAPI()

        @self.app.post("/v1/crashes")
        async def crashes(body: Note) -> Note:
            raise RuntimeError("no")

        @self.app.post("/v1/undocumented")
        async def undocumented(body: Note) -> Response:
            return Response('{"status": 418}', 418, media_type=PROBLEM)

        @self.app.post("/v1/plain")
        async def plain(body: Note) -> Response:
            return Response("{}", 422, media_type="application/json")

        @self.app.post("/v1/echoes")
        async def echoes(body: Note) -> Response:
            text = json.dumps({"detail": [], "status": 422, "you": body.text}, ensure_ascii=False)
            return Response(text, 422, media_type=PROBLEM)

    def client(self, *_who: Any, **_more: Any) -> httpx.AsyncClient:
        transport = httpx.ASGITransport(self.app, raise_app_exceptions=False)
        return httpx.AsyncClient(transport=transport, base_url="http://service.test")


class Note(BaseModel):
    """What the careless service takes."""

    text: str = Field(pattern="^[a-z]{12}$")


async def test_the_checks_find_what_is_broken():
    careless = Careless()
    documented = careless.app.openapi()
    documented["paths"]["/v1/echoes"]["post"]["responses"]["422"] = {"description": "", "content": {PROBLEM: {}}}
    fuzzed = Fuzzed(careless, asyncio.get_running_loop(), [])  # type: ignore[arg-type]
    _, broken = await asyncio.to_thread(hold_all, fuzzed)
    positive = {b.split()[1]: b for b in broken if " POSITIVE: " in b}
    assert set(positive) == {"/v1/crashes", "/v1/undocumented", "/v1/plain", "/v1/echoes"}
    assert "Server error" in positive["/v1/crashes"]
    assert "Undocumented status code" in positive["/v1/undocumented"]
    assert "echoed" in positive["/v1/echoes"]
