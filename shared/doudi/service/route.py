"""A route is one transaction: the answer leaves after the commit, and a repeated POST is answered, not repeated.

FastAPI runs the tail of a plain `yield` dependency after the response; a client would hear 201 before the commit that
may still fail. So the transaction is not a dependency's: it is opened by one and closed here, around the endpoint.
"""

from __future__ import annotations

import json
from collections.abc import AsyncGenerator, Awaitable, Callable, Coroutine
from dataclasses import dataclass
from typing import Annotated, Any, TypeVar

import asyncpg
import orjson
from fastapi import APIRouter, Depends, HTTPException
from fastapi import Request as HttpRequest
from fastapi.routing import APIRoute
from starlette.responses import Response, StreamingResponse

from doudi.errors import RESPONSES, AnsweredBefore, IdempotencyKeyReused, Malformed, Unavailable
from doudi.errors.transient import is_transient
from doudi.sealed import SealError
from doudi.transaction import Borders, Runtime, Transaction

_KEY = "idempotency-key"
_KEPT_HEADERS = (b"etag", b"location", b"content-type")
_LIMIT = "__body_limit__"
_KEPT = "idempotency.answer"
"""The purpose that an answer is sealed for: it may name people, and nothing at rest does."""


F = TypeVar("F", bound=Callable[..., Any])


def body_limit(setting: str) -> Callable[[F], F]:
    """Gives an endpoint that streams its body (`async for piece in request.stream()`) a limit of its own: a setting."""

    def mark(endpoint: F) -> F:
        setattr(endpoint, _LIMIT, setting)
        return endpoint

    return mark


@dataclass
class Seen:
    """What of a body went by."""

    digest: Any
    size: int = 0
    whole: bool = False


class StrictRequest(HttpRequest):
    """Raises HTTPException, which FastAPI lets through while it reads a body; the edge makes a problem of it.

    JSON is read strictly: a name that stands twice in an object is refused, as are NaN and Infinity.
    """

    async def stream(self) -> AsyncGenerator[bytes, None]:
        """The body piece by piece; raises TooLarge (413) above the limit of the route (`body_limit`)."""
        endpoint = getattr(self.scope.get("route"), "endpoint", None)
        limit = getattr(self.app.state.runtime.settings, getattr(endpoint, _LIMIT, "max_body_bytes"))
        seen = self._seen
        async for piece in super().stream():
            seen.size += len(piece)
            if seen.size > limit:
                raise HTTPException(413, f"请求体超过 {limit} 字节 / the body is longer than {limit} bytes")
            seen.digest.update(piece)
            yield piece
        seen.whole = True

    @property
    def _seen(self) -> Seen:
        if not hasattr(self, "_so_far"):
            scope = self.scope
            head = b"%s %s?%s\n" % (scope["method"].encode(), scope["path"].encode(), scope["query_string"])
            self._so_far = Seen(self.app.state.runtime.keys.fingerprinting(head))
        return self._so_far

    async def fingerprint(self) -> bytes:
        """What makes two requests the same: method, path and query, body. A body that an endpoint streamed is gone,
        so its digest is taken on the way; what it left unread is read now."""
        if not self._seen.whole:
            async for _ in self.stream():
                pass
        made: bytes = self._seen.digest.digest()
        return made

    async def json(self) -> Any:
        """The body; raises JSONDecodeError or Malformed."""
        if not hasattr(self, "_strict"):
            body = await self.body()
            try:
                self._strict = json.loads(body, object_pairs_hook=_no_duplicates, parse_constant=_no_constant)
            except RecursionError as error:
                raise HTTPException(400, "JSON 嵌套过深 / JSON is nested too deeply") from error
            except UnicodeDecodeError as error:
                raise HTTPException(400, "请求体不是 UTF-8 / the body is not UTF-8") from error
        return self._strict


def _no_duplicates(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    made = dict(pairs)
    if len(made) != len(pairs):
        raise HTTPException(400, "JSON 对象中有重复的字段名 / a field name stands twice in one JSON object")
    for name, value in pairs:
        if "\x00" in name or _holds_nul(value):
            raise HTTPException(400, "JSON 含有空字符 / JSON holds a NUL character")
    return made


def _holds_nul(value: Any) -> bool:
    """Whether a text, or one in a list, holds a NUL. (An object in it was looked at when it was read.)"""
    if isinstance(value, list):
        return any(map(_holds_nul, value))
    return isinstance(value, str) and "\x00" in value


def _no_constant(name: str) -> Any:
    raise HTTPException(400, f"JSON 中不允许 {name} / {name} is not JSON")


class Unit:
    """The transaction of one request: begun when an endpoint asks for it, ended by the route."""

    def __init__(self, request: StrictRequest) -> None:
        self._request = request
        self._runtime: Runtime = request.app.state.runtime
        self._borders: Borders | None = None
        self.tx: Transaction | None = None

    async def begin(self) -> Transaction:
        """The request's transaction."""
        if self.tx is None:
            who = self._request.state
            borders = self._runtime.transaction(whose=lambda: getattr(who, "principal", None))
            self.tx, self._borders = await borders.__aenter__(), borders
        return self.tx

    async def commit(self, response: Response) -> None:
        """Ends well: remembers the answer under its Idempotency-Key, notes the act, commits.

        A client that went away before its body was read is an error like any other: nothing stays open.
        """
        if self._borders is None:
            return
        try:
            await self._note(response)
        except BaseException as error:
            await self.roll_back(error)
            raise
        borders, self._borders = self._borders, None
        await borders.__aexit__(None, None, None)

    async def _note(self, response: Response) -> None:
        assert self.tx is not None
        if self._request.method != "GET":
            self.tx.did(self._request.scope["route"].name, ",".join(map(str, self._request.path_params.values())))
        if (key := self.key) and self.tx.principal and not isinstance(response, StreamingResponse):
            kept = {k.decode(): v.decode() for k, v in response.raw_headers if k in _KEPT_HEADERS}
            fingerprint = await self._request.fingerprint()
            body = self._runtime.keys.seal(bytes(response.body).decode("latin-1"), _KEPT)  # latin-1 takes any bytes
            heads = orjson.dumps(kept).decode()
            self.tx.closing.answer = (key, fingerprint, response.status_code, heads, body.encode())

    async def roll_back(self, error: BaseException) -> None:
        """Ends badly: nothing of it remains."""
        borders, self._borders = self._borders, None
        if borders is not None:
            await borders.__aexit__(type(error), error, error.__traceback__)

    @property
    def key(self) -> str | None:
        """The Idempotency-Key of a POST."""
        if self._request.method != "POST":
            return None
        key = self._request.headers.get(_KEY)
        if key is not None and not 1 <= len(key) <= 200:
            raise Malformed(field="Idempotency-Key", detail="1 至 200 个字符 / 1 to 200 characters")
        return key

    async def earlier_answer(self) -> Response | None:
        """The answer that was given under this key before. Raises IdempotencyKeyReused when the request was another,
        AnsweredBefore when the answer cannot be read any more."""
        principal = getattr(self._request.state, "principal", None)
        if principal is None or self.key is None:
            return None
        async with self._runtime.transaction() as tx:
            row = await tx.fetchrow(
                "SELECT fingerprint, status, headers, body FROM idempotency WHERE sub = $1 AND key = $2",
                principal.sub,
                self.key,
            )
        if row is None:
            return None
        if row["fingerprint"] != await self._request.fingerprint():
            raise IdempotencyKeyReused(field="Idempotency-Key")
        headers = orjson.loads(row["headers"]) | {"idempotency-replayed": "true"}
        try:
            body = self._runtime.keys.open(row["body"].decode(), _KEPT).encode("latin-1")
        except SealError as error:
            raise AnsweredBefore(field="Idempotency-Key") from error
        return Response(body, row["status"], headers)


class CaseRoute(APIRoute):
    """Runs its endpoint in one transaction; see the module's docstring."""

    def get_route_handler(self) -> Callable[[HttpRequest], Coroutine[Any, Any, Response]]:
        """FastAPI's handler with the transaction around it."""
        endpoint = super().get_route_handler()

        async def handle(request: HttpRequest) -> Response:
            strict = StrictRequest(request.scope, request.receive)
            unit = Unit(strict)
            strict.state.unit = unit
            try:
                response = await _within(unit, strict, endpoint)
            except Exception as error:
                if (isinstance(error, HTTPException) or is_transient(error)) or unit.key is None:
                    raise
                earlier = await unit.earlier_answer()
                if earlier is None:
                    raise
                return earlier
            return response

        return handle


async def _within(unit: Unit, request: HttpRequest, endpoint: Callable[[HttpRequest], Awaitable[Response]]) -> Response:
    """The endpoint's answer after its commit. Two requests with one key at the same time: the loser gets the
    winner's answer, because its own commit is refused by the key's uniqueness."""
    try:
        response = await endpoint(request)
    except BaseException as error:
        await unit.roll_back(error)
        raise
    try:
        await unit.commit(response)
    except asyncpg.UniqueViolationError as error:
        if error.constraint_name != "idempotency_pkey":
            raise
        earlier = await unit.earlier_answer()
        if earlier is None:
            raise Unavailable(detail="请重试 / please try again") from error
        return earlier
    return response


async def _begin(request: HttpRequest) -> Transaction:
    unit: Unit = request.state.unit
    return await unit.begin()


Tx = Annotated[Transaction, Depends(_begin)]
"""The transaction of the request."""


class Router(APIRouter):
    """A router whose routes are one transaction each and whose refusals are documented."""

    def __init__(self, **options: Any) -> None:
        options.setdefault("responses", RESPONSES)
        super().__init__(route_class=CaseRoute, **options)
