"""The demonstration county: 海原县 in the spring of 2020, from the written applications to the money in the accounts.

`run` does the work once, `summary` shows what came of it, also later. Everything goes over REST, as anybody's would.
"""

from __future__ import annotations

import asyncio
from typing import Any

from rich.console import Console

from doudi_local.demo import story, tables


def run(addresses: dict[str, Any], console: Console) -> None:
    """Runs the main job on the demonstration county; an interrupted one goes on. Raises LocalError with a sentence."""
    asyncio.run(story.tell(addresses, console))


def summary(addresses: dict[str, Any], console: Console) -> None:
    """Prints what stands in the services: applications, awards, money, relief, homes, flags; then the log-ins."""
    asyncio.run(tables.show(addresses, console))


__all__ = ["run", "summary"]
