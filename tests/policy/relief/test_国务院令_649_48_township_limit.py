"""国务院令649号 art. 48: small amounts may be entrusted to the township."""

from datetime import date

import pytest

from doudi.division import Division
from doudi.money import Money
from relief import rules

HAIYUAN = Division("640522101000")


@pytest.mark.parametrize(
    ("level", "amount", "met"),
    [
        ("TOWNSHIP", "1999.99", True),
        ("TOWNSHIP", "2000.00", True),
        ("TOWNSHIP", "2000.01", False),
        ("COUNTY", "2000.01", True),
        ("COUNTY", "50000.00", True),
    ],
)
def test_四十八_the_township_grants_up_to_its_limit(level, amount, met):
    found = rules.within_level(level, Money.yuan(amount), on=date(2020, 3, 6), division=HAIYUAN)
    assert found.met is met
    assert level == "COUNTY" or "2000.00" in found.because
