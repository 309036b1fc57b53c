"""What is asked and answered about registers: their columns and their counts."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Literal
from uuid import UUID

from pydantic import Field

from doudi.division import Division
from doudi.service import Request, View
from eligibility.model import RegisterFile, RegisterMapping

Kind = Literal["POVERTY_REGISTRY", "PREVENTION", "BENEFICIARIES"]
Text = Annotated[str, Field(max_length=100)]


class SetMapping(Request):
    """How a county names the columns of a register: our field to its column; and its own words for our codes."""

    division: Division
    kind: Kind
    columns: dict[Text, Text] = Field(max_length=40)
    words: dict[Text, dict[Text, Text]] = Field(default={}, max_length=40)


class MappingView(View):
    """A mapping; the newest for a division and kind counts."""

    id: UUID
    division: Division
    kind: Kind
    columns: dict[str, str]
    words: dict[str, dict[str, str]]
    set_on: date
    set_by: str

    @classmethod
    def of(cls, m: RegisterMapping) -> MappingView:
        """As kept."""
        return cls.model_validate(m)


class RegisterView(View):
    """A register as of a day: whence, its hash and its counts."""

    id: UUID
    division: Division
    kind: Kind
    source: Literal["FILE", "AWARDS"]
    snapshot_on: date
    sha256: str
    bytes: int
    rows: int
    kept: int
    bad: int
    households: int
    numbers_bad: int
    imported_on: date
    imported_by: str

    @classmethod
    def of(cls, f: RegisterFile) -> RegisterView:
        """As kept."""
        return cls.model_validate(f)
