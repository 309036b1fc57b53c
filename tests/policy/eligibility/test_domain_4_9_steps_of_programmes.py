"""domain.md §4.3, §4.9, §8.1, §8.3: the steps of programmes of one person."""

from datetime import date
from fractions import Fraction

import pytest

from doudi.calendar import Month
from eligibility.rules.programmes import PROGRAMMES
from eligibility.rules.programmes.procedure import (
    county_due,
    county_visit,
    last_month_of,
    next_review,
    objection_answer_due,
    payee_is_lawful,
    posting_days,
    posting_ends,
    refusal_notice_due,
    sample_rate,
)

DAY = date(2020, 3, 2)


@pytest.mark.parametrize("programme", list(PROGRAMMES))
def test_四_3_only_tekun_is_posted_and_no_childs_data_ever(programme):
    assert posting_days(programme, on=DAY) == (7 if programme == "TEKUN" else 0)


@pytest.mark.parametrize(
    ("posted", "ends"),
    [
        (date(2020, 3, 2), date(2020, 3, 9)),
        (date(2020, 4, 30), date(2020, 5, 7)),
        (date(2020, 2, 28), date(2020, 3, 6)),
    ],
)
def test_十五_seven_calendar_days_from_the_day_after(posted, ends):
    assert posting_ends("TEKUN", posted) == ends


@pytest.mark.parametrize(
    ("programme", "received", "due"),
    [
        ("TEKUN", date(2020, 3, 2), date(2020, 3, 30)),  # 20 working days until 2021-06
        ("TEKUN", date(2021, 7, 1), date(2021, 7, 22)),  # 15 since
        ("DEFACTO", date(2020, 3, 2), date(2020, 3, 23)),
        ("CARE_SUB", date(2020, 3, 2), None),
    ],
)
def test_四_9_the_countys_term(programme, received, due):
    assert county_due(programme, received) == due


def test_十五_fifteen_working_days_after_an_objection():
    assert objection_answer_due(date(2020, 3, 2)) == date(2020, 3, 23)
    assert objection_answer_due(date(2020, 4, 30)) == date(2020, 5, 25)  # 1-5 May off, 9 May worked


@pytest.mark.parametrize(
    ("decided", "due"), [(date(2020, 3, 2), date(2020, 3, 5)), (date(2020, 3, 5), date(2020, 3, 10))]
)
def test_十八_a_refusal_is_told_within_three_working_days(decided, due):
    assert refusal_notice_due(decided) == due


@pytest.mark.parametrize("on", [DAY, date(2021, 7, 1)])
def test_十六_three_in_ten_of_tekun_and_no_share_of_the_others(on):
    assert (sample_rate("TEKUN", on=on), sample_rate("CARE_SUB", on=on)) == (Fraction(3, 10), Fraction(0))


@pytest.mark.parametrize(("kin", "drawn"), [(False, False), (True, False), (False, True), (True, True)])
def test_十六_who_is_drawn_is_visited_and_kin_always(kin, drawn):
    found = county_visit(near_relative=kin, drawn=drawn)
    assert found.met is (kin or drawn)
    assert ("近亲属备案" in found.because, "须入户调查" in found.because) == (kin, kin or drawn)


@pytest.mark.parametrize(
    ("age", "own", "met"), [(17, True, False), (17, False, True), (18, True, True), (18, False, True)]
)
def test_四_三_a_minors_money_goes_to_the_guardian(age, own, met):
    assert payee_is_lawful(age, own_account=own, on=DAY).met is met


def test_四_7_reviewed_every_year():
    assert next_review(date(2020, 3, 2)) == date(2021, 3, 31)
    assert next_review(date(2020, 2, 29)) == date(2021, 2, 28)


@pytest.mark.parametrize(
    ("starts", "days", "last"),
    [
        ("2020-01", {"decided_on": date(2020, 3, 31)}, "2020-03"),
        ("2020-01", {"died_on": date(2020, 3, 1)}, "2020-03"),
        ("2020-04", {"died_on": date(2020, 3, 31)}, "2020-03"),
        ("2020-05", {"died_on": date(2020, 3, 31)}, "2020-04"),
        ("2020-01", {"died_on": date(2020, 3, 1), "decided_on": date(2020, 6, 1)}, "2020-03"),
    ],
)
def test_八_1_the_last_month(starts, days, last):
    assert str(last_month_of(Month.parse(starts), **days)) == last
