"""民发〔2012〕220号 art. 6: rural dibao is for a rural hukou, urban dibao for another."""

import pytest

from intake import rules


@pytest.mark.parametrize(("hukou", "programme"), [("RURAL", "DIBAO_R"), ("URBAN", "DIBAO_U")])
def test_六_the_hukou_says_which_dibao_is_asked_for(hukou, programme):
    assert rules.dibao_of(hukou) == programme
