"""(a) `POST /v1/applications` a second, and (d) how soon its event is in a consumer's hands."""

from __future__ import annotations

import asyncio
import json
from statistics import harmonic_mean, quantiles
from time import perf_counter
from uuid import uuid4

import asyncpg
import httpx
from aiokafka import AIOKafkaConsumer

from benchmarks.load import post_all, request
from benchmarks.stage import Figure, Stage
from doudi.auth import Role

TOWN, VILLAGE = "640522101000", "640522101201"
COUNT, WARM, ROUND, CONNECTIONS = 4_000, 500, 500, 16
_COPY_PERSON = """
INSERT INTO person
SELECT (jsonb_populate_record(p, jsonb_build_object('id', md5('p' || n)::uuid, 'match_key', 'b' || n))).*
FROM person p, generate_series(1, $2::int) n WHERE p.id = $1
"""
_COPY_HOUSEHOLD = """
INSERT INTO household SELECT (jsonb_populate_record(h, jsonb_build_object('id', md5('h' || n)::uuid))).*
FROM household h, generate_series(1, $2::int) n WHERE h.id = $1
"""
_COPY_MEMBER = """
INSERT INTO household_member (household_id, person_id, relation, in_unit)
SELECT md5('h' || n)::uuid, md5('p' || n)::uuid, 'HEAD', true FROM generate_series(1, $1::int) n
"""


async def households(url: str, token: str, database: str, count: int) -> list[dict[str, str]]:
    """One household by the API, then as many copies of its rows: ids of household and head."""
    async with httpx.AsyncClient(base_url=url, headers={"Authorization": f"Bearer {token}"}, trust_env=False) as http:
        person = (await http.post("/v1/persons", json={
            "id_number": "640522188001010019", "name": "马建国", "phone": "13800000000", "address": "李旺镇一组",
            "division": VILLAGE, "labour": "FULL",
        })).raise_for_status().json()["id"]  # fmt: skip
        household = (await http.post("/v1/households", json={
            "division": VILLAGE, "hukou": "RURAL", "registry": "NONE", "number": "1",
            "members": [{"person_id": person, "relation": "HEAD"}],
        })).raise_for_status().json()["id"]  # fmt: skip
    connection = await asyncpg.connect(database)
    await connection.execute(_COPY_PERSON, person, count)
    await connection.execute(_COPY_HOUSEHOLD, household, count)
    await connection.execute(_COPY_MEMBER, count)
    rows = await connection.fetch(
        "SELECT household_id, person_id FROM household_member WHERE person_id <> $1 LIMIT $2", person, count
    )
    await connection.execute("ANALYZE")
    await connection.close()
    return [{"household": str(r["household_id"]), "person": str(r["person_id"])} for r in rows]


def body(home: dict[str, str]) -> bytes:
    """A complete application."""
    return json.dumps(
        {
            "household_id": home["household"],
            "applicant_id": home["person"],
            "channel": "WINDOW",
            "entrusted": False,
            "signed": True,
            "truth_promised": True,
            "consents": [home["person"]],
            "declared": {"income_year": "6480.00", "deposits": "1000.00"},
            "relatives": [],
            "account": {"payee_person_id": home["person"], "number": "6222020000000000000", "bank_code": "402"},
        }
    ).encode()


async def measure(stage: Stage) -> list[Figure]:
    """Both in turn, with the same bodies over the same connections to equal databases; then 50 a second for the
    latency. In turn, since a machine that slows down for a while must slow both."""
    database, homes, token = await _prepared(stage)
    intake = (await stage.start("doudi.service", "intake", database=database, ready="/health/ready")).url
    bare = await stage.start("benchmarks.bare", database=stage.url("bench_bare"), ready="/ready")
    headers = {"Authorization": f"Bearer {token}"}
    posts = [request(intake, "/v1/applications", body(h), {**headers, "Idempotency-Key": str(uuid4())}) for h in homes]
    raws = [request(bare.url, "/v1/applications", body(h), headers) for h in homes]
    ours, raw = [], []
    for start in range(0, WARM + COUNT, ROUND):
        ours.append(await post_all(intake, posts[start : start + ROUND], CONNECTIONS))
        raw.append(await post_all(bare.url, raws[start : start + ROUND], CONNECTIONS))
    latency = await _latency(stage, intake, posts[WARM + COUNT :])
    warm = WARM // ROUND
    mine, limit = harmonic_mean(ours[warm:]), harmonic_mean(raw[warm:])
    return [Figure("POST /v1/applications", mine, limit, mine / limit, "requests/s", "≥ 0.5 ×"), *latency]


async def _prepared(stage: Stage) -> tuple[str, list[dict[str, str]], str]:
    """Intake's database with households, a copy of it for the bare endpoint, and a clerk's token."""
    database = await stage.database("bench_intake")
    service = await stage.start("doudi.service", "intake", database=database, ready="/health/ready")
    token = stage.token(Role.CLERK, TOWN)
    homes = await households(service.url, token, database, COUNT + WARM + 500)
    service.stop()
    admin = await asyncpg.connect(stage.postgres)
    await admin.execute("CREATE DATABASE bench_bare TEMPLATE bench_intake")
    await admin.close()
    return database, homes, token


async def _latency(stage: Stage, url: str, requests: list[bytes]) -> list[Figure]:
    """From the 201 to the event in a consumer's hands, at 50 a second."""
    consumer = AIOKafkaConsumer("doudi.intake", bootstrap_servers=stage.kafka, fetch_max_wait_ms=20)
    await consumer.start()
    await consumer.seek_to_end()
    arrived: dict[str, float] = {}
    answered: dict[str, float] = {}

    async def listen() -> None:
        async for record in consumer:
            arrived[record.key.decode()] = perf_counter()

    listener = asyncio.create_task(listen())
    parts = httpx.URL(url)
    reader, writer = await asyncio.open_connection(parts.host, parts.port)
    begun = perf_counter()
    for number, message in enumerate(requests):
        await asyncio.sleep(max(0.0, begun + number / 50 - perf_counter()))
        writer.write(message)
        head = (await reader.readuntil(b"\r\n\r\n")).lower()
        start = head.index(b"content-length:") + 15
        answer = json.loads(await reader.readexactly(int(head[start : head.index(b"\r\n", start)])))
        answered[answer["id"]] = perf_counter()
    while not answered.keys() <= arrived.keys():
        await asyncio.sleep(0.05)
    listener.cancel()
    writer.close()
    await consumer.stop()
    cuts = quantiles([max(0.0, (arrived[i] - t) * 1000) for i, t in answered.items()], n=100)
    return [
        Figure("201 → event in hand, p50", cuts[49], None, None, "ms at 50/s", "shown"),
        Figure("201 → event in hand, p99", cuts[98], None, None, "ms at 50/s", "shown"),
    ]
