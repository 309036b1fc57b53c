"""国务院令649号 art. 13, 民发〔2012〕220号 art. 33: looked at in time, changed by decision, stopped for a ground."""

from datetime import date

import pytest

from doudi.money import Money
from eligibility.rules.life import (
    effect,
    everybody_once,
    next_review,
    recheck_due,
    review_after_change,
    review_horizon,
    told_changed,
)
from eligibility.rules.stop import stop_is_grounded


def yuan(text):
    return Money.yuan(text)


@pytest.mark.parametrize(
    ("programme", "group", "on", "due"),
    [
        ("DIBAO_R", "A", date(2021, 6, 30), date(2022, 6, 30)),
        ("DIBAO_R", "B", date(2021, 6, 30), date(2021, 12, 31)),
        ("DIBAO_R", "C", date(2021, 6, 30), date(2021, 9, 30)),
        ("DIBAO_R", "A", date(2021, 7, 1), date(2022, 7, 31)),  # RS2021: yearly, half-yearly
        ("DIBAO_R", "B", date(2021, 7, 1), date(2022, 7, 31)),
        ("DIBAO_R", "C", date(2021, 7, 1), date(2022, 1, 31)),
        ("DIBAO_R", "C", date(2026, 7, 1), date(2027, 1, 31)),
        ("TEKUN", "A", date(2020, 3, 10), date(2021, 3, 31)),
        ("TEKUN", "C", date(2020, 3, 10), date(2021, 3, 31)),  # its own rhythm, whatever the class says
    ],
)
def test_四_七_a_household_is_looked_at_again_by_class_and_rule_set(programme, group, on, due):
    assert next_review(programme, group, on) == due


def test_四_七_a_review_is_near_in_its_last_thirty_days():
    assert review_horizon(date(2020, 7, 1)) == date(2020, 7, 31)


def test_十三_a_reported_change_is_looked_at_within_thirty_days():
    assert review_after_change(date(2020, 1, 10)) == date(2020, 2, 9)


@pytest.mark.parametrize(("after", "stays"), [("0.01", False), ("0.00", True)])
def test_十三_the_reason_has_both_amounts_and_says_that_who_gets_nothing_stays(after, stays):
    told = told_changed(yuan("600.00"), yuan(after), "379.99")
    assert "家庭人均月收入 379.99 元" in told
    assert (f"由 600.00 元调整为 {after} 元" in told, "保障资格不变" in told) == (True, stays)


@pytest.mark.parametrize(
    ("before", "after", "eligible", "same", "found"),
    [
        ("600.00", "600.00", True, True, "UNCHANGED"),
        ("600.00", "600.00", True, False, "RAISE"),  # other lines, and nothing is taken from the household
        ("600.00", "600.01", True, False, "RAISE"),
        ("600.00", "600.01", True, True, "RAISE"),
        ("600.00", "599.99", True, False, "REDUCE"),
        ("600.00", "0.01", True, False, "REDUCE"),
        ("600.00", "0.00", True, False, "REDUCE"),  # below the line by less than a fen: still in need
        ("0.00", "0.00", True, True, "UNCHANGED"),
        ("0.00", "0.00", False, True, "STOP"),
        ("600.00", "600.00", False, True, "STOP"),
    ],
)
def test_十三_more_less_or_nothing_follows_from_the_amounts(before, after, eligible, same, found):
    assert effect(yuan(before), yuan(after), eligible=eligible, same_lines=same) == found


@pytest.mark.parametrize(
    ("ground", "below", "within", "met"),
    [
        ("INCOME_OVER", False, True, True),
        ("INCOME_OVER", True, True, False),
        ("INCOME_OVER", None, None, False),
        ("PROPERTY_OVER", True, False, True),
        ("PROPERTY_OVER", True, True, False),
        ("PROPERTY_OVER", None, None, False),
        ("WITHDRAWAL", None, None, True),
        ("MOVED", None, None, True),
        ("REFUSED_COOPERATION", None, None, True),
        ("TO_OTHER_PROGRAMME", None, None, True),
        ("POVERTY_EXIT", False, True, False),  # 脱贫不脱保: never, whatever the income is
        ("", False, False, False),
    ],
)
def test_十三_an_award_is_stopped_for_a_listed_ground_that_was_shown(ground, below, within, met):
    assert stop_is_grounded(ground, income_below=below, property_within=within).met is met


@pytest.mark.parametrize(
    ("died", "due"),
    [
        (date(2020, 5, 15), date(2020, 8, 15)),  # E22, if the rule applied
        (date(2022, 11, 30), date(2023, 2, 28)),
        (date(2023, 10, 31), date(2024, 1, 31)),
        (date(2023, 11, 30), date(2024, 2, 29)),
    ],
)
def test_一_三_a_death_is_settled_within_three_months(died, due):
    assert recheck_due(died, on=date(2022, 11, 5)) == due


@pytest.mark.parametrize(("on", "due"), [(date(2022, 10, 19), None), (date(2022, 10, 20), date(2023, 1, 15))])
def test_一_三_no_term_was_set_before_the_notice(on, due):
    assert recheck_due(date(2022, 10, 15), on=on) == due


@pytest.mark.parametrize(
    ("groups", "met"),
    [
        ([["a"], ["b", "c"]], True),
        ([["a", "b", "c"]], True),
        ([["a"], ["b"]], False),
        ([["a"], ["b", "c", "a"]], False),
        ([["a"], ["b", "c", "d"]], False),
        ([["a", "b", "c"], []], False),
    ],
)
def test_三十三_everybody_is_in_exactly_one_of_the_new_households(groups, met):
    assert everybody_once(["a", "b", "c"], groups).met is met
    assert everybody_once(["c", "a", "b"], groups[::-1]).met is met
