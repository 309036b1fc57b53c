"""Which law is in force on a day: the rule sets (domain §0.1, rule_sets.yaml)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import yaml


class RuleSetNotImplemented(LookupError):
    """The decision date falls under rules that this version cannot apply; nothing is decided by the wrong law."""


@dataclass(frozen=True, slots=True)
class RuleSet:
    """Its days, whose sentences are cited first, and what differs from the others (rule_sets.yaml)."""

    name: str
    first: date
    last: date
    implemented: bool
    source: str
    documents: tuple[str, ...]
    terms: Mapping[str, Any]


def _loaded() -> tuple[RuleSet, ...]:
    rows = yaml.safe_load(Path(__file__).with_name("rule_sets.yaml").read_text(encoding="utf-8"))
    return tuple(
        RuleSet(
            *(row["name"], row["from"], row["to"], row["implemented"], row["source"]),
            tuple(row["documents"]),
            {key: told["value"] for key, told in row["terms"].items()},
        )
        for row in rows
    )


RULE_SETS = _loaded()


def rules_of(on: date) -> RuleSet:
    """The rule set in force on a day (domain §0.1); raises RuleSetNotImplemented."""
    for entry in RULE_SETS:
        if entry.first <= on <= entry.last:
            if not entry.implemented:
                raise RuleSetNotImplemented(f"{on} 适用 {entry.name}（{entry.source}），本版本尚未实现")
            return entry
    raise RuleSetNotImplemented(f"{on} 早于最早的规则版本 / {on} is before the first rule set")


def rule_set(on: date) -> str:
    """The name of the rule set in force on a day; raises RuleSetNotImplemented."""
    return rules_of(on).name


def term(key: str, on: date) -> Any:
    """What a rule set says of one thing (rule_sets.yaml), on a day; raises RuleSetNotImplemented."""
    return rules_of(on).terms[key]
