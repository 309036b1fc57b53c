"""What the window takes down is what the rules know: no kind of income, cost or asset is lost between the two."""

from __future__ import annotations

from typing import Any, get_args

import pytest
import yaml

from doudi.events.parts import AssetKind, CostKind, IncomeKind
from doudi.testing import ROOT

RULES = ROOT / "services" / "eligibility" / "eligibility" / "rules"
COSTS = {"DEDUCTED", "NOT_DEDUCTED"}


def table(name: str) -> dict[str, Any]:
    return dict(yaml.safe_load((RULES / name).read_text(encoding="utf-8")))


@pytest.mark.parametrize("key", sorted(table("income.yaml")))
def test_a_kind_of_which_the_law_speaks_can_be_taken_down_as_what_it_is(key):
    values = {entry["value"] for entry in table("income.yaml")[key]}
    assert values <= COSTS or not values & COSTS  # one day's income is not another day's cost
    kind = key.removeprefix("income.kind.")
    assert kind in get_args(CostKind if values <= COSTS else IncomeKind)
    assert kind not in get_args(IncomeKind if values <= COSTS else CostKind)


def test_a_cost_that_can_be_taken_down_is_one_of_which_the_law_speaks():
    assert {f"income.kind.{kind}" for kind in get_args(CostKind)} <= table("income.yaml").keys()


def test_assets_of_which_the_law_speaks_can_be_taken_down():
    spoken = {
        kind
        for key in ("dibao.savings_kinds", "dibao.vehicle_kinds")
        for entry in table("dibao.yaml")[key]
        for kind in entry["value"]
    }
    assert {"DEPOSIT", "CAR"} <= spoken <= set(get_args(AssetKind))
