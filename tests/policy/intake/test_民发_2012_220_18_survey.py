"""民发〔2012〕220号 art. 18: ten working days, two surveyors."""

from datetime import date

import pytest

from intake import rules

ON = date(2020, 3, 2)


@pytest.mark.parametrize(
    ("accepted", "due"),
    [
        (date(2020, 3, 2), date(2020, 3, 16)),
        (date(2020, 3, 6), date(2020, 3, 20)),
        (date(2019, 9, 27), date(2019, 10, 16)),  # Sunday 29 Sep and Saturday 12 Oct work; 1-7 Oct do not
    ],
)
def test_十八_the_survey_is_done_within_ten_working_days(accepted, due, calendar):
    assert rules.survey_due(accepted, calendar) == due


@pytest.mark.parametrize(
    ("surveyors", "met"),
    [([], False), (["a"], False), (["a", "a"], False), (["a", "b"], True), (["a", "b", "c"], True)],
)
def test_十八_a_team_has_two_different_people(surveyors, met):
    assert rules.survey_team(surveyors, on=ON).met is met
