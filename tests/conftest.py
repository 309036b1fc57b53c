"""The real servers of a test session: given by DOUDI_TEST_POSTGRES and DOUDI_TEST_KAFKA, or started for it."""

from __future__ import annotations

import os
from collections.abc import AsyncIterator, Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest
import pytest_asyncio

from doudi.testing import Servers
from doudi_local.kafka import EmbeddedKafka
from doudi_local.postgres import EmbeddedPostgres


@pytest.fixture(scope="session")
def addresses(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[str, str]]:
    """PostgreSQL's and Kafka's addresses; own servers in an own folder on free ports, ended with the session."""
    postgres, kafka = os.environ.get("DOUDI_TEST_POSTGRES"), os.environ.get("DOUDI_TEST_KAFKA")
    with ExitStack() as stack:
        folder: Path = tmp_path_factory.mktemp("servers")
        if postgres is None:
            server = EmbeddedPostgres(folder / "postgres", fast=True)
            postgres = stack.enter_context(server).url
        if kafka is None:
            kafka = stack.enter_context(EmbeddedKafka(folder / "kafka")).bootstrap
        yield postgres, kafka


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def servers(addresses: tuple[str, str]) -> AsyncIterator[Servers]:
    """Where services under test get their databases and topics."""
    made = Servers(*addresses)
    yield made
    await made.close()
