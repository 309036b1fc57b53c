"""The development issuer gives what the verifier takes, keeps its key to itself, and stays out of production."""

from __future__ import annotations

import json
import logging
import os
import stat
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest
import uvicorn
from typer.testing import CliRunner

from doudi.auth import Role, TokenVerifier
from doudi.auth.issuer import create_issuer, signing_key
from doudi.cli import app

TOWNSHIP = "640522101000"
COMMAND = ["token", "--role", "clerk", "--division", TOWNSHIP]


@pytest.fixture
def key(tmp_path: Path) -> Path:
    return tmp_path / "secrets" / "issuer-key.json"


def client(key: Path) -> httpx.AsyncClient:
    return httpx.AsyncClient(
        transport=httpx.ASGITransport(create_issuer(key, "http://issuer.test")), base_url="http://issuer.test"
    )


def verifier(key: Path) -> TokenVerifier:
    transport = httpx.ASGITransport(create_issuer(key, "http://issuer.test"))
    return TokenVerifier("http://issuer.test", "doudi", "http://issuer.test/jwks.json", transport=transport)


def test_the_key_is_made_once_and_private(key: Path) -> None:
    assert signing_key(key).kid == signing_key(key).kid
    assert stat.S_IMODE(key.stat().st_mode) == 0o600
    assert [f.name for f in key.parent.iterdir()] == [key.name]


async def test_published_keys_hold_no_secret(key: Path) -> None:
    async with client(key) as http:
        where = (await http.get("/.well-known/openid-configuration")).json()
        published = (await http.get(where["jwks_uri"])).json()["keys"]
    assert [set(k) & {"d", "k"} for k in published] == [set()]


@pytest.mark.parametrize(
    "sent",
    [
        {"json": {"roles": ["clerk", "reviewer"], "division": TOWNSHIP, "sub": "li"}},
        {"json": {"role": "clerk reviewer", "division": TOWNSHIP, "sub": "li"}},
        {"data": {"role": ["clerk", "reviewer"], "division": TOWNSHIP, "sub": "li", "lifetime": "60"}},
    ],
)
async def test_a_token_for_the_asking(key: Path, sent: dict[str, Any]) -> None:
    async with client(key) as http:
        answer = await http.post("/token", **sent)
    who = await verifier(key).verify(answer.json()["access_token"])
    assert (who.sub, who.roles, who.prefix) == ("li", frozenset({Role.CLERK, Role.REVIEWER}), "640522101")


@pytest.mark.parametrize(
    ("sent", "fields"),
    [
        ({"role": "emperor", "division": TOWNSHIP}, ["role"]),
        ({"division": TOWNSHIP}, ["role"]),
        ({"role": "clerk", "division": "999999999999"}, ["division"]),
        ({"role": "clerk", "division": TOWNSHIP, "lifetime": -1}, ["lifetime"]),
        ({"role": "clerk", "division": TOWNSHIP, "lifetime": "1e9"}, ["lifetime"]),
        ({"role": "clerk", "division": TOWNSHIP, "sub": "x" * 101}, ["sub"]),
        ({}, ["role", "division"]),
    ],
)
async def test_wrong_requests_are_refused(key: Path, sent: dict[str, Any], fields: list[str]) -> None:
    async with client(key) as http:
        answer = await http.post("/token", json=sent)
    assert answer.status_code == 422
    assert [e["field"] for e in answer.json()["errors"]] == fields


@pytest.mark.parametrize(
    ("content", "media", "status"),
    [(b"{", "application/json", 400), (b"[]", "application/json", 400), (b"<a/>", "application/xml", 415)],
)
async def test_unreadable_requests_are_refused(key: Path, content: bytes, media: str, status: int) -> None:
    async with client(key) as http:
        answer = await http.post("/token", content=content, headers={"content-type": media})
    assert (answer.status_code, answer.headers["content-type"]) == (status, "application/problem+json")


@pytest.mark.parametrize("profile", ["production", None])
def test_it_does_not_run_in_production(key: Path, profile: str | None) -> None:
    environment = {name: value for name, value in os.environ.items() if name != "DOUDI_PROFILE"}
    if profile is not None:
        environment["DOUDI_PROFILE"] = profile
    command = [sys.executable, "-m", "doudi.auth.issuer", "--port", "1", "--key", str(key)]
    ended = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
    assert ended.returncode == 2
    assert "gives tokens to anybody" in ended.stderr
    assert not key.exists()


@pytest.fixture
def installation(tmp_path: Path, key: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A data folder whose addresses name an issuer that listens."""
    # The server's lines would stand between those of the command, since both are this process.
    logs = logging.getLogger("uvicorn.error")
    logs.disabled = True
    server = uvicorn.Server(uvicorn.Config(create_issuer(key, "http://issuer.test"), port=0, log_config=None))
    listening = server.config.bind_socket()
    listening.listen()  # so that a client may come before the thread does
    thread = threading.Thread(target=server.run, kwargs={"sockets": [listening]})
    thread.start()
    (tmp_path / "run").mkdir()
    address = f"http://127.0.0.1:{listening.getsockname()[1]}"
    (tmp_path / "run" / "addresses.json").write_text(json.dumps({"issuer": address}))
    monkeypatch.setenv("DOUDI_DATA", str(tmp_path))
    yield tmp_path
    server.should_exit = True
    thread.join()
    listening.close()
    logs.disabled = False


async def test_doudi_token_prints_a_token(installation: Path, key: Path) -> None:
    done = CliRunner().invoke(app, [*COMMAND, "--sub", "li"])
    assert done.exit_code == 0, done.output
    assert (await verifier(key).verify(done.stdout.strip())).sub == "li"


def test_doudi_token_refuses_unknown_roles_and_divisions(installation: Path) -> None:
    wrong_role = CliRunner().invoke(app, ["token", "--role", "emperor", "--division", TOWNSHIP])
    assert (wrong_role.exit_code, "emperor" in wrong_role.stderr) == (2, True)
    wrong_division = CliRunner().invoke(app, ["token", "--role", "clerk", "--division", "999999999999"])
    assert (wrong_division.exit_code, "--division" in wrong_division.stderr) == (2, True)
    assert wrong_division.stdout == ""


@pytest.mark.parametrize("written", [None, "{", "[]", "{}", '{"issuer": "http://127.0.0.1:1"}'])
def test_doudi_token_says_when_nothing_runs(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, written: str | None
) -> None:
    monkeypatch.setenv("DOUDI_DATA", str(tmp_path))
    (tmp_path / "run").mkdir()
    if written is not None:
        (tmp_path / "run" / "addresses.json").write_text(written)
    done = CliRunner().invoke(app, COMMAND)
    assert (done.exit_code, done.stdout) == (3, "")
    assert "make up" in done.stderr
