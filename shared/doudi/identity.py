"""Identifiers: citizen ID, disability certificate, credit code, account number (domain §11). None is shown whole."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from typing import Any, Literal, Self

from pydantic import GetCoreSchemaHandler
from pydantic_core import CoreSchema, core_schema

_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
Category = Literal["VISUAL", "HEARING", "SPEECH", "LIMB", "INTELLECTUAL", "MENTAL", "MULTIPLE"]
_CATEGORIES: tuple[Category, ...] = ("VISUAL", "HEARING", "SPEECH", "LIMB", "INTELLECTUAL", "MENTAL", "MULTIPLE")


class IdentityError(ValueError):
    """号码不合规 / not a valid number"""

    # The message says which part fails and never repeats the number.


class WrongForm(IdentityError):
    """号码的位数或字符不符 / the number has a wrong length or character"""


class WrongBirthDate(IdentityError):
    """号码中的出生日期不存在或在将来 / the birth date in the number does not exist or lies in the future"""


class WrongCheckCharacter(IdentityError):
    """号码的校验位不符 / the check character of the number does not fit"""


class _Identifier:
    """An identifier as a pydantic type: a string outside, checked inside, masked when shown (`repr`, `str`, dumps).

    What is stored, matched or sent is `.value`, always by name.
    """

    value: str

    @classmethod
    def parse(cls, text: str) -> Self:
        """The identifier; raises IdentityError."""
        raise NotImplementedError

    @property
    def masked(self) -> str:
        """What may be shown."""
        raise NotImplementedError

    def __repr__(self) -> str:
        return f"{type(self).__name__}({self.masked})"

    def __str__(self) -> str:
        return self.masked

    @classmethod
    def __get_pydantic_core_schema__(cls, source: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
        text = core_schema.no_info_after_validator_function(
            cls.parse, core_schema.str_schema(strict=True, max_length=40)
        )
        return core_schema.no_info_wrap_validator_function(
            lambda value, read: value if isinstance(value, cls) else read(value),
            text,
            serialization=core_schema.plain_serializer_function_ser_schema(
                lambda i: i.masked, return_schema=core_schema.str_schema()
            ),
        )

    @classmethod
    def __get_pydantic_json_schema__(cls, schema: CoreSchema, handler: Any) -> dict[str, Any]:
        return {"type": "string", "maxLength": 40}


def check_digit(first_17: str) -> str:
    """GB 11643: the 18th character."""
    return "10X98765432"[sum(int(d) * w for d, w in zip(first_17, _WEIGHTS, strict=True)) % 11]


@dataclass(frozen=True, slots=True, repr=False)
class CitizenId(_Identifier):
    """公民身份号码, GB 11643-1999. `value` is the normalised 18 characters."""

    value: str

    @classmethod
    def parse(cls, text: str, on: date | None = None) -> CitizenId:
        """Normalises (trims, upper X, 15 to 18 digits) and checks date and check digit; raises IdentityError.

        `on`: the day of today, after which nobody is born. The region is that of the first registration: it proves
        nothing about the home and is not checked.
        """
        text = text.strip().upper()
        if re.fullmatch(r"[0-9]{15}", text):
            text = text[:6] + "19" + text[6:]
            text += check_digit(text)
        if not re.fullmatch(r"[1-9][0-9]{16}[0-9X]", text):
            raise WrongForm("身份号码应为 18 位，末位为数字或 X")
        try:
            born = date(int(text[6:10]), int(text[10:12]), int(text[12:14]))
        except ValueError:
            raise WrongBirthDate("身份号码中的出生日期不存在") from None
        if on is not None and born > on:
            raise WrongBirthDate("身份号码中的出生日期在将来")
        if check_digit(text[:17]) != text[17]:
            raise WrongCheckCharacter("身份号码的校验位不符")
        return cls(text)

    @property
    def birth_date(self) -> date:
        """Birth date by the number."""
        return date(int(self.value[6:10]), int(self.value[10:12]), int(self.value[12:14]))

    @property
    def sex(self) -> Literal["M", "F"]:
        """Sex by the number: an odd 17th digit is male."""
        return "M" if int(self.value[16]) % 2 else "F"

    def age(self, on: date) -> int:
        """Full years on a day."""
        born = self.birth_date
        return on.year - born.year - ((on.month, on.day) < (born.month, born.day))

    @property
    def masked(self) -> str:
        """`640522********0019`."""
        return self.value[:6] + "*" * 8 + self.value[14:]


@dataclass(frozen=True, slots=True, repr=False)
class DisabilityCertificate(_Identifier):
    """残疾人证号: ID number, category, grade, perhaps a reissue suffix. The number is only a check of 残联's data."""

    value: str

    @classmethod
    def parse(cls, text: str) -> DisabilityCertificate:
        """Raises IdentityError."""
        text = text.strip().upper()
        if not re.fullmatch(r"[0-9]{17}[0-9X][1-7][1-4](B[0-9]{1,2})?", text):
            raise WrongForm("残疾人证号应为 18 位身份号码加类别、等级各一位")
        CitizenId.parse(text[:18])
        return cls(text)

    @property
    def citizen_id(self) -> CitizenId:
        """The holder's number."""
        return CitizenId(self.value[:18])

    @property
    def category(self) -> Category:
        """1 visual … 7 multiple."""
        return _CATEGORIES[int(self.value[18]) - 1]

    @property
    def grade(self) -> int:
        """1 (heaviest) to 4."""
        return int(self.value[19])

    @property
    def suffix(self) -> str:
        """`B1`, `B2` of a reissued certificate, or nothing."""
        return self.value[20:]

    @property
    def masked(self) -> str:
        """Masked like the ID number in it."""
        return self.value[:6] + "*" * 8 + self.value[14:]


_CREDIT = "0123456789ABCDEFGHJKLMNPQRTUWXY"


@dataclass(frozen=True, slots=True, repr=False)
class CreditCode(_Identifier):
    """统一社会信用代码, GB 32100-2015. Public, not masked."""

    value: str

    @classmethod
    def parse(cls, text: str) -> CreditCode:
        """Raises IdentityError."""
        text = text.strip().upper()
        if len(text) != 18 or any(c not in _CREDIT for c in text):
            raise WrongForm("统一社会信用代码应为 18 位，不含 I、O、S、V、Z")
        total = sum(_CREDIT.index(c) * pow(3, i, 31) for i, c in enumerate(text[:17]))
        if _CREDIT[-total % 31] != text[17]:
            raise WrongCheckCharacter("统一社会信用代码的校验位不符")
        return cls(text)

    @property
    def masked(self) -> str:
        """The whole code: it is public."""
        return self.value


@dataclass(frozen=True, slots=True, repr=False)
class AccountNumber(_Identifier):
    """A bank card or passbook number. Passbooks do not satisfy Luhn, so `luhn_ok` is a warning, no refusal."""

    value: str

    @classmethod
    def parse(cls, text: str) -> AccountNumber:
        """Raises IdentityError."""
        text = re.sub(r"[ -]", "", text.strip())
        if not re.fullmatch(r"[0-9]{8,32}", text):
            raise WrongForm("银行账号应为 8 至 32 位数字")
        return cls(text)

    @property
    def luhn_ok(self) -> bool:
        """Whether the Luhn check digit fits."""
        doubled = [int(d) * (2 if i % 2 else 1) for i, d in enumerate(reversed(self.value))]
        return sum(d - 9 if d > 9 else d for d in doubled) % 10 == 0

    @property
    def masked(self) -> str:
        """`****0019`."""
        return "****" + self.value[-4:]
