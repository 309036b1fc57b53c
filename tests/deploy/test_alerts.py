"""deploy/observability: alerts on metrics that exist, with labels that those have."""

from __future__ import annotations

import re
from typing import Any, Literal

import pytest
import yaml
from pydantic import BaseModel, ConfigDict, Field, ValidationError

from doudi.testing import PACKAGES, ROOT, service_named
from doudi_local.described import Metric, described, metrics_of

_NAME = re.compile(r"\b(?:doudi_|http_|process_|up\b)[a-z_]*")
_SUFFIXES = ("_bucket", "_count", "_sum")
_GROUPED = re.compile(r"by \(([a-z_, ]+)\)")
_SELECTED = re.compile(r"([a-z_]+)(?:=~|!~|!=|=)\"")
OF_THE_SCRAPE = {"job", "instance", "service", "le"}


class Strict(BaseModel):
    model_config = ConfigDict(extra="forbid")


class Annotations(Strict):
    summary: str = Field(min_length=10)
    description: str = Field(min_length=10)


class Labels(Strict):
    severity: Literal["warning", "critical"]


class Alert(Strict):
    alert: str = Field(pattern=r"^[A-Z][A-Za-z]+$")
    expr: str
    for_: str = Field(alias="for", pattern=r"^\d+[smh]$")
    labels: Labels
    annotations: Annotations


class Group(Strict):
    name: str
    rules: list[Alert]


class Alerts(Strict):
    groups: list[Group]


FILE = yaml.safe_load((ROOT / "deploy" / "observability" / "alerts.yaml").read_text())
METRICS = list({m.name: m for package in PACKAGES for m in metrics_of(described(service_named(package)))}.values())


def wrong_with(expression: str, known: list[Metric]) -> list[str]:
    """Metrics and labels of an expression that nothing has; unbalanced brackets."""
    labels = {m.name: set(m.labels) for m in known}
    used = {name for name in _NAME.findall(expression) if name != "up"}
    families = {name: next((name.removesuffix(s) for s in _SUFFIXES if name.endswith(s)), name) for name in used}
    wrong = [f"no metric {name}" for name, family in sorted(families.items()) if family not in labels]
    had = OF_THE_SCRAPE.union(*(labels.get(family, set()) for family in families.values()))
    asked = {label.strip() for group in _GROUPED.findall(expression) for label in group.split(",")}
    wrong += [f"no label {label}" for label in sorted((asked | set(_SELECTED.findall(expression))) - had)]
    return wrong + [f"unbalanced {a}{b}" for a, b in ("()", "[]", "{}") if expression.count(a) != expression.count(b)]


def test_alerts_are_whole():
    alerts = Alerts.model_validate(FILE)
    names = [rule.alert for group in alerts.groups for rule in group.rules]
    assert len(names) == len(set(names))


@pytest.mark.parametrize("rule", [r for g in FILE["groups"] for r in g["rules"]], ids=lambda r: r["alert"])
def test_an_alert_asks_for_what_exists(rule: dict[str, Any]):
    assert wrong_with(rule["expr"], METRICS) == []
    shown = set(re.findall(r"\$labels\.([a-z_]+)", str(rule["annotations"])))
    assert shown <= OF_THE_SCRAPE | {label for m in METRICS for label in m.labels}


def test_these_checks_find_a_bad_example():
    assert wrong_with('sum by (color) (doudi_gone{size="1"}', METRICS) == [
        "no metric doudi_gone", "no label color", "no label size", "unbalanced ()",
    ]  # fmt: skip
    with pytest.raises(ValidationError):
        Alerts.model_validate({"groups": [{"name": "x", "rules": [{"alert": "X", "expr": "up", "for": "soon"}]}]})
