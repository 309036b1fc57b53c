"""domain §0.1: an old case under other rules: what would it be today? Never a decision."""

from __future__ import annotations

from datetime import date

from doudi.law import clause
from eligibility.rules.numbers import DESIGN
from eligibility.rules.rule_sets import RULE_SETS, rule_set


class NotUnderThatRuleSet(ValueError):
    """该日期不适用所指定的规则版本，或没有这个规则版本 / the day is not under that rule set, or there is none such"""


@clause(DESIGN, "§0.1", "按某一版本作出的决定可以按另一版本演示，后来的版本不改写原决定")
def day_under(name: str | None, asked: date | None, today: date) -> date:
    """The day for which a case is tried: the one that is asked for, else the nearest to today under a rule set.

    Raises NotUnderThatRuleSet, RuleSetNotImplemented for a day whose rules this version cannot apply.
    """
    on = asked or today
    if name is not None:
        days = next(((entry.first, entry.last) for entry in RULE_SETS if entry.name == name), None)
        if days is None or (asked is not None and not days[0] <= asked <= days[1]):
            raise NotUnderThatRuleSet(NotUnderThatRuleSet.__doc__)
        on = min(max(on, days[0]), days[1])
    rule_set(on)
    return on
