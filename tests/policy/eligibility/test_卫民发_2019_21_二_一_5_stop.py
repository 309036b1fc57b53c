"""卫民发〔2019〕21号 二(一)5: out of poverty is not off dibao: only a household no longer in need is stopped."""

from dataclasses import replace

import pytest
from tests.policy.eligibility.households import ON, decided, family, px

from eligibility.rules.stop import REGISTRY, poverty_exit_stops_nothing, stop_needs_income_at_the_line


@pytest.mark.parametrize("registry", sorted(REGISTRY))
@pytest.mark.parametrize(("income", "may_stop"), [("13679.99", False), ("13680.00", True)])
def test_二_一_5_the_registry_is_no_reason_and_the_line_is(registry, income, may_stop):
    made = decided(replace(family(income), registry=registry))
    assert stop_needs_income_at_the_line(in_need=made.eligible, registry=registry, n=px()).met is may_stop
    assert poverty_exit_stops_nothing(registry)


def test_二_一_5_the_reason_is_told():
    found = stop_needs_income_at_the_line(in_need=True, registry="OUT", n=px())
    assert (found.because, found.clause) == (
        "已脱贫；仍符合低保条件，不得停发（脱贫不脱保）",
        "卫民发〔2019〕21号 二(一)5",
    )


def test_二_一_5_whether_a_household_left_the_registry_changes_no_amount():
    assert len({str(decided(replace(family("6480.00"), registry=status)).amount) for status in REGISTRY}) == 1
    assert ON.year == 2020
