"""What a service measures of itself: counted in its own tables, by time, for Prometheus."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from doudi.transaction import Runtime, Transaction

Rows = Sequence[Sequence[Any]]
"""Of each series the values of its labels in their order, then the number."""


@dataclass(frozen=True, slots=True)
class Measure:
    """One gauge: its name, what it means (with the unit), its labels, and what counts it in one statement or a few.

    Labels hold codes and states, never anything about a person; a series that is not counted any more is gone.
    """

    name: str
    meaning: str
    labels: tuple[str, ...]
    count: Callable[[Transaction], Awaitable[Rows]]


def counted(name: str, meaning: str, labels: Sequence[str], sql: str) -> Measure:
    """A measure that is one statement: `$1`, if used, is the legal day; the columns are the labels, then the number."""
    dated, typed = "$1" in sql, sql.replace("$1", "$1::date")

    async def count(tx: Transaction) -> Rows:
        return [tuple(row) for row in await tx.fetch(typed, *([tx.today] if dated else []))]

    return Measure(name, meaning, tuple(labels), count)


async def measure(runtime: Runtime, measures: Sequence[Measure]) -> None:
    """Counts everything once, each measure in a transaction of its own, so that none sees for long or waits long."""
    for one in measures:
        async with runtime.transaction() as tx:
            rows = await one.count(tx)
        runtime.metrics.measured(one, rows)
