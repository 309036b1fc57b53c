"""The README is run: `make up` on an empty data folder, its requests in order, a second `make up`, `make down`."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

pytestmark = pytest.mark.slow

ROOT = Path(__file__).resolve().parents[2]
NOT_RUN_HERE = {"make up", "make test", "make bench"}
"""`make up` is run by the fixture; the others would run this test, or take minutes: that they exist is tested."""


def blocks(readme: str = "README.md") -> list[str]:
    """A README's shell blocks, in order."""
    return re.findall(r"```sh\n(.*?)```", (ROOT / readme).read_text(), re.DOTALL)


def run(command: list[str], data: Path, timeout: int = 400) -> subprocess.CompletedProcess[str]:
    """A command in the checkout, with a data folder of its own."""
    environment = {k: v for k, v in os.environ.items() if not k.startswith(("DOUDI_", "DATABASE_URL", "KAFKA_"))}
    return subprocess.run(
        command,
        cwd=ROOT,
        env={**environment, "DOUDI_DATA": str(data)},
        capture_output=True,
        text=True,
        timeout=timeout,
        check=False,
    )


@pytest.fixture(scope="module")
def installation(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Path, str]]:
    """A running installation whose demonstration has been through; its data folder and what it printed."""
    data = tmp_path_factory.mktemp("installation")
    try:
        up = run(["make", "up"], data)
        assert up.returncode == 0, up.stdout[-3000:] + up.stderr[-3000:]
        yield data, up.stdout
    finally:
        down = run(["make", "down"], data)
        shutil.rmtree(data, ignore_errors=True)
    assert down.returncode == 0, down.stderr


@pytest.mark.timeout(420)
def test_make_up_runs_the_main_job_and_prints_it(installation: tuple[Path, str]):
    data, printed = installation
    for word in ("APPROVED", "rural dibao", "R80", "R88", "R24", "doudi token"):
        assert word in printed, printed[-4000:]
    addresses = json.loads((data / "run" / "addresses.json").read_text())
    assert set(addresses["services"]) == {
        "intake", "eligibility", "payments", "relief", "care-institutions", "oversight",
    }  # fmt: skip
    assert set(addresses) >= {"issuer", "kafka", "databases", "outside", "data"}


@pytest.mark.timeout(400)
def test_the_tour_works_as_it_stands(installation: tuple[Path, str]):
    tour = [block for block in blocks() if block.strip() not in NOT_RUN_HERE]
    assert len(tour) >= 4
    done = run(["bash", "-e", "-o", "pipefail", "-c", "\n".join(tour)], installation[0])
    assert done.returncode == 0, done.stdout[-3000:] + done.stderr[-3000:]
    assert '"indicator"' in done.stdout
    assert '"equal":true' in done.stdout
    assert '"type":"/problems/invalid"' in done.stdout
    assert "640522188001010018" not in done.stdout
    assert "intake: " in done.stdout
    assert "intact" in done.stdout
    assert "nothing is parked" in done.stdout


@pytest.mark.timeout(400)
def test_a_second_make_up_finds_everything_in_place(installation: tuple[Path, str]):
    data, _ = installation
    before = (data / "run" / "addresses.json").read_text()
    again = run(["make", "up"], data)
    assert again.returncode == 0, again.stderr
    assert (data / "run" / "addresses.json").read_text() == before


def test_every_make_target_of_the_readme_exists():
    for target in set(re.findall(r"`?make ([a-z-]+)`?", (ROOT / "README.md").read_text())):
        assert run(["make", "-n", target], ROOT / ".data").returncode == 0, target


def test_the_chinese_readme_has_the_same_commands():
    assert blocks("README.zh.md") == blocks()


@pytest.mark.parametrize("readme", ["README.md", "README.zh.md"])
def test_every_link_of_the_readme_leads_somewhere(readme: str):
    for link in re.findall(r"\]\(([^)#]+)\)", (ROOT / readme).read_text()):
        assert (ROOT / link).exists(), link
