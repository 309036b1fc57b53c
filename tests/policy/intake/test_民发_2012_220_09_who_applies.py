"""民发〔2012〕220号 art. 9: the head applies; a village committee carries it when entrusted."""

import pytest

from intake import rules


@pytest.mark.parametrize(("relation", "met"), [("HEAD", True), ("SPOUSE", False), (None, False)])
def test_九_the_head_of_household_applies(relation, met):
    assert rules.head_applies(relation).met is met


@pytest.mark.parametrize(
    ("channel", "entrusted", "met"),
    [("VILLAGE", True, True), ("VILLAGE", False, False), ("WINDOW", False, True), ("DISCOVERY", False, True)],
)
def test_九_a_village_committee_carries_it_only_when_entrusted(channel, entrusted, met):
    assert rules.village_is_entrusted(channel, entrusted).met is met
