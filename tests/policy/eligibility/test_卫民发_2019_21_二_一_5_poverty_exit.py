"""卫民发〔2019〕21号 二(一)5: out of poverty is not off dibao."""

from datetime import date

import pytest
from tests.policy.eligibility.households import decided
from tests.services.eligibility_county import forwarded, member

from eligibility.rules.stop import stop_is_grounded
from eligibility.rules.unit import unit_of


@pytest.mark.parametrize("registry", ["NONE", "NOT_OUT", "OUT", "RETURNED"])
def test_二_一_5_the_poverty_registry_changes_no_entitlement(registry):
    event = forwarded([member(1, "1980-01-01")], "3600.00", on=date(2020, 3, 2))
    household = event.household.model_copy(update={"registry": registry})
    found = stop_is_grounded("POVERTY_EXIT", income_below=True, property_within=True, registry=registry)
    assert (found.met, "脱贫不脱保" in found.because) == (False, True)
    assert str(decided(unit_of(household, event.means)).amount) == "80.00"
