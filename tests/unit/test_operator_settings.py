"""Where an operator's command gets a service's settings from, and what it says when they are not there."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from doudi.operate import NotConfigured, service_named, settings_of

GIVEN = {
    "DATABASE_URL": "postgresql://given@127.0.0.1/given", "KAFKA_BOOTSTRAP_SERVERS": "127.0.0.1:1",
    "DOUDI_ISSUER": "http://127.0.0.1:1", "DOUDI_SEALING_KEYS": "{}", "DOUDI_SEALING_ACTIVE": "k",
    "DOUDI_MATCH_KEY": "m",
}  # fmt: skip


@pytest.fixture(autouse=True)
def bare(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in GIVEN:
        monkeypatch.delenv(name, raising=False)


def installed(folder: Path) -> Path:
    (folder / "run").mkdir()
    own = {**GIVEN, "DATABASE_URL": "postgresql://own@127.0.0.1/own"}
    (folder / "run" / "environment.json").write_text(json.dumps({"oversight": own}))
    return folder


def url(folder: Path) -> str:
    return settings_of(service_named("oversight"), folder).database_url.get_secret_value()


def test_the_installation_of_the_folder_although_the_launcher_was_given_a_database(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setenv("DATABASE_URL", GIVEN["DATABASE_URL"])
    assert url(installed(tmp_path)) == "postgresql://own@127.0.0.1/own"


def test_the_environment_where_it_names_keys_too(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    for name, value in GIVEN.items():
        monkeypatch.setenv(name, value)
    assert url(installed(tmp_path)) == "postgresql://given@127.0.0.1/given"


def test_what_is_missing_is_named_in_a_sentence(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    with pytest.raises(NotConfigured, match="nor does an embedded installation run here"):
        url(tmp_path)
    for name in ("DATABASE_URL", "DOUDI_MATCH_KEY"):
        monkeypatch.setenv(name, "x")
    with pytest.raises(NotConfigured, match=r"missing or wrong: .*sealing_keys"):
        url(tmp_path)
