"""Income and property as somebody stated them, held together and put into the form that events carry."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Literal
from uuid import UUID

from doudi.events.parts import Asset, IncomeItem, Means, Supporter
from doudi.law import Finding
from doudi.money import Money
from doudi.transaction import Transaction
from intake import rules
from intake.handlers import common
from intake.model.refusals import NotOfTheHousehold
from intake.model.refusals_declared import MeansContradict, MeansNotStated, SupportImpossible


@dataclass(frozen=True, slots=True)
class Supporting:
    """A supporter outside the household, by name where it is known."""

    per_capita_month: Money
    supported: int
    supported_here: int
    duty: Literal["SUPPORT_OF_PARENTS", "UPBRINGING", "MAINTENANCE"] | None
    name: str | None


@dataclass(frozen=True, slots=True)
class Statement:
    """What an applicant declared or surveyors found. None: not stated as a whole, it follows from the items."""

    income_year: Money | None
    deductions_year: Money | None
    deposits: Money | None
    rigid_year: Money
    rigid_cause: Literal["SEVERE_DISABILITY", "SERIOUS_ILLNESS", "OTHER_NON_SUBJECTIVE"] | None
    effective_assets: bool
    verified_breaches: tuple[str, ...]
    labour_missing: bool
    items: tuple[IncomeItem, ...] = ()
    supporters: tuple[Supporting, ...] = ()
    assets: tuple[Asset, ...] = ()


def means_of(told: Statement, members: Collection[UUID], at: str, tx: Transaction) -> Means:
    """As events carry them, supporters' names sealed. `at`: the request's field.

    Raises MeansNotStated, MeansContradict, NotPlausible, SupportImpossible; NotOfTheHousehold for what is a stranger's.
    """
    _of_members(told.items, members, f"{at}/items")
    _of_members(told.assets, members, f"{at}/assets")
    for index, supporter in enumerate(told.supporters):
        found = rules.support_is_possible(supporter.supported, supporter.supported_here, len(members))
        if not found.met:
            raise SupportImpossible(field=f"{at}/supporters/{index}/supported_here", detail=found.because)
    _plausible(told, at, tx)
    income, deductions, deposits = _sums(told, at, tx)
    return Means(
        income_year=income,
        deductions_year=deductions,
        rigid_year=told.rigid_year,
        rigid_cause=told.rigid_cause,
        deposits=deposits,
        effective_assets=told.effective_assets,
        verified_breaches=told.verified_breaches,
        labour_missing=told.labour_missing,
        items=told.items,
        supporters=tuple(_sealed(supporter, tx) for supporter in told.supporters),
        assets=told.assets,
    )


def _plausible(told: Statement, at: str, tx: Transaction) -> None:
    """Raises NotPlausible for an amount that cannot be meant."""
    sums: list[tuple[str, Money | None, rules.Sum]] = [
        ("income_year", told.income_year, "household_year"),
        ("deductions_year", told.deductions_year, "household_year"),
        ("rigid_year", told.rigid_year, "household_year"),
        ("deposits", told.deposits, "asset"),
    ]
    sums += [(f"items/{i}/amount", item.amount, "household_year") for i, item in enumerate(told.items)]
    sums += [(f"assets/{i}/amount", asset.amount, "asset") for i, asset in enumerate(told.assets)]
    for i, supporter in enumerate(told.supporters):
        sums.append((f"supporters/{i}/per_capita_month", supporter.per_capita_month, "person_month"))
    for field, amount, of in sums:
        if amount is not None:
            common.possible(rules.amount_is_plausible(amount, of, on=tx.today), f"{at}/{field}")


def _of_members(named: Sequence[IncomeItem | Asset], members: Collection[UUID], at: str) -> None:
    for index, one in enumerate(named):
        if one.person_id is not None and one.person_id not in members:
            raise NotOfTheHousehold(field=f"{at}/{index}/person_id")


def _sums(told: Statement, at: str, tx: Transaction) -> tuple[Money, Money, Money]:
    """Income and deductions of the year, and deposits: as stated, else by item."""
    stated = rules.Stated(
        _fen(told.income_year),
        _fen(told.deductions_year),
        _fen(told.deposits),
        [(item.kind, item.amount.fen) for item in told.items],
        [(asset.kind, asset.amount.fen) for asset in told.assets],
    )
    found = rules.income_is_stated(stated)
    if not found.met:
        raise MeansNotStated(field=f"{at}/income_year", detail=found.because)
    income, costs = rules.itemised(stated)
    saved = rules.deposits_itemised(stated)
    _agree(rules.agrees("收入", stated.income, income if told.items else None), f"{at}/income_year")
    _agree(rules.agrees("扣减", stated.deductions, costs if told.items else None), f"{at}/deductions_year")
    _agree(rules.agrees("存款", stated.deposits, saved if told.assets else None), f"{at}/deposits")
    return (
        _itemised(income, "household_year", f"{at}/items", tx) if told.income_year is None else told.income_year,
        _itemised(costs, "household_year", f"{at}/items", tx) if told.deductions_year is None else told.deductions_year,
        _itemised(saved, "asset", f"{at}/assets", tx) if told.deposits is None else told.deposits,
    )


def _fen(stated: Money | None) -> int | None:
    return None if stated is None else stated.fen


def _itemised(fen: int, of: rules.Sum, field: str, tx: Transaction) -> Money:
    """What the items add up to. Raises NotPlausible."""
    amount = Money(fen)
    common.possible(rules.amount_is_plausible(amount, of, on=tx.today), field)
    return amount


def _agree(found: Finding, field: str) -> None:
    if not found.met:
        raise MeansContradict(field=field, detail=found.because)


def _sealed(supporter: Supporting, tx: Transaction) -> Supporter:
    return Supporter(
        per_capita_month=supporter.per_capita_month,
        supported=supporter.supported,
        supported_here=supporter.supported_here,
        duty=supporter.duty,
        name=tx.keys.seal(supporter.name, "person.name") if supporter.name else None,
    )
