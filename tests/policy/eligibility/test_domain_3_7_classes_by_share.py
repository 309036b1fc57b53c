"""domain §3.7: the classifier is a table chosen by parameter: by capacity (D-01), or by the share of the standard."""

from fractions import Fraction

import pytest
from tests.policy.eligibility.households import ELDER, ON, decided, facts, family, px

from eligibility.rules.coverage import CLASSIFIERS, class_by_share, evidence

SEEN = evidence(family(), px(), on=ON)


@pytest.mark.parametrize(
    ("y", "group"),
    [
        (0, "A"),
        (3_800, "A"),  # the aid is just 90 % of 380.00
        (Fraction(38_001, 10), "B"),
        (19_000, "B"),  # just 50 %
        (Fraction(190_001, 10), "C"),
        (37_999, "C"),
    ],
)
def test_三_七_by_the_share_that_the_aid_makes_up(y, group):
    assert class_by_share(SEEN, Fraction(y), px()) == group


def test_三_七_the_parameter_chooses():
    n = px(classifier="BY_SHARE", amount_mode=("DIFF", "DIFF", "DIFF"))
    assert [decided(family(income), n).assistance_class for income in ("0.00", "3600.00", "13000.00")] == [
        "A",
        "B",
        "C",
    ]
    assert decided(facts(ELDER, income="4500.00"), n).assistance_class == "C"
    assert decided(facts(ELDER, income="4500.00"), px()).assistance_class == "A"
    assert set(CLASSIFIERS) == {"BY_CAPACITY", "BY_SHARE"}


def test_三_七_evidence_holds_the_three_tests():
    seen = evidence(facts(ELDER), px(), on=ON)
    assert (seen.majority.met, seen.labour_missing.met, seen.key.met) == (True, True, True)
    assert (SEEN.majority.met, SEEN.labour_missing.met, SEEN.key.met) == (False, False, False)
