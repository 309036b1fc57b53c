"""Determinations a second on one core, rules only, beside OpenFisca on the same differential amount and households.

Ours finds class, coverage and the written reason of every clause besides; OpenFisca's has the amount alone.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from time import perf_counter

from benchmarks.households import VILLAGE, facts
from benchmarks.stage import Figure, Stage
from eligibility import rules

COUNT, ONE_BY_ONE, ROUNDS = 2_000, 200, 5
ON = date(2020, 3, 2)


class Differ(AssertionError):
    """The two do not say the same of a household: their speeds cannot be compared."""


def fastest(work: Callable[[], object], count: int, before: float) -> float:
    """Households a second of one more round, or of the best before it: what else runs on the machine slows a round."""
    started = perf_counter()
    work()
    return max(before, count / (perf_counter() - started))


async def measure(stage: Stage) -> list[Figure]:
    """The same households through both, in turns, one by one and (theirs) all at once; every amount is equal."""
    from benchmarks import openfisca

    numbers = rules.numbers(ON, VILLAGE)
    homes = [facts(n) for n in range(COUNT)]
    theirs = [(len(f.unit), f.income_year, f.deductions_year, bool(f.verified_breaches)) for f in homes]
    system = openfisca.system(numbers.standard_year)

    def ours() -> list[int]:
        return [rules.determine(f, numbers, on=ON).amount.fen for f in homes]

    def by_dictionary() -> list[int]:
        return [openfisca.decide(system, [home])[0] for home in theirs[:ONE_BY_ONE]]

    def by_arrays() -> list[int]:
        return [openfisca.decide_arrays(system, [home])[0] for home in theirs[:ONE_BY_ONE]]

    def at_once() -> list[int]:
        return openfisca.decide_arrays(system, theirs)

    if not (by_dictionary() == by_arrays() == ours()[:ONE_BY_ONE] and at_once() == ours()):
        raise Differ
    our_rate = raw = whole = 0.0
    for _ in range(ROUNDS):
        our_rate = fastest(ours, COUNT, our_rate)
        raw = fastest(by_dictionary, ONE_BY_ONE, raw)
        raw = fastest(by_arrays, ONE_BY_ONE, raw)
        whole = fastest(at_once, COUNT, whole)
    return [
        Figure("determination, one by one, against OpenFisca", our_rate, raw, our_rate / raw, "households/s", "≥ 1 ×"),
        Figure("determination, OpenFisca all at once", our_rate, whole, our_rate / whole, "households/s", "shown"),
    ]
