"""What another standard does to those who are on an award, and the floors that it has to keep."""

from eligibility.rules.standards.change import (
    PROGRAMMES,
    YEARLY,
    Change,
    DibaoStandard,
    Form,
    StandardKey,
    a_change_lowers_nobody_by_itself,
    a_change_stops_nobody,
    a_rise_lowers_nobody,
    compare,
    effective_month,
    heard_before_less,
    mean_subsidy_holds,
    refused_since,
    rescreened,
    tekun_holds,
    told_because,
)
from eligibility.rules.standards.numbers import FloorNumbers, floor_numbers

__all__ = [
    "PROGRAMMES",
    "YEARLY",
    "Change",
    "DibaoStandard",
    "FloorNumbers",
    "Form",
    "StandardKey",
    "a_change_lowers_nobody_by_itself",
    "a_change_stops_nobody",
    "a_rise_lowers_nobody",
    "compare",
    "effective_month",
    "floor_numbers",
    "heard_before_less",
    "mean_subsidy_holds",
    "refused_since",
    "rescreened",
    "tekun_holds",
    "told_because",
]
