"""Identifiers (domain §11). All numbers are the standards' samples or have no holder (births before 1900)."""

from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import BaseModel, ValidationError

from doudi.identity import (
    AccountNumber,
    CitizenId,
    CreditCode,
    DisabilityCertificate,
    IdentityError,
    WrongBirthDate,
    WrongCheckCharacter,
    WrongForm,
    check_digit,
)

NUMBER = "640522188001010019"
IDS = st.builds(
    lambda region, born, sequence: f"{region:06}{born:%Y%m%d}{sequence:03}",
    st.integers(110000, 659999),
    st.dates(date(1800, 1, 1), date(1899, 12, 31)),
    st.integers(0, 999),
).map(lambda first: first + check_digit(first))


class Person(BaseModel):
    id_number: CitizenId


@pytest.mark.parametrize(
    ("number", "born", "sex"),
    [
        ("11010519491231002X", date(1949, 12, 31), "F"),
        ("440524188001010014", date(1880, 1, 1), "M"),
        (NUMBER, date(1880, 1, 1), "M"),
        ("640522188001010027", date(1880, 1, 1), "F"),
        ("640502188506150011", date(1885, 6, 15), "M"),
        ("640521189902280022", date(1899, 2, 28), "F"),
    ],
)
def test_vectors_of_GB_11643(number: str, born: date, sex: str) -> None:
    citizen = CitizenId.parse(number)
    assert (citizen.value, citizen.birth_date, citizen.sex) == (number, born, sex)


@given(IDS, st.sampled_from("0123456789X"))
def test_one_other_last_character_makes_it_wrong(number: str, last: str) -> None:
    assert CitizenId.parse(number).value == number
    if last != number[-1]:
        with pytest.raises(WrongCheckCharacter):
            CitizenId.parse(number[:-1] + last)


@given(IDS, st.integers(0, 16), st.integers(1, 9))
def test_any_one_digit_that_is_mistyped_is_found(number: str, place: int, by: int) -> None:
    typed = number[:place] + str((int(number[place]) + by) % 10) + number[place + 1 :]
    with pytest.raises(IdentityError):
        CitizenId.parse(typed)


@given(IDS)
def test_two_neighbours_swapped_are_found(number: str) -> None:
    for i in range(16):
        if number[i] != number[i + 1]:
            with pytest.raises(IdentityError):
                CitizenId.parse(number[:i] + number[i + 1] + number[i] + number[i + 2 :])


def test_it_is_normalised() -> None:
    assert CitizenId.parse("  11010519491231002x\n").value == "11010519491231002X"
    assert CitizenId.parse("110105491231002").value == "11010519491231002X"


@pytest.mark.parametrize(
    ("bad", "refusal"),
    [
        ("", WrongForm),
        ("64052218800101001", WrongForm),
        ("6405221880010100190", WrongForm),
        ("640522 188001010019", WrongForm),
        ("X40522188001010019", WrongForm),
        ("040522188001010019", WrongForm),
        ("６４０５２２１８８００１０１００１９", WrongForm),
        ("64052218800101001Y", WrongForm),
        ("640522188002300019", WrongBirthDate),  # 30 February
        ("640522190002290019", WrongBirthDate),  # 1900 was no leap year
        ("640522188013010019", WrongBirthDate),
        ("640522000001010019", WrongBirthDate),
        ("640522188001010018", WrongCheckCharacter),
        ("110105490231002", WrongBirthDate),  # 15 digits
    ],
)
def test_the_part_that_fails_is_named_and_the_number_is_not_repeated(bad: str, refusal: type[IdentityError]) -> None:
    with pytest.raises(refusal) as caught:
        CitizenId.parse(bad)
    assert len(bad) < 6 or bad[:6] not in str(caught.value)
    assert any("\u4e00" <= c <= "\u9fff" for c in str(caught.value))


def test_nobody_is_born_after_today() -> None:
    number = "11010519491231002X"
    assert CitizenId.parse(number, on=date(1949, 12, 31)).value == number
    with pytest.raises(WrongBirthDate, match="将来"):
        CitizenId.parse(number, on=date(1949, 12, 30))


@pytest.mark.parametrize(
    ("on", "age"), [(date(1949, 12, 31), 0), (date(2009, 12, 30), 59), (date(2009, 12, 31), 60), (date(2010, 1, 1), 60)]
)
def test_age_in_full_years(on: date, age: int) -> None:
    assert CitizenId.parse("11010519491231002X").age(on) == age


@pytest.mark.parametrize(
    ("parse", "number", "masked"),
    [
        (CitizenId.parse, NUMBER, "640522********0019"),
        (DisabilityCertificate.parse, NUMBER + "42B1", "640522********001942B1"),
        (AccountNumber.parse, "6222020000000000000", "****0000"),
    ],
)
def test_none_is_shown_whole_however_it_is_printed(parse: Any, number: str, masked: str) -> None:
    held = parse(number)
    assert held.value == number
    assert held.masked == masked
    for shown in (repr(held), str(held), f"{held}", f"{held!r}", f"{[held]}"):
        assert number not in shown
        assert masked in shown


def test_a_field_takes_a_number_and_gives_it_masked() -> None:
    person = Person.model_validate_json(f'{{"id_number": " {NUMBER} "}}')
    assert person.id_number == CitizenId(NUMBER)
    assert Person(id_number=person.id_number) == person
    assert NUMBER not in repr(person) + person.model_dump_json() + str(person.model_dump())
    assert Person.model_json_schema()["properties"]["id_number"]["type"] == "string"


@pytest.mark.parametrize("bad", ["640522188001010018", 640522188001010019, None, "1" * 41])
def test_a_field_refuses_once_under_its_own_name(bad: object) -> None:
    with pytest.raises(ValidationError) as caught:
        Person.model_validate({"id_number": bad})
    (error,) = caught.value.errors()
    assert error["loc"] == ("id_number",)
    assert "640522" not in error["msg"]


@pytest.mark.parametrize(
    ("number", "category", "grade", "suffix"),
    [
        (NUMBER + "11", "VISUAL", 1, ""),
        (NUMBER + "24", "HEARING", 4, ""),
        (NUMBER + "42B1", "LIMB", 2, "B1"),
        (NUMBER + "73b12", "MULTIPLE", 3, "B12"),
        ("11010519491231002x53", "INTELLECTUAL", 3, ""),
    ],
)
def test_a_disability_certificate(number: str, category: str, grade: int, suffix: str) -> None:
    held = DisabilityCertificate.parse(number)
    assert (held.category, held.grade, held.suffix) == (category, grade, suffix)
    assert held.citizen_id == CitizenId.parse(number[:18])


@pytest.mark.parametrize("end", ["", "1", "01", "81", "10", "15", "11B", "11B123", "11C1", "111"])
def test_a_certificate_of_another_form_is_refused(end: str) -> None:
    with pytest.raises(WrongForm):
        DisabilityCertificate.parse(NUMBER + end)


def test_a_certificate_on_a_wrong_number_is_refused() -> None:
    with pytest.raises(WrongCheckCharacter):
        DisabilityCertificate.parse("64052218800101001842")


def test_vector_of_GB_32100() -> None:
    assert CreditCode.parse(" 91350100m000100y43 ").value == "91350100M000100Y43"
    with pytest.raises(WrongCheckCharacter):
        CreditCode.parse("91350100M000100Y44")
    for bad in ("91350100M000100Y4", "91350100I000100Y43", "91350100M000100Y4O", ""):
        with pytest.raises(WrongForm):
            CreditCode.parse(bad)


@pytest.mark.parametrize(
    ("number", "ok"),
    [
        ("4111111111111111", True),
        ("6222020000000000000", True),
        ("4111111111111112", False),
        ("6222020000000000005", False),
    ],
)
def test_luhn_is_a_warning_and_no_refusal(number: str, ok: bool) -> None:
    assert AccountNumber.parse(number).luhn_ok is ok


@pytest.mark.parametrize(("number", "right"), [("1" * 7, False), ("1" * 8, True), ("1" * 32, True), ("1" * 33, False)])
def test_an_account_has_8_to_32_digits(number: str, right: bool) -> None:
    if right:
        assert AccountNumber.parse(number).value == number
    else:
        with pytest.raises(WrongForm):
            AccountNumber.parse(number)


def test_an_account_is_read_as_it_is_printed_on_the_card() -> None:
    assert AccountNumber.parse("6222 0200-0000 0000 000").value == "6222020000000000000"
    with pytest.raises(WrongForm):
        AccountNumber.parse("6222O20000000000000")
