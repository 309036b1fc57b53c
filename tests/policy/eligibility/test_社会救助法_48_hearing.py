"""社会救助法 art. 48: heard before an award becomes less; before 2026-07-01 told, with the reason."""

from datetime import date

import pytest

from eligibility.rules.life import answer_by, hearing_obligatory, may_be_decided, silence_counts

BEFORE, SINCE = date(2026, 6, 30), date(2026, 7, 1)


@pytest.mark.parametrize(("on", "must"), [(date(2020, 1, 1), False), (BEFORE, False), (SINCE, True)])
def test_四十八_the_duty_to_hear_begins_on_2026_07_01(on, must):
    assert hearing_obligatory(on) is must


@pytest.mark.parametrize(
    ("on", "noticed", "hearing", "reason", "met"),
    [
        (BEFORE, True, None, "x", True),
        (BEFORE, False, None, "x", False),
        (BEFORE, True, None, " ", False),
        (SINCE, True, None, "x", False),
        (SINCE, True, "HEARD", "x", True),
        (SINCE, True, "DECLINED", "x", True),
        (SINCE, True, "NO_ANSWER", "x", True),
        (SINCE, False, "HEARD", "x", False),
        (SINCE, True, "HEARD", "", False),
    ],
)
def test_四十八_notice_and_reason_always_and_a_hearing_since_then(on, noticed, hearing, reason, met):
    found = may_be_decided(noticed_on=BEFORE if noticed else None, hearing=hearing, reason=reason, on=on)
    assert found.met is met


def test_四十八_five_working_days_to_answer():
    assert answer_by(date(2026, 7, 3)) == date(2026, 7, 10)


@pytest.mark.parametrize(("on", "met"), [(date(2026, 7, 10), False), (date(2026, 7, 11), True)])
def test_四十八_silence_counts_only_after_the_term(on, met):
    assert silence_counts(date(2026, 7, 10), on=on).met is met
