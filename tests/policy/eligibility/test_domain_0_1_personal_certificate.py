"""domain §0.1: the certificate of a programme of one person gives the same bytes whoever makes it again."""

import json
from typing import Any

import pytest
from tests.policy.eligibility.programmes import ON, born, numbers

from eligibility.rules.certificate import canonical
from eligibility.rules.personal_certificate import PersonalGiven, certify_person, determined, person_letter
from eligibility.rules.programmes.elder import ElderFacts, determine_elder
from eligibility.rules.programmes.numbers import ElderNumbers
from eligibility.rules.verification import verify

N = numbers(ElderNumbers)


def given(age: int, outcome: str, **more: Any) -> PersonalGiven:
    """What the file knew of an old person in the village."""
    facts = ElderFacts(person_id="e", born=born(age), hukou="640522105201", area="RURAL")
    return PersonalGiven(
        decision={"id": "d1", "outcome": outcome, "decided_on": "2020-03-12"},
        programme="ELDER",
        division="640522105201",
        on=ON.isoformat(),
        facts=facts.as_json(),
        numbers=N.as_json(),
        holdings=[],
        circumstances=[],
        sources={"facts": ["乡镇受理窗口登记和核对", "2020-02-20"]},
        **more,
    )


@pytest.mark.parametrize(("age", "eligible"), [(79, False), (85, True)])
def test_0_1_what_follows_is_what_the_rules_say_and_the_bytes_are_the_same_again(age: int, eligible: bool):
    file = given(age, "APPROVED" if eligible else "REFUSED")
    assert determined(file).eligible is eligible
    whole = certify_person(file)
    facts = ElderFacts.from_json(file.facts)
    assert whole["result_sha256"] == determine_elder(facts, N, on=ON).sha256
    assert {row["source"] for row in whole["facts"]} == {"乡镇受理窗口登记和核对"}
    assert verify(canonical(whole)).same


@pytest.mark.parametrize(
    ("part", "value"), [(("result", "amount"), "999.00"), (("given", "on"), "2020-03-03"), (("rule_set",), "RS2026")]
)
def test_0_1_whatever_is_changed_in_it_is_found_out(part: tuple[str, ...], value: str):
    whole = json.loads(canonical(certify_person(given(85, "APPROVED"))))
    within = whole
    for name in part[:-1]:
        within = within[name]
    assert within[part[-1]] != value
    within[part[-1]] = value
    assert not verify(canonical(whole)).same


def test_26_person_the_letter_says_the_decision_its_reasons_and_the_way_to_appeal():
    letter = person_letter(certify_person(given(79, "REFUSED")), to="马某某", because="未满八十周岁")
    assert "马某某" in letter
    assert "不予批准" in letter
    assert "理由：未满八十周岁" in letter
    assert "（不符合）" in letter
    assert "行政复议" in letter
    granted = person_letter(certify_person(given(85, "APPROVED")))
    assert "每月 270.00 元" in granted
