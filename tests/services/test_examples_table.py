"""examples.md: every worked example has its row, and every test that a row names is there."""

from __future__ import annotations

import re
from pathlib import Path

HERE = Path(__file__).parent
EXAMPLES = ["E01", "E03", "E04", "E05", "E08", "E09", "E11", "E13", "E14", "E16", "E17", "E18", "E22", "E25"]


def rows() -> list[list[str]]:
    """The cells of the first table."""
    text = (HERE / "examples.md").read_text(encoding="utf-8").partition("\n## ")[0]
    lines = [line for line in text.splitlines() if line.startswith("|")]
    return [[cell.strip() for cell in line.strip("|").split("|")] for line in lines[2:]]


def test_every_example_has_its_row():
    assert sorted({row[0] for row in rows()} - {"near the line"}) == EXAMPLES


def test_every_test_that_is_named_is_there():
    named = [row[2].split("::") for row in rows()]
    missing = [
        f"{file}::{name}"
        for file, name in named
        if not (HERE / file).is_file()
        or not re.search(rf"^(async )?def {name}\(", (HERE / file).read_text(encoding="utf-8"), re.MULTILINE)
    ]
    assert missing == []
