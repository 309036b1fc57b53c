"""The raw limit of an application's POST: FastAPI, asyncpg and the same two rows, nothing else."""

from __future__ import annotations

import argparse
import json
import os
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any
from uuid import UUID

import asyncpg
import uuid_utils
import uvicorn
from fastapi import FastAPI, Request

TABLES = """
CREATE TABLE IF NOT EXISTS bare_application (id uuid PRIMARY KEY, body text NOT NULL);
CREATE TABLE IF NOT EXISTS bare_outbox (
    position bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, id uuid NOT NULL, key text NOT NULL, type text NOT NULL,
    value text NOT NULL, sent_at timestamptz);
CREATE INDEX IF NOT EXISTS bare_unsent ON bare_outbox (position) WHERE sent_at IS NULL;
"""


@asynccontextmanager
async def lifespan(app: FastAPI) -> AsyncIterator[None]:
    """One pool."""
    async with asyncpg.create_pool(os.environ["DATABASE_URL"], min_size=10, max_size=10) as pool:
        await pool.execute(TABLES)
        app.state.pool = pool
        yield


app = FastAPI(lifespan=lifespan)


@app.get("/ready")
async def ready() -> dict[str, str]:
    """Up."""
    return {}


@app.post("/v1/applications", status_code=201)
async def submit(request: Request) -> dict[str, Any]:
    """Two rows and a commit."""
    body = await request.body()
    id_ = UUID(int=uuid_utils.uuid7().int)
    value = json.dumps({"application_id": str(id_), **json.loads(body)})
    async with request.app.state.pool.acquire() as connection, connection.transaction():
        await connection.execute("INSERT INTO bare_application (id, body) VALUES ($1, $2)", id_, body.decode())
        await connection.execute(
            "INSERT INTO bare_outbox (id, key, type, value) VALUES ($1, $2, 'submitted', $3)", id_, str(id_), value
        )
    return {"id": str(id_), "status": "SUBMITTED"}


if __name__ == "__main__":
    parser = argparse.ArgumentParser()
    parser.add_argument("--port", type=int, required=True)
    uvicorn.run(app, host="127.0.0.1", port=parser.parse_args().port, log_level="warning", access_log=False)
