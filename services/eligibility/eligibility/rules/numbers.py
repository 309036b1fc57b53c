"""The law's numbers as they are in force for one decision, resolved once, so that a decision can be made again."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import date
from fractions import Fraction
from pathlib import Path
from typing import Any

import yaml

from doudi.calendar import MONTHS_A_YEAR
from doudi.dated import Parameters
from doudi.division import Division
from doudi.money import Money

SEED = "卫民发〔2019〕21号"
REVIEW = "民发〔2012〕220号"
RELIEF = "国务院令649号"
DESIGN = "domain.md"
"""Where law and seed are silent, the domain reference proposes; each such rule says so."""

_FILES = ("parameters.yaml", "programmes/parameters.yaml")
PARAMETERS = Parameters(row for name in _FILES for row in Parameters.load(Path(__file__).parent / name))
_RULE_SETS: list[dict[str, Any]] = yaml.safe_load(
    Path(__file__).with_name("rule_sets.yaml").read_text(encoding="utf-8")
)


class RuleSetNotImplemented(LookupError):
    """The decision date falls under rules that this version cannot apply; nothing is decided by the wrong law."""


def rule_set(on: date) -> str:
    """The name of the rule set in force on a day (domain §0.1); raises RuleSetNotImplemented."""
    for entry in _RULE_SETS:
        if entry["from"] <= on <= entry["to"]:
            if not entry["implemented"]:
                raise RuleSetNotImplemented(f"{on} 适用 {entry['name']}（{entry['source']}），本版本尚未实现")
            return str(entry["name"])
    raise RuleSetNotImplemented(f"{on} 早于最早的规则版本 / {on} is before the first rule set")


@dataclass(frozen=True, slots=True)
class Numbers:
    """Everything that a determination takes from parameters. Money in fen; `standard` per person and month, exact."""

    rule_set: str
    standard_year: int
    standard_source: str
    rigid_ratio: str
    majority_share: str
    labour_age_from: int
    labour_age_to: int
    class_b_gap_share: str
    c_min_insured: int
    extra_rate: str
    min_payment: int

    @property
    def standard(self) -> Fraction:
        """The rural standard per person and month in fen; the year's value is the authority (domain §8.8)."""
        return Fraction(self.standard_year, MONTHS_A_YEAR)

    def as_json(self) -> dict[str, Any]:
        """As kept with the determination."""
        return asdict(self)


def numbers(on: date, division: Division, parameters: Parameters = PARAMETERS) -> Numbers:
    """The numbers in force on a day in a division; raises MissingParameter or RuleSetNotImplemented."""

    def at(key: str) -> Any:
        return parameters.at(key, on=on, division=division)

    standard = at("dibao.rural")
    year = standard.money if standard.period == "YEAR" else standard.money * MONTHS_A_YEAR
    return Numbers(
        rule_set=rule_set(on),
        standard_year=year.fen,
        standard_source=standard.source,
        rigid_ratio=str(at("dibao.rigid_ratio").value),
        majority_share=str(at("dibao.majority_share").value),
        labour_age_from=int(at("dibao.labour_age_from").value),
        labour_age_to=int(at("dibao.labour_age_to").value),
        class_b_gap_share=str(at("dibao.class_b_gap_share").value),
        c_min_insured=int(at("dibao.c_min_insured").value),
        extra_rate=str(at("dibao.extra_rate").value),
        min_payment=at("dibao.min_payment").money.fen,
    )


def integer(key: str, on: date) -> int:
    """A whole number in force on a day; raises MissingParameter."""
    return int(PARAMETERS.at(key, on=on).number)


def yuan(fen: Fraction | int) -> str:
    """An exact amount for a person to read, to the fen (cut, not rounded, so that 379.996 never reads 380.00)."""
    return str(Money(int(fen)))
