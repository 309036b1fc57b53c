"""民发〔2012〕220号 art. 20: what follows from the matching."""

from datetime import date

import pytest

from intake import rules

ON = date(2020, 3, 2)


def result(code, source="BANKS", explained=False):
    return rules.Result(source, code, explained)


@pytest.mark.parametrize(
    ("results", "verdict"),
    [
        ([], "PASSED"),
        ([result("NO_RECORD"), result("MATCH")], "PASSED"),
        ([result("NO_RECORD"), result("UNAVAILABLE")], "INCOMPLETE"),
        ([result("NO_RECORD"), result("CONSENT_MISSING")], "INCOMPLETE"),
        ([result("MISMATCH")], "FAILED"),
        ([result("MISMATCH"), result("UNAVAILABLE")], "FAILED"),
        ([result("MISMATCH", explained=True)], "PASSED"),
        ([result("MISMATCH", explained=True), result("MISMATCH", "TAX")], "FAILED"),
        ([result("MISMATCH", explained=True), result("UNAVAILABLE", "TAX")], "INCOMPLETE"),
    ],
)
def test_二十_silence_is_never_no_record_and_proof_explains(results, verdict):
    assert rules.matching_verdict(results, on=ON) == verdict


@pytest.mark.parametrize(
    ("visited", "met"),
    [
        (date(2020, 3, 1), False),
        (date(2020, 3, 2), True),
        (date(2020, 3, 6), True),
        (date(2020, 3, 7), False),
    ],
)
def test_二十_the_visit_lies_between_acceptance_and_today(visited, met):
    assert rules.visit_is_in_time(visited, accepted_on=ON, on=date(2020, 3, 6)).met is met
