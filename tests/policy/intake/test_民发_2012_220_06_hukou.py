"""民发〔2012〕220号 art. 6: rural dibao is for a rural hukou."""

import pytest

from intake import rules


@pytest.mark.parametrize(("hukou", "met"), [("RURAL", True), ("URBAN", False)])
def test_六_a_rural_hukou_may_apply_for_rural_dibao(hukou, met):
    assert rules.rural_hukou(hukou).met is met
