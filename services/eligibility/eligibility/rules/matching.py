"""domain §5.2: by what a person of one register is found again in another."""

from __future__ import annotations

import re
import unicodedata
from datetime import date

from doudi.identity import CitizenId, DisabilityCertificate, IdentityError
from doudi.law import clause
from eligibility.rules.numbers import DESIGN

_SPACE_AND_DOTS = re.compile(r"[\s·•・‧∙.．]+")
_CERTIFICATE = len("640522188001010019") + 1


@clause(DESIGN, "§5.2", "身份号码归一：去空格、大写X、15位转18位、残疾人证号去末两位")
def number_of(text: str) -> CitizenId | None:
    """The ID number that a register means, or None when it is none. A disability number stands for its holder."""
    plain = text.upper()
    if not (text.isascii() and text.isalnum()):
        plain = re.sub(r"[\s'’`]", "", unicodedata.normalize("NFKC", text)).upper()
    try:
        return (DisabilityCertificate.parse(plain).citizen_id) if len(plain) > _CERTIFICATE else CitizenId.parse(plain)
    except IdentityError:
        return None


@clause(DESIGN, "§5.2", "姓名归一：去空格与间隔号，全角转半角")
def name_of(text: str) -> str:
    """A name as it is compared: 马 建国 and 马建国 are one, 买买提·艾力 and 买买提艾力 too."""
    return _SPACE_AND_DOTS.sub("", unicodedata.normalize("NFKC", text)).upper()


@clause(DESIGN, "§5.2", "备用匹配：姓名+出生日期+性别+村代码，仅为疑似，须人工确认")
def fallback(name: str, born: date | None, sex: str | None, village: str) -> str | None:
    """What stands in for an ID number; None when a part is missing: three of four would find strangers."""
    if not (name and born and sex and village):
        return None
    return f"{name_of(name)}|{born.isoformat()}|{sex}|{village}"
