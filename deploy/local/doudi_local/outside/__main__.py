"""`python -m doudi_local.outside --port N --data DIR`. Exit code 2 when a setting is wrong."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer
import uvicorn
from pydantic import ValidationError

from doudi.telemetry import configure_logging
from doudi_local.outside.app import create_app
from doudi_local.outside.settings import OutsideSettings


def main(
    port: Annotated[int, typer.Option(help="Loopback port to listen on")],
    data: Annotated[Path, typer.Option(help="Folder that holds what the simulators remember")],
) -> None:
    """Runs the simulated bank, departments and clock on the loopback interface."""
    try:
        app = create_app(data, OutsideSettings())
    except (ValidationError, ValueError) as error:
        typer.echo(f"outside: {error}", err=True)
        raise typer.Exit(2) from error
    configure_logging("outside")
    uvicorn.run(app, host="127.0.0.1", port=port, log_config=None, access_log=False)


if __name__ == "__main__":
    typer.run(main)
