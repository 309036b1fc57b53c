"""What operations see of a service: JSON logs without personal data, traces over HTTP and Kafka, Prometheus numbers."""

from doudi.telemetry.logs import configure_logging
from doudi.telemetry.measures import Measure, counted, measure
from doudi.telemetry.metrics import Metrics, metrics_endpoint
from doudi.telemetry.middleware import Telemetry
from doudi.telemetry.traces import Trace, Tracing, current_traceparent

__all__ = [
    "Measure",
    "Metrics",
    "Telemetry",
    "Trace",
    "Tracing",
    "configure_logging",
    "counted",
    "current_traceparent",
    "measure",
    "metrics_endpoint",
]
