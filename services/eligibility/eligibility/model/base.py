"""What every record of eligibility has. One registry (`Base`) keeps two services apart in one process."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import registry
from sqlmodel import Field, SQLModel

from doudi.transaction import new_id

Json = dict[str, Any]
JsonColumn = JSONB(none_as_null=True)


class Base(SQLModel, registry=registry()):
    """The tables of eligibility."""


class Record(Base):
    """A row with an id in order of time and a version that each verb raises by one."""

    id: UUID = Field(default_factory=new_id, primary_key=True)
    version: int = 1
    division: str

    def _changed(self) -> None:
        self.version += 1
