"""民发〔2012〕220号 art. 26: the least that would turn a refusal of one person's programme, by asking the rules."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import combinations, product
from typing import Any

from doudi.law import clause
from doudi.money import Money
from eligibility.rules.numbers import REVIEW
from eligibility.rules.personal_options import options
from eligibility.rules.personal_steps import Situation, Step
from eligibility.rules.programmes import PROGRAMMES, ProgrammeDetermination, ProgrammeNumbers, beside, change
from eligibility.rules.programmes.common import CATEGORIES


@dataclass(frozen=True, slots=True)
class Way:
    """Steps that together, and in each with nothing to spare, turn the result. Mostly it is one."""

    steps: tuple[Step, ...]

    def applied(self, of: Situation) -> Situation:
        """The situation with all steps."""
        for step in self.steps:
            of = step.applied(of)
        return of

    def one_less(self, of: Situation) -> list[Situation]:
        """Each way to do one step less in one of them and all of the others."""
        return [step.one_less(Way(self._beside(step)).applied(of)) for step in self.steps]

    def _beside(self, step: Step) -> tuple[Step, ...]:
        return tuple(other for other in self.steps if other is not step)


@dataclass(frozen=True, slots=True)
class Case:
    """By which rules a situation is asked about."""

    programme: str
    numbers: ProgrammeNumbers
    on: date
    division: str

    def alone(self, of: Situation) -> ProgrammeDetermination:
        """What the programme's own rules say."""
        found = PROGRAMMES[self.programme].determine(of.facts, self.numbers, on=self.on)
        return change.ended_by(found, of.circumstances)

    def eligible(self, of: Situation) -> bool:
        """Whether the person gets it beside what is held."""
        return beside(self.alone(of), of.held, on=self.on, division=self.division).eligible


@clause(REVIEW, "26 (person's way)", "不予批准的，告知使结果改变的最小变化（单人项目）")
def ways_in(case: Case, of: Situation) -> list[Way]:
    """The ways with the fewest things to be different, each to the fen, day, month or grade; empty for somebody who
    gets it, and where nothing that is asked here would help."""
    if case.eligible(of):
        return []
    groups = _helpful(case, of)
    for size in range(1, len(groups) + 1):
        ways = [way for chosen in combinations(groups, size) if (way := _first(case, of, chosen)) is not None]
        if ways:
            return ways
    return []


def _helpful(case: Case, of: Situation) -> list[list[Step]]:
    """What says something to a condition that is not met, or does so once all else of this kind is done."""
    known = options(of, case.numbers, case.alone(of), on=case.on, division=case.division)
    groups: list[list[Step]] = []
    while True:
        more = [(steps, [step for step in steps if _helps(case, of, step)]) for steps in known]
        new = [helpful for _, helpful in more if helpful]
        if not new:
            return groups
        groups += new
        known = [steps for steps, helpful in more if not helpful]
        of = Way(tuple(helpful[0] for helpful in new)).applied(of)


def _helps(case: Case, of: Situation, step: Step) -> bool:
    """Whether a step changes what is said of an unmet condition; an age or a grade, whether less is unmet."""
    if step.dimension.startswith("HOLDING"):
        return True
    before, after = (_unmet(case.alone(s)) for s in (of, step.applied(of)))
    if step.dimension in ("OLDER", "YOUNGER", "GRADE"):
        return len(after) < len(before)
    return after != before


def _unmet(found: ProgrammeDetermination) -> list[tuple[str, str]]:
    return [(f.clause, part) for f in found.findings if not f.met for part in f.because.split("；")]


def _first(case: Case, of: Situation, chosen: Sequence[list[Step]]) -> Way | None:
    for steps in product(*chosen):
        if case.eligible(Way(steps).applied(of)):
            return _least(case.eligible, of, steps)
    return None


def _least(eligible: Callable[[Situation], bool], of: Situation, steps: tuple[Step, ...]) -> Way:
    """The same way with nothing to spare: each step goes back towards what is now while the others stand."""
    for index, step in enumerate(steps):
        others = Way(tuple(other for other in steps if other is not step)).applied(of)
        low, high = 0, abs(step.value - step.now)
        while high - low > 1:
            middle = low + (high - low >> 1)
            enough = eligible(step.put(others, step.now + step.towards * middle))
            low, high = (low, middle) if enough else (middle, high)
        nearer = replace(step, value=step.now + step.towards * high)
        steps = (*steps[:index], nearer, *steps[index + 1 :])
    return Way(steps)


@clause(REVIEW, "26 (person's words)", "以文字告知使结果改变的最小变化（单人项目）")
def told(ways: Sequence[Way]) -> list[list[dict[str, Any]]]:
    """As a certificate has them: money in yuan a month, days, months, grades. Ways that differ only in the category
    of a disability are one."""
    merged: dict[tuple[Any, ...], list[dict[str, Any]]] = {}
    for way in ways:
        rows = [_row(step) for step in way.steps]
        kept = merged.setdefault(tuple((row["dimension"], row["value"]) for row in rows), rows)
        for row, also in zip(kept, rows, strict=True):
            row["among"] += [name for name in also["among"] if name not in row["among"]]
            row["says"] = _together(row)
    return list(merged.values())


def _row(step: Step) -> dict[str, Any]:
    value: int | str = step.value
    if step.unit == "FEN":
        value = str(Money(step.value))
    elif step.unit == "DAY":
        value = date.fromordinal(step.value).isoformat()
    among = [step.among] if step.among else []
    return {"dimension": step.dimension, "value": value, "among": among, "says": step.words(step.value)}


def _together(row: dict[str, Any]) -> str:
    """The sentence with all categories in the place of the first."""
    if not row["among"]:
        return str(row["says"])
    names = [CATEGORIES[name] for name in row["among"]]
    head, _, tail = str(row["says"]).partition("持有")
    return f"{head}持有{'、'.join(names)}{tail[tail.index('残疾') :]}"
