"""Migrations: each service's tables, applied by the service under an advisory lock at start and by `make migrate`."""

from __future__ import annotations

import asyncio
from importlib import import_module, resources
from pathlib import Path
from time import monotonic
from typing import TYPE_CHECKING

import asyncpg
import structlog
from alembic import command
from alembic.config import Config
from alembic.script import ScriptDirectory
from alembic.script.revision import ResolutionError
from alembic.util import CommandError
from sqlalchemy import Connection, text
from sqlalchemy.exc import DBAPIError
from sqlalchemy.ext.asyncio import create_async_engine
from sqlalchemy.pool import NullPool

from doudi.errors.transient import is_transient

if TYPE_CHECKING:
    from alembic.operations import Operations

log = structlog.get_logger()

_PAUSE = 0.5
"""Seconds between two looks at a database that is starting."""

_LOCK = "SELECT pg_advisory_lock(hashtext('doudi migrate'))"


class MigrationFailed(RuntimeError):
    """The tables could not be brought to the state that this version needs; nothing was changed by the failed step."""


def create_plumbing(op: Operations) -> None:
    """Creates the tables that every service has (outbox, inbox, parked, idempotency, access log)."""
    sql = (resources.files("doudi") / "data" / "plumbing_1.sql").read_text()
    for statement in sql.split(";\n"):
        if statement.strip():
            op.get_bind().exec_driver_sql(statement)


def configuration(package: str) -> Config:
    """Alembic's configuration of a service: the common environment, the service's own versions."""
    module = import_module(package)
    assert module.__file__ is not None
    config = Config()
    config.set_main_option("script_location", str(resources.files("doudi") / "alembic"))
    config.set_main_option("version_locations", str(Path(module.__file__).parent.parent / "migrations" / "versions"))
    config.set_main_option("path_separator", "os")
    return config


async def upgrade(package: str, url: str, *, patience: int = 0) -> str:
    """Brings a database to the newest revision; returns it. Waits for another process that is migrating.

    A server that is starting or out of reach is waited for, `patience` seconds at most. Raises MigrationFailed with
    the reason in a sentence: no server, a step failed (it was rolled back), or the database is of a newer version
    than this code.
    """
    until = monotonic() + patience
    while True:
        try:
            return await _upgrade_once(package, url)
        except MigrationFailed as error:
            if not is_transient(error.__cause__) or monotonic() >= until:
                raise
            log.warning("waiting for the database", reason=str(error))
            await asyncio.sleep(_PAUSE)


async def _upgrade_once(package: str, url: str) -> str:
    engine = create_async_engine(url.replace("postgresql://", "postgresql+asyncpg://", 1), poolclass=NullPool)
    try:
        async with engine.connect() as connection:
            await connection.execute(text(_LOCK))
            await connection.commit()
            return await connection.run_sync(_upgrade, package)
    except (DBAPIError, CommandError, ResolutionError, OSError, asyncpg.InternalClientError) as error:
        reason = str(getattr(error, "orig", error)).splitlines()[0]
        raise MigrationFailed(
            f"the tables of {package} could not be migrated, and were left as they were: {reason}"
        ) from error
    finally:
        await engine.dispose()


def _upgrade(connection: Connection, package: str) -> str:
    config = configuration(package)
    config.attributes["connection"] = connection
    command.upgrade(config, "head")
    head = ScriptDirectory.from_config(config).get_current_head()
    connection.commit()
    return head or ""


def upgrade_now(package: str, url: str) -> str:
    """`upgrade` for commands."""
    return asyncio.run(upgrade(package, url))
