"""The launcher: one installation is started, killed at, stopped and wiped, with small processes as services."""

from __future__ import annotations

import asyncio
import io
import json
import os
import shutil
import signal
import socket
import stat
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from typing import Any

import asyncpg
import httpx
import pytest
from rich.console import Console
from supervisor.datatypes import dict_of_key_value_pairs
from supervisor.options import expand

from doudi.testing import until
from doudi_local import installation, places
from doudi_local.errors import LocalError
from doudi_local.installation import Installation
from doudi_local.kafka import answers
from doudi_local.layout import SERVICES, Layout
from doudi_local.processes import Ports, programs
from doudi_local.servers import Servers
from doudi_local.supervisor import Program, configuration

STAND_IN = Path(__file__).with_name("stand_in.py")


@pytest.fixture
def folder() -> Iterator[Path]:
    """A folder that PostgreSQL's own user can reach (pytest's tmp_path is 0700)."""
    path = Path(tempfile.mkdtemp(prefix="doudi-up-"))
    path.chmod(0o755)
    yield path
    shutil.rmtree(path, ignore_errors=True)


def stand_ins(layout: Layout, ports: Ports, servers: Servers, demonstration: bool) -> list[Program]:
    """The real programs, with a small process as the command of each."""
    real = programs(layout, ports, servers, demonstration)
    return [
        replace(p, command=[sys.executable, str(STAND_IN), "--port", str(ports.by_name[p.name])], stop_seconds=2)
        for p in real
    ]


def an_installation(data: Path) -> tuple[Installation, io.StringIO]:
    screen = io.StringIO()
    return Installation(Layout(data), Console(file=screen), behind=stand_ins), screen


async def asked(url: str) -> dict[str, str]:
    """What the stand-in at `url` says, as soon as it answers (at most 20 seconds)."""
    async with httpx.AsyncClient(trust_env=False) as http:

        async def answer() -> Any:
            with suppress(httpx.TransportError):
                return (await http.get(url)).json()
            return None

        found: dict[str, str] = await until(answer, 20)
        return found


async def test_up_again_after_kills_then_down_and_reset(folder: Path) -> None:
    started, screen = an_installation(folder / "data")
    try:
        addresses = await asyncio.to_thread(started.up)
        assert json.loads((folder / "data/run/addresses.json").read_text()) == addresses
        assert stat.S_IMODE((folder / "data/run/addresses.json").stat().st_mode) == 0o600
        assert set(addresses["services"]) == {service.name for service in SERVICES}
        assert "\x1b" not in screen.getvalue()

        told = await asked(addresses["services"]["intake"]["url"])
        assert told["DOUDI_CLOCK"] == f"file:{folder}/data/clock"
        assert (folder / "data/clock").read_text() == "2020-03-02\n"
        assert told["DATABASE_URL"] == addresses["databases"]["intake"]
        assert told["KAFKA_BOOTSTRAP_SERVERS"] == addresses["kafka"]
        assert list(json.loads(told["DOUDI_SEALING_KEYS"])) == ["k1"]
        await _keep_a_row(addresses["databases"]["intake"])

        os.kill(int(told["pid"]), signal.SIGKILL)
        again = await asked(addresses["services"]["intake"]["url"])
        assert again["pid"] != told["pid"]

        resumed, _ = an_installation(folder / "data")
        assert await asyncio.to_thread(resumed.up) == addresses

        assert await asyncio.to_thread(resumed.down)
        assert not started.layout.addresses.exists()
        assert not answers(started.servers.kafka.port if started.servers.kafka else 0)
        assert not await asyncio.to_thread(resumed.down)

        restarted, _ = an_installation(folder / "data")
        assert await asyncio.to_thread(restarted.up) == addresses
        await _has_the_row(addresses["databases"]["intake"])
    finally:
        an_installation(folder / "data")[0].reset()
    assert not (folder / "data").exists()


async def _keep_a_row(url: str) -> None:
    connection = await asyncpg.connect(url)
    await connection.execute("CREATE TABLE kept (n int); INSERT INTO kept VALUES (7)")
    await connection.close()


async def _has_the_row(url: str) -> None:
    connection = await asyncpg.connect(url)
    assert await connection.fetchval("SELECT n FROM kept") == 7
    await connection.close()


async def test_a_killed_supervisor_leaves_nothing_that_stops_the_next_start(tmp_path: Path) -> None:
    """Also below a 0700 folder, as a root user's home is: PostgreSQL drops its uid and must still reach its files."""
    data = tmp_path / "data"  # pytest makes tmp_path with mode 0700
    first, _ = an_installation(data)
    try:
        await asyncio.to_thread(first.up)
        os.kill(int((data / "run/supervisord.pid").read_text()), signal.SIGKILL)
        second, _ = an_installation(data)
        addresses = await asyncio.to_thread(second.up)
        assert (await asked(addresses["services"]["relief"]["url"]))["pid"]
    finally:
        an_installation(data)[0].reset()


def a_layout(folder: Path) -> Layout:
    """A layout on given servers, so that nothing is started."""
    return Layout.from_environment(
        {
            "DOUDI_DATA": str(folder),
            "KAFKA_BOOTSTRAP_SERVERS": "kafka:9092",
            "DATABASE_URL": "postgresql+asyncpg://u:p%40s@db:5432/{service}",
        }
    )


def test_given_servers_are_used_and_nothing_is_embedded(tmp_path: Path) -> None:
    servers = Servers(a_layout(tmp_path))
    assert servers.embedded() == []
    assert servers.programs() == []
    assert servers.bootstrap == "kafka:9092"
    assert servers.databases()["care-institutions"] == "postgresql://u:p%40s@db:5432/care_institutions"


def test_one_given_database_is_used_beside_embedded_ones(tmp_path: Path) -> None:
    layout = Layout.from_environment({"DOUDI_DATA": str(tmp_path), "DATABASE_URL_INTAKE": "postgres://u@db/x"})
    assert layout.embeds_postgres
    assert Servers(layout).databases()["intake"] == "postgresql://u@db/x"


def test_a_server_whose_role_makes_databases_is_given_one_a_service(tmp_path: Path) -> None:
    layout = Layout.from_environment({"DOUDI_DATA": str(tmp_path), "DATABASE_URL": "postgresql://u:p@db:1/postgres"})
    assert not layout.embeds_postgres
    assert Servers(layout).databases()["relief"] == "postgresql://u:p@db:1/doudi_relief"


def test_a_database_url_of_another_kind_is_refused_in_one_sentence(tmp_path: Path) -> None:
    with pytest.raises(LocalError, match="must look like postgresql://"):
        Layout.from_environment({"DATABASE_URL_RELIEF": "mysql://u@db/x"})


def test_the_supervisors_file_gives_back_every_setting(tmp_path: Path) -> None:
    layout = a_layout(tmp_path / "with space")
    hard = 'a\\c%d,e=f;g#h {"k1": "x=="}'
    program = Program("intake", ["/bin/prog", "two words", "50%"], 40, {"HARD": hard, "DATABASE_URL": "p://u:'%40@h/d"})
    text = configuration(layout, [program])
    line = next(line for line in text.splitlines() if line.startswith("environment=")).removeprefix("environment=")
    assert dict_of_key_value_pairs(expand(line, {}, "environment")) == program.environment
    assert "'two words' 50%%" in text
    assert "autorestart=true" in text


@pytest.mark.parametrize("value", ["b\nc", "b'\"c", "b ;c", "b #c"])
def test_settings_that_the_supervisors_file_cannot_hold_are_refused(tmp_path: Path, value: str) -> None:
    with pytest.raises(LocalError, match="percent-encode"):
        configuration(a_layout(tmp_path), [Program("x", ["x"], 1, {"A": value})])


def test_ports_are_kept_while_free_and_exchanged_when_taken(tmp_path: Path) -> None:
    layout = a_layout(tmp_path)
    first = Ports.choose(layout)
    assert Ports.choose(layout) == first == Ports.find(layout)
    assert len(set(first.by_name.values())) == len(first.by_name)
    with socket.socket() as taker:
        taker.bind((places.LOOPBACK, first.by_name["intake"]))
        taker.listen()
        second = Ports.choose(layout)
    changed = [name for name, port in second.by_name.items() if port != first.by_name[name]]
    assert changed == ["intake"]


def test_secrets_are_made_once_and_for_this_user_alone(tmp_path: Path) -> None:
    layout = a_layout(tmp_path)
    one = programs(layout, Ports.choose(layout), Servers(layout), True)
    assert programs(layout, Ports.find(layout), Servers(layout), True) == one
    kept = list((tmp_path / "secrets").iterdir())
    assert {"sealing-keys.json", "match-key"} <= {file.name for file in kept}
    assert {stat.S_IMODE(file.stat().st_mode) for file in kept} == {0o600}


def test_a_long_path_gets_a_socket_elsewhere(tmp_path: Path) -> None:
    layout = Layout(tmp_path / ("long" * 40))
    assert len(str(layout.socket)) < 100


def test_a_full_disk_is_one_sentence(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(installation, "BYTES_NEEDED", 2**60)
    with pytest.raises(LocalError, match="free some space, or set DOUDI_DATA"):
        Installation(a_layout(tmp_path), Console(file=io.StringIO())).up()


def test_a_folder_that_cannot_be_made_is_one_sentence(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(LocalError, match="set DOUDI_DATA to a folder this user may write"):
        Installation(a_layout(tmp_path / "file" / "data"), Console(file=io.StringIO())).up()


@pytest.mark.parametrize(
    ("command", "code", "said"),
    [
        (["status"], 3, "Nothing runs on"),
        (["migrate"], 1, "start it with `make up`"),
        (["down"], 0, "Nothing ran."),
        (["reset", "--yes"], 0, "wiped"),
        (["--help"], 0, "Usage"),
        (["nonsense"], 2, "No such command"),
    ],
)
def test_exit_codes_mean_what_they_say(tmp_path: Path, command: list[str], code: int, said: str) -> None:
    environment = {**os.environ, "DOUDI_DATA": str(tmp_path / "none")}
    done = subprocess.run(
        [sys.executable, "-m", "doudi_local", *command],
        env=environment, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == code, done.stderr
    assert said in done.stdout + done.stderr
    assert "Traceback" not in done.stderr
