"""What the records of relief share: their registry, and how JSON and moments are kept."""

from __future__ import annotations

from typing import Any

from sqlalchemy import DateTime
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import registry
from sqlmodel import SQLModel

Json = dict[str, Any]
JSON = JSONB(none_as_null=True)
MOMENT = DateTime(timezone=True)


class Base(SQLModel, registry=registry()):
    """The tables of relief."""
