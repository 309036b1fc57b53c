"""W3C Trace Context across HTTP and Kafka. Ids are always carried; spans are exported when a collector is named."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar, Token
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from opentelemetry.sdk.trace import TracerProvider

_FORMAT = re.compile(r"(?!ff)[0-9a-f]{2}-(?!0{32})([0-9a-f]{32})-(?!0{16})([0-9a-f]{16})-([0-9a-f]{2})(?:-.*)?")
_SAMPLED = "01"

Kind = Literal["server", "consumer", "client", "internal"]


@dataclass(frozen=True, slots=True)
class Trace:
    """Where we are: the trace, and our step of it (hex, as in W3C Trace Context)."""

    trace_id: str
    span_id: str
    flags: str = _SAMPLED

    @property
    def traceparent(self) -> str:
        """The header that tells the next one."""
        return f"00-{self.trace_id}-{self.span_id}-{self.flags}"


_here: ContextVar[Trace | None] = ContextVar("doudi_trace", default=None)


def current() -> Trace | None:
    """The present step, or None outside of any."""
    return _here.get()


def current_traceparent() -> str | None:
    """The header for whatever we call or say now; None outside of any request or event."""
    here = _here.get()
    return here.traceparent if here is not None else None


def parse(traceparent: str | None) -> Trace | None:
    """The trace that a header names, or None when it is absent or malformed (then a new trace begins)."""
    found = _FORMAT.fullmatch(traceparent.strip()) if traceparent else None
    return Trace(found[1], found[2], found[3]) if found else None


def step(parent: Trace | None) -> Trace:
    """A new step below `parent`, or the first of a new trace."""
    fresh = os.urandom(24).hex()
    if parent is None:
        return Trace(fresh[:32], fresh[32:])
    return Trace(parent.trace_id, fresh[32:], parent.flags)


def enter(trace: Trace) -> Token[Trace | None]:
    """Makes `trace` the present step until `leave`."""
    return _here.set(trace)


def leave(token: Token[Trace | None]) -> None:
    """Goes back to where we were before `enter`."""
    _here.reset(token)


class Tracing:
    """Opens steps. Without a collector it costs two random numbers; with one, each step is an OpenTelemetry span."""

    def __init__(self, service: str, otlp_endpoint: str | None = None) -> None:
        self._provider = _provider(service, otlp_endpoint) if otlp_endpoint else None

    @property
    def exports(self) -> bool:
        """Whether a collector was named."""
        return self._provider is not None

    @contextmanager
    def within(self, name: str, traceparent: str | None = None, kind: Kind = "internal") -> Iterator[Trace]:
        """A step below the one that the header names, or else below the present one."""
        parent = parse(traceparent) or current()
        if self._provider is None:
            here = step(parent)
            token = enter(here)
            try:
                yield here
            finally:
                leave(token)
            return
        with self._span(self._provider, name, parent, kind) as here:
            yield here

    @contextmanager
    def _span(self, provider: TracerProvider, name: str, parent: Trace | None, kind: Kind) -> Iterator[Trace]:
        from opentelemetry import trace as otel
        from opentelemetry.context import Context

        context = Context()
        if parent is not None:
            above = otel.SpanContext(
                int(parent.trace_id, 16), int(parent.span_id, 16), True, otel.TraceFlags(int(parent.flags, 16))
            )
            context = otel.set_span_in_context(otel.NonRecordingSpan(above), context)
        # Exceptions are not recorded: their texts may quote personal data.
        span = provider.get_tracer("doudi").start_span(name, context, otel.SpanKind[kind.upper()])
        made = span.get_span_context()
        here = Trace(f"{made.trace_id:032x}", f"{made.span_id:016x}", f"{int(made.trace_flags):02x}")
        token = enter(here)
        try:
            yield here
        except BaseException as error:
            span.set_attribute("error.type", type(error).__name__)
            span.set_status(otel.StatusCode.ERROR)
            raise
        finally:
            leave(token)
            span.end()

    def close(self) -> None:
        """Sends what is left to the collector."""
        if self._provider is not None:
            self._provider.shutdown()


def _provider(service: str, endpoint: str) -> TracerProvider:
    from opentelemetry.exporter.otlp.proto.http.trace_exporter import OTLPSpanExporter
    from opentelemetry.sdk.resources import Resource
    from opentelemetry.sdk.trace import TracerProvider
    from opentelemetry.sdk.trace.export import BatchSpanProcessor

    provider = TracerProvider(resource=Resource.create({"service.name": service}), shutdown_on_exit=False)
    provider.add_span_processor(BatchSpanProcessor(OTLPSpanExporter(f"{endpoint.rstrip('/')}/v1/traces")))
    return provider
