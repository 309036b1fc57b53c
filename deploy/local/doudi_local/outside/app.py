"""The three simulators as one application."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

from fastapi import FastAPI

from doudi.clock import clock_from
from doudi_local.outside.bank import Bank, create_bank
from doudi_local.outside.book import Book
from doudi_local.outside.clock import create_clock
from doudi_local.outside.departments import Departments, create_departments
from doudi_local.outside.settings import OutsideSettings

_FILE = "file:"


def create_app(data: Path, settings: OutsideSettings) -> FastAPI:
    """`data`: the folder that holds what they remember. Raises ValueError for a clock that the profile forbids."""
    clock = clock_from(settings.clock, settings.profile)
    data.mkdir(parents=True, exist_ok=True)
    book = Book(data / "outside.sqlite")

    @asynccontextmanager
    async def lifespan(_: FastAPI) -> AsyncIterator[None]:
        yield
        book.close()

    app = FastAPI(title="Outside of doudi, simulated", lifespan=lifespan)

    @app.get("/health/live")
    async def live() -> dict[str, str]:
        return {"status": "ok"}

    app.mount("/bank", create_bank(Bank(book, clock, settings.outside_bank_delay_ms / 1000)))
    app.mount("/departments", create_departments(Departments(book, clock)))
    if settings.clock.startswith(_FILE):
        app.mount("/clock", create_clock(Path(settings.clock.removeprefix(_FILE))))
    return app
