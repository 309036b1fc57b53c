"""民发〔2012〕220号 art. 25, 29 and domain §9.4 R51, R53: two postings of seven days, no decision before the end."""

from datetime import date

import pytest

from oversight import rules

ON = date(2020, 3, 20)


@pytest.mark.parametrize("which", ["FIRST", "SECOND"])
@pytest.mark.parametrize(("ended_on", "met"), [(date(2020, 3, 8), False), (date(2020, 3, 9), True), (ON, True)])
def test_25_29_R51_a_posting_hangs_seven_days(which, ended_on, met):
    assert rules.posted_long_enough(which, date(2020, 3, 2), ended_on, on=ON).met is met


@pytest.mark.parametrize(("posted_on", "ended_on"), [(None, None), (None, ON), (ON, None)])
def test_25_29_R51_a_missing_posting_is_asked_about(posted_on, ended_on):
    told = rules.posted_long_enough("SECOND", posted_on, ended_on, on=ON)
    assert (told.met, told.because) == (False, "作出审批决定所依据的县级审批公示没有记录")


@pytest.mark.parametrize(
    ("decided_on", "met"), [(date(2020, 3, 18), False), (date(2020, 3, 19), True), (date(2020, 3, 20), True)]
)
def test_29_R53_no_decision_before_the_last_day(decided_on, met):
    assert rules.decided_after_posting("SECOND", decided_on, date(2020, 3, 19)).met is met


def test_25_29_the_reasons_have_the_figures():
    short = rules.posted_long_enough("FIRST", date(2020, 3, 2), date(2020, 3, 7), on=ON)
    assert short.because == "乡镇审核公示自2020-03-02至2020-03-07，计5天，不足7天"
    early = rules.decided_after_posting("SECOND", date(2020, 3, 18), date(2020, 3, 19))
    assert early.because == "审批日期2020-03-18，县级审批公示截止2020-03-19，公示期未满"


@pytest.mark.parametrize(("on", "expected"), [(date(2021, 6, 30), True), (date(2021, 7, 1), False)])
def test_24_from_2021_a_decision_rests_on_no_second_posting(on, expected):
    assert rules.second_posting_expected(on) is expected
