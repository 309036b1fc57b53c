"""民发〔2012〕220号 art. 13: complete is accepted, incomplete is told once."""

from datetime import date

import pytest

from intake import rules


def test_十三_complete_is_accepted():
    assert rules.complete([]).met


def test_十三_incomplete_says_each_reason_once():
    missing = [
        rules.Missing("CONSENT:1", "缺授权书"),
        rules.Missing("CONSENT:2", "缺授权书"),
        rules.Missing("A", "缺账户"),
    ]
    finding = rules.complete(missing)
    assert not finding.met
    assert finding.because == "缺授权书；缺账户"


@pytest.mark.parametrize(
    ("submitted", "due"),
    [
        (date(2020, 3, 2), date(2020, 3, 5)),
        (date(2020, 3, 5), date(2020, 3, 10)),  # over a weekend
        (date(2020, 4, 24), date(2020, 4, 28)),  # Sunday 26 April 2020 was a working day
    ],
)
def test_十三_the_township_accepts_in_time(submitted, due, calendar):
    assert rules.acceptance_due(submitted, calendar) == due


def test_十三_a_correction_waits_thirty_days():
    assert rules.correction_lapses(date(2020, 3, 2)) == date(2020, 4, 1)
