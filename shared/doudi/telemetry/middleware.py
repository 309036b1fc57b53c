"""Around each request: its step in the trace, one line in the log, two numbers. Pure ASGI, since every request pays."""

from __future__ import annotations

from time import perf_counter

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from doudi.telemetry import logs
from doudi.telemetry.metrics import Metrics
from doudi.telemetry.traces import Tracing

_METHODS = frozenset(("GET", "POST", "PUT", "PATCH", "DELETE", "HEAD", "OPTIONS"))
_QUIET = ("/health", "/metrics")
_UNMATCHED = "unmatched"
_FAILED = 500


class Telemetry:
    """Add it last (it must be outermost): `app.add_middleware(Telemetry, metrics=…, tracing=…)`."""

    def __init__(self, app: ASGIApp, metrics: Metrics, tracing: Tracing) -> None:
        self._app = app
        self._metrics = metrics
        self._tracing = tracing

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Passes the request on and notes how it went, also when it raises."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        status = _FAILED
        started = perf_counter()

        async def watch(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
            await send(message)

        method = scope["method"] if scope["method"] in _METHODS else "OTHER"
        with self._tracing.within(f"HTTP {method}", _traceparent(scope), "server") as here:
            try:
                await self._app(scope, receive, watch)
            finally:
                seconds = perf_counter() - started
                route = template(scope)
                self._metrics.answered(method, route, status, seconds)
                if status >= 400 or not route.startswith(_QUIET):
                    logs.access(method, route, status, seconds * 1000, here)


def template(scope: Scope) -> str:
    """The route's template (`/v1/persons/{id}`), never the path: a path may hold what a client made up."""
    return getattr(scope.get("route"), "path", None) or _UNMATCHED


def _traceparent(scope: Scope) -> str | None:
    for name, value in scope["headers"]:
        if name == b"traceparent":
            text: str = value.decode("latin-1")
            return text
    return None
