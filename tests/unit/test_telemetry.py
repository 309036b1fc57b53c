"""Logs hold nothing personal, traces go on, numbers are by template and by application."""

from __future__ import annotations

import json
import logging
from collections.abc import Iterator
from decimal import Decimal
from fractions import Fraction
from typing import Any

import asyncpg
import httpx
import pytest
import structlog
from fastapi import APIRouter, FastAPI
from pydantic import BaseModel, ValidationError

from doudi.telemetry import (
    Measure,
    Metrics,
    Telemetry,
    Tracing,
    configure_logging,
    current_traceparent,
    metrics_endpoint,
)
from doudi.telemetry.redaction import MASK, masked, redact
from doudi.telemetry.traces import parse

ID_NUMBER, PHONE, ACCOUNT = "64052219900101123X", "13912345678", "6217001234567890123"
TRACE = "0af7651916cd43dd8448eb211c80319c"
PARENT = f"00-{TRACE}-b7ad6b7169203331-01"


@pytest.fixture(autouse=True)
def _json_logs() -> Iterator[None]:
    root = logging.getLogger()
    handlers, level = root.handlers[:], root.level
    configure_logging("intake", "INFO")
    yield
    root.handlers[:] = handlers
    root.setLevel(level)
    structlog.reset_defaults()


def lines(captured: pytest.CaptureFixture[str]) -> list[dict[str, Any]]:
    return [json.loads(line) for line in captured.readouterr().out.splitlines()]


@pytest.mark.parametrize(
    "personal",
    [
        ID_NUMBER,
        "640522199001011234",
        f"身份证{ID_NUMBER}。",
        f"id_number={ID_NUMBER},",
        PHONE,
        f"+86{PHONE}",
        f"86-{PHONE}",
        "139 1234 5678",
        "139-1234-5678",
        ACCOUNT,
        "621700123456789",
        "6217 0012 3456 7890 123",
        "６４０５２２１９９００１０１１２３４",
    ],
)
def test_numbers_of_people_are_masked(personal: str) -> None:
    shown = masked(f"see {personal} there")
    assert MASK in shown
    assert sum(c.isdigit() for c in shown) <= 2


@pytest.mark.parametrize(
    "harmless",
    [
        "640522101000",
        "2026-11-24T09:42:21.123456+08:00",
        "2020-03-02 2020-03-09",
        "0190b6c2-7e5a-7c3e-9f00-1a2b3c4d5e6f",
        "380.00",
        "23912345678",
        "12345678901234",
        "12345678901234567890",
    ],
)
def test_other_numbers_are_kept(harmless: str) -> None:
    assert masked(harmless) == harmless


def test_redaction_reaches_every_depth_and_kind() -> None:
    told = json.dumps(
        redact(
            {
                ID_NUMBER: [ACCOUNT, (PHONE, {"deep": int(ACCOUNT)})],
                "set": {PHONE},
                "raw": ID_NUMBER.encode(),
                "error": ValueError(PHONE),
                "phone": int(PHONE),
            }
        )
    )
    for value in (ID_NUMBER, PHONE, ACCOUNT):
        assert value not in told
    assert redact({"count": 500, "none": None, "yes": True, "half": 0.5}) == {
        "count": 500, "none": None, "yes": True, "half": 0.5,
    }  # fmt: skip


def test_logs_are_json_with_service_and_trace(capsys: pytest.CaptureFixture[str]) -> None:
    with Tracing("intake").within("test", PARENT) as here:
        structlog.get_logger().info("case accepted", phone=PHONE)
        logging.getLogger("aiokafka").warning("lost %s", ID_NUMBER)
    ours, theirs = lines(capsys)
    assert (ours["event"], ours["level"], ours["service"], ours["phone"]) == ("case accepted", "info", "intake", MASK)
    assert (theirs["event"], theirs["level"], theirs["logger"]) == (f"lost {MASK}", "warning", "aiokafka")
    assert {line["trace_id"] for line in (ours, theirs)} == {TRACE}
    assert {line["span_id"] for line in (ours, theirs)} == {here.span_id}


class Person(BaseModel):
    age: int


def fail_in_every_way() -> Iterator[BaseException]:
    try:
        Person.model_validate({"age": "张三"})
    except ValidationError as error:
        yield error
    unique = asyncpg.UniqueViolationError("duplicate")
    unique.detail = "Key (name)=(张三) already exists."
    yield unique
    try:
        try:
            raise ValueError(f"no {ID_NUMBER}")
        except ValueError as error:
            raise RuntimeError(f"call {PHONE}") from error
    except RuntimeError as error:
        yield error
    yield ExceptionGroup("both", [ValueError(ACCOUNT), unique])


def test_exception_texts_are_masked_and_quotes_are_cut(capsys: pytest.CaptureFixture[str]) -> None:
    for error in fail_in_every_way():
        structlog.get_logger().error("failed", exc_info=error)
        logging.getLogger("uvicorn.error").error("failed", exc_info=(type(error), error, error.__traceback__))
    written = capsys.readouterr().out
    for value in ("张三", ID_NUMBER, PHONE, ACCOUNT):
        assert value not in written
    told = [json.loads(line)["exception"] for line in written.splitlines()]
    assert [len(t) for t in told] == [1, 1, 1, 1, 2, 2, 3, 3]
    assert told[4][0]["error"] == f"RuntimeError: call {MASK}"
    assert told[4][1]["error"] == f"ValueError: no {MASK}"
    assert "fail_in_every_way" in told[4][1]["at"][0]


def test_the_level_is_kept_and_must_exist(capsys: pytest.CaptureFixture[str]) -> None:
    configure_logging("intake", "warning")
    structlog.get_logger().info("quiet")
    structlog.get_logger().warning("loud")
    assert [line["event"] for line in lines(capsys)] == ["loud"]
    with pytest.raises(ValueError, match="DOUDI_LOG_LEVEL"):
        configure_logging("intake", "chatty")


@pytest.mark.parametrize(
    "malformed",
    [
        None,
        "",
        "x",
        f"ff-{TRACE}-b7ad6b7169203331-01",
        f"00-{'0' * 32}-b7ad6b7169203331-01",
        f"00-{TRACE}-{'0' * 16}-01",
        PARENT.upper(),
        f"{PARENT}x",
    ],
)
def test_a_malformed_traceparent_begins_a_new_trace(malformed: str | None) -> None:
    assert parse(malformed) is None
    with Tracing("intake").within("test", malformed):
        made = parse(current_traceparent())
    assert made is not None
    assert made.trace_id != TRACE
    assert current_traceparent() is None


def test_steps_nest_and_are_left_again() -> None:
    tracing = Tracing("intake")
    with tracing.within("outer", PARENT) as outer, tracing.within("inner") as inner:
        assert (outer.trace_id, inner.trace_id) == (TRACE, TRACE)
        assert len({outer.span_id, inner.span_id, "b7ad6b7169203331"}) == 3
        assert current_traceparent() == inner.traceparent
    assert current_traceparent() is None


def test_with_a_collector_the_trace_is_the_same() -> None:
    tracing = Tracing("intake", "http://127.0.0.1:1")
    with tracing.within("outer", f"00-{TRACE}-b7ad6b7169203331-00", "consumer") as unsampled:
        assert (unsampled.trace_id, unsampled.flags) == (TRACE, "00")
        assert current_traceparent() == unsampled.traceparent
    assert tracing.exports
    tracing.close()


def application(metrics: Metrics) -> FastAPI:
    app = FastAPI()
    app.state.metrics = metrics
    app.add_middleware(Telemetry, metrics=metrics, tracing=Tracing("intake"))
    app.get("/metrics")(metrics_endpoint)
    router = APIRouter(prefix="/v1/persons")

    @router.get("/{id}")
    async def read(id: str) -> str | None:
        if id == "bug":
            raise RuntimeError("bug")
        return current_traceparent()

    app.include_router(router)
    return app


def client(app: FastAPI) -> httpx.AsyncClient:
    transport = httpx.ASGITransport(app, raise_app_exceptions=False)
    return httpx.AsyncClient(transport=transport, base_url="http://test")


async def test_a_request_is_one_line_and_two_numbers_by_template(capsys: pytest.CaptureFixture[str]) -> None:
    async with client(application(Metrics("intake"))) as http:
        heard = (await http.get(f"/v1/persons/{ID_NUMBER}", headers={"traceparent": PARENT})).json()
        await http.get("/v1/persons/bug")
        await http.get(f"/{ID_NUMBER}")
        await http.request("张三".encode().hex().upper(), "/v1/persons/x")
        numbers = (await http.get("/metrics")).text
    assert heard.split("-")[1] == TRACE
    got = [(line["method"], line["route"], line["status"]) for line in lines(capsys) if line["event"] == "request"]
    assert got == [
        ("GET", "/v1/persons/{id}", 200),
        ("GET", "/v1/persons/{id}", 500),
        ("GET", "unmatched", 404),
        ("OTHER", "/v1/persons/{id}", 405),
    ]
    assert 'http_requests_total{method="GET",route="/v1/persons/{id}",status="200"} 1.0' in numbers
    assert 'http_request_duration_seconds_count{method="GET",route="/v1/persons/{id}"} 2.0' in numbers
    assert ID_NUMBER not in numbers


async def test_two_services_in_one_process_count_apart() -> None:
    intake, relief = Metrics("intake"), Metrics("relief")
    intake.relayed(3)
    intake.outbox(2, 1.5)
    intake.lag("doudi.relief", 4, 7)
    intake.parked(1)
    intake.handled("doudi.relief.advance-paid.v1", 5, 0.2)
    assert intake.counter("decisions_total", "x") is intake.counter("decisions_total", "x")
    text = intake.render().decode()
    for expected in (
        "doudi_outbox_sent_total 3.0",
        "doudi_outbox_unsent 2.0",
        "doudi_outbox_oldest_unsent_seconds 1.5",
        'doudi_consumer_lag{partition="4",topic="doudi.relief"} 7.0',
        "doudi_parked_messages 1.0",
        'doudi_events_handled_total{type="doudi.relief.advance-paid.v1"} 5.0',
        'doudi_handler_seconds_count{type="doudi.relief.advance-paid.v1"} 1.0',
    ):
        assert expected in text
    assert "doudi_outbox_sent_total 0.0" in relief.render().decode()
    intake.unassigned("doudi.relief", 4)
    assert 'topic="doudi.relief"' not in intake.render().decode()


def test_what_is_measured_takes_the_place_of_what_was_measured_before():
    one, bare = (Measure(name, "…", labels, _nothing) for name, labels in (("doudi_a", ("county",)), ("doudi_b", ())))
    metrics = Metrics("intake", [one, bare])
    metrics.measured(one, [("640522", 3), ("640521", Decimal("0.5"))])
    metrics.measured(one, [("640522", Fraction(1, 4))])
    metrics.measured(bare, [(7,)])
    lines = [line for line in metrics.render().decode().splitlines() if line.startswith(("doudi_a", "doudi_b"))]
    assert lines == ['doudi_a{county="640522"} 0.25', "doudi_b 7.0"]


async def _nothing(_: object) -> list[tuple[int]]:
    return []
