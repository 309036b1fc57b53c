"""The bank and the departments of a journey, on a free port."""

from __future__ import annotations

import asyncio
import socket
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import uvicorn

from doudi_local.outside.app import create_app
from doudi_local.outside.settings import OutsideSettings


@asynccontextmanager
async def outside(folder: Path, clock_file: Path) -> AsyncIterator[str]:
    """The simulated bank and departments on a free port."""
    settings = OutsideSettings(profile="test", clock=f"file:{clock_file}", outside_bank_delay_ms=0)
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        app = create_app(folder / "outside", settings)
        server = uvicorn.Server(uvicorn.Config(app, log_config=None, access_log=False))
        task = asyncio.create_task(server.serve(sockets=[listener]))
        try:
            yield f"http://127.0.0.1:{listener.getsockname()[1]}"
        finally:
            server.should_exit = True
            await task
