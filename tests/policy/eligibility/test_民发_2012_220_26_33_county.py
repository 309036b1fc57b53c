"""民发〔2012〕220号 art. 14, 26, 29, 33 and domain §2.2, §4.2: the county's people, days and visits."""

from datetime import date

import pytest

from eligibility.rules.procedure import (
    decision_due,
    first_month,
    may_act,
    must_visit,
    not_insured_twice,
    opinion_due,
    posting_ends,
    posting_is_over,
    refusal_notice_due,
    reinvestigation_due,
    review_due,
    three_people,
)


def test_十四_a_near_relative_keeps_out():
    assert may_act("li", ["wang"]).met
    assert not may_act("li", ["wang", "li"]).met


@pytest.mark.parametrize(
    ("received", "due"),
    [
        (date(2020, 3, 2), date(2020, 3, 9)),  # a Monday; the day itself is not counted
        (date(2020, 3, 6), date(2020, 3, 13)),  # a Friday
        (date(2020, 4, 29), date(2020, 5, 9)),  # 1-5 May is a holiday, Saturday 9 May works: 30, 6, 7, 8, 9
    ],
)
def test_二十六_the_countys_opinion_within_five_working_days(received, due):
    assert opinion_due(received) == due


GROUNDS = {"near_relative": "近亲属", "doubtful": "疑问", "reported": "举报", "drawn": "抽中"}


def visit(*grounds):
    return must_visit(**{name: name in grounds for name in GROUNDS})


def test_二十六_kin_doubt_reports_and_the_sample_are_visited_and_nobody_else():
    for name, word in GROUNDS.items():
        assert (visit(name).met, word in visit(name).because) == (True, True)
    assert all(word in visit(*GROUNDS).because for word in GROUNDS.values())
    assert not visit().met


@pytest.mark.parametrize(
    ("people", "met"),
    [(("a", "b", "c"), True), (("a", "a", "c"), False), (("a", "b", "a"), False), (("a", "b", "b"), False)],
)
def test_四_二_clerk_checker_and_leader_are_three(people, met):
    assert three_people(*people).met is met


@pytest.mark.parametrize(
    ("posted", "ends"),
    [(date(2020, 3, 2), date(2020, 3, 9)), (date(2020, 2, 22), date(2020, 2, 29))],
)
def test_二十九_a_posting_hangs_seven_calendar_days(posted, ends):
    assert posting_ends(posted) == (ends, 7)


@pytest.mark.parametrize(
    ("ended_on", "on", "met"),
    [
        (None, date(2020, 3, 10), False),
        (date(2020, 3, 8), date(2020, 3, 10), False),  # taken down early
        (date(2020, 3, 9), date(2020, 3, 10), True),  # it hung to the end of its last day
        (date(2020, 3, 10), date(2020, 3, 9), False),
        (date(2020, 3, 10), date(2020, 3, 10), True),
    ],
)
def test_二十九_no_approval_before_the_posting_ended(ended_on, on, met):
    found = posting_is_over(date(2020, 3, 9), ended_on, on=on)
    assert (found.met, found.clause) == (met, "民发〔2012〕220号 29")


def test_二十九_terms_after_the_posting():
    assert decision_due(date(2020, 3, 9)) == date(2020, 3, 12)
    assert decision_due(date(2020, 3, 12)) == date(2020, 3, 17)  # over a weekend
    assert reinvestigation_due(date(2020, 3, 2)) == date(2020, 3, 30)


@pytest.mark.parametrize(
    ("decided", "due"),
    [
        (date(2020, 3, 2), date(2020, 3, 5)),
        (date(2020, 3, 3), date(2020, 3, 6)),  # a Friday
        (date(2020, 3, 4), date(2020, 3, 9)),  # Saturday: the next working day is Monday
        (date(2020, 3, 5), date(2020, 3, 9)),  # Sunday
        (date(2020, 4, 3), date(2020, 4, 7)),  # Monday 6 April is a holiday
        (date(2020, 4, 23), date(2020, 4, 26)),  # a Sunday that is worked
    ],
)
def test_二十六_a_refusal_reaches_the_applicant_within_three_days_or_on_the_next_working_day(decided, due):
    assert refusal_notice_due(decided) == due


@pytest.mark.parametrize(
    ("decided", "month"),
    [(date(2020, 3, 1), "2020-04"), (date(2020, 3, 31), "2020-04"), (date(2020, 12, 31), "2021-01")],
)
def test_二十九_money_begins_in_the_month_after_the_approval(decided, month):
    assert str(first_month(decided)) == month


@pytest.mark.parametrize(
    ("group", "due"), [("A", date(2021, 3, 31)), ("B", date(2020, 9, 30)), ("C", date(2020, 6, 30))]
)
def test_三十三_looked_at_again_after_a_year_half_a_year_or_a_quarter(group, due):
    assert review_due(group, date(2020, 3, 10)) == due


def test_二_二_nobody_is_in_two_awards():
    assert not_insured_twice([]).met
    assert not not_insured_twice(["key"]).met
