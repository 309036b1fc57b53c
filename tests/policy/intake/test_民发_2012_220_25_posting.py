"""民发〔2012〕220号 art. 25: opinion and first posting; 个人信息保护法 art. 28: no child is shown."""

from datetime import date

import pytest

from intake import rules


@pytest.mark.parametrize(("reason", "met"), [("收入低于标准", True), ("  ", False), ("", False)])
def test_二十五_the_opinion_says_why(reason, met):
    assert rules.opinion_has_reason(reason).met is met


def test_二十五_the_posting_hangs_seven_days(calendar):
    assert rules.posting_ends(date(2020, 3, 2), calendar) == date(2020, 3, 9)


@pytest.mark.parametrize(
    ("on", "over"), [(date(2020, 3, 8), False), (date(2020, 3, 9), False), (date(2020, 3, 10), True)]
)
def test_二十五_its_last_day_ends_at_midnight(on, over):
    assert rules.posting_is_over(date(2020, 3, 9), on=on) is over


@pytest.mark.parametrize(("birth", "shown"), [(date(2002, 3, 2), True), (date(2002, 3, 3), False)])
def test_个人信息保护法_二十八_no_childs_name_is_posted(birth, shown):
    assert rules.name_may_be_posted(birth, on=date(2020, 3, 2)) is shown
