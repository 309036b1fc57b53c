"""domain.md §3.7 D-01 and 民发〔2021〕57号 art. 23: the tables of classes that a county may set, and their order."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from doudi.division import Division
from eligibility import rules
from eligibility.rules.draft import NoSuchValue
from eligibility.rules.standards import table_value, tables_hold, told_because_of_tables

DAY = date(2020, 3, 2)
N = rules.numbers(DAY, Division("640522000000"))


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("dibao.classifier", "BY_SHARE"), ("dibao.class_a_share", "1"), ("dibao.class_b_share", "0.0001"),
        ("dibao.amount_mode", {"A": "FULL", "B": "BAND", "C": "DIFF"}),
        ("dibao.bands", {"A": "380.00", "B": "300.00", "C": "150.00"}),
    ],
)  # fmt: skip
def test_3_7_a_county_may_set_what_the_number_may_be(key, value):
    assert table_value(key, value) == value


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("dibao.classifier", "BY_MOOD"), ("dibao.class_a_share", "1.0001"), ("dibao.class_a_share", "0"),
        ("dibao.amount_mode", {"A": "FULL", "B": "BAND"}),
        ("dibao.amount_mode", {"A": "ALL", "B": "BAND", "C": "DIFF"}),
        ("dibao.bands", {"A": "380.00", "B": "300.00"}), ("dibao.bands", {}), ("dibao.rigid_ratio", "1.2"),
        ("dibao.classifier", {"A": "380.00"}),
    ],
)  # fmt: skip
def test_3_7_anything_else_is_refused(key, value):
    with pytest.raises(NoSuchValue):
        table_value(key, value)


@pytest.mark.parametrize(
    ("a", "b", "bands", "holds"),
    [
        ("0.9", "0.5", {}, True),
        ("0.5001", "0.5", {}, True),
        ("0.5", "0.5", {}, False),
        ("0.9", "0.5", {"A": "300.01", "B": "300.00", "C": "0.01"}, True),
        ("0.9", "0.5", {"A": "300.00", "B": "300.00", "C": "150.00"}, False),
        ("0.9", "0.5", {"A": "300.00", "B": "200.00", "C": "0.00"}, False),
    ],
)
def test_23_classes_and_bands_stand_in_their_order(a, b, bands, holds):
    assert tables_hold(replace(N, class_a_share=a, class_b_share=b), bands).met is holds


def test_3_7_the_household_reads_which_table_changed_and_by_which_document():
    told = told_because_of_tables(["dibao.bands", "dibao.amount_mode"], "海政发〔2020〕9号")
    assert told == "低保各类发放方式、分档金额按海政发〔2020〕9号调整，重新核定"
