"""domain.md §9.2: coverage patterns, by 卫民发〔2019〕21号 二(一)4."""

from __future__ import annotations

from datetime import date
from typing import Literal

from doudi.law import Finding, clause, finding
from oversight.rules.numbers import SEED, integer

Class = Literal["A", "B", "C"] | None


@clause(SEED, "二(一)4", "C类每户至少保2人，单人户和特殊情况除外")
def two_of_class_c(group: Class, size: int, insured: int, special_case: str | None, *, on: date) -> Finding:
    """R24 1户保1人: class C, two members or more, fewer than two insured, and no special case."""
    least = integer("r24.min_insured", on)
    met = group != "C" or size <= 1 or insured >= least or bool(special_case and special_case.strip())
    because = f"{group}类家庭{size}人，保障{insured}人"
    return finding(two_of_class_c, met, because if met else f"{because}，少于{least}人，且无特殊情况说明")


@clause(SEED, "二(一)4", "A类、B类家庭整户纳入")
def whole_household_of_a_and_b(group: Class, size: int, insured: int) -> Finding:
    """R25 A/B类未整户保: class A or B, fewer insured than the unit has members."""
    met = group not in ("A", "B") or insured >= size
    because = f"{group}类家庭{size}人，保障{insured}人"
    return finding(whole_household_of_a_and_b, met, because if met else f"{because}，未整户纳入")
