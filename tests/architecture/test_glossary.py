"""docs/glossary.md names what the code names: no term is only on paper."""

from __future__ import annotations

import re

import pytest

from doudi.testing import ROOT

NAMES = sorted(
    {
        name
        for line in (ROOT / "docs" / "glossary.md").read_text().splitlines()
        if line.count("|") == 4
        for name in re.findall(r"`([^`]+)`", line.rsplit("|", 2)[1])
    }
)
CODE = "\n".join(
    path.read_text()
    for folder in ("services", "shared")
    for ending in ("*.py", "*.yaml")
    for path in (ROOT / folder).rglob(ending)
    if ".venv" not in path.parts
)


@pytest.mark.parametrize("name", NAMES)
def test_every_name_of_the_glossary_is_in_the_code(name: str):
    assert re.search(rf"\b{re.escape(name)}\b", CODE), name
