"""民发〔2012〕220号 art. 26, 29: the county's terms, near two working days before their end, passed after it."""

from datetime import date

import pytest

from eligibility.rules.clocks import (
    TERMS,
    final_decision,
    final_decision_due,
    near_until,
    opinion,
    refusal_notice,
    reinvestigation,
    stage,
)

OLD, NEW = date(2021, 6, 30), date(2021, 7, 1)


@pytest.mark.parametrize(
    ("rule", "on", "clause"),
    [
        (opinion, OLD, "民发〔2012〕220号 26"),
        (opinion, NEW, "民发〔2021〕57号 20"),
        (final_decision, OLD, "民发〔2012〕220号 29"),
        (reinvestigation, OLD, "民发〔2012〕220号 29"),
        (refusal_notice, OLD, "民发〔2012〕220号 26"),
        (refusal_notice, NEW, "民发〔2021〕57号 21"),
    ],
)
def test_each_term_cites_the_clause_of_its_time(rule, on, clause):
    found = rule(on)
    assert found.clause == clause
    assert TERMS[found.code] is rule


@pytest.mark.parametrize(
    ("due", "on", "found"),
    [
        (date(2020, 3, 9), date(2020, 3, 4), "NONE"),
        (date(2020, 3, 9), date(2020, 3, 5), "NEAR"),  # Thursday; Friday and Monday remain
        (date(2020, 3, 9), date(2020, 3, 7), "NEAR"),
        (date(2020, 3, 9), date(2020, 3, 9), "NEAR"),
        (date(2020, 3, 9), date(2020, 3, 10), "PASSED"),
        (date(2020, 5, 9), date(2020, 5, 6), "NONE"),  # 7 and 8 May remain before the worked Saturday
        (date(2020, 5, 9), date(2020, 5, 7), "NEAR"),
    ],
)
def test_the_last_day_is_in_time_and_two_working_days_before_it_is_near(due, on, found):
    assert stage(due, on=on) == found


def test_a_holiday_plan_that_is_not_loaded_yet_does_not_stop_the_clocks():
    assert near_until(date(2026, 12, 31)) == date(2027, 1, 2)
    assert final_decision_due(date(2026, 12, 31)) == date(2027, 1, 3)


def test_二十九_the_decision_is_due_three_working_days_after_the_quiet_posting():
    assert final_decision_due(date(2020, 3, 9)) == date(2020, 3, 12)
