"""民发〔2021〕57号 art. 23 and domain §3.9, §8.8: by difference or by bands, per class; rounding to the yuan."""

from datetime import date
from fractions import Fraction

import pytest
from tests.policy.eligibility.households import (
    HAIYUAN,
    RS2021,
    RS2026,
    at,
    decided,
    decided_on,
    facts,
    family,
    person,
    px,
)

from doudi.dated import MissingParameter, Parameter
from eligibility import rules
from eligibility.rules.amount import band, differential, exact_amount, rounded

BANDS = {"bands": (38_000, 26_000, 12_000)}
ALL_BANDS = {**BANDS, "amount_mode": ("BAND", "BAND", "BAND")}


@pytest.mark.parametrize(
    ("group", "insured", "fen"), [("A", 2, 76_000), ("B", 3, 78_000), ("C", 2, 24_000), ("C", 0, 0)]
)
def test_二十三_the_classs_amount_for_each_insured(group, insured, fen):
    assert band(group, insured, px(**BANDS)) == fen


@pytest.mark.parametrize(
    ("mode", "group", "fen"),
    [
        (("FULL", "DIFF", "DIFF"), "A", 114_000),
        (("FULL", "DIFF", "DIFF"), "B", 60_000),
        (("FULL", "DIFF", "DIFF"), "C", 60_000),
        (("DIFF", "BAND", "BAND"), "A", 60_000),
        (("DIFF", "BAND", "BAND"), "B", 78_000),
        (("DIFF", "BAND", "BAND"), "C", 36_000),
        (("FULL", "FULL", "FULL"), "C", 114_000),
    ],
)
def test_三_九_each_class_has_its_mode(mode, group, fen):
    assert exact_amount(group, Fraction(18_000), 3, px(**BANDS, amount_mode=mode)) == fen


def test_二十三_the_difference_is_exact_before_it_is_rounded():
    assert differential(Fraction(200_000, 3), 3, at(RS2021, standard_year=1_200_000)) == 100_000


@pytest.mark.parametrize(
    ("fen", "cents", "yuan"),
    [
        (Fraction(12_345), "123.45", "124.00"),
        (Fraction(12_300), "123.00", "123.00"),
        (Fraction(12_301), "123.01", "124.00"),
        (Fraction(24_601, 2), "123.01", "124.00"),  # 12,300.5 fen
        (Fraction(0), "0.00", "0.00"),
        (Fraction(1, 3), "0.00", "1.00"),
    ],
)
def test_八_八_half_up_to_the_fen_or_up_to_the_yuan_where_the_county_does_so(fen, cents, yuan):
    assert [str(rounded(fen, px(round_to_yuan=flag))) for flag in (False, True)] == [cents, yuan]


def test_二十三_a_household_by_bands_gets_its_classs_band():
    assert str(decided(family("13679.64"), px(**ALL_BANDS)).amount) == "360.00"  # C, 379.99 a head
    old = facts(person("m1", "1946-01-01", "NONE"))
    assert str(decided_on(RS2026, old, at(RS2026, **ALL_BANDS)).amount) == "380.00"


@pytest.mark.parametrize("bands", [{"A": "380.00", "B": "260.00"}, {"A": "120.00", "B": "260.00", "C": "380.00"}, {}])
def test_二十三_bands_without_a_class_or_upside_down_are_no_bands(bands):
    own = [
        Parameter(
            "dibao.amount_mode", {"A": "FULL", "B": "BAND", "C": "BAND"}, date(2020, 1, 1), "640522", "x", "design"
        ),
        Parameter("dibao.bands", bands, date(2020, 1, 1), "640522", "x", "design"),
    ]
    with pytest.raises(MissingParameter, match="A、B、C"):
        rules.numbers(date(2020, 3, 2), HAIYUAN, rules.PARAMETERS.with_overrides(own))


def test_二十三_a_county_may_set_its_own_bands_and_minimum():
    own = [
        Parameter(
            "dibao.amount_mode", {"A": "FULL", "B": "BAND", "C": "BAND"}, date(2020, 1, 1), "640522", "x", "design"
        ),
        Parameter(
            "dibao.bands", {"A": "380.00", "B": "260.00", "C": "120.00"}, date(2020, 1, 1), "640522", "x", "design"
        ),
        Parameter("dibao.min_payment", "50.00", date(2020, 1, 1), "640522", "x", "design"),
    ]
    n = rules.numbers(date(2020, 3, 2), HAIYUAN, rules.PARAMETERS.with_overrides(own))
    assert (n.amount_mode, n.bands, n.min_payment) == (("FULL", "BAND", "BAND"), (38_000, 26_000, 12_000), 5_000)
    assert rules.Numbers(**n.as_json()) == n
