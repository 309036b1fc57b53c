"""民发〔2012〕220号 art. 26: a reason that helps: which single change would turn the result, by asking the rules."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date
from typing import Any, Literal

from doudi.law import clause
from doudi.money import Money
from eligibility.rules import assets, income
from eligibility.rules.determine import Choice, determine
from eligibility.rules.facts import Facts
from eligibility.rules.numbers import DESIGN, REVIEW, Numbers

Dimension = Literal["INCOME", "PROPERTY", "RIGID_SPENDING", "RIGID_CAUSE", "DEPOSITS", "ASSETS"]

_FIELDS: dict[Dimension, str] = {
    "INCOME": "income_year",
    "PROPERTY": "verified_breaches",
    "RIGID_SPENDING": "rigid_year",
    "RIGID_CAUSE": "rigid_cause",
    "DEPOSITS": "deposits",
    "ASSETS": "effective_assets",
}
_OTHER_CAUSE = "OTHER_NON_SUBJECTIVE"


@dataclass(frozen=True, slots=True)
class Change:
    """One fact that would have to be another: at most or at least so many fen, property absent, or another value.

    `absent`: breaches that were reported as such; `things`: which of the itemised things, `named` so. A bound on income
    is one on the year's total as it is counted: items and supporters are put aside for it.
    """

    dimension: Dimension
    value: int | bool | str | None = None
    absent: tuple[str, ...] = ()
    things: tuple[int, ...] = ()
    named: tuple[str, ...] = ()
    deductions: int | None = None

    def applied(self, facts: Facts) -> Facts:
        """The facts with this change, just enough of it."""
        if self.dimension == "PROPERTY":
            left = tuple(b for b in facts.verified_breaches if b not in self.absent)
            kept = tuple(thing for index, thing in enumerate(facts.things) if index not in self.things)
            return replace(facts, verified_breaches=left, things=kept)
        if self.deductions is not None:
            facts = replace(facts, items=(), supporters=(), deductions_year=self.deductions)
        return _with(facts, self.dimension, self.value)

    def one_less(self, facts: Facts) -> list[Facts]:
        """The facts with one step less than this change: a fen beside the bound, or one of the breaches still there."""
        if self.dimension == "PROPERTY":
            return [change.applied(facts) for change in self._with_one_back()]
        if type(self.value) is not int:
            return [facts]
        step = -1 if self.dimension == "RIGID_SPENDING" else 1
        return [replace(self, value=self.value + step).applied(facts)]

    def _with_one_back(self) -> list[Change]:
        fewer = [replace(self, absent=tuple(b for b in self.absent if b != back)) for back in self.absent]
        return fewer + [replace(self, things=tuple(t for t in self.things if t != back)) for back in self.things]

    def as_json(self) -> dict[str, Any]:
        """As kept in the certificate; money in yuan a year, deposits in yuan."""
        value = str(Money(self.value)) if type(self.value) is int else self.value
        return {"dimension": self.dimension, "value": value, "absent": [*self.absent, *self.named]}

    @property
    def text(self) -> str:
        """As a condition, for the applicant."""
        amount = Money(self.value) if type(self.value) is int else None
        return {
            "INCOME": f"家庭年收入不超过 {amount} 元",
            "PROPERTY": f"没有经核实的财产超标情形（{'、'.join((*self.absent, *self.named))}）",
            "RIGID_SPENDING": f"刚性支出不低于每年 {amount} 元",
            "RIGID_CAUSE": "刚性支出系重残、重病或其它非主观原因所致",
            "DEPOSITS": f"存款不超过 {amount} 元",
            "ASSETS": "没有有效资产",
        }[self.dimension]


@dataclass(frozen=True, slots=True)
class Counterfactual:
    """Changes that together, and in each with nothing to spare, turn the result. Mostly it is one."""

    changes: tuple[Change, ...]

    def applied(self, facts: Facts) -> Facts:
        """The facts with all changes."""
        for change in self.changes:
            facts = change.applied(facts)
        return facts

    def one_less(self, facts: Facts) -> list[Facts]:
        """Each way to do one step less in one of the changes and all of the others."""
        short = []
        for change in self.changes:
            others = Counterfactual(tuple(c for c in self.changes if c is not change)).applied(facts)
            short += change.one_less(others)
        return short


def _with(facts: Facts, dimension: Dimension, value: object) -> Facts:
    changed: dict[str, Any] = {_FIELDS[dimension]: value}
    return replace(facts, **changed)


def _least(low: int, high: int, holds: Callable[[int], bool]) -> int:
    """The least number that holds, where `low` does not, `high` does, and all above one that holds do."""
    while high - low > 1:
        middle = low + (high - low >> 1)
        low, high = (low, middle) if holds(middle) else (middle, high)
    return high


def _far(facts: Facts, n: Numbers) -> int:
    """Fen beyond every threshold that income, spending and standard can make: more than their product."""
    largest = max(facts.income_year, facts.rigid_year, facts.deductions_year, 1)
    line = max(n.standard_year, n.rigid_status_line) * len(facts.unit)
    return 1 << largest.bit_length() + line.bit_length()


Asked = Callable[[Facts], bool]
"""Whether the rules find a household with these facts eligible."""


@clause(REVIEW, "26", "不予批准的，说明理由，并告知何种单项情况不同时即符合条件")
def ways_in(facts: Facts, n: Numbers, *, on: date, choice: Choice | None = None) -> list[Counterfactual]:
    """For a refused household: the smallest change in each single dimension that makes it eligible.

    Where no single one does and property is in the way, what it takes beside clean property. Empty for an eligible
    household, and where nothing that is asked here would help.
    """

    def eligible(changed: Facts) -> bool:
        return determine(changed, n, on=on, choice=choice).eligible

    if eligible(facts):
        return []
    found = [Counterfactual((c,)) for c in _changes(facts, n, eligible)]
    clean = _all_property(facts, n)
    if found or not (clean.absent or clean.things):
        return found
    ways = [Counterfactual((clean, c)) for c in _changes(clean.applied(facts), n, eligible)]
    return [way for way in ways if not any(map(eligible, way.one_less(facts)))]


def _changes(facts: Facts, n: Numbers, eligible: Asked) -> list[Change]:
    """Each single change that turns the result, in the order of the decision: property, income, rigid spending."""
    found = [
        _property(facts, n, eligible),
        _income(facts, n, eligible),
        _rigid(facts, n, eligible),
        _at_most("DEPOSITS", facts, eligible),
    ]
    if facts.effective_assets:
        found.append(Change("ASSETS", value=False))
    if facts.rigid_cause is None:
        found.append(Change("RIGID_CAUSE", value=_OTHER_CAUSE))
    return [change for change in found if change is not None and eligible(change.applied(facts))]


def _all_property(facts: Facts, n: Numbers) -> Change:
    """Every breach, and every verified thing where they make one."""
    proven = [hit.what for hit in assets.hits(facts.things, len(facts.unit), n) if hit.verified]
    things = tuple(index for index, thing in enumerate(facts.things) if thing.verified) if proven else ()
    return Change("PROPERTY", absent=tuple(dict.fromkeys(facts.verified_breaches)), things=things, named=tuple(proven))


def _property(facts: Facts, n: Numbers, eligible: Asked) -> Change | None:
    """What must go: what may stay is put back, one by one."""
    change = _all_property(facts, n)
    for breach in change.absent:
        fewer = replace(change, absent=tuple(b for b in change.absent if b != breach))
        change = fewer if eligible(fewer.applied(facts)) else change
    for thing in change.things:
        fewer = replace(change, things=tuple(t for t in change.things if t != thing))
        change = fewer if eligible(fewer.applied(facts)) else change
    gone = not (change.absent or change.things) or not eligible(change.applied(facts))
    return None if gone else replace(change, named=change.named if change.things else ())


def _income(facts: Facts, n: Numbers, eligible: Asked) -> Change | None:
    """The greatest income of the year, as it is counted, that still qualifies; all else, deductions too, as it is."""
    counted, _ = income.as_counted(facts, n)
    if counted is facts:
        return _at_most("INCOME", facts, eligible)
    whole = replace(counted, items=(), supporters=())
    found = None if eligible(whole) else _at_most("INCOME", whole, eligible)
    return found and replace(found, deductions=counted.deductions_year)


def _at_most(dimension: Dimension, facts: Facts, eligible: Asked) -> Change | None:
    """The greatest amount that still qualifies, from nothing up to what it is now."""
    if not eligible(_with(facts, dimension, 0)):
        return None
    now: int = getattr(facts, _FIELDS[dimension])
    return Change(dimension, _least(0, now, lambda fen: not eligible(_with(facts, dimension, fen))) - 1)


def _rigid(facts: Facts, n: Numbers, eligible: Asked) -> Change | None:
    """The least rigid spending that qualifies."""

    def enough(fen: int) -> bool:
        return eligible(_with(facts, "RIGID_SPENDING", fen))

    far = _far(income.as_counted(facts, n)[0], n)
    return Change("RIGID_SPENDING", _least(facts.rigid_year, far, enough)) if enough(far) else None


@clause(DESIGN, "§3.8", "符合条件的家庭，告知年收入达到多少即不再符合条件")
def income_out(facts: Facts, n: Numbers, *, on: date, choice: Choice | None = None) -> int | None:
    """For an eligible household: the least income of a year, in fen as it is counted, that no longer qualifies.

    None for a household that does not qualify now, or that no income would end.
    """
    whole = replace(income.as_counted(facts, n)[0], items=(), supporters=())

    def out(fen: int) -> bool:
        return not determine(_with(whole, "INCOME", fen), n, on=on, choice=choice).eligible

    far = _far(whole, n)
    if not determine(facts, n, on=on, choice=choice).eligible or out(whole.income_year) or not out(far):
        return None
    return _least(whole.income_year, far, out)
