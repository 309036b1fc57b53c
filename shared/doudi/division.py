"""Administrative divisions: 12-digit codes as a tree (domain §10). A code that the table does not know is refused."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import IntEnum
from functools import cache, lru_cache
from importlib import resources
from typing import Any, Literal, cast

import yaml
from pydantic import GetCoreSchemaHandler
from pydantic_core import CoreSchema, core_schema


class UnknownDivision(ValueError):
    """未知的行政区划代码（应为 12 位统计用区划代码） / unknown division: a 12-digit code is expected."""


class Level(IntEnum):
    """How deep a division lies; the value is the number of digits that count."""

    PROVINCE = 2
    CITY = 4
    COUNTY = 6
    TOWNSHIP = 9
    VILLAGE = 12


@cache
def _known() -> Mapping[str, Mapping[str, str]]:
    text = (resources.files("doudi") / "data" / "divisions.yaml").read_text(encoding="utf-8")
    table: Mapping[str, Mapping[str, str]] = yaml.safe_load(text)["divisions"]
    return table


@lru_cache(maxsize=20_000)
def _level(code: str) -> Level:
    """How deep a division lies; raises UnknownDivision. Kept, since every record and token names one."""
    if not (isinstance(code, str) and len(code) == 12 and code.isascii() and code.isdigit()):
        raise UnknownDivision(UnknownDivision.__doc__)
    level = next((level for level in Level if set(code[level:]) <= {"0"}), Level.VILLAGE)
    if code[: min(level, Level.TOWNSHIP)] not in _known():
        raise UnknownDivision(UnknownDivision.__doc__)
    return level


@dataclass(frozen=True, order=True, slots=True)
class Division:
    """A province, city, county, township or village by its code, e.g. `640522101000` (李旺镇).

    One that the table does not know cannot be made: whether read, or built from a token or a row, it raises
    UnknownDivision when it is not 12 digits, or its county or township is not in the table.
    """

    code: str

    def __post_init__(self) -> None:
        _level(self.code)

    @classmethod
    def parse(cls, code: str) -> Division:
        """The division of this code; raises UnknownDivision."""
        return cls(code)

    @property
    def level(self) -> Level:
        """How deep it lies."""
        return _level(self.code)

    @property
    def prefix(self) -> str:
        """The digits that count: those of everything below begin with them."""
        return self.code[: self.level]

    def contains(self, other: Division) -> bool:
        """Whether the other is this one or lies below it."""
        return other.code.startswith(self.prefix)

    @property
    def county(self) -> Division:
        """The county that it lies in; raises ValueError above a county."""
        return self._above(Level.COUNTY)

    @property
    def township(self) -> Division:
        """The township that it lies in; raises ValueError above a township."""
        return self._above(Level.TOWNSHIP)

    def _above(self, level: Level) -> Division:
        if self.level < level:
            raise ValueError(f"{self.code} lies above {level.name}")
        return Division(self.code[:level].ljust(12, "0"))

    @property
    def name(self) -> str:
        """The Chinese name; a village's is its township's with its number."""
        if self.level is Level.VILLAGE:
            return f"{_known()[self.code[:9]]['name']}{int(self.code[9:])}号村(居)"
        return _known()[self.prefix]["name"]

    @property
    def pinyin(self) -> str:
        """The name in Latin letters; a village's is its township's with its number."""
        if self.level is Level.VILLAGE:
            return f"{_known()[self.code[:9]]['pinyin']}, village {int(self.code[9:])}"
        return _known()[self.prefix]["pinyin"]

    @property
    def deep_poverty(self) -> Literal["all", "some_villages"] | None:
        """How far 卫民发〔2019〕21号 names it in its preamble; of a village only whether its township is named."""
        found = _known()[self.code[:9] if self.level is Level.VILLAGE else self.prefix].get("deep_poverty")
        return cast(Literal["all", "some_villages"] | None, found)

    @classmethod
    def known(cls) -> tuple[Division, ...]:
        """Every division of the table, in the order of the codes: each before what lies below it."""
        return tuple(sorted(cls(code.ljust(12, "0")) for code in _known()))

    def __str__(self) -> str:
        return self.code

    @classmethod
    def __get_pydantic_core_schema__(cls, source: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
        text = core_schema.no_info_after_validator_function(cls.parse, core_schema.str_schema(strict=True))
        return core_schema.no_info_wrap_validator_function(
            lambda value, read: value if isinstance(value, cls) else read(value),
            text,
            serialization=core_schema.plain_serializer_function_ser_schema(str, return_schema=core_schema.str_schema()),
        )

    @classmethod
    def __get_pydantic_json_schema__(cls, schema: CoreSchema, handler: Any) -> dict[str, Any]:
        return {
            "type": "string",
            "pattern": "^[0-9]{12}$",
            "description": "Division code",
            "examples": ["640522101000"],
        }
