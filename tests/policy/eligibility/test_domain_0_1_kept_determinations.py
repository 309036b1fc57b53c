"""domain §0.1: a decision that was kept is made again byte for byte, also by rules that have learned more since."""

import json
from datetime import date
from pathlib import Path

import pytest

from eligibility import rules

KEPT = json.loads(Path(__file__).with_name("kept_before_2026_11_24.json").read_text(encoding="utf-8"))
"""Determinations as kept by the version that knew RS2019 only: facts, numbers, choice, day and hash."""


def again(kept):
    return rules.determine(
        rules.Facts.from_json(kept["facts"]),
        rules.Numbers(**kept["numbers"]),
        on=date.fromisoformat(kept["on"]),
        choice=rules.Choice.from_json(kept["choice"]),
    )


@pytest.mark.parametrize("kept", KEPT, ids=range(len(KEPT)))
def test_0_1_what_was_kept_before_gives_the_same_bytes(kept):
    made = again(kept)
    if "result" in kept:
        assert json.loads(json.dumps(made.as_json())) == kept["result"]
    assert made.sha256 == kept["sha256"]


def test_0_1_facts_and_numbers_that_say_nothing_new_are_kept_as_before():
    for kept in KEPT:
        assert json.loads(json.dumps(rules.Facts.from_json(kept["facts"]).as_json())) == kept["facts"]
        assert json.loads(json.dumps(rules.Numbers(**kept["numbers"]).as_json())) == kept["numbers"]


def test_0_1_the_sample_has_every_class_and_both_routes():
    made = [again(kept) for kept in KEPT]
    assert {(m.route, m.assistance_class) for m in made} >= {
        ("NORMAL", "A"), ("NORMAL", "B"), ("NORMAL", "C"), ("RIGID", "B"), ("NONE", None),
    }  # fmt: skip
    assert any(m.obstacles for m in made)
