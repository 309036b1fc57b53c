"""deploy/compose/databases.sh on a real, empty PostgreSQL: one database a service, and no service sees another's."""

from __future__ import annotations

import asyncio
import os
import subprocess
from pathlib import Path
from urllib.parse import urlsplit

import asyncpg
import pytest

from doudi.testing import ROOT
from doudi_local.postgres import EmbeddedPostgres
from doudi_local.postgres_binaries import find_binaries
from tests.deploy.given import SERVICES


async def test_each_service_has_its_own_database(tmp_path: Path):
    with EmbeddedPostgres(tmp_path / "postgres", fast=True) as server:
        at = urlsplit(server.url)
        environment = {
            "PATH": f"{find_binaries(None)}:{os.environ['PATH']}",
            "PGHOST": str(at.hostname),
            "PGPORT": str(at.port),
            "PGPASSWORD": at.password or "",
            "POSTGRES_USER": at.username or "",
            "DOUDI_DATABASE_PASSWORD": "abc123",
        }
        script = str(ROOT / "deploy" / "compose" / "databases.sh")
        done = await asyncio.to_thread(subprocess.run, ["sh", script], env=environment, capture_output=True, text=True)
        assert done.returncode == 0, done.stderr
        names = [f"doudi_{service.replace('-', '_')}" for service in SERVICES]
        for name in names:
            own = await asyncpg.connect(f"postgresql://{name}:abc123@{at.hostname}:{at.port}/{name}")
            await own.execute("CREATE TABLE t (x int)")
            await own.close()
        with pytest.raises(asyncpg.InsufficientPrivilegeError):
            await asyncpg.connect(f"postgresql://{names[0]}:abc123@{at.hostname}:{at.port}/{names[1]}")
