"""The raw limit of an application's POST: FastAPI, asyncpg and the same two rows, nothing else."""

from __future__ import annotations

import argparse
import json
import os
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

import asyncpg
import uuid_utils
import uvicorn
from fastapi import FastAPI, Request
from pydantic import BaseModel

APPLICATION = """
INSERT INTO application (id, version, division, household_id, applicant_id, programme, channel, status, submitted_on,
    submitted_by, entrusted, signed, truth_promised, consents, declared, relatives, near_relative, payee_person_id,
    account_number, bank_code, match_round, explained, surveyors, officers)
VALUES ($1, 1, '640522101201', $2, $3, 'DIBAO_R', $4, 'SUBMITTED', $5, 'bench', $6, $7, $8, $9, $10, $11, false, $12,
    $13, $14, 0, '[]', '[]', '[]')
"""
OUTBOX = """
INSERT INTO outbox (id, key, sequence, type, time, value, digest, hash)
VALUES ($1, $2, 1, 'doudi.intake.application-submitted.v1', $3, $4, '\\x00', '\\x00')
"""
"""The rows that intake writes, into tables of the same shape."""


@asynccontextmanager
async def lifespan(app: FastAPI) -> AsyncIterator[None]:
    """One pool."""
    async with asyncpg.create_pool(os.environ["DATABASE_URL"], min_size=10, max_size=10) as pool:
        app.state.pool = pool
        yield


app = FastAPI(lifespan=lifespan)


@app.get("/ready")
async def ready() -> dict[str, str]:
    """Up."""
    return {}


class Account(BaseModel):
    """Where the money goes."""

    payee_person_id: UUID
    number: str
    bank_code: str


class Application(BaseModel):
    """The same body as intake's."""

    household_id: UUID
    applicant_id: UUID
    channel: str
    entrusted: bool
    signed: bool
    truth_promised: bool
    consents: list[UUID]
    declared: dict[str, str]
    relatives: list[str]
    account: Account


@app.post("/v1/applications", status_code=201)
async def submit(body: Application, request: Request) -> dict[str, Any]:
    """Two rows and a commit."""
    id_, now = UUID(int=uuid_utils.uuid7().int), datetime.now(UTC)
    value = {"application_id": id_, "household_id": body.household_id, "channel": body.channel, "submitted_on": now}
    async with request.app.state.pool.acquire() as connection, connection.transaction():
        await connection.execute(
            APPLICATION, id_, body.household_id, body.applicant_id, body.channel, now.date(), body.entrusted,
            body.signed, body.truth_promised, json.dumps(body.consents, default=str), json.dumps(body.declared),
            json.dumps(body.relatives), body.account.payee_person_id, body.account.number, body.account.bank_code,
        )  # fmt: skip
        await connection.execute(OUTBOX, id_, str(id_), now, json.dumps(value, default=str))
    return {"id": str(id_), "status": "SUBMITTED"}


if __name__ == "__main__":
    parser = argparse.ArgumentParser()
    parser.add_argument("--port", type=int, required=True)
    uvicorn.run(app, host="127.0.0.1", port=parser.parse_args().port, log_level="warning", access_log=False)
