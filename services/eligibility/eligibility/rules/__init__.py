"""The law of dibao, rural and urban, chapter by chapter (domain §3): unit, income, property, need, single entry,
coverage, amount, the order of a decision; taper and stop; the county's procedure."""

from doudi.dated import Parameters
from eligibility.rules import amount, assets, coverage, income, need, procedure, single, stop, taper, unit
from eligibility.rules.amount import EXTRA_GROUPS, Extra, Line
from eligibility.rules.coverage import SPECIAL_CASES, needier_first
from eligibility.rules.determine import Choice, Determination, Outcome, Route, determine
from eligibility.rules.facts import Class, Facts, Item, Person, Support, Thing
from eligibility.rules.numbers import (
    PARAMETERS,
    RULE_SETS,
    Numbers,
    Programme,
    RuleSet,
    RuleSetNotImplemented,
    integer,
    numbers,
    rule_set,
    rules_of,
    term,
)
from eligibility.rules.unit import programme_of, unit_of

__all__ = [
    "EXTRA_GROUPS",
    "PARAMETERS",
    "RULE_SETS",
    "SPECIAL_CASES",
    "Choice",
    "Class",
    "Determination",
    "Extra",
    "Facts",
    "Item",
    "Line",
    "Numbers",
    "Outcome",
    "Parameters",
    "Person",
    "Programme",
    "Route",
    "RuleSet",
    "RuleSetNotImplemented",
    "Support",
    "Thing",
    "amount",
    "assets",
    "coverage",
    "determine",
    "income",
    "integer",
    "need",
    "needier_first",
    "numbers",
    "procedure",
    "programme_of",
    "rule_set",
    "rules_of",
    "single",
    "stop",
    "taper",
    "term",
    "unit",
    "unit_of",
]
