"""Money: whole fen, one rounding, parts that add up (domain §8.8; amounts of examples.md)."""

import re
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import BaseModel, TypeAdapter, ValidationError

from doudi.money import Money, MoneyError, MoneyOverflow, NonNegativeMoney, PositiveMoney, round_half_up, split

FEN = st.integers(-(10**13) + 1, 10**13 - 1)


NO_DECIMAL = [
    "",
    " 1",
    "1 ",
    "1\n",
    "+1",
    "1.",
    ".5",
    "1.234",
    "1e3",
    "1,000",
    "NaN",
    "inf",
    "٣٨٠",
    "１２",
    "--1",
    "1_0",
]
TOO_MUCH = ["100000000000", "100000000000.00"]
NO_TEXT: list[object] = [380, 380.0, True, None, b"380"]


class Line(BaseModel):
    amount: Money
    due: NonNegativeMoney = Money.zero()
    paid: PositiveMoney = Money(1)


@pytest.mark.parametrize(
    ("text", "fen"),
    [
        ("380.00", 38000),
        ("380", 38000),
        ("380.5", 38050),
        ("0.01", 1),
        ("-0.01", -1),
        ("-0.00", 0),
        ("007", 700),
        ("99999999999.99", 10**13 - 1),
    ],
)
def test_a_decimal_string_in_yuan_is_read_exactly(text: str, fen: int) -> None:
    assert Money.yuan(text).fen == fen


@pytest.mark.parametrize(
    "bad",
    [*NO_DECIMAL, *TOO_MUCH, *NO_TEXT],
)
def test_anything_else_is_refused(bad: object) -> None:
    with pytest.raises(MoneyError):
        Money.yuan(bad)  # type: ignore[arg-type]


@given(FEN)
def test_text_and_money_are_the_same(fen: int) -> None:
    assert Money.yuan(str(Money(fen))) == Money(fen)


@pytest.mark.parametrize("bad", [1.0, True, Fraction(1), "1", None])
def test_fen_are_an_int_and_nothing_else(bad: object) -> None:
    with pytest.raises(TypeError):
        Money(bad)  # type: ignore[arg-type]


def test_a_sum_beyond_a_bigint_column_is_refused_rather_than_lost_in_the_database() -> None:
    assert Money(2**63 - 1).fen == 2**63 - 1
    with pytest.raises(MoneyOverflow):
        Money(2**63 - 1) + Money(1)
    with pytest.raises(MoneyOverflow):
        Money(-(2**63)) - Money(1)


def test_arithmetic_is_that_of_fen() -> None:
    assert Money.yuan("380.00") * 2 == 2 * Money.yuan("380.00") == Money.yuan("760.00")
    assert Money.yuan("3548.00") - Money.yuan("2000.00") == Money.yuan("1548.00")
    assert -Money(5) == Money(-5)
    assert sum([Money(1), Money(2)], Money.zero()) == Money(3)
    assert Money(1) < Money(2) <= Money(2)
    assert bool(Money(1))
    assert not Money.zero()
    assert str(Money(-5)) == "-0.05"
    assert len({Money(1), Money(1), Money(2)}) == 2


@pytest.mark.parametrize("times", [1.5, Fraction(1, 2), True, Money(2), "2"])
def test_money_is_multiplied_by_whole_numbers_only(times: object) -> None:
    with pytest.raises(TypeError):
        Money(3) * times  # type: ignore[operator]


@pytest.mark.parametrize("other", [0, 1.0, "1"])
def test_money_is_added_to_money_only(other: object) -> None:
    with pytest.raises(TypeError):
        Money(3) + other  # type: ignore[operator]
    with pytest.raises(TypeError):
        Money(3) - other  # type: ignore[operator]


@pytest.mark.parametrize(
    ("fen", "rounded"),
    [
        (Fraction(12345, 10), 1235),  # E13: 10 % of 123.45 is 12.345 -> 12.35
        (Fraction(148000, 6), 24667),  # E16: 1/6 of 1,480
        (Fraction(148000, 3), 49333),  # E16: 1/3 of 1,480
        (Fraction(49999, 100000), 0),
        (Fraction(1, 2), 1),
        (Fraction(3, 2), 2),
        (Fraction(5, 2), 3),
        (Fraction(-1, 2), -1),
        (Fraction(-49, 100), 0),
        (Fraction(7), 7),
    ],
)
def test_a_line_is_rounded_once_half_up(fen: Fraction, rounded: int) -> None:
    assert round_half_up(fen) == Money(rounded)


def test_rounding_wants_an_exact_fraction() -> None:
    with pytest.raises(TypeError):
        round_half_up(0.5)  # type: ignore[arg-type]


@given(st.fractions(min_value=-(10**12), max_value=10**12, max_denominator=10**6))
def test_rounding_moves_no_more_than_half_a_fen_and_is_the_same_either_side_of_nothing(fen: Fraction) -> None:
    rounded = round_half_up(fen)
    assert abs(rounded.exact - fen) <= Fraction(1, 2)
    assert round_half_up(-fen) == -rounded


def test_the_yearly_standard_is_divided_as_late_as_possible() -> None:
    yearly = Money.yuan("4560.00")
    assert round_half_up(yearly.exact / 12) == Money.yuan("380.00")
    assert round_half_up(Money.yuan("24000.00").exact / 3 / 12) == Money.yuan("666.67")  # E09


@pytest.mark.parametrize(
    ("total", "weights", "parts"),
    [
        (100, [1, 1, 1], [34, 33, 33]),
        (2, [1, 1, 1], [1, 1, 0]),
        (0, [1, 2], [0, 0]),
        (-100, [1, 1, 1], [-33, -33, -34]),
        (10, [0, 1], [0, 10]),
        (100, [1, 2, 3], [17, 33, 50]),
        (5, [7], [5]),
    ],
)
def test_parts_by_largest_remainder_the_earlier_first(total: int, weights: list[int], parts: list[int]) -> None:
    assert split(Money(total), weights) == [Money(p) for p in parts]


@given(FEN, st.lists(st.integers(0, 10**6), min_size=1, max_size=30).filter(any))
def test_parts_add_up_and_none_is_a_fen_off(total: int, weights: list[int]) -> None:
    parts = split(Money(total), weights)
    assert sum(p.fen for p in parts) == total
    for part, weight in zip(parts, weights, strict=True):
        assert abs(part.fen - Fraction(total * weight, sum(weights))) < 1


@pytest.mark.parametrize("weights", [[], [0, 0], [1, -1], [-1]])
def test_weights_that_share_nothing_are_refused(weights: list[int]) -> None:
    with pytest.raises(ValueError, match="weights"):
        split(Money(1), weights)


def test_a_field_takes_a_string_and_gives_a_string() -> None:
    line = Line.model_validate_json('{"amount": "380.5"}')
    assert line.amount == Money(38050)
    assert line.model_dump_json() == '{"amount":"380.50","due":"0.00","paid":"0.01"}'
    assert line.model_dump() == {"amount": "380.50", "due": "0.00", "paid": "0.01"}
    assert Line(amount=Money(1)).amount == Money(1)
    assert Line.model_validate(line.model_dump()) == line


@pytest.mark.parametrize("bad", ["380", "380.0", "true", "null", '"380.001"', '""', "[]", '"1e2"'])
def test_a_field_refuses_numbers_and_says_so_once_under_its_own_name(bad: str) -> None:
    with pytest.raises(ValidationError) as caught:
        Line.model_validate_json(f'{{"amount": {bad}}}')
    assert [e["loc"] for e in caught.value.errors()] == [("amount",)]


@pytest.mark.parametrize(("field", "bad"), [("due", "-0.01"), ("paid", "0.00"), ("paid", "-1.00")])
def test_a_field_that_must_not_be_negative(field: str, bad: str) -> None:
    with pytest.raises(ValidationError) as caught:
        Line.model_validate({"amount": "1.00", field: bad})
    assert [e["loc"] for e in caught.value.errors()] == [(field,)]
    assert isinstance(caught.value.errors()[0]["ctx"]["error"], MoneyError)


@pytest.mark.parametrize(
    ("kind", "right", "wrong"),
    [
        (Money, ["-1.00", "380.00"], ["1.234", "x", "100000000000"]),
        (NonNegativeMoney, ["0.00", "380.00"], ["-1.00"]),
        (PositiveMoney, ["0.01", "0.10", "0.5", "380", "99999999999.99"], ["0", "0.00", "0.0", "-1.00"]),
    ],
)
def test_the_published_pattern_says_what_the_field_takes(kind: Any, right: list[str], wrong: list[str]) -> None:
    schema = TypeAdapter(kind).json_schema()
    assert schema["type"] == "string"
    assert schema["examples"] == ["380.00"]
    assert TypeAdapter(kind).json_schema(mode="serialization")["pattern"] == schema["pattern"]
    assert all(re.search(schema["pattern"], text) for text in right)
    assert not any(re.search(schema["pattern"], text) for text in wrong)
