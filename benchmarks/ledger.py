"""The ledger comparison of 300,000 with 300,000 people against DuckDB's raw hash join of the same two files.

Twice: where 95 in 100 households are the same in both, and where none is: each has one of three people exchanged.
"""

from __future__ import annotations

import csv
import random
import resource
from datetime import date, timedelta
from pathlib import Path
from time import perf_counter
from typing import Any

import duckdb
import httpx

from benchmarks.stage import Figure, Stage
from doudi.auth import Role
from doudi.identity import check_digit
from doudi.testing import Running, Servers, running
from eligibility.app import SERVICE
from eligibility.handlers import ledger

COUNTY, VILLAGES = "640522000000", [f"6405221052{n:02d}" for n in range(1, 60)]
PEOPLE, HOME, ROUNDS = 300_000, 3, 5
GAPS = ("BOTH", "MEMBER_GAP")
COMMON = {"household": "household", "name": "name", "id_number": "id_number", "village": "village"}
LEFT = {**COMMON, "programme": "programme", "class": "class", "income_year": "income"}
RIGHT = {**COMMON, "status": "status", "labour": "labour", "no_way_out": "no_way_out", "income_year": "income"}
_RAW = """
CREATE OR REPLACE TABLE joined AS SELECT * FROM read_csv('{left}', all_varchar = true) l
FULL JOIN read_csv('{right}', all_varchar = true) r ON l.id_number = r.id_number
"""
_RAW_COUNTS = "SELECT count(*), count(*) FILTER (WHERE id_number = id_number_1) FROM joined"


def number(n: int) -> str:
    """The n-th person's ID number."""
    born = date(1935, 1, 1) + timedelta(days=n % 30_000)
    first = f"640522{born:%Y%m%d}{n // 30_000:03d}"
    return first + check_digit(first)


def write(folder: Path) -> tuple[Path, Path, Path]:
    """All files, in different orders: 95 in 100 households are in the first two, the others in one of them; the third
    has the households of the first, each with somebody else in the last one's place."""
    r = random.Random(20190311)
    homes = PEOPLE // HOME
    gap = homes // 20
    left, right, changed = folder / "left.csv", folder / "right.csv", folder / "changed.csv"
    for path, columns, first in ((left, LEFT, 0), (right, RIGHT, gap), (changed, RIGHT, 0)):
        order = list(range(first, first + homes))
        r.shuffle(order)
        with path.open("w", newline="", encoding="utf-8") as file:
            rows = csv.writer(file)
            rows.writerow(columns.values())
            for home in order:
                *others, last = range(home * HOME, home * HOME + HOME)
                for n in (*others, last + 2 * PEOPLE if path == changed else last):
                    start = [f"H{home}", f"人{n % 9973}", number(n), VILLAGES[home % len(VILLAGES)]]
                    if columns is LEFT:
                        rows.writerow([*start, "农村低保", "B", "2000.00"])
                    else:
                        labour = "丧失劳动力" if home % 10 == 0 else "普通劳动力"
                        rows.writerow([*start, "未脱贫", labour, "否", "5000.00"])
    return left, right, changed


def raw(left: Path, right: Path, joined: int) -> float:
    """Seconds of the raw hash join: both files read, the joined rows kept in memory."""
    with duckdb.connect() as memory:
        begun = perf_counter()
        memory.execute(_RAW.format(left=left, right=right))
        seconds = perf_counter() - begun
        counts = memory.execute(_RAW_COUNTS).fetchall()
    assert counts == [(2 * PEOPLE - joined, joined)], counts
    return seconds


async def _import(clerk: httpx.AsyncClient, kind: str, columns: dict[str, str], path: Path) -> str:
    body = {"division": COUNTY, "kind": kind, "columns": columns}
    (await clerk.post("/v1/register-mappings", json=body)).raise_for_status()
    query = {"kind": kind, "division": COUNTY, "snapshot_on": "2020-02-28"}

    async def pieces() -> Any:
        with path.open("rb") as file:
            while piece := file.read(1 << 20):
                yield piece

    headers = {"Content-Type": "text/csv"}
    answer = await clerk.post("/v1/registers", params=query, content=pieces(), headers=headers, timeout=600)
    answer.raise_for_status()
    assert answer.json()["kept"] == PEOPLE, answer.json()
    return str(answer.json()["id"])


async def _compare(
    s: Running, clerk: httpx.AsyncClient, body: dict[str, str], found: dict[str, int]
) -> dict[str, float]:
    """One comparison, step by step: seconds of each."""
    id_ = (await clerk.post("/v1/comparisons", json=body)).raise_for_status().json()["id"]
    steps: dict[str, float] = {}
    while (told := (await clerk.get(f"/v1/comparisons/{id_}")).json())["step"] != "DONE":
        begun = perf_counter()
        async with s.runtime.transaction() as tx:
            await ledger.advance(tx)
        steps[told["step"]] = steps.get(told["step"], 0.0) + perf_counter() - begun
    assert {code: c["results"] for code, c in told["counts"].items()} == found, told["counts"]
    return steps


async def measure(stage: Stage) -> list[Figure]:
    """Import by the API; then of both cases the raw join and the whole job in turn, the best of each."""
    left, right, changed = write(stage.folder)
    homes = PEOPLE // HOME
    cases = ((right, PEOPLE - PEOPLE // 20, expected()), (changed, homes * (HOME - 1), dict.fromkeys(GAPS, homes)))
    raw(left, right, cases[0][1])
    best: list[tuple[dict[str, float], float]] = []
    async with running(SERVICE, Servers(stage.postgres, stage.kafka), today=date(2020, 3, 2)) as s:
        clerk = s.client(Role.COUNTY_CLERK, COUNTY)
        begun = perf_counter()
        beneficiaries = await _import(clerk, "BENEFICIARIES", LEFT, left)
        registers = [await _import(clerk, "POVERTY_REGISTRY", RIGHT, right)]
        imported = perf_counter() - begun
        registers.append(await _import(clerk, "POVERTY_REGISTRY", RIGHT, changed))
        await s.fetch("CHECKPOINT")
        for register, (path, joined, found) in zip(registers, cases, strict=True):
            body = {"register_id": register, "beneficiaries_id": beneficiaries}
            raws, runs = [], []
            for _ in range(ROUNDS):
                raws.append(raw(left, path, joined))
                runs.append(await _compare(s, clerk, body, found))
            best.append((min(runs, key=lambda run: run["COMPARE"]), min(raws)))
            if path == right:
                first = runs[0]
    (ours, join), (other, other_join) = [(run["COMPARE"], limit) for run, limit in best]
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    return [
        Figure("ledger 300k × 300k: join to results", ours, join, ours / join, "s", "≤ 3 ×"),
        Figure("ledger, no household the same", other, other_join, other / other_join, "s", "≤ 3 ×"),
        Figure("ledger: results to tasks", first["TASKS"], None, None, "s", "shown"),
        Figure("ledger: tasks to events", first["ANNOUNCE"], None, None, "s", "shown"),
        Figure("ledger: both files by the API", imported, None, None, "s", "shown"),
        Figure("ledger: most memory of the process", peak, None, None, "MB", "≤ 1,024 MB"),
    ]


def expected() -> dict[str, int]:
    """What stands in the files: by code the number of households."""
    homes, gap = PEOPLE // HOME, PEOPLE // HOME // 20
    unable = len([h for h in range(homes, homes + gap) if h % 10 == 0])
    return {
        "BOTH": homes - gap,
        "CA_ONLY": gap,
        "PR_ONLY_LIKELY": unable,
        "PR_ONLY_UNLIKELY": gap - unable,
    }
