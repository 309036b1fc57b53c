"""Numbers for Prometheus. Each application has a registry of its own, so that two services fit into one process."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, TypeVar

from fastapi import Request, Response
from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, Info, ProcessCollector
from prometheus_client.exposition import CONTENT_TYPE_LATEST, generate_latest

from doudi.telemetry.measures import Measure, Rows

_HTTP_BUCKETS = (0.002, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10)
_HANDLER_BUCKETS = (0.001, 0.005, 0.01, 0.05, 0.1, 0.5, 1, 5, 10, 30)

M = TypeVar("M", Counter, Gauge, Histogram)


class Metrics:
    """What a service counts. Labels never hold what a client chose, nor anything about a person."""

    def __init__(self, service: str, measures: Sequence[Measure] = ()) -> None:
        self.registry = CollectorRegistry()
        self._made: dict[str, Any] = {}
        self._requests_of: dict[tuple[str, str, int], tuple[Any, Any]] = {}
        ProcessCollector(registry=self.registry)
        Info("doudi_service", "The service of this process", registry=self.registry).info({"service": service})
        self._requests = self.counter("http_requests_total", "Requests answered", ["method", "route", "status"])
        self._seconds = self.histogram(
            "http_request_duration_seconds", "Seconds to answer a request", ["method", "route"], _HTTP_BUCKETS
        )
        self._handled = self.counter("doudi_events_handled_total", "Events handled", ["type"])
        self._handler_seconds = self.histogram(
            "doudi_handler_seconds", "Seconds that a handler took for a batch of one type", ["type"], _HANDLER_BUCKETS
        )
        self._relayed = self.counter("doudi_outbox_sent_total", "Events that the relay sent")
        self._unsent = self.gauge("doudi_outbox_unsent", "Events in the outbox that are not sent yet")
        self._oldest = self.gauge("doudi_outbox_oldest_unsent_seconds", "Age of the oldest unsent event")
        self._lag = self.gauge("doudi_consumer_lag", "Messages behind the end of a partition", ["topic", "partition"])
        self._parked = self.gauge("doudi_parked_messages", "Messages that wait for an operator")
        for one in measures:
            self.gauge(one.name, one.meaning, one.labels)
        self._due = self.counter("doudi_due_work_total", "Pieces of work done that time made due", ["work"])
        self._couriers = self.counter("doudi_courier_work_total", "Pieces of talk with the outside done", ["courier"])

    def counter(self, name: str, meaning: str, labels: Sequence[str] = ()) -> Counter:
        """The counter of that name, made when it is not there."""
        return self._metric(name, lambda: Counter(name, meaning, labels, registry=self.registry))

    def gauge(self, name: str, meaning: str, labels: Sequence[str] = ()) -> Gauge:
        """The gauge of that name, made when it is not there."""
        return self._metric(name, lambda: Gauge(name, meaning, labels, registry=self.registry))

    def histogram(
        self, name: str, meaning: str, labels: Sequence[str] = (), buckets: Sequence[float] = Histogram.DEFAULT_BUCKETS
    ) -> Histogram:
        """The histogram of that name, made when it is not there. Buckets are upper bounds, in the unit of the name."""
        return self._metric(name, lambda: Histogram(name, meaning, labels, registry=self.registry, buckets=buckets))

    def _metric(self, name: str, make: Callable[[], M]) -> M:
        if name not in self._made:
            self._made[name] = make()
        found: M = self._made[name]
        return found

    def answered(self, method: str, route: str, status: int, seconds: float) -> None:
        """A request got its answer. `route` is the template, never the path."""
        children = self._requests_of.get((method, route, status))
        if children is None:
            children = self._requests.labels(method, route, status), self._seconds.labels(method, route)
            self._requests_of[(method, route, status)] = children
        children[0].inc()
        children[1].observe(seconds)

    def handled(self, type_: str, count: int, seconds: float) -> None:
        """`count` events of one type were handled together in `seconds`."""
        self._handled.labels(type_).inc(count)
        self._handler_seconds.labels(type_).observe(seconds)

    def relayed(self, count: int) -> None:
        """The relay sent `count` events."""
        self._relayed.inc(count)

    def outbox(self, unsent: int, oldest_seconds: float) -> None:
        """How much waits in the outbox, and how long its oldest has (0 when nothing waits)."""
        self._unsent.set(unsent)
        self._oldest.set(oldest_seconds)

    def lag(self, topic: str, partition: int, messages: int) -> None:
        """How far the consumer is behind the end of a partition."""
        self._lag.labels(topic, partition).set(messages)

    def unassigned(self, topic: str, partition: int) -> None:
        """The partition went to another process: its lag is no longer ours to tell."""
        self._lag.remove(topic, partition)

    def parked(self, count: int) -> None:
        """How many messages are parked."""
        self._parked.set(count)

    def worked(self, work: str, count: int) -> None:
        """Work that time made due was done."""
        self._due.labels(work).inc(count)

    def talked(self, courier: str, count: int) -> None:
        """A courier talked with the outside."""
        self._couriers.labels(courier).inc(count)

    def measured(self, measure: Measure, rows: Rows) -> None:
        """What was counted takes the place of what was counted before."""
        gauge = self.gauge(measure.name, measure.meaning, measure.labels)
        gauge.clear()
        for *labels, number in rows:
            (gauge.labels(*labels) if labels else gauge).set(number)

    def render(self) -> bytes:
        """The exposition format of Prometheus."""
        return generate_latest(self.registry)


async def metrics_endpoint(request: Request) -> Response:
    """GET /metrics: the numbers of the application's `state.metrics`."""
    metrics: Metrics = request.app.state.metrics
    return Response(metrics.render(), headers={"Content-Type": CONTENT_TYPE_LATEST})
