"""卫民发〔2019〕21号 二(一)4 as screened in a register: all four marks, and whether the class fits."""

import pytest

from eligibility.rules.ledger import Registered, class_needs_check, key_guarantee

ALL = frozenset({"NO_INCOME", "DEEP_POVERTY", "CANNOT_CHANGE"})


def home(labours=("NONE",), marks=ALL, status="NOT_OUT"):
    return Registered(status, tuple(labours), (None,) * len(labours), frozenset(marks), None)


@pytest.mark.parametrize(
    ("found", "met"),
    [
        (home(), True),
        (home(status="RETURNED"), True),
        (home(status="OUT"), False),
        (home(labours=("NONE", "PARTIAL")), False),
        (home(labours=()), False),
        (home(marks=ALL - {"NO_INCOME"}), False),
        (home(marks=ALL - {"DEEP_POVERTY"}), False),
        (home(marks=ALL - {"CANNOT_CHANGE"}), False),
    ],
)
def test_二_一_4_all_four_make_a_key_guarantee(found, met):
    assert key_guarantee(found).met is met


@pytest.mark.parametrize(
    ("assistance_class", "key", "met"),
    [("A", True, False), ("A", False, True), ("B", True, True), ("B", False, False), ("C", False, False),
     (None, True, True), (None, False, True)],
)  # fmt: skip
def test_二_一_4_a_class_that_does_not_fit_is_looked_at(assistance_class, key, met):
    assert class_needs_check(assistance_class, key=key).met is met
