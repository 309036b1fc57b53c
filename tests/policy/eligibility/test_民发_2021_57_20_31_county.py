"""民发〔2021〕57号 art. 20-24, 31, 民发〔2022〕83号 四(一): the county's steps and days from 2021-07-01."""

from datetime import date
from uuid import UUID

import pytest

from doudi.dated import MissingParameter
from eligibility.rules.procedure import (
    must_visit,
    opinion_due,
    publication_ends,
    refusal_notice_due,
    review_due,
    second_posting_needed,
    whole_procedure_due,
)
from eligibility.rules.sampling import rate, redraw


@pytest.mark.parametrize(
    ("received", "due"),
    [
        (date(2021, 6, 30), date(2021, 7, 7)),  # 5 working days
        (date(2021, 7, 1), date(2021, 7, 15)),  # 10
        (date(2021, 8, 6), date(2021, 8, 20)),
        (date(2026, 8, 3), date(2026, 8, 17)),
    ],
)
def test_二十_the_countys_opinion_within_ten_working_days(received, due):
    assert opinion_due(received) == due


def test_二十_nobody_is_drawn_and_kin_doubt_and_reports_are_visited():
    cases = [str(UUID(int=i)) for i in range(200)]
    assert not any(redraw("seed", cases, rate(date(2021, 7, 1))))
    assert any(redraw("seed", cases, rate(date(2021, 6, 30))))
    grounds = {"near_relative": False, "doubtful": False, "reported": False, "drawn": False}
    assert not must_visit(**grounds).met
    assert all(must_visit(**{**grounds, ground: True}).met for ground in grounds)


@pytest.mark.parametrize(
    ("decided", "due"),
    [
        (date(2021, 6, 25), date(2021, 6, 28)),  # 3 days from a Friday: Monday
        (date(2021, 7, 2), date(2021, 7, 7)),  # 3 working days from a Friday: Wednesday
        (date(2022, 9, 29), date(2022, 10, 9)),  # 1-7 October is a holiday, 8 and 9 October are worked: 30, 8, 9
    ],
)
def test_二十一_a_refusal_in_three_working_days(decided, due):
    assert refusal_notice_due(decided) == due


@pytest.mark.parametrize(
    ("on", "needed"), [(date(2021, 6, 30), True), (date(2021, 7, 1), False), (date(2026, 7, 1), False)]
)
def test_二十四_no_second_posting_any_more(on, needed):
    assert second_posting_needed(on) is needed


def test_二十四_the_decision_hangs_for_a_week():
    assert publication_ends(date(2021, 8, 2)) == date(2021, 8, 9)


@pytest.mark.parametrize(
    ("accepted", "how", "due"),
    [
        (date(2021, 8, 2), {}, date(2021, 9, 13)),  # 30 working days
        (date(2021, 8, 2), {"special": True}, date(2021, 10, 9)),  # 45, over the Mid-Autumn and National Day holidays
        (date(2022, 11, 7), {"delegated": True}, date(2022, 12, 5)),  # 20
    ],
)
def test_二十二_the_whole_procedure(accepted, how, due):
    assert whole_procedure_due(accepted, **how) == due


@pytest.mark.parametrize(("accepted", "how"), [(date(2021, 6, 30), {}), (date(2021, 8, 2), {"delegated": True})])
def test_二十二_where_the_rule_set_sets_no_term_there_is_none(accepted, how):
    with pytest.raises(MissingParameter):
        whole_procedure_due(accepted, **how)


@pytest.mark.parametrize(
    ("decided", "group", "due"),
    [
        (date(2021, 6, 30), "B", date(2021, 12, 31)),
        (date(2021, 7, 1), "A", date(2022, 7, 31)),
        (date(2021, 7, 1), "B", date(2022, 7, 31)),  # relatively stable: yearly now
        (date(2021, 7, 1), "C", date(2022, 1, 31)),  # unstable: half-yearly now
        (date(2026, 8, 3), "C", date(2027, 2, 28)),
    ],
)
def test_三十一_looked_at_again_yearly_or_half_yearly(decided, group, due):
    assert review_due(group, decided) == due


@pytest.mark.parametrize(
    ("decided", "group", "due"),
    [
        (date(2021, 6, 30), "C", date(2021, 7, 31)),  # in town monthly
        (date(2021, 6, 30), "B", date(2021, 12, 31)),
        (date(2021, 7, 1), "C", date(2022, 1, 31)),
    ],
)
def test_三十三_unsettled_households_in_town_were_looked_at_every_month(decided, group, due):
    assert review_due(group, decided, "DIBAO_U") == due
