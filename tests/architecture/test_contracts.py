"""Read down, import down: the import contracts of pyproject.toml hold, and each fails on a bad example."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest

from doudi.testing import PACKAGES, ROOT

LAYERS = ("app", "api", "handlers", "store", "model", "rules")
LINT = str(ROOT / ".venv" / "bin" / "lint-imports")


def lint(folder: Path, config: Path) -> tuple[int, str]:
    done = subprocess.run(
        [LINT, "--config", str(config), "--no-cache"], cwd=folder, capture_output=True, text=True, check=False
    )
    return done.returncode, done.stdout + done.stderr


def test_the_contracts_hold():
    code, said = lint(ROOT, ROOT / "pyproject.toml")
    assert code == 0, said


@pytest.fixture
def tiny(tmp_path: Path) -> Path:
    """A workspace with the same package names, in which nothing imports anything."""
    for package in (*PACKAGES, "doudi", "doudi_local"):
        (tmp_path / package).mkdir()
        for name in ("__init__", *(LAYERS if package in PACKAGES else ())):
            (tmp_path / package / f"{name}.py").touch()
    whole = (ROOT / "pyproject.toml").read_text()
    (tmp_path / "pyproject.toml").write_text(whole[whole.index("[tool.importlinter]") :])
    return tmp_path


def test_nothing_is_wrong_with_an_empty_workspace(tiny: Path):
    code, said = lint(tiny, tiny / "pyproject.toml")
    assert code == 0, said


@pytest.mark.parametrize(
    ("file", "text", "broken"),
    [
        ("intake/rules.py", "import intake.store\n", "Each service: app, api"),
        ("payments/store.py", "import payments.handlers\n", "Each service: app, api"),
        ("relief/helpers.py", "", "Each service: app, api"),
        ("relief/api.py", "import payments.model\n", "A service knows no other"),
        ("doudi/plumbing.py", "import oversight\n", "doudi knows no service"),
        ("doudi/plumbing.py", "import doudi_local\n", "doudi knows no service"),
        ("eligibility/rules.py", "import sqlmodel\n", "Rules are pure"),
        ("care_institutions/rules.py", "from fastapi import Request\n", "Rules are pure"),
    ],
)
def test_each_contract_fails_on_a_bad_example(tiny: Path, file: str, text: str, broken: str):
    (tiny / file).write_text(text)
    code, said = lint(tiny, tiny / "pyproject.toml")
    assert code == 1
    assert [line for line in said.splitlines() if line.startswith(broken) and line.endswith("BROKEN")], said
    assert said.count("BROKEN") == 1
