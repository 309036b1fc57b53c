"""卫民发〔2019〕21号 二(二)6: an advance does not wait for a fourth signature, and still goes through two people."""

import pytest

from payments import rules


@pytest.mark.parametrize(
    ("verified_by", "granted_by", "hands"),
    [
        (["a", "b"], "c", ("a", "c", rules.STANDING_ADVANCE)),
        (["c", "b"], "c", ("b", "c", rules.STANDING_ADVANCE)),
        (["c"], "c", None),
        ([], "c", None),
    ],
)
def test_二_二_6_hands_of_an_advance(verified_by, granted_by, hands):
    assert rules.hands_of_advance(verified_by, granted_by) == hands
