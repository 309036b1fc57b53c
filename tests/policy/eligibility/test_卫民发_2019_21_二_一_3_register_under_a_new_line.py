"""卫民发〔2019〕21号 二(一)3: who is in the register and below the new line is looked at again."""

import pytest

from eligibility.rules.standards.register import passes_now


@pytest.mark.parametrize(
    ("income", "passes"), [(527_999, True), (528_000, False), (528_001, False), (0, True), (None, False)]
)
def test_二_一_3_below_the_new_line_and_not_at_it(income, passes):
    assert passes_now(income, 528_000) is passes
