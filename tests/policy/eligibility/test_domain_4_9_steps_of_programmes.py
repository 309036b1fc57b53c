"""domain.md §4.3, §4.9, §8.1, §8.3: the steps of programmes of one person."""

from datetime import date
from uuid import UUID, uuid5

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
)

DAY = date(2020, 3, 2)
IDS = [uuid5(UUID(int=1), str(n)) for n in range(2_000)]


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


def test_十六_three_in_ten_are_drawn_and_kin_always():
    drawn = [county_visit(id_, "TEKUN", near_relative=False, on=DAY).met for id_ in IDS]
    assert 500 < sum(drawn) < 700
    assert drawn == [county_visit(id_, "TEKUN", near_relative=False, on=DAY).met for id_ in IDS]
    assert all(county_visit(id_, "TEKUN", near_relative=True, on=DAY).met for id_ in IDS)
    assert not any(county_visit(id_, "CARE_SUB", near_relative=False, on=DAY).met for id_ in IDS)
    assert "近亲属备案" in county_visit(IDS[0], "CARE_SUB", near_relative=True, on=DAY).because


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
