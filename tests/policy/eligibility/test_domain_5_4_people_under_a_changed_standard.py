"""domain.md §5.4, issue 4: a changed standard determines the awards of one person anew and takes nothing by itself."""

from __future__ import annotations

from datetime import date

import pytest

from doudi.division import Division
from doudi.money import Money
from eligibility.rules.programmes import ProgrammeDetermination, care, numbers, resolve
from eligibility.rules.programmes.common import Disability
from eligibility.rules.standards import (
    a_change_lowers_nobody_by_itself,
    a_change_stops_nobody,
    compare_person,
    told_person,
)

DAY = date(2020, 4, 1)


def determined(grade: int) -> ProgrammeDetermination:
    """The care subsidy of 80.00 of somebody with a limb disability of this grade."""
    facts = care.CareFacts(
        person_id="p", born="1980-01-01", disability=Disability("LIMB", grade), care_needed_months=12,
        applied_on=DAY.isoformat(),
    )  # fmt: skip
    return care.determine_care(facts, resolve(numbers.CareNumbers, DAY, Division("640522000000")), on=DAY)


@pytest.mark.parametrize(
    ("paid", "outcome", "lowered"),
    [("79.99", "GAINS", False), ("80.00", "SAME", False), ("80.01", "LOSES", True)],
)
def test_5_4_who_gains_loses_or_stays(paid, outcome, lowered):
    change = compare_person(Money.yuan(paid), determined(2))
    assert (change.outcome, change.new_fen) == (outcome, 8000)
    assert a_change_lowers_nobody_by_itself(change).met is not lowered
    assert a_change_stops_nobody(change).met


def test_5_4_who_is_no_longer_within_leaves_and_is_not_stopped_by_it():
    change = compare_person(Money.yuan("80.00"), determined(4))
    assert (change.outcome, change.old_fen, change.new_fen) == ("LEAVES", 8000, 0)
    assert not a_change_stops_nobody(change).met
    assert "列入核查" in a_change_stops_nobody(change).because
    assert change.obstacles == tuple(f.because for f in determined(4).findings if not f.met) != ()


@pytest.mark.parametrize(
    ("paid", "words"), [("60.00", "由每月 60.00 元调整为每月 80.00 元"), ("80.00", "每月 80.00 元，差额补发")]
)
def test_5_4_the_person_reads_both_amounts_and_the_document(paid, words):
    told = told_person("CARE_SUB", compare_person(Money.yuan(paid), determined(2)), "海政发〔2020〕9号")
    assert told.endswith(f"按海政发〔2020〕9号重新核定，{words}")
