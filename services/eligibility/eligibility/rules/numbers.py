"""The law's numbers as they are in force for one decision, resolved once, so that a decision can be made again."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import MISSING, dataclass, fields
from datetime import date
from fractions import Fraction
from functools import cache
from pathlib import Path
from typing import Any, Literal

from doudi.calendar import MONTHS_A_YEAR, Month
from doudi.dated import MissingParameter, Parameter, Parameters
from doudi.division import Division
from doudi.money import Money
from eligibility.rules.rule_sets import RULE_SETS, rules_of

SEED = "卫民发〔2019〕21号"
REVIEW = "民发〔2012〕220号"
RELIEF = "国务院令649号"
DESIGN = "domain.md"
"""Where law and seed are silent, the domain reference proposes; each such rule says so."""
CONFIRMATION = "民发〔2021〕57号"
NOTICE_2022 = "民发〔2022〕83号"
RIGID_2025 = "刚性支出困难家庭认定办法"
ACT = "社会救助法"
POVERTY_2018 = "民发〔2018〕90号"

Programme = Literal["DIBAO_R", "DIBAO_U"]

_FILES = ("parameters.yaml", "dibao.yaml", "income.yaml", "programmes/parameters.yaml", "standards/parameters.yaml")
PARAMETERS = Parameters(row for name in _FILES for row in Parameters.load(Path(__file__).parent / name))
_A_YUAN = Money.yuan("1").fen
_INCOME = "income.kind."
_INCOME_KEYS = sorted({row.key for row in PARAMETERS if row.key.startswith(_INCOME)})
_STANDARDS: Mapping[str, str] = {"DIBAO_R": "dibao.rural", "DIBAO_U": "dibao.urban"}
_OF_THE_MONTH = (*_STANDARDS.values(), "dibao.min_payment", "dibao.bands")
"""Amounts per month, as against the rules."""


_DOCUMENTS = {entry.name: entry.documents for entry in RULE_SETS}


@dataclass(frozen=True, slots=True)
class Numbers:
    """Everything that a determination takes from parameters. Money in fen; shares as exact decimal text.

    What has a default came later: numbers kept before that load without it and give the same result as then.
    """

    rule_set: str
    standard_year: int
    standard_source: str
    rigid_ratio: str
    majority_share: str
    labour_age_from: int
    labour_age_to: int
    class_b_gap_share: str
    c_min_insured: int
    extra_rate: str
    min_payment: int
    programme: Programme = "DIBAO_R"
    partial_household: bool = True
    margin_factor: str = ""  # empty: the rule set knows no margin household
    hardship_factor: str = ""
    single_entries: tuple[str, ...] = ()
    severe_grade: int = 0
    mental_grade: int = 0
    mental_categories: tuple[str, ...] = ()
    adult_age: int = 0
    labour_by_age: bool = False
    full_labour_to: int = 0
    elder_age: int = 0
    child_without_labour: bool = False
    classifier: str = "BY_CAPACITY"
    class_a_share: str = ""
    class_b_share: str = ""
    amount_mode: tuple[str, ...] = ("FULL", "DIFF", "DIFF")  # of classes A, B and C, as the bands
    bands: tuple[int, ...] = ()
    round_to_yuan: bool = False
    savings_years: str = ""  # empty: itemised property is not tested
    savings_kinds: tuple[str, ...] = ()
    vehicle_kinds: tuple[str, ...] = ()
    dwellings: int = 0
    income_excluded: tuple[str, ...] = ()
    income_excluded_if_registered: tuple[str, ...] = ()
    income_excluded_for_single: tuple[str, ...] = ()
    income_deducted: tuple[str, ...] = ()
    income_not_deducted: tuple[str, ...] = ()
    support_factor: str = ""
    support_share: str = ""
    rigid_status_line: int = 0  # per year; 0: the rule set knows no rigid-expenditure household
    rigid_status_share: str = ""

    def __post_init__(self) -> None:
        """JSON has no tuples."""
        for name in _TUPLES:
            object.__setattr__(self, name, tuple(getattr(self, name)))

    @property
    def standard(self) -> Fraction:
        """The standard per person and month in fen; the year's value is the authority (domain §8.8)."""
        return _a_month(self.standard_year)

    @property
    def documents(self) -> tuple[str, ...]:
        """Whose sentences are cited first under this rule set."""
        return _DOCUMENTS.get(self.rule_set, ())

    def as_json(self) -> dict[str, Any]:
        """As kept with the determination: what has a default is left out where it is at it."""
        return {
            name: getattr(self, name)
            for name, default in _DEFAULTS.items()
            if default is MISSING or getattr(self, name) != default
        }


_DEFAULTS = {f.name: f.default for f in fields(Numbers)}
_TUPLES = tuple(name for name, default in _DEFAULTS.items() if isinstance(default, tuple))


@cache
def _a_month(year: int) -> Fraction:
    return Fraction(year, MONTHS_A_YEAR)


@cache
def exact(text: str) -> Fraction:
    """A share or factor as an exact fraction."""
    return Fraction(text)


def numbers(
    on: date,
    division: Division,
    parameters: Parameters = PARAMETERS,
    programme: Programme = "DIBAO_R",
    *,
    paid_from: Month | None = None,
) -> Numbers:
    """The numbers in force on a day in a division, of rural or urban dibao.

    `paid_from`: the first month that a decision of the day pays for (domain §8.1). What is paid is measured by that
    month's standard, so that a standard that is set ahead misses nobody who is decided on before it holds; the rules
    are those of the day (§0.1). Resolve them once for many households. Raises MissingParameter, RuleSetNotImplemented.
    """
    month = on if paid_from is None else max(on, paid_from.first_day)

    def at(key: str) -> Parameter:
        return parameters.at(key, on=month if key in _OF_THE_MONTH else on, division=division)

    rules = rules_of(on)
    standard = at(_STANDARDS[programme])
    return Numbers(
        rule_set=rules.name,
        standard_year=_year(standard),
        standard_source=standard.source,
        min_payment=at("dibao.min_payment").money.fen,
        programme=programme,
        partial_household=rules.terms["partial_household"],
        single_entries=tuple(rules.terms["single_entries"]),
        margin_factor=str(at("dibao.margin_factor").value) if rules.terms["margin_defined"] else "",
        **{name: read(at(key)) for name, (key, read) in _PLAIN.items()},
        **_amounts(at),
        **_income_lists(on, division, parameters),
        **(_rigid_status(on, division, parameters) if rules.terms["rigid_status_defined"] else {}),
    )


def decided(on: date, division: Division, parameters: Parameters, programme: Programme) -> Numbers:
    """What a decision of a day is measured by: it pays from the next month on (domain §8.1). Raises as `numbers`."""
    return numbers(on, division, parameters, programme, paid_from=Month.of(on).next())


def _year(row: Parameter) -> int:
    return (row.money if row.period == "YEAR" else row.money * MONTHS_A_YEAR).fen


def _text(row: Parameter) -> str:
    return str(row.value)


def _whole(row: Parameter) -> int:
    return int(row.value)


def _listed(row: Parameter) -> tuple[str, ...]:
    return tuple(sorted(map(str, row.value)))


def _flag(row: Parameter) -> bool:
    return bool(row.value)


_PLAIN: Mapping[str, tuple[str, Any]] = {
    "extra_rate": ("dibao.extra_rate", _text),
    "c_min_insured": ("dibao.c_min_insured", _whole),
    "class_b_gap_share": ("dibao.class_b_gap_share", _text),
    "labour_age_to": ("dibao.labour_age_to", _whole),
    "labour_age_from": ("dibao.labour_age_from", _whole),
    "majority_share": ("dibao.majority_share", _text),
    "rigid_ratio": ("dibao.rigid_ratio", _text),
    "hardship_factor": ("dibao.hardship_factor", _text),
    "severe_grade": ("dibao.severe_grade", _whole),
    "mental_grade": ("dibao.mental_grade", _whole),
    "mental_categories": ("dibao.mental_categories", _listed),
    "adult_age": ("dibao.adult_age", _whole),
    "labour_by_age": ("dibao.labour_by_age", _flag),
    "elder_age": ("dibao.elder_age", _whole),
    "child_without_labour": ("dibao.child_without_labour", _flag),
    "full_labour_to": ("dibao.full_labour_to", _whole),
    "classifier": ("dibao.classifier", _text),
    "class_a_share": ("dibao.class_a_share", _text),
    "class_b_share": ("dibao.class_b_share", _text),
    "round_to_yuan": ("dibao.round_to_yuan", _flag),
    "savings_years": ("dibao.savings_years", _text),
    "savings_kinds": ("dibao.savings_kinds", _listed),
    "vehicle_kinds": ("dibao.vehicle_kinds", _listed),
    "dwellings": ("dibao.dwellings", _whole),
    "support_factor": ("dibao.support_factor", _text),
    "support_share": ("dibao.support_share", _text),
}


def _amounts(at: Any) -> dict[str, Any]:
    modes, bands = at("dibao.amount_mode").value, at("dibao.bands").value
    fen = tuple(Money.yuan(str(bands[group])).fen for group in "ABC" if group in bands)
    if "BAND" in modes.values() and (len(fen) != len("ABC") or list(fen) != sorted(fen, reverse=True)):
        raise MissingParameter("按档发放须设定由高到低的 A、B、C 三档金额 / dibao.bands: A, B, C, the higher first")
    return {"amount_mode": tuple(str(modes[group]) for group in "ABC"), "bands": fen}


def _income_lists(on: date, division: Division, parameters: Parameters) -> dict[str, Any]:
    lists: dict[str, list[str]] = {}
    for key in _INCOME_KEYS:
        try:
            treated = str(parameters.at(key, on=on, division=division).value)
        except MissingParameter:
            continue
        if treated != "COUNTED":
            lists.setdefault(f"income_{treated.lower()}", []).append(key.removeprefix(_INCOME))
    return {name: tuple(kinds) for name, kinds in lists.items()}


def _rigid_status(on: date, division: Division, parameters: Parameters) -> dict[str, Any]:
    try:
        line = parameters.at("dibao.rigid_status_line", on=on, division=division)
    except MissingParameter:
        return {}
    share = parameters.at("dibao.rigid_status_share", on=on, division=division)
    return {"rigid_status_line": _year(line), "rigid_status_share": str(share.value)}


def integer(key: str, on: date) -> int:
    """A whole number in force on a day; raises MissingParameter."""
    return int(PARAMETERS.at(key, on=on).number)


def yuan(fen: Fraction | int) -> str:
    """An exact amount for a person to read, to the fen (cut, not rounded, so that 379.996 never reads 380.00)."""
    whole = int(fen)
    return f"{whole // _A_YUAN}.{whole % _A_YUAN:02d}" if whole >= 0 else str(Money(whole))
