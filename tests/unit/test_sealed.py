"""Sealed personal data and the blind index (design §3)."""

import base64
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import BaseModel, ValidationError

from doudi.sealed import KeyRing, Sealed, SealError

OLD, NEW, MATCH = b"o" * 32, b"n" * 32, b"m" * 32
RING = KeyRing({"2019": OLD}, "2019", MATCH)
NAME = "person.name"


class Letter(BaseModel):
    name: Sealed


@given(st.text(max_size=200))
def test_what_was_sealed_is_opened_again_and_is_not_in_the_seal(text: str) -> None:
    sealed = RING.seal(text, NAME)
    assert RING.open(sealed, NAME) == text
    assert Sealed.parse(sealed) == sealed
    assert sealed.startswith("s1.2019.")


def test_the_same_text_never_looks_the_same() -> None:
    assert len({RING.seal("马六", NAME) for _ in range(100)}) == 100


def test_a_seal_for_one_purpose_is_not_opened_for_another() -> None:
    with pytest.raises(SealError):
        RING.open(RING.seal("13800000000", "person.phone"), NAME)


def test_any_changed_byte_is_noticed() -> None:
    version, key_id, body = RING.seal("马六", NAME).split(".")
    raw = base64.urlsafe_b64decode(body)
    for i in range(len(raw)):
        changed = raw[:i] + bytes([raw[i] ^ 1]) + raw[i + 1 :]
        with pytest.raises(SealError):
            RING.open(f"{version}.{key_id}.{base64.urlsafe_b64encode(changed).decode()}", NAME)


def test_a_value_under_one_key_is_not_passed_off_as_one_under_another() -> None:
    twice = KeyRing({"a": OLD, "b": OLD}, "a", MATCH)
    sealed = twice.seal("马六", NAME)
    with pytest.raises(SealError):
        twice.open(sealed.replace("s1.a.", "s1.b."), NAME)


def test_a_ring_without_the_key_says_so() -> None:
    sealed = KeyRing({"2020": NEW}, "2020", MATCH).seal("马六", NAME)
    assert not RING.can_open(sealed)
    with pytest.raises(SealError, match="key"):
        RING.open(sealed, NAME)


def test_rotation_old_values_open_new_ones_have_the_new_key() -> None:
    sealed = RING.seal("马六", NAME)
    rotated = KeyRing({"2019": OLD, "2020": NEW}, "2020", MATCH)
    assert rotated.can_open(sealed)
    fresh = rotated.reseal(sealed, NAME)
    assert (sealed.key_id, fresh.key_id) == ("2019", "2020")
    assert rotated.open(fresh, NAME) == "马六"
    assert KeyRing({"2020": NEW}, "2020", MATCH).open(fresh, NAME) == "马六"
    with pytest.raises(SealError):
        rotated.reseal(sealed, "person.phone")


@pytest.mark.parametrize(
    "bad", ["", "s1", "马六", "s1.2019", "s1.2019.", "s1..AAAA", "s2.2019." + "A" * 40, "s1.2019.AAAA", "s1.2019.A.B"]
)
def test_what_is_no_sealed_value_is_refused_everywhere(bad: str) -> None:
    assert not RING.can_open(bad)
    with pytest.raises(SealError):
        RING.open(bad, NAME)
    with pytest.raises(ValueError, match="sealed"):
        Sealed.parse(bad)
    with pytest.raises(ValidationError):
        Letter.model_validate({"name": bad})


def test_a_field_keeps_it_a_sealed_value() -> None:
    sealed = RING.seal("马六", NAME)
    letter = Letter.model_validate_json(Letter(name=sealed).model_dump_json())
    assert isinstance(letter.name, Sealed)
    assert letter.name == sealed
    assert Letter.model_json_schema()["properties"]["name"]["type"] == "string"


def test_people_are_matched_by_a_key_of_its_own() -> None:
    index = RING.match("640522188001010019")
    assert index == KeyRing({"2020": NEW}, "2020", MATCH).match("640522188001010019")
    assert index != KeyRing({"2019": OLD}, "2019", b"x" * 32).match("640522188001010019")
    assert index != RING.match("640522188001010027")
    assert len(index) == 64
    assert int(index, 16)


def test_a_masked_number_is_no_identifier() -> None:
    with pytest.raises(ValueError, match="masked"):
        RING.match("640522********0019")


def test_settings_give_the_same_ring() -> None:
    keys = json.dumps({"2019": base64.b64encode(OLD).decode()})
    ring = KeyRing.from_settings(keys, "2019", base64.b64encode(MATCH).decode())
    assert ring.open(RING.seal("马六", NAME), NAME) == "马六"
    assert ring.match("1") == RING.match("1")


@pytest.mark.parametrize(
    ("keys", "active", "match"),
    [
        ("not json", "a", MATCH),
        ("[]", "a", MATCH),
        ('{"a": 1}', "a", MATCH),
        ('{"a": "***"}', "a", MATCH),
        ('{"a": "c2hvcnQ="}', "a", MATCH),
        (json.dumps({"a": base64.b64encode(OLD).decode()}), "b", MATCH),
        (json.dumps({"a.b": base64.b64encode(OLD).decode()}), "a.b", MATCH),
        (json.dumps({"a|b": base64.b64encode(OLD).decode()}), "a|b", MATCH),
        (json.dumps({"a": base64.b64encode(OLD).decode()}), "a", b"short"),
        (json.dumps({"a": base64.b64encode(OLD).decode()}), "a", OLD),  # the index needs a key of its own
    ],
)
def test_settings_that_cannot_be_right_are_refused_without_a_key_in_the_message(
    keys: str, active: str, match: bytes
) -> None:
    with pytest.raises(ValueError) as caught:
        KeyRing.from_settings(keys, active, base64.b64encode(match).decode())
    assert base64.b64encode(OLD).decode() not in str(caught.value)
    assert caught.value.__cause__ is None


def test_development_keys_stay_out_of_production() -> None:
    sealed = KeyRing.development("test").seal("马六", NAME)
    assert KeyRing.development("demonstration").open(sealed, NAME) == "马六"
    for profile in ("production", "", "Test"):
        with pytest.raises(ValueError, match="development"):
            KeyRing.development(profile)
