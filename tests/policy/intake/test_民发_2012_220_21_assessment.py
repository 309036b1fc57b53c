"""民发〔2012〕220号 art. 21-24: the assessment."""

from datetime import date

import pytest

from intake import rules

ON = date(2020, 3, 2)


@pytest.mark.parametrize(
    ("surveyed", "due"), [(date(2020, 3, 2), date(2020, 3, 9)), (date(2020, 4, 29), date(2020, 5, 9))]
)
def test_二十一_it_is_held_within_five_working_days(surveyed, due, calendar):
    """From 29 April 2020: 30 April, 6, 7, 8 May and Saturday 9 May, a make-up working day."""
    assert rules.assessment_due(surveyed, calendar) == due


@pytest.mark.parametrize(
    ("present", "representatives", "met"),
    [
        (9, 5, False),
        (9, 6, True),
        (9, 7, True),
        (10, 6, False),
        (10, 7, True),
        (3, 2, True),
        (1, 1, True),
        (5, 6, False),
        (0, 0, False),
    ],
)
def test_二十二_representatives_are_at_least_two_thirds(present, representatives, met):
    assert rules.representatives_suffice(present, representatives, on=ON).met is met


@pytest.mark.parametrize(
    ("steps", "met"),
    [
        (list(rules.STEPS), True),
        (list(rules.STEPS[:-1]), False),
        (list(rules.STEPS[1:]), False),
        ([rules.STEPS[1], rules.STEPS[0], *rules.STEPS[2:]], False),
        ([], False),
    ],
)
def test_二十三_all_five_steps_are_taken_in_order(steps, met):
    assert rules.five_steps(steps).met is met


@pytest.mark.parametrize(("conclusion", "again"), [("DISPUTED", True), ("AGREED", False)])
def test_二十四_much_dispute_means_another_survey(conclusion, again):
    assert rules.must_survey_again(conclusion) is again
