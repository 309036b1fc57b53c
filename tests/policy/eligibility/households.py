"""Households for the policy tests: facts in yuan, and the numbers of the parameter set PX (examples.md)."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

from doudi.division import Division
from doudi.money import Money
from eligibility import rules

ON = date(2020, 3, 2)
HAIYUAN = Division("640522105201")


def px(**changed: Any) -> rules.Numbers:
    """The numbers in force in 海原县 in 2020-03, or with some of them changed."""
    return replace(rules.numbers(ON, HAIYUAN), **changed)


RS2021, RS2022, RS2025, RS2026 = date(2021, 8, 2), date(2022, 11, 7), date(2025, 3, 3), date(2026, 8, 3)
"""A day of each later rule set; in 2025 the standard is 510.00 and the rigid-expenditure household is known."""


def at(on: date, **changed: Any) -> rules.Numbers:
    """The numbers in force in 海原县 on a day, or with some of them changed."""
    return replace(rules.numbers(on, HAIYUAN), **changed)


def person(name: str, born: str = "1980-01-01", labour: str = "FULL", **more: Any) -> rules.Person:
    """A member of the unit."""
    kept = {"student": False, "earns": False, "seriously_ill": False, "severely_disabled": False, **more}
    return rules.Person(name, born, labour, **kept)


def facts(*unit: rules.Person, income: str = "0.00", rigid: str = "0.00", **more: Any) -> rules.Facts:
    """A unit and its means of the year, in yuan."""
    kept: dict[str, Any] = {
        "deductions_year": 0,
        "rigid_cause": None,
        "deposits": 0,
        "effective_assets": False,
        "verified_breaches": (),
        "labour_missing": False,
        **more,
    }
    return rules.Facts(
        unit=tuple(sorted(unit)), income_year=Money.yuan(income).fen, rigid_year=Money.yuan(rigid).fen, **kept
    )


EARNER = person("m1", earns=True)
SPOUSE = person("m2", "1982-01-01")
PUPIL = person("m3", "2010-01-01", "NONE", student=True)
ELDER = person("m4", "1946-01-01", "NONE")
"""Two able adults of whom one earns, a child at school, an old person without capacity."""


def family(income: str = "0.00", **more: Any) -> rules.Facts:
    """Two able adults and a child at school."""
    return facts(EARNER, SPOUSE, PUPIL, income=income, **more)


def decided(of: rules.Facts, n: rules.Numbers | None = None, **choice: Any) -> rules.Determination:
    """What the rules say of it in 2020-03."""
    return rules.determine(of, n or px(), on=ON, choice=rules.Choice(**choice))


def decided_on(on: date, of: rules.Facts, n: rules.Numbers | None = None, **choice: Any) -> rules.Determination:
    """What the rules of another day say of it."""
    return rules.determine(of, n or at(on), on=on, choice=rules.Choice(**choice))
