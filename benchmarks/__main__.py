"""`make bench`: measures, prints a table, writes benchmarks/results.json."""

from __future__ import annotations

import asyncio
import json
import sys
import tempfile
from pathlib import Path

from rich.console import Console
from rich.table import Table

from benchmarks import applications, events, ledger, memory, redetermination, rules
from benchmarks.stage import Figure, Stage

PARTS = {
    "applications": applications.measure,
    "events": events.measure,
    "ledger": ledger.measure,
    "memory": memory.measure,
    "rules": rules.measure,
    "redetermination": redetermination.measure,
}
RESULTS = Path(__file__).parent / "results.json"


async def run(names: list[str], console: Console) -> list[Figure]:
    """The named parts on one stage."""
    with tempfile.TemporaryDirectory(prefix="doudi-bench-") as folder:
        stage = Stage(Path(folder))
        try:
            await stage.start_issuer()
            found: list[Figure] = []
            for name in names:
                console.print(f"measuring {name} …")
                found += await PARTS[name](stage)
            return found
        finally:
            stage.close()


def table(figures: list[Figure]) -> Table:
    """The figures for a person."""
    made = Table("what", "ours", "raw limit", "ratio", "unit", "goal")
    for f in figures:
        raw = "" if f.raw is None else f"{f.raw:,.0f}"
        ratio = "" if f.ratio is None else f"{f.ratio:.2f}"
        made.add_row(f.name, f"{f.ours:,.1f}", raw, ratio, f.unit, f.goal)
    return made


def main() -> None:
    """All parts, or those named on the command line."""
    names = sys.argv[1:] or list(PARTS)
    if unknown := set(names) - set(PARTS):
        sys.exit(f"no such part: {', '.join(sorted(unknown))}; they are {', '.join(PARTS)}")
    console = Console()
    figures = asyncio.run(run(names, console))
    if len(names) == len(PARTS):
        RESULTS.write_text(json.dumps([f.row for f in figures], ensure_ascii=False, indent=2) + "\n")
    console.print(table(figures))


main()
