"""Households by number: always the same ones, four in five below the standard."""

from __future__ import annotations

from uuid import UUID

from doudi.division import Division
from eligibility import rules

VILLAGE = Division("640522105201")


def facts(number: int) -> rules.Facts:
    """Two to five members of whom the first is able and earns: B or C, never the full amount.

    The income is a whole number of fen per person and month, so that a float of single precision can hold every sum.
    """
    members = 2 + number % 4
    people = [
        rules.Person(
            person_id=str(UUID(int=(number << 8) + place)),
            born=f"{1950 + (number * 7 + place * 11) % 60}-0{1 + place}-15",
            labour="FULL" if place == 0 else ("FULL", "PARTIAL", "NONE")[(number + place) % 3],
            student=False,
            earns=place == 0,
            seriously_ill=False,
            severely_disabled=(number + place) % 9 == 0,
        )
        for place in range(members)
    ]
    return rules.Facts(
        unit=tuple(sorted(people)),
        income_year=(number * 37 % 47_500) * members * 12,
        deductions_year=0,
        rigid_year=0,
        rigid_cause=None,
        deposits=0,
        effective_assets=False,
        verified_breaches=("小轿车",) if number % 50 == 0 else (),
        labour_missing=False,
    )
