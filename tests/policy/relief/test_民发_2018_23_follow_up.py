"""民发〔2018〕23号 二(四): approved once, given in stages; with the advance it reaches the floor of seed 二(二)6."""

from datetime import date

import pytest

from doudi.division import Division
from doudi.money import Money
from relief import rules

HAIYUAN = Division("640522101000")
ON = date(2020, 3, 6)


@pytest.mark.parametrize(
    ("registry", "advance", "more", "met"),
    [
        ("RETURNED", "2000.00", "1547.99", False),
        ("RETURNED", "2000.00", "1548.00", True),  # E25a: 887 x 4 = 3,548
        ("RETURNED", "2000.00", "1548.01", True),
        ("RETURNED", "3548.00", "0.01", True),
        ("NONE", "2000.00", "0.01", True),
        ("OUT", "2000.00", "0.01", True),
    ],
)
def test_二_四_follow_up_reaches_floor_together_with_the_advance(registry, advance, more, met):
    found = rules.follow_up_reaches_floor(registry, 4, Money.yuan(advance), Money.yuan(more), on=ON, division=HAIYUAN)
    assert (found.met, found.clause) == (met, "民发〔2018〕23号 二(四)")


def test_二_四_the_finding_of_follow_up_reaches_floor_has_the_figures():
    found = rules.follow_up_reaches_floor(
        "RETURNED", 4, Money.yuan("2000.00"), Money.yuan("1547.00"), on=ON, division=HAIYUAN
    )
    assert found.because == "先行救助2000.00元，后续救助1547.00元，合计3547.00元，尚差1.00元"
    assert found.parameters["follow_up_owed"] == "1.00"


@pytest.mark.parametrize(
    ("hands", "met"), [([], True), (["clerk-1", "leader-1"], True), (["clerk-1", "county-1"], False)]
)
def test_8_5_follow_up_by_another_than_who_had_a_hand_in_the_case(hands, met):
    assert rules.follow_up_by_another("county-1", hands).met is met
