"""What a determination is made from: the unit and its means, without names. Money in fen."""

from __future__ import annotations

from dataclasses import MISSING, dataclass, fields, replace
from datetime import date
from typing import Any, Literal
from uuid import UUID

Class = Literal["A", "B", "C"]


@dataclass(frozen=True, slots=True, order=True)
class Person:
    """A member of the unit. What has a default came later and is kept only where it is not at it."""

    person_id: str
    born: str
    labour: str
    student: bool
    earns: bool
    seriously_ill: bool
    severely_disabled: bool
    disability: str = ""
    """Category of the certificate, e.g. LIMB; empty without one."""
    grade: int = 0
    registered_apart: bool = False
    cannot_register_apart: bool = False
    applies_alone: bool = False

    def age(self, on: date) -> int:
        """Full years on a day."""
        born = date.fromisoformat(self.born)
        return on.year - born.year - ((on.month, on.day) < (born.month, born.day))


@dataclass(frozen=True, slots=True)
class Item:
    """Income of one kind, or a cost, of one member, in fen per year."""

    kind: str
    person_id: str
    fen: int


@dataclass(frozen=True, slots=True)
class Support:
    """A supporter outside the household: income per head and month in fen, people to support, those of them here."""

    per_capita_month: int
    supported: int
    here: int


@dataclass(frozen=True, slots=True)
class Thing:
    """One thing of value in fen, whose, and whether that was verified."""

    kind: str
    person_id: str
    fen: int
    verified: bool


@dataclass(frozen=True, slots=True)
class Facts:
    """The unit (in the order of person ids) and its verified means of the last 12 months, in fen per year."""

    unit: tuple[Person, ...]
    income_year: int
    deductions_year: int
    rigid_year: int
    rigid_cause: str | None
    deposits: int
    effective_assets: bool
    verified_breaches: tuple[str, ...]
    labour_missing: bool
    registry: str = "NONE"
    items: tuple[Item, ...] = ()
    """Where there are some, income and deductions are counted from them and the year's totals are not used."""
    supporters: tuple[Support, ...] = ()
    things: tuple[Thing, ...] = ()

    def as_json(self) -> dict[str, Any]:
        """As kept with the determination; what came later is left out where it says nothing."""
        return _told(self)

    @classmethod
    def from_json(cls, kept: dict[str, Any]) -> Facts:
        """What `as_json` made."""
        read = {name: tuple(kind(**row) for row in kept[name]) for name, kind in _PARTS.items() if name in kept}
        return cls(**{**kept, **read, "verified_breaches": tuple(kept["verified_breaches"])})

    def without(self, person_id: UUID) -> Facts:
        """The same facts after a member's death: income unchanged until it is verified anew (domain §4.7).

        What was itemised as the dead person's own stays counted as well, until somebody has looked.
        """
        return replace(self, unit=tuple(p for p in self.unit if p.person_id != str(person_id)))


_PARTS: dict[str, type[Any]] = {"unit": Person, "items": Item, "supporters": Support, "things": Thing}
_DEFAULTS = {kind: {f.name: f.default for f in fields(kind)} for kind in (Facts, Person, Item, Support, Thing)}


def _told(part: Any) -> dict[str, Any]:
    told: dict[str, Any] = {}
    for name, default in _DEFAULTS[type(part)].items():
        value = getattr(part, name)
        if default is not MISSING and value == default:
            continue
        told[name] = tuple(map(_told, value)) if name in _PARTS else value
    return told
