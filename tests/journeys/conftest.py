"""One town for a journey."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest_asyncio

from doudi.testing import Servers
from tests.journeys.town import Town, town


@pytest_asyncio.fixture(loop_scope="session")
async def place(servers: Servers, tmp_path: Path) -> AsyncIterator[Town]:
    """A fresh town on 2020-03-02."""
    async with town(servers, tmp_path) as made:
        yield made
