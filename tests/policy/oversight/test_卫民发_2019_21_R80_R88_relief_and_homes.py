"""卫民发〔2019〕21号 二(二)6 (R80) and 二(三)8 (R88): papers within their term, and no lasting shortage of staff."""

from datetime import date

import pytest

from oversight import rules


@pytest.mark.parametrize(
    ("on", "met"), [(date(2020, 3, 24), True), (date(2020, 3, 25), True), (date(2020, 3, 26), False)]
)
def test_二_二_6_R80_papers_after_their_last_day(on, met):
    assert rules.papers_in_time(date(2020, 3, 25), on).met is met


def test_二_二_6_R80_the_reason_has_the_figures():
    assert (
        rules.papers_in_time(date(2020, 3, 25), date(2020, 3, 27)).because
        == "补办手续期限2020-03-25，至2020-03-27已逾期2天"
    )


@pytest.mark.parametrize(
    ("on", "met"), [(date(2020, 3, 8), True), (date(2020, 3, 9), True), (date(2020, 3, 10), False)]
)
def test_二_三_8_R88_short_for_more_than_seven_days(on, met):
    since = date(2020, 3, 2)
    assert rules.staffed_again_in_time(since, on, required=6, staff_hundredths=550).met is met
    assert (on >= rules.short_too_long_from(since)) is not met


@pytest.mark.parametrize(("hundredths", "told"), [(550, "5.5"), (500, "5"), (1000, "10"), (525, "5.25"), (0, "0")])
def test_二_三_8_R88_the_reason_has_the_figures(hundredths, told):
    because = rules.staffed_again_in_time(
        date(2020, 3, 2), date(2020, 3, 20), required=6, staff_hundredths=hundredths
    ).because
    assert because == f"自2020-03-02起应配6人，实有{told}人，已超过7天"
