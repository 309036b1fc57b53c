"""`doudi`: what an operator or a developer asks of a running installation."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Annotated, NoReturn

import httpx
import typer

from doudi.auth import Role

WRONG, NOT_RUNNING = 2, 3
_CHECKOUT = Path(__file__).resolve().parents[2]

app = typer.Typer(
    help="doudi (兜底): ask a running installation. Exit codes: 0 done, 2 wrong argument, 3 nothing runs.",
    no_args_is_help=True,
    add_completion=False,
)


@app.callback()
def _commands() -> None:
    """Keeps the name of a command necessary while there is only one."""


@app.command()
def token(
    role: Annotated[list[Role], typer.Option(help="Role of the bearer; may be given more than once")],
    division: Annotated[str, typer.Option(help="12-digit division code whose subtree the bearer may see")],
    sub: Annotated[str | None, typer.Option(help="Who the bearer is; default: role and division")] = None,
    lifetime: Annotated[int, typer.Option(min=1, help="Seconds until it expires")] = 8 * 3600,
) -> None:
    """Prints a bearer token of the development issuer."""
    issuer = str(addresses().get("issuer", ""))
    asked = {"roles": [str(r) for r in role], "division": division, "sub": sub, "lifetime": lifetime}
    try:
        answer = httpx.post(f"{issuer}/token", json=asked, timeout=10, trust_env=False)
    except (httpx.HTTPError, httpx.InvalidURL):
        fail(f"The issuer does not answer at {issuer!r}. Start the installation: make up", NOT_RUNNING)
    if answer.status_code != httpx.codes.OK:
        fail(_reasons(answer), WRONG)
    typer.echo(answer.json()["access_token"])


def data_folder() -> Path:
    """DOUDI_DATA; else `.data` of the present folder when something runs there; else `.data` of the checkout."""
    given = os.environ.get("DOUDI_DATA")
    if given:
        return Path(given).expanduser()
    here = Path.cwd() / ".data"
    return here if (here / "run" / "addresses.json").is_file() else _CHECKOUT / ".data"


def addresses() -> dict[str, object]:
    """What runs where; ends the command with exit code 3 when nothing does."""
    file = data_folder() / "run" / "addresses.json"
    try:
        found = json.loads(file.read_text())
    except OSError:
        fail(f"Nothing runs: there is no {file}. Start the installation: make up (or set DOUDI_DATA)", NOT_RUNNING)
    except ValueError:
        fail(f"{file} is not readable as JSON. Start the installation again: make up", NOT_RUNNING)
    if not isinstance(found, dict):
        fail(f"{file} is not a list of addresses. Start the installation again: make up", NOT_RUNNING)
    return found


def fail(message: str, code: int) -> NoReturn:
    """Says why on standard error and ends the command."""
    typer.echo(message, err=True)
    raise typer.Exit(code)


def _reasons(answer: httpx.Response) -> str:
    """What the issuer's problem says about each field."""
    try:
        problem = answer.json()
        wrong = [f"--{e['field']}: {e['message']}" for e in problem.get("errors", [])]
        return "\n".join(wrong) or str(problem["detail"])
    except (ValueError, KeyError, TypeError, AttributeError):
        return f"The issuer answered {answer.status_code}."
