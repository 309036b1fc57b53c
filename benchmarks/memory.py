"""Idle memory of the six services together."""

from __future__ import annotations

import asyncio
from pathlib import Path

from benchmarks.stage import Figure, Stage

SERVICES = ("intake", "eligibility", "payments", "relief", "care_institutions", "oversight")


def resident(pid: int) -> float:
    """Megabytes that a process holds in memory."""
    text = Path(f"/proc/{pid}/status").read_text()
    return int(next(line for line in text.splitlines() if line.startswith("VmRSS")).split()[1]) / 1024


async def measure(stage: Stage) -> list[Figure]:
    """All six started, ready, and left alone for five seconds."""
    started = []
    for service in SERVICES:
        database = await stage.database(f"bench_idle_{service}")
        started.append(await stage.start("doudi.service", service, database=database, ready="/health/ready"))
    await asyncio.sleep(5)
    total = sum(resident(process.pid) for process in started)
    for process in started:
        process.stop()
    return [Figure("six services idle", total, 900.0, total / 900.0, "MB resident", "≤ 900 MB")]
