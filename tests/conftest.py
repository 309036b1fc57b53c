"""The real servers of a test session: given by DOUDI_TEST_POSTGRES and DOUDI_TEST_KAFKA, or started for it.

Several workers (`pytest -n 2`) share one pair: it is started before them. Each test has its own databases and topics.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import AsyncIterator, Iterator
from contextlib import ExitStack
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
import pytest_asyncio

from doudi.testing import Servers
from doudi_local.kafka import EmbeddedKafka
from doudi_local.postgres import EmbeddedPostgres

_STARTED = pytest.StashKey[ExitStack]()


def pytest_sessionstart(session: pytest.Session) -> None:
    """Starts the servers once, when workers are to share them; they find them in their environment."""
    if session.config.getoption("numprocesses", None):
        stack = session.config.stash[_STARTED] = ExitStack()
        folder = Path(stack.enter_context(TemporaryDirectory(prefix="doudi-test-", dir=_fastest_place())))
        os.environ["DOUDI_TEST_POSTGRES"], os.environ["DOUDI_TEST_KAFKA"] = _start(stack, folder)


def pytest_sessionfinish(session: pytest.Session) -> None:
    """Ends what was started here."""
    if (stack := session.config.stash.get(_STARTED, None)) is not None:
        stack.close()


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Files with slow tests come first, so that no worker is left with one at the end."""
    slow = {item.path for item in items if item.get_closest_marker("slow")}
    items.sort(key=lambda item: item.path not in slow)


def _fastest_place() -> str | None:
    """Memory when it has room (each test copies its databases), else where temporary files go."""
    memory = Path("/dev/shm")
    return str(memory) if memory.is_dir() and shutil.disk_usage(memory).free > 4 << 30 else None


def _start(stack: ExitStack, folder: Path) -> tuple[str, str]:
    postgres, kafka = os.environ.get("DOUDI_TEST_POSTGRES"), os.environ.get("DOUDI_TEST_KAFKA")
    if postgres is None:
        folder.chmod(0o755)  # the server's own user reads what lies below
        postgres = stack.enter_context(EmbeddedPostgres(folder / "postgres", fast=True)).url
    return postgres, kafka or stack.enter_context(EmbeddedKafka(folder / "kafka")).bootstrap


@pytest.fixture(scope="session")
def addresses(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[str, str]]:
    """PostgreSQL's and Kafka's addresses; own servers in an own folder on free ports, ended with the session."""
    with ExitStack() as stack:
        yield _start(stack, tmp_path_factory.mktemp("servers"))


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def servers(addresses: tuple[str, str]) -> AsyncIterator[Servers]:
    """Where services under test get their databases and topics."""
    made = Servers(*addresses)
    yield made
    await made.close()
