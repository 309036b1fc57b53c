"""The law of rural dibao, chapter by chapter: facts, need, coverage, amount, the order of a decision, the procedure."""

from doudi.dated import Parameters
from eligibility.rules import amount, coverage, need, procedure, programmes
from eligibility.rules.amount import EXTRA_GROUPS, Extra, Line
from eligibility.rules.coverage import SPECIAL_CASES, needier_first
from eligibility.rules.determine import Choice, Determination, determine
from eligibility.rules.facts import Class, Facts, Person, unit_of
from eligibility.rules.numbers import PARAMETERS, Numbers, RuleSetNotImplemented, integer, numbers, rule_set

__all__ = [
    "EXTRA_GROUPS",
    "PARAMETERS",
    "SPECIAL_CASES",
    "Choice",
    "Class",
    "Determination",
    "Extra",
    "Facts",
    "Line",
    "Numbers",
    "Parameters",
    "Person",
    "RuleSetNotImplemented",
    "amount",
    "coverage",
    "determine",
    "integer",
    "need",
    "needier_first",
    "numbers",
    "procedure",
    "programmes",
    "rule_set",
    "unit_of",
]
