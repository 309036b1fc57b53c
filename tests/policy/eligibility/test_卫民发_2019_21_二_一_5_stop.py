"""卫民发〔2019〕21号 二(一)5: out of poverty is not off dibao: only a household no longer in need is stopped."""

from dataclasses import replace

import pytest
from tests.policy.eligibility.households import ON, decided, family

from eligibility.rules.stop import REGISTRY, stop_is_grounded


@pytest.mark.parametrize("registry", sorted(REGISTRY))
@pytest.mark.parametrize(("income", "may_stop"), [("13679.99", False), ("13680.00", True), ("13680.01", True)])
def test_二_一_5_the_registry_is_no_reason_and_the_line_is(registry, income, may_stop):
    made = decided(replace(family(income), registry=registry))
    found = stop_is_grounded("INCOME_OVER", income_below=made.eligible, property_within=True, registry=registry)
    assert found.met is may_stop
    exit_alone = stop_is_grounded("POVERTY_EXIT", income_below=made.eligible, property_within=True, registry=registry)
    assert not exit_alone.met


def test_二_一_5_the_reason_is_told():
    found = stop_is_grounded("INCOME_OVER", income_below=True, property_within=True, registry="OUT")
    assert (found.because, found.clause) == (
        "已脱贫；家庭人均收入仍低于标准，不得停发（脱贫不脱保）",
        "国务院令649号 13 (stop)",
    )


def test_二_一_5_whether_a_household_left_the_registry_changes_no_amount():
    assert len({str(decided(replace(family("6480.00"), registry=status)).amount) for status in REGISTRY}) == 1
    assert ON.year == 2020
