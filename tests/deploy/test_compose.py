"""docker-compose.yml and deploy/Dockerfile: no container engine is needed to know that they fit the code."""

from __future__ import annotations

import copy
import json
import re
import subprocess

import pytest
import yaml
from jsonschema import Draft201909Validator

from doudi.testing import ROOT, service_named
from doudi_local.described import LISTENS, described, settings_of
from doudi_local.layout import SERVICES as LAID_OUT
from tests.deploy.given import SCHEMA, SERVICES, compose, environment_file, variables, wrong_settings

DOCKERFILE = (ROOT / "deploy" / "Dockerfile").read_text()
PORT = int(LISTENS["DOUDI_PORT"])


def refused(document: object) -> list[str]:
    return [error.message for error in Draft201909Validator(SCHEMA).iter_errors(document)]


def test_it_is_what_the_compose_specification_allows():
    assert refused(compose()) == []


@pytest.mark.parametrize(
    "change",
    [{"imagee": "x"}, {"ports": 8000}, {"depends_on": {"kafka": {"condition": "is_there"}}}, {"restart": True}],
    ids=["unknown key", "ports no list", "unknown condition", "wrong type"],
)
def test_the_schema_refuses_a_bad_example(change):
    document = copy.deepcopy(compose())
    document["services"]["intake"] |= change
    assert refused(document)


def test_the_six_services_kafka_postgresql_and_prometheus():
    assert set(compose()["services"]) == {*SERVICES, "kafka", "postgres", "prometheus"}
    assert {s.name for s in LAID_OUT} == set(SERVICES)


@pytest.mark.parametrize("name", SERVICES)
def test_every_setting_exists_and_every_required_one_is_given(name):
    given = compose()["services"][name]
    assert given["command"] == [name]
    assert wrong_settings(set(given["environment"]), settings_of(service_named(name).settings)) == []
    assert given["environment"]["DATABASE_URL"].endswith(f"/doudi_{name.replace('-', '_')}")


def test_the_check_of_settings_finds_a_wrong_and_a_missing_one():
    known = settings_of(service_named("relief").settings)
    given = {s.name for s in known if s.required} - {"DATABASE_URL"} | {"DOUDI_NO_SUCH"}
    assert wrong_settings(given, known) == ["DOUDI_NO_SUCH does not exist", "DATABASE_URL is required and not given"]


def test_the_environment_file_names_every_variable_and_no_secret():
    text = (ROOT / "deploy" / "compose" / "example.env").read_text()
    assert environment_file(text) == variables((ROOT / "docker-compose.yml").read_text())
    for name in ("DOUDI_DATABASE_PASSWORD", "POSTGRES_PASSWORD", "DOUDI_SEALING_KEYS", "DOUDI_MATCH_KEY"):
        assert f"\n{name}=\n" in text


def test_mounted_files_exist_and_each_service_gets_a_database():
    for service in compose()["services"].values():
        for volume in service.get("volumes", []):
            source = volume.partition(":")[0]
            assert not source.startswith(".") or (ROOT / source).is_file(), source
    script = (ROOT / "deploy" / "compose" / "databases.sh").read_text()
    assert subprocess.run(["sh", "-n"], input=script, text=True, check=False).returncode == 0
    (named,) = re.findall(r"for service in (.*); do", script)
    assert named.split() == [s.package for s in LAID_OUT]


def test_ports_and_targets_agree():
    config = yaml.safe_load((ROOT / "deploy" / "observability" / "prometheus.yml").read_text())
    (job,) = config["scrape_configs"]
    assert job["metrics_path"] == "/metrics"
    assert [t["targets"] for t in job["static_configs"]] == [[f"{name}:{PORT}"] for name in SERVICES]
    assert [t["labels"] for t in job["static_configs"]] == [{"service": name} for name in SERVICES]
    published = [compose()["services"][name]["ports"][0] for name in SERVICES]
    assert len(set(published)) == len(SERVICES)
    assert all(port.startswith("127.0.0.1:") and port.endswith(f":{PORT}") for port in published)


def test_the_image_copies_what_exists_and_runs_as_nobody():
    for line in re.findall(r"^COPY (?!--)(.*)$", DOCKERFILE, re.MULTILINE):
        *sources, _ = line.split()
        assert all((ROOT / source).exists() for source in sources), line
    ignored = (ROOT / "deploy" / "Dockerfile.dockerignore").read_text()
    assert re.search(r"^USER 10001:10001$", DOCKERFILE, re.MULTILINE)
    assert re.search(r"uv sync --frozen --no-dev", DOCKERFILE)
    assert ignored.splitlines()[1] == "*"
    (named,) = re.findall(r"RUN for service in (.*); do", DOCKERFILE)
    assert named.split() == list(SERVICES)
    assert f"DOUDI_PORT={PORT}" in DOCKERFILE


def test_the_uv_of_the_image_is_the_one_that_wrote_the_lock():
    (wanted,) = re.findall(r"UV_WANTED=(\S+)", (ROOT / "deploy" / "local" / "bootstrap").read_text())
    assert f"ARG UV={wanted}\n" in DOCKERFILE


def test_the_image_asks_for_a_health_that_is_served():
    (command,) = re.findall(r"HEALTHCHECK (?:.|\\\n)*?CMD (\[.*\])$", DOCKERFILE, re.MULTILINE)
    program, flag, code = json.loads(command)
    assert (program, flag) == ("python", "-c")
    compile(code, "healthcheck", "exec")
    (path,) = re.findall(r"\}(/[a-z/]+)", code)
    for name in SERVICES:
        assert path in described(service_named(name)).openapi()["paths"]
