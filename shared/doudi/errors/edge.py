"""The edge: every failure leaves as problem+json. Exceptions become refusals here and nowhere else.

Whatever is not a refusal and gets this far is a database that is away (503) or our fault (500, without any detail).
An answer never repeats an input value, since it may be personal data.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import asyncpg
import orjson
import structlog
from fastapi import FastAPI, Request, Response
from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException
from starlette.requests import ClientDisconnect
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from doudi.errors.refusals import BY_STATUS, Fault, Invalid, Malformed, Refusal, Unavailable, UnsupportedMediaType
from doudi.errors.transient import is_transient
from doudi.errors.validation import field_errors
from doudi.telemetry.traces import current

log = structlog.get_logger()

MEDIA_TYPE = "application/problem+json"
_DOCUMENTED = (400, 401, 403, 404, 409, 412, 413, 415, 422, 503)
_NOT_TEXT = ("22021", "22P05")  # U+0000 and other characters that PostgreSQL cannot keep

RESPONSES: dict[int | str, dict[str, Any]] = {
    status: {"$ref": f"#/components/responses/{BY_STATUS[status].__name__}", "description": BY_STATUS[status].title}
    for status in _DOCUMENTED
}
"""For `responses=` of FastAPI: every refusal that any endpoint may give. The components are added by `install`."""


def problem_response(refusal: Refusal) -> Response:
    """The HTTP answer of a refusal. One that is our fault names the trace under which the log has the rest."""
    body = refusal.problem()
    here = current() if isinstance(refusal, Fault) else None
    if here is not None:
        body["trace_id"] = here.trace_id
    return Response(orjson.dumps(body), refusal.status, refusal.headers, MEDIA_TYPE)


def install(app: FastAPI) -> None:
    """Makes the application answer every failure with problem+json, and says so in its OpenAPI document."""
    app.add_exception_handler(Refusal, _answer)
    app.add_exception_handler(RequestValidationError, _answer)
    app.add_exception_handler(HTTPException, _answer)
    app.add_middleware(LastResort)
    document = app.openapi

    def documented() -> dict[str, Any]:
        fresh = app.openapi_schema is None
        schema = document()
        if fresh:
            _describe(schema)
        return schema

    app.openapi = documented  # type: ignore[method-assign]


def refusal_of(error: BaseException) -> Refusal:
    """What the client is told about an exception."""
    if isinstance(error, Refusal):
        return error
    if isinstance(error, RequestValidationError):
        if any(e["type"] == "json_invalid" for e in error.errors()):
            return Malformed()
        return Invalid(errors=field_errors(error.errors()))
    if isinstance(error, HTTPException):
        return _of_status(error)
    return _of_failure(error)


def _of_status(error: HTTPException) -> Refusal:
    kind = BY_STATUS.get(error.status_code) or (Fault if error.status_code >= 500 else Malformed)
    refusal = kind(headers=error.headers)
    refusal.status = error.status_code
    return refusal


def _of_failure(error: BaseException) -> Refusal:
    if is_transient(error):
        return Unavailable()
    if isinstance(error, ClientDisconnect):
        return Malformed(detail="请求体未传完，连接已断开。 The client went away before its body had come.")
    cause = getattr(error, "orig", None) or error
    cause = cause.__cause__ if isinstance(cause.__cause__, asyncpg.PostgresError) else cause
    if isinstance(cause, asyncpg.PostgresError) and cause.sqlstate in _NOT_TEXT:
        return Invalid(detail="文本中含有无法保存的字符（如 U+0000）。 The text has a character that cannot be kept.")
    return Fault()


async def _answer(request: Request, error: Exception) -> Response:
    if isinstance(error, RequestValidationError) and _not_json(request, error):
        return problem_response(UnsupportedMediaType())
    return problem_response(refusal_of(error))


def _not_json(request: Request, error: RequestValidationError) -> bool:
    """Whether there was a body that FastAPI did not read as JSON because of its media type."""
    if not isinstance(error.body, bytes) or not any(tuple(e["loc"]) == ("body",) for e in error.errors()):
        return False
    media = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    return not (media == "application/json" or media.endswith("+json"))


class LastResort:
    """Answers what no handler took. The log gets the exception and the trace id, the client neither text nor type."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Passes everything on; answers when that raises and nothing was sent yet."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        started = False

        async def watch(message: Message) -> None:
            nonlocal started
            started = started or message["type"] == "http.response.start"
            await send(message)

        try:
            await self._app(scope, receive, watch)
        except Exception as error:
            refusal = refusal_of(error)
            if refusal.status >= 500:
                _report(error, refusal)
            if started:
                raise
            await problem_response(refusal)(scope, receive, send)


def _report(error: Exception, refusal: Refusal) -> None:
    if isinstance(refusal, Unavailable):
        log.warning("unavailable", error=type(error).__name__)
    else:
        log.error("request failed", error=type(error).__name__, exc_info=error)


def _describe(schema: dict[str, Any]) -> None:
    """Adds the Problem schema and one response component for each documented status."""
    parts = schema.setdefault("components", {})
    parts.setdefault("schemas", {})["Problem"] = _PROBLEM
    content = {MEDIA_TYPE: {"schema": {"$ref": "#/components/schemas/Problem"}}}
    responses = parts.setdefault("responses", {})
    for status in _DOCUMENTED:
        refusal = BY_STATUS[status]
        responses[refusal.__name__] = {"description": _english(refusal), "content": content}


def _english(refusal: type[Refusal]) -> str:
    lines = (refusal.__doc__ or "").strip().splitlines()
    return " ".join(line.strip() for line in lines if line.strip())


_text: Callable[[str], dict[str, Any]] = lambda meaning: {"type": "string", "description": meaning}  # noqa: E731
_PROBLEM: dict[str, Any] = {
    "type": "object",
    "title": "Problem",
    "description": "A refusal (RFC 9457).",
    "required": ["type", "title", "status", "detail"],
    "properties": {
        "type": {**_text("Name of the refusal"), "format": "uri-reference", "examples": ["/problems/not-found"]},
        "title": _text("What the person reads, in Chinese"),
        "status": {"type": "integer", "minimum": 400, "maximum": 599},
        "detail": _text("The figures of this case, or the title again"),
        "trace_id": _text("Of a failure of ours: where the log has the rest"),
        "clause": _text("The clause that it rests on, by document and number"),
        "errors": {
            "type": "array",
            "items": {
                "type": "object",
                "required": ["field", "message"],
                "properties": {"field": _text("Path of the field: members/0/name"), "message": _text("What is wrong")},
            },
        },
    },
}
