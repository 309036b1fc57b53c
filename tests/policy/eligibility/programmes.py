"""People for the policy tests of the programmes, and the numbers in force in 海原县 on a day."""

from __future__ import annotations

from datetime import date
from typing import Any, TypeVar

from doudi.division import Division
from eligibility.rules import PARAMETERS
from eligibility.rules import programmes as p

ON = date(2020, 3, 2)
RS2021 = date(2021, 7, 1)
RS2022 = date(2022, 10, 20)
HAIYUAN = Division("640522105201")
N = TypeVar("N", bound=p.ProgrammeNumbers)


def numbers(kind: type[N], on: date = ON) -> N:
    """As in force on a day in 海原县."""
    return p.resolve(kind, on, HAIYUAN, PARAMETERS)


def born(age: int, on: date = ON, *, days: int = 0) -> str:
    """A birth date: turned this old on the day, or so many days before it (after it, when negative)."""
    return date.fromordinal(on.replace(year=on.year - age).toordinal() - days).isoformat()


def dis(category: str, grade: int, *parts: tuple[str, int]) -> p.Disability:
    """A certificate."""
    return p.Disability(category, grade, parts)


def tekun(**more: Any) -> p.tekun.TekunFacts:
    """H14: a man of 62, alone, without income, no legal supporter, all six items achieved."""
    kept: dict[str, Any] = {"person_id": "m1", "born": born(62), "form": "SCATTERED", "failed_items": (), **more}
    return p.tekun.TekunFacts(**kept)


def living(**more: Any) -> p.living.LivingFacts:
    """A member of a dibao household with a limb disability of grade 2."""
    kept: dict[str, Any] = {
        "person_id": "m3",
        "born": born(27),
        "applied_on": "2020-03-02",
        "disability": dis("LIMB", 2),
        "in_dibao": True,
        **more,
    }
    return p.living.LivingFacts(**kept)


def care(**more: Any) -> p.care.CareFacts:
    """A limb disability of grade 2 that needs care for a year."""
    kept: dict[str, Any] = {
        "person_id": "m3",
        "born": born(27),
        "applied_on": "2020-03-02",
        "disability": dis("LIMB", 2),
        "care_needed_months": 12,
        **more,
    }
    return p.care.CareFacts(**kept)


def shown(found: p.ProgrammeDetermination) -> list[tuple[str, str]]:
    """The lines of a determination, without the person."""
    return [(line.item, str(line.amount)) for line in found.lines]
