"""Money: whole fen, exact fractions in between, one rounding (domain §8.8). Never float."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Annotated, Any

from pydantic import AfterValidator, GetCoreSchemaHandler, WithJsonSchema
from pydantic_core import CoreSchema, core_schema

_YUAN = re.compile(r"(-?)(\d{1,11})(?:\.(\d{1,2}))?", re.ASCII)
PATTERN = r"^-?[0-9]{1,11}(\.[0-9]{1,2})?$"
_NOT_NEGATIVE_PATTERN = r"^[0-9]{1,11}(\.[0-9]{1,2})?$"
_POSITIVE_PATTERN = r"^([1-9][0-9]{0,10}(\.[0-9]{1,2})?|0\.([1-9][0-9]?|0[1-9]))$"
_BIGINT = 2**63


class MoneyError(ValueError):
    """金额应为以元计的十进制字符串，至多两位小数，例如 "380.00" / a decimal string in yuan, at most two decimals."""


class NegativeMoney(MoneyError):
    """金额不得为负 / the amount must not be negative"""


class NotPositiveMoney(MoneyError):
    """金额应大于零 / the amount must be above zero"""


class MoneyOverflow(MoneyError):
    """金额超出可记载的范围 / the amount is beyond what can be stored"""


@dataclass(frozen=True, order=True, slots=True)
class Money:
    """An amount in whole fen. One that is read is below 10^13 fen in size, so that 900,000 of them fit a BIGINT.

    Raises TypeError for anything but an int, and MoneyOverflow for a sum that no BIGINT column holds.
    """

    fen: int

    def __post_init__(self) -> None:
        if type(self.fen) is not int:
            raise TypeError(f"money is whole fen, an int, not {type(self.fen).__name__}")
        if not -_BIGINT <= self.fen < _BIGINT:
            raise MoneyOverflow(MoneyOverflow.__doc__)

    @classmethod
    def yuan(cls, text: str) -> Money:
        """`"380.00"` -> 38,000 fen. Raises MoneyError for anything but a decimal string with at most two decimals."""
        found = _YUAN.fullmatch(text) if isinstance(text, str) else None
        if found is None:
            raise MoneyError(MoneyError.__doc__)
        sign, whole, part = found.groups()
        fen = int(whole) * 100 + int((part or "").ljust(2, "0"))
        return cls(-fen if sign else fen)

    @classmethod
    def zero(cls) -> Money:
        """Nothing."""
        return cls(0)

    @property
    def exact(self) -> Fraction:
        """The amount in fen as a fraction, for sums that are rounded once at their end."""
        return Fraction(self.fen)

    def __add__(self, other: Money) -> Money:
        if not isinstance(other, Money):
            return NotImplemented
        return Money(self.fen + other.fen)

    def __sub__(self, other: Money) -> Money:
        if not isinstance(other, Money):
            return NotImplemented
        return Money(self.fen - other.fen)

    def __mul__(self, times: int) -> Money:
        if type(times) is not int:
            return NotImplemented
        return Money(self.fen * times)

    __rmul__ = __mul__

    def __neg__(self) -> Money:
        return Money(-self.fen)

    def __bool__(self) -> bool:
        return self.fen != 0

    def __str__(self) -> str:
        sign, fen = ("-", -self.fen) if self.fen < 0 else ("", self.fen)
        return f"{sign}{fen // 100}.{fen % 100:02d}"

    @classmethod
    def __get_pydantic_core_schema__(cls, source: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
        """Takes a Money or a decimal string in yuan; a JSON number is refused, since it may have lost fen."""
        text = core_schema.no_info_after_validator_function(cls.yuan, core_schema.str_schema(strict=True))
        return core_schema.no_info_wrap_validator_function(
            lambda value, read: value if isinstance(value, cls) else read(value),
            text,
            serialization=core_schema.plain_serializer_function_ser_schema(str, return_schema=core_schema.str_schema()),
        )

    @classmethod
    def __get_pydantic_json_schema__(cls, schema: CoreSchema, handler: Any) -> dict[str, Any]:
        return _json_schema(PATTERN)


def _json_schema(pattern: str) -> dict[str, Any]:
    return {"type": "string", "pattern": pattern, "description": "Yuan, decimal string", "examples": ["380.00"]}


def _not_negative(value: Money) -> Money:
    if value.fen < 0:
        raise NegativeMoney(NegativeMoney.__doc__)
    return value


def _positive(value: Money) -> Money:
    if value.fen <= 0:
        raise NotPositiveMoney(NotPositiveMoney.__doc__)
    return value


NonNegativeMoney = Annotated[Money, AfterValidator(_not_negative), WithJsonSchema(_json_schema(_NOT_NEGATIVE_PATTERN))]
PositiveMoney = Annotated[Money, AfterValidator(_positive), WithJsonSchema(_json_schema(_POSITIVE_PATTERN))]


def round_half_up(fen: Fraction) -> Money:
    """The one rounding of a line: half a fen and more goes up, away from zero (domain §8.8).

    Raises TypeError for a float or Decimal: the sum before the rounding is exact.
    """
    if not isinstance(fen, Fraction | int):
        raise TypeError(f"round an exact fraction of fen, not {type(fen).__name__}")
    whole, rest = divmod(abs(fen), 1)
    size = int(whole) + (1 if rest * 2 >= 1 else 0)
    return Money(-size if fen < 0 else size)


def split(total: Money, weights: Sequence[int]) -> list[Money]:
    """Parts in proportion to weights that add up to the total: largest remainder, the earlier part first (§8.8)."""
    if not weights or min(weights) < 0 or sum(weights) == 0:
        raise ValueError("weights must be non-negative and not all zero")
    base = sum(weights)
    shares = [divmod(total.fen * w, base) for w in weights]
    left = total.fen - sum(whole for whole, _ in shares)
    lucky = set(sorted(range(len(weights)), key=lambda i: (-shares[i][1], i))[:left])
    return [Money(whole + (i in lucky)) for i, (whole, _) in enumerate(shares)]
