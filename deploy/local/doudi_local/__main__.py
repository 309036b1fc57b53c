"""`python -m doudi_local …`: the commands. Exit codes: 0 done, 1 a sentence says why not, 3 not running."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Annotated, Any

import typer
from rich.console import Console

from doudi_local.errors import LocalError
from doudi_local.installation import Installation
from doudi_local.layout import Layout

app = typer.Typer(
    help="doudi on one machine.", no_args_is_help=True, add_completion=False, pretty_exceptions_enable=False
)
NOT_RUNNING = 3


@app.command()
def up(
    demo: Annotated[
        bool, typer.Option("--demo/--no-demo", help="Load the demonstration county once, under a simulated clock.")
    ] = True,
) -> None:
    """Start PostgreSQL, Kafka, the simulators and the six services, and wait until all are ready."""
    console, started = Console(), time.monotonic()
    with _one_sentence():
        installation = _installation(console)
        console.print(f"Data: {installation.layout.data}", soft_wrap=True)
        addresses = installation.up(demonstration=demo)
        console.print(f"Everything is ready after {time.monotonic() - started:.1f} s.")
        if demo:
            _demonstrate(addresses, installation, console)
        _show(addresses, installation, console)


@app.command()
def down() -> None:
    """Stop everything. Data stays."""
    console = Console()
    with _one_sentence():
        console.print("Stopped." if _installation(console).down() else "Nothing ran.")


@app.command()
def reset(yes: Annotated[bool, typer.Option("--yes", help="Do not ask.")] = False) -> None:
    """Stop everything and wipe its data, keys included."""
    console = Console()
    with _one_sentence():
        installation = _installation(console)
        if not yes:
            typer.confirm(f"Wipe all data and keys in {installation.layout.data}?", abort=True)
        installation.reset()
        console.print("Stopped and wiped.")
        if installation.layout.databases_given or installation.layout.database_base_given:
            console.print("The databases that were given by DATABASE_URL… were left as they are.")


@app.command()
def status() -> None:
    """Show what runs and where. Exit code 3 when something does not."""
    console = Console()
    with _one_sentence(NOT_RUNNING):
        installation = _installation(console)
        addresses, states = installation.addresses(), installation.readiness()
        for name, state in states.items():
            console.print(f"  {name:<20} {state}")
        _show(addresses, installation, console)
        if any(state not in ("running", "ready") for state in states.values()):
            raise typer.Exit(NOT_RUNNING)


@app.command()
def migrate() -> None:
    """Bring the databases of the running installation up to date (each service also does so when it starts)."""
    console = Console()
    with _one_sentence():
        from doudi.migrate import MigrationFailed, upgrade

        for name, url in _installation(console).addresses()["databases"].items():
            try:
                console.print(f"  {name}: {asyncio.run(upgrade(name.replace('-', '_'), url))}")
            except MigrationFailed as error:
                raise LocalError(str(error)) from error


def _demonstrate(addresses: dict[str, Any], installation: Installation, console: Console) -> None:
    """The first time the main job on the demonstration county, every time what came of it."""
    from doudi_local import demo as county  # brings the published language with it: only when needed

    if not installation.layout.demo_done.exists():
        console.print(
            "The main job on the demonstration county, over the REST APIs and under a simulated date:", soft_wrap=True
        )
        county.run(addresses, console)
        installation.layout.demo_done.write_text("loaded\n")
    county.summary(addresses, console)


def _installation(console: Console) -> Installation:
    return Installation(Layout.from_environment(), console)


@contextmanager
def _one_sentence(code: int = 1) -> Iterator[None]:
    """A LocalError is for people: its sentence on stderr and an exit code, no traceback."""
    try:
        yield
    except LocalError as error:
        typer.echo(f"doudi: {error}", err=True)
        raise typer.Exit(code) from error


def _show(addresses: dict[str, Any], installation: Installation, console: Console) -> None:
    """Addresses and what to do next, a line each."""
    rows = [(name, service["url"], f"{service['url']}/docs") for name, service in addresses["services"].items()]
    rows += [("issuer", addresses["issuer"], ""), ("kafka", addresses["kafka"], "")]
    rows += [(name, url, "") for name, url in addresses["outside"].items()]
    console.print("\nAddresses:")
    for name, url, documents in rows:
        console.print(f"  {name:<18} {url:<36} {documents}".rstrip(), soft_wrap=True, highlight=False)
    console.print(f"All addresses, database URLs too: {installation.layout.addresses}", soft_wrap=True)
    console.print("Next: make status · make down · .venv/bin/doudi --help", soft_wrap=True)


if __name__ == "__main__":
    app()
