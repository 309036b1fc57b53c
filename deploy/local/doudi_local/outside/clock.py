"""The demonstration's date, moved forward for all processes at once by replacing the clock file."""

from __future__ import annotations

import asyncio
import os
from datetime import date
from pathlib import Path

from fastapi import FastAPI

from doudi import errors
from doudi.clock import FileClock
from doudi.errors import Conflict
from doudi.service.http import Request, View


class TimeRunsForward(Conflict):
    """模拟日期只能向前推移。

    The simulated date moves forward only: what was announced yesterday cannot happen tomorrow.
    """


class Moment(Request):
    """A day."""

    date: date


class MomentView(View):
    """The day that all services see."""

    date: date


def create_clock(path: Path) -> FastAPI:
    """The clock over HTTP; made only when there is a clock file, that is, never in production."""
    app = FastAPI(title="Simulated clock", description=__doc__)
    errors.install(app)
    clock, one_at_a_time = FileClock(path), asyncio.Lock()

    @app.get("/v1/clock")
    async def read() -> MomentView:
        """What day it is."""
        return MomentView(date=clock.today())

    @app.post("/v1/clock")
    async def move(request: Moment) -> MomentView:
        """Moves to a later day; the present day again changes nothing."""
        async with one_at_a_time:
            if request.date < clock.today():
                raise TimeRunsForward(field="date", detail=f"现为 {clock.today()} / it is {clock.today()}")
            if request.date > clock.today():
                await asyncio.to_thread(_replace, path, request.date)
        return MomentView(date=request.date)

    return app


def _replace(path: Path, day: date) -> None:
    """Readers see the old day or the new one, never half a file, also after a power cut."""
    fresh = path.with_name(f".{path.name}.{os.getpid()}")
    with fresh.open("w") as out:
        out.write(f"{day.isoformat()}\n")
        out.flush()
        os.fsync(out.fileno())
    fresh.replace(path)
