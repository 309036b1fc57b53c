"""卫民发〔2019〕21号 二(一)5 in the ledger: out of poverty is not off dibao; whom each adjustment looks at first."""

import pytest

from eligibility.rules.ledger import Registered, exited_keeps, looked_at_first

STANDARD = 456_000


@pytest.mark.parametrize(
    ("income", "taper", "met"),
    [(455_999, False, True), (456_000, False, False), (456_000, True, True), (None, False, False), (None, True, True)],
)
def test_二_一_5_kept_below_the_line_or_in_the_taper(income, taper, met):
    assert exited_keeps(income, STANDARD, in_taper=taper).met is met


@pytest.mark.parametrize(
    ("marks", "status", "met"),
    [(["ILLNESS"], "NOT_OUT", True), (["DISABILITY"], "RETURNED", True), (["ILLNESS"], "OUT", False),
     (["SUDDEN"], "NOT_OUT", False), ([], "NOT_OUT", False)],
)  # fmt: skip
def test_二_一_5_the_adjustment_of_dibao_looks_first_at_illness_and_disability(marks, status, met):
    assert looked_at_first(Registered(status, ("FULL",), (None,), frozenset(marks), None)).met is met
