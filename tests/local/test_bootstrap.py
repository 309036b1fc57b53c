"""`deploy/local/bootstrap` on machines that lack something: it works, or one sentence says what to do."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

SCRIPT = Path(__file__).resolve().parents[2] / "deploy" / "local" / "bootstrap"
TOOLS = ("sh", "dirname", "df", "awk", "mkdir", "cat", "grep", "rm")


class Machine:
    """A checkout and a PATH that holds only what a test puts there."""

    def __init__(self, folder: Path) -> None:
        self.checkout = folder / "checkout"
        self.bin = folder / "bin"
        (self.checkout / "deploy" / "local").mkdir(parents=True)
        shutil.copy(SCRIPT, self.checkout / "deploy" / "local")
        self.bin.mkdir()
        for tool in TOOLS:
            found = shutil.which(tool)
            assert found, tool
            (self.bin / tool).symlink_to(found)

    def has(self, name: str, script: str) -> None:
        """A command that does what `script` says."""
        (self.bin / name).unlink(missing_ok=True)
        (self.bin / name).write_text(f"#!/bin/sh\n{script}\n")
        (self.bin / name).chmod(0o755)

    def has_python(self) -> None:
        """The Python that runs this test."""
        (self.bin / "python3.11").symlink_to(sys.executable)

    def bootstrap(self, **environment: str) -> subprocess.CompletedProcess[str]:
        """Runs it with nothing else in the environment."""
        return subprocess.run(
            [str(self.checkout / "deploy" / "local" / "bootstrap"), "up"],
            env={"PATH": str(self.bin), "HOME": str(self.checkout), **environment},
            capture_output=True, text=True, check=False,
        )  # fmt: skip


@pytest.fixture
def machine(tmp_path: Path) -> Machine:
    return Machine(tmp_path)


FAKE_UV = 'case "$1" in --version) echo "uv {version}" ;; *) {sync} ;; esac'


def test_a_uv_on_the_path_is_used_with_the_locked_packages_and_no_interpreter_download(machine: Machine) -> None:
    machine.has_python()
    machine.has("uv", FAKE_UV.format(version="0.99.0 (linux)", sync='echo "$@ $UV_PYTHON_DOWNLOADS $UV_PYTHON" >said'))
    assert machine.bootstrap().returncode == 0
    said = (machine.checkout / "said").read_text()
    assert said.startswith("sync --frozen --all-packages --inexact --quiet --no-dev never /")


def test_an_old_uv_is_passed_over(machine: Machine) -> None:
    machine.has("python3.11", 'case "$2" in *version_info*) ;; *sys.executable*) echo "$0" ;; *) exit 1 ;; esac')
    machine.has("uv", FAKE_UV.format(version="0.4.30", sync="exit 9"))
    done = machine.bootstrap()
    assert done.returncode == 1
    assert "has neither pip nor venv: put uv on PATH, or install python3-venv" in done.stderr


@pytest.mark.skipif(os.path.exists("/usr/bin/python3"), reason="this machine has a Python beside the PATH")
def test_no_python(machine: Machine) -> None:
    done = machine.bootstrap()
    assert done.returncode == 1
    assert "Python 3.11, 3.12 or 3.13 is needed" in done.stderr


def test_a_python_that_is_too_new_does_not_count(machine: Machine) -> None:
    machine.has("python3.11", "exit 1")
    machine.has("python3", "exit 1")
    machine.has("uv", FAKE_UV.format(version="0.99.0", sync='echo "$UV_PYTHON" >said'))
    done = machine.bootstrap()
    if done.returncode == 0:  # /usr/bin/python3 was fit
        assert (machine.checkout / "said").read_text().strip().startswith("/usr/")
    else:
        assert "is needed and not found" in done.stderr


def test_a_full_disk(machine: Machine) -> None:
    machine.has_python()
    machine.has("df", 'echo head; echo "/dev/sda 1000 1000 10240 99% /"')
    done = machine.bootstrap()
    assert done.returncode == 1
    assert "The disk has 10 MiB free and the first installation needs 2500 MiB" in done.stderr


@pytest.mark.parametrize(
    ("uv_says", "sentence"),
    [
        ("error: dns error: failed to lookup address", "connect this machine to it"),
        ("error: No space left on device", "The disk is full"),
        ("error: something else", "the reason stands above and in build/bootstrap.log"),
    ],
)
def test_what_uv_complains_of_becomes_one_sentence(machine: Machine, uv_says: str, sentence: str) -> None:
    machine.has_python()
    machine.has("uv", FAKE_UV.format(version="0.99.0", sync=f'echo "{uv_says}" >&2; exit 2'))
    done = machine.bootstrap()
    assert done.returncode == 1
    assert sentence in done.stderr.splitlines()[-1]
