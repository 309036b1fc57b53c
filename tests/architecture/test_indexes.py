"""The generated indexes are fresh, and what is stale is found out."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from doudi.testing import PACKAGES, ROOT, running, service_named
from doudi_local import indexes, policy
from tests.architecture import excused
from tests.architecture.sources import Offence, judged


def test_they_say_what_the_code_says():
    assert indexes.stale() == [], "make indexes"


def test_what_is_missing_or_changed_is_found_out(tmp_path: Path):
    indexes.write(tmp_path)
    assert indexes.stale(tmp_path) == []
    changed, gone = tmp_path / "docs" / "settings.md", tmp_path / "services" / "relief" / "openapi.json"
    changed.write_text(changed.read_text().replace("`DOUDI_ISSUER`", "`DOUDI_ISSUERS`"))
    gone.unlink()
    assert indexes.stale(tmp_path) == ["docs/settings.md", "services/relief/openapi.json"]


def test_every_rule_has_a_policy_test_that_names_it():
    untested = (Offence(rule, what) for rule, what in policy.untested(indexes.cited()))
    assert judged(untested, excused.UNTESTED_RULES) == []


@pytest.mark.parametrize("package", PACKAGES)
async def test_the_committed_openapi_is_what_is_served(package, servers):
    service = service_named(package)
    async with running(service, servers) as s:
        served = (await s.public().get("/openapi.json")).json()
    assert served == json.loads((ROOT / "services" / service.name / "openapi.json").read_text())


def test_a_table_keeps_its_cells():
    assert indexes.table(("a", "b"), [("x|y", "1\n2")]) == "| a | b |\n| --- | --- |\n| x\\|y | 1 2 |\n\n"
