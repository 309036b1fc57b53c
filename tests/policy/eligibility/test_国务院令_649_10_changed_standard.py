"""国务院令649号 art. 10: when the standard is adjusted, awards are determined anew: who gains, loses, leaves, stays."""

from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.policy.eligibility.households import ON, decided, family, px
from tests.policy.eligibility.test_domain_3_9_properties import proposals

from eligibility import rules
from eligibility.rules import standards

STANDARD = 456_000
"""380.00 a month."""


@pytest.mark.parametrize(
    ("year", "outcome", "new"),
    [
        (STANDARD - 12, "LOSES", "23.97"),  # 379.99: 3 x 7.99
        (STANDARD, "SAME", "24.00"),
        (STANDARD + 12, "GAINS", "24.03"),
        (
            446_401,
            "LOSES",
            "0.00",
        ),  # the smallest line above the income: a quarter of a fen is no money
        (446_400, "LEAVES", "0.00"),  # 372.00 is not below 372.00
        (446_399, "LEAVES", "0.00"),
    ],
)
def test_10_who_gains_loses_leaves_and_stays(year, outcome, new):
    facts = family("13392.00")  # three people, y 372.00
    paid = decided(facts).lines
    change = standards.compare(paid, decided(facts, px(standard_year=year)))
    assert change.old_fen == 2400
    assert (change.outcome, f"{change.new_fen // 100}.{change.new_fen % 100:02d}") == (outcome, new)


def test_10_why_a_household_leaves_is_said_with_its_figures():
    facts = family("13392.00")
    change = standards.compare(decided(facts).lines, decided(facts, px(standard_year=446_400)))
    made = decided(facts, px(standard_year=446_400))
    assert "人均月收入 372.00 元，不低于标准 372.00 元" in change.obstacles
    assert change.obstacles == tuple(f.because for f in made.findings if not f.met)
    assert any(f.met for f in made.findings)  # and nothing of what speaks for it


def test_10_a_household_that_falls_into_another_class_is_looked_at():
    facts = family("7200.00")  # y 200.00; C, two of three insured; at 440.00 the gap is more than half: B, all insured
    chosen: dict[str, Any] = {"insured": ("m1", "m3")}
    assert decided(facts, **chosen).assistance_class == "C"
    made = decided(facts, px(standard_year=528_000), **chosen)
    change = standards.compare(decided(facts, **chosen).lines, made)
    assert (made.assistance_class, change.outcome, change.obstacles) == ("B", "GAINS", ("B类家庭 3 人，保障 2 人",))


@given(proposals(), st.integers(0, 400_000))
def test_10_raising_the_standard_never_lowers_anyone_nor_puts_anyone_out(proposal, more):
    facts, n, choice = proposal
    paid = rules.determine(facts, n, on=ON, choice=choice)
    after = replace(n, standard_year=n.standard_year + more)
    change = standards.compare(paid.lines, rules.determine(facts, after, on=ON, choice=choice))
    assert change.difference >= 0
    assert change.outcome in ("GAINS", "SAME") or not paid.eligible
    assert standards.a_rise_lowers_nobody(change, raised=True).met
