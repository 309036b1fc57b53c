"""A mass re-determination: 100,000 live awards through dry-run, approval and execution, until the last event is sent.

Nothing is left out: the service as a process of its own, durable commits, events in Kafka. COUNT may be set to less by
the environment variable DOUDI_BENCH_AWARDS.
"""

from __future__ import annotations

import asyncio
import json
import os
from datetime import date
from pathlib import Path
from time import perf_counter
from typing import Any
from uuid import UUID

import asyncpg
import httpx

from benchmarks.households import VILLAGE, facts
from benchmarks.stage import Figure, Stage
from doudi.auth import Role
from eligibility import rules

COUNT = int(os.environ.get("DOUDI_BENCH_AWARDS", "100000"))
COUNTY, GRANTED, APRIL = "640522000000", date(2020, 3, 2), "2020-04"
STANDARD = {"amount": "440.00", "period": "MONTH", "valid_from": "2020-04-01", "document": "海政发〔2020〕9号"}
_CASE = (
    "id", "version", "division", "status", "household", "means", "account", "near_relative", "doubtful", "opinion",
    "officers", "relatives", "first_posted_on", "first_posting_ended_on", "forwarded_on", "opinion_due_on",
)  # fmt: skip
_AWARD = (
    "id", "version", "division", "application_id", "decision_id", "household_id", "status", "programme", "rule_set",
    "assistance_class", "household_size", "insured", "amount_fen", "starts", "granted_on", "review_due_on", "facts",
    "choice",
)  # fmt: skip
_LINE = ("award_id", "person_id", "item", "from_month", "amount_fen")


async def seed(url: str) -> int:
    """Awards as they would stand after their grants: everybody who qualifies. Returns how many."""
    connection = await asyncpg.connect(url)
    numbers, made, number = rules.numbers(GRANTED, VILLAGE), 0, 0
    while made < COUNT:
        cases: list[tuple[Any, ...]] = []
        awards: list[tuple[Any, ...]] = []
        lines: list[tuple[Any, ...]] = []
        while len(awards) < min(5_000, COUNT - made):
            number += 1
            found = rules.determine(facts(number), numbers, on=GRANTED)
            if not found.eligible:
                continue
            id_ = UUID(int=(number << 64) + 7)
            cases.append((
                id_, 1, VILLAGE.code, "APPROVED", _household(facts(number)), "{}", "{}", False, False, "SUPPORT",
                "[]", "[]", *[GRANTED] * 4,
            ))  # fmt: skip
            awards.append((
                id_, 1, VILLAGE.code, id_, id_, id_, "ACTIVE", "DIBAO_R", found.rule_set, found.assistance_class,
                found.size, json.dumps(found.insured), found.amount.fen, APRIL, GRANTED, date(2021, 3, 31),
                json.dumps(facts(number).as_json()), json.dumps(rules.Choice().as_json()),
            ))  # fmt: skip
            lines += [(id_, UUID(line.person_id), line.item, APRIL, line.amount.fen) for line in found.lines]
        await connection.copy_records_to_table("county_case", records=cases, columns=_CASE)
        await connection.copy_records_to_table("award", records=awards, columns=_AWARD)
        await connection.copy_records_to_table("award_line", records=lines, columns=_LINE)
        made += len(awards)
    await connection.execute("ANALYZE")
    await connection.close()
    return made


def _household(of: rules.Facts) -> str:
    """Whom the notice goes to: the members as the file has them, the first is the head."""
    members = [
        {
            "person_id": p.person_id, "match_key": f"m{p.person_id}", "name": "k1:sealed", "birth_date": p.born,
            "relation": "OTHER" if place else "HEAD",
        }
        for place, p in enumerate(of.unit)
    ]  # fmt: skip
    return json.dumps({"members": members})


def peak(pid: int) -> float:
    """Most megabytes that a process ever held in memory."""
    text = Path(f"/proc/{pid}/status").read_text()
    return int(next(line for line in text.splitlines() if line.startswith("VmHWM")).split()[1]) / 1024


async def measure(stage: Stage) -> list[Figure]:
    """The whole way by the API, timed from request to the last award, and to the last event in Kafka."""
    url = await stage.database("bench_redetermination")
    clock = stage.folder / "clock"
    clock.write_text("2020-04-02")
    stage.settings["DOUDI_CLOCK"] = f"file:{clock}"
    service = await stage.start("doudi.service", "eligibility", database=url, ready="/health/ready")
    count = await seed(url)
    async with httpx.AsyncClient(base_url=service.url, trust_env=False, timeout=120) as http:
        clerk, leader = (_bearer(stage, role) for role in (Role.COUNTY_CLERK, Role.COUNTY_LEADER))
        started = perf_counter()
        asked = {"division": COUNTY, "from_month": APRIL, "draft": STANDARD}
        job = await _post(http, "/v1/redeterminations", clerk, asked)
        job = await _until(http, job["id"], clerk, "PROPOSED")
        dry = perf_counter() - started
        path = f"/v1/redeterminations/{job['id']}"
        await _post(http, f"{path}/approve", leader, {"sha256": job["sha256"]})
        begun = perf_counter()
        await _post(http, f"{path}/execute", clerk, None)
        done = await _until(http, job["id"], clerk, "EXECUTED")
        executed = perf_counter() - begun
    connection = await asyncpg.connect(url)
    while await connection.fetchval("SELECT 1 FROM outbox WHERE sent_at IS NULL LIMIT 1"):
        await asyncio.sleep(0.1)
    whole = perf_counter() - started
    told = await connection.fetchval("SELECT count(*) FROM notice WHERE redetermination_id IS NOT NULL")
    await connection.close()
    megabytes = peak(service.pid)
    service.stop()
    del stage.settings["DOUDI_CLOCK"]
    assert done["settled"]["adjusted"] == count
    assert told == count, f"{told} notices"
    return [
        Figure(f"dry-run of {count:,} awards", count / dry, None, None, "awards/s", "shown"),
        Figure(f"execution of {count:,} awards", count / executed, None, None, "awards/s", "shown"),
        Figure(f"{count:,} awards, request to last event sent", whole, None, None, "s", "shown"),
        Figure("memory of the service at most", megabytes, 1024.0, megabytes / 1024.0, "MB resident", "≤ 1,024 MB"),
    ]


def _bearer(stage: Stage, role: Role) -> dict[str, str]:
    return {"Authorization": f"Bearer {stage.token(role, COUNTY)}"}


async def _post(http: httpx.AsyncClient, path: str, who: dict[str, str], body: Any) -> Any:
    answer = await http.post(path, json=body, headers=who)
    if answer.is_error:
        raise RuntimeError(f"{path}: {answer.text}")
    return answer.json()


async def _until(http: httpx.AsyncClient, id_: str, who: dict[str, str], status: str) -> Any:
    while True:
        answer = (await http.get(f"/v1/redeterminations/{id_}", headers=who)).raise_for_status().json()
        if answer["status"] == status:
            return answer
        if answer["status"] == "FAILED":
            raise RuntimeError(answer["failed_because"])
        await asyncio.sleep(0.25)
