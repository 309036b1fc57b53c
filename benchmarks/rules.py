"""Determinations a second on one core, rules only, beside OpenFisca on the same differential amount and households.

Ours finds class, coverage and the written reason of every clause besides; OpenFisca's has the amount alone.
"""

from __future__ import annotations

from datetime import date
from time import perf_counter

from benchmarks.households import VILLAGE, facts
from benchmarks.stage import Figure, Stage
from eligibility import rules

COUNT, ONE_BY_ONE, VECTORISED = 10_000, 300, 10_000
ON = date(2020, 3, 2)


class Differ(AssertionError):
    """The two do not say the same of a household: their speeds cannot be compared."""


async def measure(stage: Stage) -> list[Figure]:
    """The same households through both, one by one and (theirs) all at once; every amount is equal."""
    from benchmarks import openfisca

    numbers = rules.numbers(ON, VILLAGE)
    homes = [facts(n) for n in range(COUNT)]
    theirs = [(len(f.unit), f.income_year, f.deductions_year, bool(f.verified_breaches)) for f in homes]
    system = openfisca.system(numbers.standard_year)
    openfisca.decide(system, theirs[:10])

    started = perf_counter()
    ours = [rules.determine(f, numbers, on=ON).amount.fen for f in homes]
    our_rate = COUNT / (perf_counter() - started)

    started = perf_counter()
    single = [openfisca.decide(system, [home])[0] for home in theirs[:ONE_BY_ONE]]
    by_dictionary = ONE_BY_ONE / (perf_counter() - started)
    started = perf_counter()
    arrays = [openfisca.decide_arrays(system, [home])[0] for home in theirs[:ONE_BY_ONE]]
    by_arrays = ONE_BY_ONE / (perf_counter() - started)

    started = perf_counter()
    at_once = openfisca.decide_arrays(system, theirs[:VECTORISED])
    vectorised = VECTORISED / (perf_counter() - started)
    if not (single == arrays == ours[:ONE_BY_ONE] and at_once == ours[:VECTORISED]):
        raise Differ(next(n for n, (a, b) in enumerate(zip(ours, at_once, strict=False)) if a != b))
    raw = max(by_dictionary, by_arrays)
    return [
        Figure("determination, one by one, against OpenFisca", our_rate, raw, our_rate / raw, "households/s", "≥ 1 ×"),
        Figure(
            "determination, against OpenFisca all at once", our_rate, vectorised, our_rate / vectorised,
            "households/s", "shown",
        ),
    ]  # fmt: skip
