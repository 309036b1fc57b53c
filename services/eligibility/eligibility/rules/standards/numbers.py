"""The numbers of a changed standard: the floors of mean subsidy and of tekun."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any

from doudi.dated import Parameter
from doudi.division import Division
from eligibility.rules.numbers import PARAMETERS, Programme

_MEANS: Mapping[Programme, str] = {"DIBAO_R": "dibao.mean_floor_rural", "DIBAO_U": "dibao.mean_floor_urban"}


@dataclass(frozen=True, slots=True)
class FloorNumbers:
    """The floors in force on a day in a division. `mean_fen` per person and month; None where none is published."""

    mean_fen: int | None
    mean_source: str
    share_centralised: str
    share_scattered: str
    times_dibao: str
    income_year: int
    programme: Programme = "DIBAO_R"
    basic_centralised: int | None = None
    basic_scattered: int | None = None
    """The basic living standards of tekun that a county published, fen per month; None where there is none."""

    def as_json(self) -> dict[str, Any]:
        """As kept with the dry-run."""
        return asdict(self)


def floor_numbers(
    on: date, division: Division, overrides: Iterable[Parameter] = (), programme: Programme = "DIBAO_R"
) -> FloorNumbers:
    """The numbers of the floors on a day; raises MissingParameter for all but those that not everybody publishes.

    The mean subsidy is that of rural or urban dibao, by `programme`.
    """
    parameters = PARAMETERS.with_overrides(overrides)

    def published(key: str) -> Parameter | None:
        known = (p for p in parameters if p.key == key and p.valid_from <= on and division.code.startswith(p.division))
        return parameters.at(key, on=on, division=division) if any(known) else None

    mean = published(_MEANS[programme])
    central, scattered = published("tekun.basic_centralised"), published("tekun.basic_scattered")
    return FloorNumbers(
        mean_fen=mean.money.fen if mean else None,
        mean_source=mean.source if mean else "",
        share_centralised=str(parameters.at("tekun.floor_centralised", on=on, division=division).number),
        share_scattered=str(parameters.at("tekun.floor_scattered", on=on, division=division).number),
        times_dibao=str(parameters.at("tekun.floor_dibao", on=on, division=division).number),
        income_year=parameters.at("income.rural_disposable", on=on, division=division).money.fen,
        programme=programme,
        basic_centralised=central.money.fen if central else None,
        basic_scattered=scattered.money.fen if scattered else None,
    )
