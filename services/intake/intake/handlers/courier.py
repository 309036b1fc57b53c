"""Carries questions to the departments and answers back, outside any transaction (domain §4.4)."""

from __future__ import annotations

import asyncio
from collections import defaultdict
from typing import Literal, cast
from uuid import UUID

import httpx
from pydantic import BaseModel, ConfigDict, ValidationError

from doudi.money import Money
from doudi.sealed import KeyRing, Sealed
from doudi.service import Courier
from intake import store
from intake.handlers import matching
from intake.handlers.settings import IntakeSettings

_BATCH = 200
_AT_ONCE = 16
_LEASE_SECONDS = 60
_ATTEMPTS = 3
_TIMEOUT = 10


class _Reply(BaseModel):
    """What the matching centre answers about one person."""

    model_config = ConfigDict(extra="ignore")

    code: Literal["MATCH", "NO_RECORD", "MISMATCH", "UNAVAILABLE"]
    amount: Money | None = None
    detail: str | None = None


async def ask_departments(courier: Courier) -> int:
    """Takes waiting questions, asks, and records what came back, case by case. Returns how many it asked.

    A source that fails three times, or answers what nobody understands, is UNAVAILABLE and never 'no record'.
    """
    async with courier.transaction() as tx:
        asks = await store.claim_questions(tx, _BATCH, _LEASE_SECONDS)
        keys = tx.keys
    room = asyncio.Semaphore(_AT_ONCE)
    answers = await asyncio.gather(*(_ask(courier, keys, ask, room) for ask in asks))
    by_case: defaultdict[UUID, list[store.Answer]] = defaultdict(list)
    for ask, answer in zip(asks, answers, strict=True):
        by_case[ask.application_id].append(answer)
    for application_id, found in by_case.items():
        async with courier.transaction() as tx:
            await matching.record(application_id, found, tx)
    return len(asks)


async def _ask(courier: Courier, keys: KeyRing, ask: store.Ask, room: asyncio.Semaphore) -> store.Answer:
    url = cast(IntakeSettings, courier.settings).departments_url
    if url is None:
        return store.Answer(ask.id, "UNAVAILABLE", detail=_sealed(keys, "未接入核对中心"))
    body = {
        "source": ask.source,
        "id_number": keys.open(Sealed(ask.id_number), "person.id_number"),
        "name": keys.open(Sealed(ask.name), "person.name"),
        "consent": True,
    }
    async with room:
        try:
            response = await courier.http.post(f"{url.rstrip('/')}/v1/queries", json=body, timeout=_TIMEOUT)
            response.raise_for_status()
            reply = _Reply.model_validate_json(response.content)
            amount = None if reply.amount is None else reply.amount.fen
        except (httpx.HTTPError, ValidationError, ValueError):
            return _silence(ask, keys)
    return store.Answer(ask.id, reply.code, amount, _sealed(keys, reply.detail))


def _silence(ask: store.Ask, keys: KeyRing) -> store.Answer:
    """Nobody answered: asked again, and after the last attempt it is said that nobody did."""
    if ask.attempts < _ATTEMPTS:
        return store.Answer(ask.id, None)
    return store.Answer(ask.id, "UNAVAILABLE", detail=_sealed(keys, "多次查询无应答"))


def _sealed(keys: KeyRing, words: str | None) -> str | None:
    return None if words is None else str(keys.seal(words, "match.detail"))
