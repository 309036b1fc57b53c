"""`doudi`: what an operator or a developer asks of a running installation."""

from __future__ import annotations

import asyncio
import json
import os
from collections.abc import Awaitable, Callable
from datetime import datetime
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, NoReturn, TypeVar
from uuid import UUID

import httpx
import typer

from doudi.auth import Role


class Later:
    """A module that is loaded when something of it is first used."""

    def __init__(self, name: str) -> None:
        self._name = name

    def __getattr__(self, attribute: str) -> Any:
        return getattr(import_module(self._name), attribute)


if TYPE_CHECKING:
    from doudi import journal, operate
    from doudi.consumer import Reception
    from doudi.service.app import Service
    from doudi.transaction import Runtime
else:
    # Loaded by the commands that need them: a token or an address is asked for many times, and costs no database.
    journal, operate = Later("doudi.journal"), Later("doudi.operate")
certificates: Any = Later("eligibility.rules.verification")
"""What makes a decision again from its certificate: `verify(text)`, which raises `Unreadable`."""

T = TypeVar("T")

FAILED, WRONG, NOT_RUNNING = 1, 2, 3
_CHECKOUT = Path(__file__).resolve().parents[2]

app = typer.Typer(
    help="doudi (兜底): ask a running installation. Exit codes: 0 done, 1 failed, 2 wrong argument, 3 nothing runs.",
    no_args_is_help=True,
    add_completion=False,
)


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


@app.command()
def address(name: Annotated[str, typer.Argument(help="A service, or: issuer, bank, departments, clock")]) -> None:
    """Prints the base URL of a part of the installation."""
    found = addresses()
    services, outside = found.get("services"), found.get("outside")
    known: dict[str, str] = {"issuer": str(found.get("issuer", ""))}
    if isinstance(services, dict):
        known |= {service: str(where["url"]) for service, where in services.items()}
    if isinstance(outside, dict):
        known |= {part: str(url) for part, url in outside.items()}
    if name not in known:
        fail(f"nothing is called {name!r}; there are {', '.join(sorted(known))}", WRONG)
    typer.echo(known[name])


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


parked = typer.Typer(help="Messages that wait because their case failed.", no_args_is_help=True)
app.add_typer(parked, name="parked")

Named = Annotated[str, typer.Option("--service", help="The service, e.g. intake; a wrong name lists them all")]


@parked.command("list")
def parked_list(service: Named) -> None:
    """Prints parked messages, oldest first: event id, case, type, reason, since when. No personal datum is in them."""

    async def work(runtime: Runtime, _: Reception) -> list[str]:
        async with runtime.transaction() as tx:
            rows = await tx.fetch("SELECT event_id, key, type, reason, parked_at FROM parked ORDER BY position")
        return [
            f"{r['event_id']}  {r['key']}  {r['type']}  {r['reason']}  {r['parked_at']:%Y-%m-%d %H:%M}" for r in rows
        ]

    for line in _with(service, work) or ["nothing is parked"]:
        typer.echo(line)


@parked.command("replay")
def parked_replay(
    service: Named, key: Annotated[str, typer.Option(help="The case to replay, as `list` shows it")]
) -> None:
    """Handles a case's parked messages in order. Exit code 1 when the first one fails again: it stays parked."""
    try:
        done = _with(service, lambda runtime, reception: operate.replay_parked(runtime, reception, key))
    except operate.StillFails as failure:
        fail(f"{failure.done} done, then it failed again: {failure.reason}. It stays parked.", FAILED)
    typer.echo(f"{done} done")


@parked.command("discard")
def parked_discard(
    service: Named,
    event_id: Annotated[UUID, typer.Option(help="The message to give up, as `list` shows it")],
    because: Annotated[str, typer.Option(help="Why; it is kept for ever")],
    by: Annotated[str, typer.Option(help="Who decides this")],
) -> None:
    """Gives one parked message up, with who and why."""
    if not because.strip() or not by.strip():
        fail("--because and --by must say something", WRONG)
    if not _with(service, lambda runtime, _: operate.discard_parked(runtime, event_id, by=by, because=because)):
        fail(f"no parked message has the id {event_id}", WRONG)
    typer.echo("discarded")


@app.command()
def replay(
    service: Named,
    key: Annotated[str | None, typer.Option(help="Only this case")] = None,
    since: Annotated[datetime | None, typer.Option(help="Only events from this time on")] = None,
) -> None:
    """Publishes a service's journal again, in order. Readers that know the events ignore them; new ones are filled."""

    async def work(runtime: Runtime, _: Reception) -> int:
        connection = await runtime.database.connect()
        try:
            return await journal.replay(connection, key=key, since=since.astimezone() if since else None)
        finally:
            await connection.close()

    typer.echo(f"{_with(service, work)} events will be published again")


@app.command()
def verify(
    service: Annotated[str | None, typer.Option("--service", help="One service; all six when not given")] = None,
) -> None:
    """Walks the journals' chains. Exit code 1 when a row was changed or is missing, which it names."""
    damaged = 0
    for name in [service] if service else operate.NAMES:
        read, found = _with(name, _verify)
        damaged += len(found)
        for damage in found:
            typer.echo(f"{name}: case {damage.key}, event {damage.sequence}: {damage.what}")
        typer.echo(f"{name}: {read} events, {'intact' if not found else f'{len(found)} damaged'}")
    if damaged:
        raise typer.Exit(FAILED)


async def _verify(runtime: Runtime, _: Reception) -> tuple[int, list[journal.Damage]]:
    connection = await runtime.database.connect()
    read, found = 0, []
    try:
        async for item in journal.verify(connection):
            if isinstance(item, journal.Damage):
                found.append(item)
            else:
                read = item
    finally:
        await connection.close()
    return read, found


@app.command("verify-decision")
def verify_decision(
    file: Annotated[Path, typer.Argument(help="A certificate, as /v1/decisions/{id}/certificate gives it")],
) -> None:
    """Makes a decision again from its certificate, byte for byte; nothing needs to run. Exit codes: 0 the same bytes,
    1 the first difference is named, 2 no readable certificate."""
    try:
        verdict = certificates.verify(file.read_bytes().decode("utf-8"))
    except OSError as error:
        fail(f"{file}: {error.strerror}", WRONG)
    except (UnicodeDecodeError, certificates.Unreadable):
        fail(f"{file}: {certificates.Unreadable.__doc__}", WRONG)
    if not verdict.same:
        fail(f"{file}: {verdict.says}", FAILED)
    typer.echo(verdict.says)


@app.command()
def migrate(
    service: Annotated[str | None, typer.Option("--service", help="One service; all six by default")] = None,
) -> None:
    """Brings the tables to the state that this version needs."""
    from doudi.migrate import MigrationFailed, upgrade_now

    for name in [service] if service else operate.NAMES:
        chosen = _named(name)
        try:
            url = operate.settings_of(chosen, data_folder()).database_url.get_secret_value()
            typer.echo(f"{name}: {upgrade_now(chosen.package, url)}")
        except operate.NotConfigured as error:
            fail(str(error), NOT_RUNNING)
        except MigrationFailed as error:
            fail(str(error), FAILED)


def _named(name: str) -> Service:
    if name not in operate.NAMES:
        fail(f"no service is called {name!r}; they are {', '.join(operate.NAMES)}", WRONG)
    return operate.service_named(name)


def _with(name: str, work: Callable[[Runtime, Reception], Awaitable[T]]) -> T:
    """Opens a service's database for one piece of work; ends the command with a sentence when it cannot."""
    service = _named(name)

    async def run() -> T:
        async with operate.opened(service, operate.settings_of(service, data_folder())) as (runtime, reception):
            return await work(runtime, reception)

    try:
        return asyncio.run(run())
    except operate.NotConfigured as error:
        fail(str(error), NOT_RUNNING)
    except OSError as error:
        fail(f"the database of {name} does not answer: {error}", NOT_RUNNING)
