"""民发〔2021〕57号 art. 22: the whole procedure within 30 working days of acceptance, 45 in a special case."""

from __future__ import annotations

from datetime import date

import pytest

from doudi.calendar import Calendar, DayKind
from eligibility.rules.clocks import TERMS, whole_due, whole_procedure


@pytest.mark.parametrize(("special", "days"), [(False, 30), (True, 45)])
def test_22_the_term_is_counted_in_working_days_from_the_day_after_acceptance(special, days):
    accepted = date(2021, 7, 1)
    due = whole_due(accepted, special=special)
    assert due == Calendar.load().period_end(accepted, days, DayKind.WORKING)


def test_22_thirty_working_days_in_the_calendar():
    assert whole_due(date(2021, 7, 1), special=False) == date(2021, 8, 12)  # no holiday lies between
    assert whole_due(date(2021, 7, 2), special=False) == date(2021, 8, 13)


@pytest.mark.parametrize(("accepted", "has_a_term"), [(date(2021, 6, 30), False), (date(2021, 7, 1), True)])
def test_22_before_it_was_in_force_there_is_none(accepted, has_a_term):
    assert (whole_due(accepted, special=False) is not None) is has_a_term


def test_22_the_term_has_its_name_and_clause():
    term = TERMS["WHOLE_PROCEDURE"](date(2021, 8, 12))
    assert whole_procedure(date(2021, 8, 12)) == term
    assert (term.name, term.clause) == ("审核确认总期限", "民发〔2021〕57号 22")
