"""The numbers of a programme as in force for one decision, resolved once, so that a decision can be made again."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, fields
from datetime import date
from fractions import Fraction
from typing import Any, Self, TypeVar

from doudi.calendar import MONTHS_A_YEAR
from doudi.dated import MissingParameter, Parameter, Parameters
from doudi.division import Division
from eligibility.rules.numbers import PARAMETERS
from eligibility.rules.rule_sets import rule_set

TEKUN = "民发〔2021〕43号"
"""特困人员认定办法. In RS2019 民发〔2016〕178号 held; where the two differ, the numbers are dated (domain §7.1)."""
SUPPORT = "国发〔2016〕14号"
DISABILITY = "国发〔2015〕52号"
NINGXIA_CARE = "宁夏2016年护理补贴扩面（C24）"
RENEWAL = "残疾人两项补贴2022年通知（C34）"
ORPHANS = "国办发〔2010〕54号"
DEFACTO = "民发〔2019〕62号"
ELDERS = "宁夏高龄津贴（C26）"
PRICES = "宁夏价格临时补贴（C45）"


def _money(row: Parameter) -> int:
    return row.money.fen


def _year(row: Parameter) -> int:
    return row.money.fen * (1 if row.period == "YEAR" else MONTHS_A_YEAR)


def _whole(row: Parameter) -> int:
    return int(row.value)


def _text(row: Parameter) -> str:
    return str(row.value)


def _texts(row: Parameter) -> tuple[str, ...]:
    return tuple(sorted(map(str, row.value)))


def _grades(row: Parameter) -> dict[str, int]:
    return {str(category): int(grade) for category, grade in sorted(row.value.items())}


def _table(row: Parameter) -> dict[str, str]:
    return {str(key): str(value) for key, value in sorted(row.value.items())}


def _from(key: str, read: Any = _money) -> Any:
    return field(metadata={"key": key, "read": read})


def _where_set(key: str, read: Any = _money) -> Any:
    """A number that came later, or that only some counties set: numbers kept without it load, and it is None."""
    return field(default=None, kw_only=True, metadata={"key": key, "read": read, "optional": True})


@dataclass(frozen=True, slots=True)
class ProgrammeNumbers:
    """What every determination is told: the rule set of its day. Money in fen, shares as exact decimal text."""

    rule_set: str

    def as_json(self) -> dict[str, Any]:
        """As kept with the determination."""
        return asdict(self)

    @classmethod
    def from_json(cls, kept: Mapping[str, Any]) -> Self:
        """What `as_json` made, also after a way through JSON."""
        read: dict[str, Any] = {k: tuple(v) if isinstance(v, list) else v for k, v in kept.items()}
        return cls(**read)


N = TypeVar("N", bound=ProgrammeNumbers)


def resolve(kind: type[N], on: date, division: Division, parameters: Parameters = PARAMETERS) -> N:
    """The numbers of one programme in force on a day in a division.

    `parameters` holds the programmes' own and the dibao standards. Raises MissingParameter or RuleSetNotImplemented.
    """
    found = {}
    for f in fields(kind):
        try:
            if "key" in f.metadata:
                found[f.name] = f.metadata["read"](parameters.at(f.metadata["key"], on=on, division=division))
        except MissingParameter:
            if "optional" not in f.metadata:
                raise
    return kind(rule_set=rule_set(on), **found)


@dataclass(frozen=True, slots=True)
class TekunNumbers(ProgrammeNumbers):
    """Tekun: who, by which floors, which care."""

    dibao_year: int = _from("dibao.rural", _year)
    no_labour_age: int = _from("tekun.no_labour_age", _whole)
    minor_age: int = _from("tekun.minor_age", _whole)
    kept_until_age: int = _from("tekun.kept_until_age", _whole)
    no_labour_disability: Mapping[str, int] = _from("tekun.no_labour_disability", _grades)
    kept_schools: tuple[str, ...] = _from("tekun.kept_schools", _texts)
    income_not_counted: tuple[str, ...] = _from("tekun.income_not_counted", _texts)
    supporter_dibao_age: int = _from("tekun.supporter_dibao_age", _whole)
    supporter_old_age: int = _from("tekun.supporter_old_age", _whole)
    supporter_disability: Mapping[str, int] = _from("tekun.supporter_disability", _grades)
    supporter_unable: tuple[str, ...] = _from("tekun.supporter_unable", _texts)
    floor_centralised: str = _from("tekun.floor_centralised", _text)
    floor_scattered: str = _from("tekun.floor_scattered", _text)
    floor_dibao: str = _from("tekun.floor_dibao", _text)
    rural_income_year: int = _from("income.rural_disposable", _year)
    minimum_wage: int = _from("wage.minimum")
    care_scattered: Mapping[str, str] = _from("tekun.care_scattered", _table)
    care_centralised: Mapping[str, str] = _from("tekun.care_centralised", _table)
    half_items: int = _from("tekun.half_items", _whole)
    full_items: int = _from("tekun.full_items", _whole)
    end_posting_days: int = _from("tekun.end_posting_days", _whole)
    dibao_urban_year: int | None = _where_set("dibao.urban", _year)
    basic_centralised: int | None = _where_set("tekun.basic_centralised")
    basic_scattered: int | None = _where_set("tekun.basic_scattered")
    """The basic living standards that a county published; where there is none, the floors are the standard."""

    @property
    def dibao(self) -> Fraction:
        """The rural dibao standard per person and month in fen, exact."""
        return Fraction(self.dibao_year, MONTHS_A_YEAR)

    def dibao_of(self, area: str) -> Fraction:
        """The dibao standard of an area, RURAL or URBAN, per person and month in fen, exact."""
        if area == "URBAN" and self.dibao_urban_year is not None:
            return Fraction(self.dibao_urban_year, MONTHS_A_YEAR)
        return self.dibao

    def published(self, form: str) -> int | None:
        """The basic standard that was published for a form, fen per month; None where none was."""
        return self.basic_centralised if form == "CENTRALISED" else self.basic_scattered


@dataclass(frozen=True, slots=True)
class LivingNumbers(ProgrammeNumbers):
    """The living subsidy: how much, what the county adds for the registered poor, how far back."""

    amount: int = _from("living.amount")
    registered_poor_top_up: int = _from("living.registered_poor_top_up")
    back_months: int = _from("subsidy.renewal_back_months", _whole)


@dataclass(frozen=True, slots=True)
class CareNumbers(ProgrammeNumbers):
    """The care subsidy: how much, which disabilities, how long the need, how far back."""

    amount: int = _from("care_sub.amount")
    disability: Mapping[str, int] = _from("care_sub.disability", _grades)
    months_over: int = _from("care_sub.months_over", _whole)
    back_months: int = _from("subsidy.renewal_back_months", _whole)


@dataclass(frozen=True, slots=True)
class OrphanNumbers(ProgrammeNumbers):
    """Orphans: until which age, how much in a home and outside."""

    age: int = _from("child.age", _whole)
    community: int = _from("child.community")
    institution: int = _from("child.institution")


@dataclass(frozen=True, slots=True)
class DefactoNumbers(ProgrammeNumbers):
    """De facto unattended children: until which age, the line, the parents' tests."""

    age: int = _from("child.age", _whole)
    line: int = _from("child.defacto")
    disability: Mapping[str, int] = _from("defacto.disability", _grades)
    custody_months: int = _from("defacto.custody_months", _whole)
    lost_months: int = _from("defacto.lost_months", _whole)


@dataclass(frozen=True, slots=True)
class ElderNumbers(ProgrammeNumbers):
    """The elderly allowance of those without fixed income."""

    age: int = _from("elder.age", _whole)
    old_age: int = _from("elder.old_age", _whole)
    rural: int = _from("elder.rural")
    urban: int = _from("elder.urban")
    old: int = _from("elder.old")
    not_fixed: tuple[str, ...] = _from("elder.not_fixed", _texts)
    region: str = _from("elder.region", _text)


@dataclass(frozen=True, slots=True)
class Elder2023Numbers(ProgrammeNumbers):
    """The universal elderly allowance; there is none before 2023."""

    age: int = _from("elder.age", _whole)
    old_age: int = _from("elder.old_age", _whole)
    first: int = _from("elder_2023.first")
    old: int = _from("elder_2023.old")
    region: str = _from("elder.region", _text)


@dataclass(frozen=True, slots=True)
class PriceNumbers(ProgrammeNumbers):
    """The temporary price subsidy of a month; nothing when it was not triggered."""

    amount: int = _from("price.amount")
    gates: tuple[str, ...] = _from("price.gates", _texts)


@dataclass(frozen=True, slots=True)
class EntrustNumbers(TekunNumbers):
    """Entrusted care: tekun is tested first."""

    elderly_age: int = _from("entrust.elderly_age", _whole)
    household_kinds: tuple[str, ...] = _from("entrust.household_kinds", _texts)


@dataclass(frozen=True, slots=True)
class SevereCareNumbers(TekunNumbers):
    """Care of severely disabled people: tekun is tested first."""

    age: int = _from("severe_care.age", _whole)
    disability: Mapping[str, int] = _from("severe_care.disability", _grades)
