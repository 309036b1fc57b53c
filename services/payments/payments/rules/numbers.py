"""Where the rules find the law's numbers, and by what names they cite the law."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from doudi.dated import Parameters

SEED = "卫民发〔2019〕21号"
APPROVAL = "民发〔2012〕220号"
RELIEF = "国务院令649号"
ASSISTANCE = "社会救助法"
DESIGN = "domain.md"
"""Where law and seed are silent, the domain reference proposes; each such rule says so."""

NUMBERS = Parameters.load(Path(__file__).with_name("parameters.yaml"))


def integer(key: str, on: date) -> int:
    """A whole number in force on a day; raises MissingParameter."""
    return int(NUMBERS.at(key, on=on).number)
