"""社会救助法 art. 48, 国务院令649号 art. 13: what became of an award, as a certificate and as a letter."""

from typing import Any

import pytest
from tests.policy.eligibility.test_domain_0_1_certificate import made

from eligibility.rules.certificate import canonical
from eligibility.rules.intervention_certificate import InterventionGiven, certify_intervention, procedure_found
from eligibility.rules.intervention_letter import intervention_letter
from eligibility.rules.letter import chapters
from eligibility.rules.verification import verify

EARLY, LATE = "2020-03-12", "2026-09-01"


def given(on: str = EARLY, **decision: Any) -> InterventionGiven:
    """A household that gives its award up; told on the day before."""
    kept = {
        "kind": "STOP",
        "ground": "WITHDRAWAL",
        "programme": "DIBAO_R",
        "noticed_on": on,
        "answer_by": None,
        "heard_on": None,
        "hearing": None,
    }
    lines = [["m1", "BASE", "380.00"], ["m1", "EXTRA", "38.00"]]
    return InterventionGiven({**kept, **decision}, on, "2019-01", lines, {}, [])


@pytest.mark.parametrize(
    ("on", "noticed", "hearing", "met"),
    [
        (EARLY, EARLY, None, True),
        (EARLY, None, None, False),
        (LATE, LATE, None, False),
        (LATE, LATE, "HEARD", True),
        (LATE, None, "HEARD", False),
    ],
)
def test_48_certificate_says_whether_the_person_was_told_and_heard(on, noticed, hearing, met):
    assert procedure_found(given(on, noticed_on=noticed, hearing=hearing)).met is met


def test_0_1_the_certificate_says_what_is_paid_and_since_when_and_is_made_again_to_the_same_bytes():
    whole = certify_intervention(given())
    result = whole["result"]
    assert (result["amount_before"], result["amount_after"], result["lines"]) == ("418.00", "0.00", [])
    assert (result["last_month_before"], result["from_month"]) == ("2020-03", None)
    assert [step["out"]["met"] for step in whole["steps"]] == [True]
    assert verify(canonical(whole)).same
    whole["result"]["amount_before"] = "999.00"
    assert not verify(canonical(whole)).same


def test_13_letter_tells_what_stops_since_when_why_and_the_way_to_appeal():
    letter = intervention_letter(certify_intervention(given()), to="马某某", because="本人申请退出")
    for words in (
        "马某某：",
        "停发",
        "理由：本人申请退出",
        "原每月 418.00 元，发放至 2020-03，次月起停发。",
        "行政复议",
    ):
        assert words in letter


def test_26_chapters_facts_steps_rules_and_what_would_turn_it_in_this_order():
    found = chapters(made())
    heads = [chapter.split("\n", 1)[0] for chapter in found]
    assert heads == ["依据的事实", "认定步骤", "适用的规则和标准", "情况变化的影响"]
    assert "13679.99" in found[3]
