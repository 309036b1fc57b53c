"""Health: live when the process answers, ready when it can do its work."""

from __future__ import annotations

import asyncio

import asyncpg
from fastapi import APIRouter, Request
from pydantic import BaseModel
from starlette.responses import JSONResponse, Response

from doudi.transaction import Runtime


class Readiness(BaseModel):
    """Each part and whether it works."""

    database: bool
    relay: bool
    consumer: bool


def health_router() -> APIRouter:
    """`/health/live`, `/health/ready` and `/metrics`."""
    router = APIRouter(tags=["operations"])

    @router.get("/health/live")
    async def live() -> dict[str, str]:
        """The process answers."""
        return {"status": "live"}

    @router.get("/health/ready", response_model=Readiness, responses={503: {"model": Readiness}})
    async def ready(request: Request) -> Response:
        """Partitions are assigned, the relay runs, the database answers; else 503."""
        state = request.app.state
        consumer = state.consumer
        found = Readiness(
            database=await _answers(state.runtime),
            relay=state.relay.running,
            consumer=consumer.running and consumer.settled,
        )
        good = found.database and found.relay and found.consumer
        return JSONResponse(found.model_dump(), 200 if good else 503)

    @router.get("/metrics", include_in_schema=False)
    async def metrics(request: Request) -> Response:
        """Prometheus."""
        runtime: Runtime = request.app.state.runtime
        await measure_outbox(runtime)
        return Response(runtime.metrics.render(), media_type="text/plain; version=0.0.4; charset=utf-8")

    return router


async def _answers(runtime: Runtime) -> bool:
    try:
        async with asyncio.timeout(2.0), runtime.transaction() as tx:
            return bool(await tx.fetchval("SELECT 1"))
    except (TimeoutError, OSError, asyncpg.PostgresError, asyncpg.InterfaceError, asyncpg.InternalClientError):
        return False


async def measure_outbox(runtime: Runtime) -> None:
    """Sets the gauges of the outbox and of parked messages from the database."""
    async with runtime.transaction() as tx:
        row = await tx.fetchrow(
            """SELECT count(*) AS unsent, coalesce(extract(epoch FROM now() - min(time)), 0) AS age,
                      (SELECT count(*) FROM parked) AS parked FROM outbox WHERE sent_at IS NULL"""
        )
    assert row is not None
    runtime.metrics.outbox(row["unsent"], max(0.0, float(row["age"])))
    runtime.metrics.parked(row["parked"])
