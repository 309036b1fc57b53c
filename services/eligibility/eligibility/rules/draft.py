"""domain §0.1, issue 模拟: what may stand in the place of one of the law's numbers or lists while it is tried out."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from typing import Any

from doudi.law import clause
from eligibility.rules import coverage
from eligibility.rules.numbers import DESIGN
from eligibility.rules.programmes.common import CATEGORIES

_DECIMAL = re.compile(r"[0-9]{1,9}(\.[0-9]{1,4})?|[1-9][0-9]?/[1-9][0-9]?")
_WHOLE = re.compile(r"[0-9]{1,9}")
_WORD = re.compile(r"[A-Z][A-Z0-9_]{1,39}")
_MODES = ("FULL", "DIFF", "BAND")
_CLASSES = ("A", "B", "C")
_TREATED = ("COUNTED", "EXCLUDED", "EXCLUDED_IF_REGISTERED", "EXCLUDED_FOR_SINGLE", "DEDUCTED", "NOT_DEDUCTED")
_IDLE = (
    "procedure.", "review.", "hold.", "hearing.", "work.", "clock.", "taper.", "programmes.", "rescreen.", "price.",
    "dibao.no_labour_grades", "dibao.rigid_status_months", "tekun.end_posting_days", "tekun.reassessment_days",
)  # fmt: skip
"""Numbers of the procedure, and those that are used when facts are taken: on these a simulation has no bearing."""


class NoSuchValue(ValueError):
    """该参数不能取这个值 / this number cannot have this value"""


@clause(DESIGN, "§0.1 (trial)", "程序性期限等不影响资格和金额的参数不参与测算")
def bears_on_money(key: str) -> bool:
    """Whether another value of it may change who is entitled, or to how much."""
    return not key.startswith(_IDLE)


@clause(DESIGN, "§0.1 (draft)", "测算所用的数值须是该参数可以取的值")
def draft_value(key: str, value: Any, known: Any) -> Any:
    """A value of the same kind as the one that is known: decimal, whole number, yes or no, word, list, table.

    Raises NoSuchValue.
    """
    if isinstance(known, bool):
        return _checked(value, isinstance(value, bool))
    if isinstance(known, Mapping):
        return _table(key, value, known)
    if isinstance(known, list):
        return _checked(value, isinstance(value, list) and all(_matches(_WORD, item) for item in value))
    if isinstance(known, int):
        return int(_checked(value, _matches(_WHOLE, value)))
    words = _words(key)
    return _checked(value, value in words if words else _matches(_DECIMAL, value) and "/" not in value)


def _words(key: str) -> Collection[str]:
    if key == "dibao.classifier":
        return tuple(coverage.CLASSIFIERS)
    return _TREATED if key.startswith("income.kind.") else ()


def _table(key: str, value: Any, known: Mapping[str, Any]) -> dict[str, Any]:
    """All rows of a table; of grades by disability those that are meant."""
    grades = key.endswith("disability")
    names = set(CATEGORIES) if grades else set(known) or set(_CLASSES)
    told = _checked(value, isinstance(value, dict))
    _checked(value, set(told) <= names if grades else set(told) == names)
    if key == "dibao.amount_mode":
        _checked(value, all(mode in _MODES for mode in told.values()))
        return dict(told)
    _checked(value, all(_matches(_WHOLE if grades else _DECIMAL, cell) for cell in told.values()))
    return {name: int(cell) if grades else cell for name, cell in told.items()}


def _matches(pattern: re.Pattern[str], value: Any) -> bool:
    return isinstance(value, str) and pattern.fullmatch(value) is not None


def _checked(value: Any, fits: bool) -> Any:
    if not fits:
        raise NoSuchValue(NoSuchValue.__doc__)
    return value
