"""Domain §8.5: maker, checker and finance are three people."""

import pytest

from payments import rules


@pytest.mark.parametrize(("checker", "met"), [("a", False), ("b", True)])
def test_8_5_the_checker_is_not_the_maker(checker, met):
    assert rules.checked_by_another("a", checker).met is met


@pytest.mark.parametrize(("finance", "met"), [("a", False), ("b", False), ("c", True)])
def test_8_5_finance_is_a_third(finance, met):
    assert rules.confirmed_by_a_third("a", "b", finance).met is met
