"""JSON logs on standard output, one line each: structlog's, the standard library's and uvicorn's the same way."""

from __future__ import annotations

import contextlib
import logging
import sys
from collections.abc import MutableMapping
from datetime import UTC, datetime
from typing import Any

import orjson
import structlog

from doudi.telemetry import traces
from doudi.telemetry.redaction import explain, redact

_service = "doudi"
_least = logging.INFO


def configure_logging(service: str, level: str = "INFO") -> None:
    """Makes all logs of this process JSON lines of `service`; raises ValueError for a level that does not exist."""
    global _service, _least
    least = logging.getLevelNamesMapping().get(level.upper())
    if least is None:
        raise ValueError(f"DOUDI_LOG_LEVEL={level!r} is not a level; use one of DEBUG, INFO, WARNING, ERROR")
    _service, _least = service, least
    structlog.configure(
        processors=[structlog.contextvars.merge_contextvars, structlog.processors.add_log_level, _render],
        wrapper_class=structlog.make_filtering_bound_logger(least),
        logger_factory=_Lines,
        cache_logger_on_first_use=False,
    )
    root = logging.getLogger()
    root.handlers[:] = [_Handler()]
    root.setLevel(least)
    for name in ("uvicorn", "uvicorn.error", "uvicorn.access"):
        logger = logging.getLogger(name)
        logger.handlers.clear()
        logger.propagate = name != "uvicorn.access"  # we write our own line, with the route instead of the path
    for name in ("httpx", "httpcore"):  # they log whole URLs
        logging.getLogger(name).setLevel(max(least, logging.WARNING))


def access(method: str, route: str, status: int, milliseconds: float, trace: traces.Trace) -> None:
    """The line of one request. Cheap, since there are many; it holds nothing that a client chose."""
    if _least > logging.INFO:
        return
    _write(
        orjson.dumps(
            {
                "time": _time(), "level": "info", "service": _service, "event": "request", "method": method,
                "route": route, "status": status, "ms": round(milliseconds, 2),
                "trace_id": trace.trace_id, "span_id": trace.span_id,
            }
        ).decode()
    )  # fmt: skip


def line(event: MutableMapping[str, Any]) -> str:
    """One event as a JSON line: redacted, with time, service and trace."""
    raised = _exception(event.pop("exc_info", None))
    event.pop("stack_info", None)
    if raised is not None:
        event["exception"] = explain(raised)
    body = redact(event)
    here = traces.current()
    head = {"time": _time(), "level": body.pop("level", "info"), "service": _service}
    if here is not None:
        head |= {"trace_id": here.trace_id, "span_id": here.span_id}
    return orjson.dumps({**body, **head}, option=orjson.OPT_NON_STR_KEYS).decode()


def _render(_logger: Any, _method: str, event: MutableMapping[str, Any]) -> str:
    return line(event)


def _exception(given: Any) -> BaseException | None:
    if isinstance(given, BaseException):
        return given
    if isinstance(given, tuple):
        return given[1] if isinstance(given[1], BaseException) else None
    return sys.exc_info()[1] if given else None


def _time() -> str:
    return datetime.now(UTC).isoformat(timespec="milliseconds")


def _write(text: str) -> None:
    # A full disk or a closed pipe must not turn a request that succeeded into a failure.
    with contextlib.suppress(OSError, ValueError):
        sys.stdout.write(text + "\n")
        sys.stdout.flush()


class _Lines:
    """Where structlog's rendered lines go."""

    def __init__(self, *_args: Any) -> None:
        pass

    def msg(self, message: str) -> None:
        """Writes a line."""
        _write(message)

    log = debug = info = warn = warning = error = critical = fatal = failure = err = msg


class _Handler(logging.Handler):
    """The standard library's records, written the same way."""

    def emit(self, record: logging.LogRecord) -> None:
        """Writes a record; a record that cannot be formatted is reported by `logging` itself."""
        try:
            message = record.getMessage()
        except (TypeError, ValueError):
            self.handleError(record)
            return
        event: dict[str, Any] = {"event": message, "logger": record.name, "level": record.levelname.lower()}
        if record.exc_info:
            event["exc_info"] = record.exc_info
        _write(line(event))
