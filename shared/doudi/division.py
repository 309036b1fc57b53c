"""Administrative divisions: 12-digit codes as a tree (domain §10). A code that the table does not know is refused."""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum
from functools import cache
from importlib import resources
from typing import Any

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
def _names() -> dict[str, str]:
    text = (resources.files("doudi") / "data" / "divisions.yaml").read_text(encoding="utf-8")
    return {str(code): str(entry["name"]) for code, entry in yaml.safe_load(text)["divisions"].items()}


@dataclass(frozen=True, order=True, slots=True)
class Division:
    """A province, city, county, township or village by its code, e.g. `640522101000` (李旺镇)."""

    code: str

    @classmethod
    def parse(cls, code: str) -> Division:
        """Raises UnknownDivision when it is not 12 digits, or its township or county is not in the table."""
        if not (isinstance(code, str) and len(code) == 12 and code.isascii() and code.isdigit()):
            raise UnknownDivision(UnknownDivision.__doc__)
        made = cls(code)
        known = made.prefix if made.level is not Level.VILLAGE else code[:9]
        if known not in _names():
            raise UnknownDivision(UnknownDivision.__doc__)
        return made

    @property
    def level(self) -> Level:
        """How deep it lies."""
        for level in Level:
            if set(self.code[level:]) <= {"0"}:
                return level
        return Level.VILLAGE

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
            return f"{_names()[self.code[:9]]}{int(self.code[9:])}号村(居)"
        return _names()[self.prefix]

    def __str__(self) -> str:
        return self.code

    @classmethod
    def __get_pydantic_core_schema__(cls, source: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
        text = core_schema.no_info_after_validator_function(cls.parse, core_schema.str_schema(strict=True))
        return core_schema.json_or_python_schema(
            json_schema=text,
            python_schema=core_schema.union_schema([core_schema.is_instance_schema(cls), text]),
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
