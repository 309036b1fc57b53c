"""domain §0.1: what was issued in an older form is made again in that form; each says which it is.

The files in `certificates` were made by the code of the commit that stands at the end of their name.
"""

import hashlib
import json
from pathlib import Path
from typing import Any

import pytest
from tests.policy.eligibility.test_domain_0_1_certificate import made
from tests.policy.eligibility.test_domain_0_1_personal_certificate import given
from tests.policy.eligibility.test_社会救助法_48_certificate_of_a_change import given as given_up

from eligibility.rules.certificate import canonical
from eligibility.rules.intervention_certificate import certify_intervention
from eligibility.rules.intervention_letter import intervention_letter
from eligibility.rules.letter import letter
from eligibility.rules.personal_certificate import certify_person, person_letter
from eligibility.rules.verification import FORMS, Unreadable, form_of, verify

_OLD = {file.stem: file.read_text(encoding="utf-8") for file in Path(__file__).with_name("certificates").glob("*.json")}
_NEW = {
    "dibao_now": canonical(made()),
    "personal_now": canonical(certify_person(given(79, "REFUSED"))),
    "intervention_now": canonical(certify_intervention(given_up())),
}
_ALL = {**_OLD, **_NEW}
_WORDS = {
    "dibao_v1_81efcd3": "低保决定凭证 v1：",
    "dibao_now": "低保决定凭证 v1：",
    "personal_v1_without_ways_a805f4b": "单人项目决定凭证（未载明情况如何变化即符合条件） v1：",
    "personal_v1_without_ways_granted_a805f4b": "单人项目决定凭证（未载明情况如何变化即符合条件） v1：",
    "personal_v1_with_ways_f71ab3f": "单人项目决定凭证（已载明情况如何变化即符合条件） v1：",
    "personal_now": "单人项目决定凭证 v2：",
    "intervention_v1_0af8107": "变动决定凭证 v1：",
    "intervention_now": "变动决定凭证 v2：",
}


def signed(whole: dict[str, Any]) -> str:
    """As somebody would write it who also makes the hash anew."""
    rest = {name: value for name, value in whole.items() if name != "sha256"}
    return canonical({**rest, "sha256": hashlib.sha256(canonical(rest).encode()).hexdigest()})


@pytest.mark.parametrize("name", sorted(_WORDS))
def test_0_1_each_form_is_made_again_as_it_was_and_named(name: str):
    found = verify(_ALL[name])
    assert (found.same, found.says.startswith(_WORDS[name])) == (True, True), found.says
    assert found.says.startswith(_WORDS[name] + "重算一致")


def test_0_1_there_is_a_certificate_of_every_form():
    assert {form_of(json.loads(text)).words for text in _ALL.values()} == {form.words for form in FORMS}
    assert {form_of(json.loads(text)).kind for text in _ALL.values()} == {form.kind for form in FORMS}
    assert set(_WORDS) == set(_ALL)


def leaves(whole: Any, *way: Any) -> list[tuple[Any, ...]]:
    """The way to every single value outside `given`, by which the rest can be told to be wrong."""
    if isinstance(whole, dict):
        return [found for name, part in whole.items() for found in leaves(part, *way, name)]
    if isinstance(whole, list):
        return [found for at, part in enumerate(whole) for found in leaves(part, *way, at)]
    return [way]


@pytest.mark.parametrize("name", sorted(_WORDS))
def test_0_1_whatever_is_changed_in_any_form_is_found_out_though_its_hash_was_made_anew(name: str):
    ways = [way for way in leaves(json.loads(_ALL[name])) if way[0] not in {"given", "certificate", "sha256"}]
    assert len(ways) > len(FORMS)
    for way in ways[:: 1 + len(ways) // 100]:
        whole = json.loads(_ALL[name])
        within = whole
        for part in way[:-1]:
            within = within[part]
        within[way[-1]] = "changed"
        assert not _same(signed(whole)), way


def _same(text: str) -> bool:
    try:
        return verify(text).same
    except Unreadable:
        return False


@pytest.mark.parametrize("name", sorted(_WORDS))
def test_0_1_another_fact_in_any_form_is_found_out(name: str):
    whole = json.loads(_ALL[name])
    whole["given"]["decision"]["id"] = "another"
    found = verify(canonical(whole))
    assert (found.same, found.says.startswith(_WORDS[name]), "sha256" in found.says) == (False, True, True)


@pytest.mark.parametrize("name", sorted(set(_WORDS) - {"dibao_now", "dibao_v1_81efcd3"}))
def test_0_1_one_form_does_not_pass_as_another(name: str):
    whole = json.loads(_ALL[name])
    kinds = {form.kind for form in FORMS} - {whole["certificate"]}
    assert [kind for kind in kinds if _same(canonical({**whole, "certificate": kind}))] == []


def test_0_1_a_form_that_nobody_issued_is_unreadable():
    for kind in ("doudi.eligibility.personal-certificate.v3", "", None, 1, ["v1"]):
        with pytest.raises(Unreadable):
            form_of({**made(), "certificate": kind})


@pytest.mark.parametrize("name", sorted(_WORDS))
def test_26_the_letter_of_any_form_can_be_written(name: str):
    whole = json.loads(_ALL[name])
    write = {"dibao": letter, "personal": person_letter, "intervention": intervention_letter}[name.partition("_")[0]]
    assert whole["sha256"] in write(whole)


def test_26_person_the_letter_of_the_first_form_names_what_stands_in_the_way():
    text = person_letter(json.loads(_OLD["personal_v1_without_ways_a805f4b"]))
    assert "下列情形均不再存在的，即符合条件：" in text
