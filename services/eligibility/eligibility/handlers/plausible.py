"""What cannot be is refused by name before anything is kept: amounts, standards, days, births (rules/plausible.py)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any, get_args

from doudi.calendar import MONTHS_A_YEAR
from doudi.dated import MissingParameter, Parameter, Parameters
from doudi.division import Division
from doudi.events.parts import Means
from doudi.law import Finding
from doudi.money import Money, round_half_up
from doudi.transaction import Transaction
from eligibility import rules
from eligibility.model import refusals
from eligibility.rules.plausible import Sum
from eligibility.rules.standards import StandardKey


def possible(found: Finding, field: str) -> None:
    """Raises NotPlausible."""
    if not found.met:
        raise refusals.NotPlausible(field=field, detail=found.because)


def amounts(told: Iterable[tuple[str, Money, Sum]], tx: Transaction) -> None:
    """Amounts of an input: field, amount, what it is of. Raises NotPlausible."""
    for field, amount, of in told:
        possible(rules.plausible.amount_is_plausible(amount, of, on=tx.today), field)


def means(told: Means, at: str, tx: Transaction) -> None:
    """Income and property of a household. `at`: their field in the request. Raises NotPlausible."""
    sums: tuple[tuple[str, Money, Sum], ...] = (
        (f"{at}/income_year", told.income_year, "household_year"),
        (f"{at}/deductions_year", told.deductions_year, "household_year"),
        (f"{at}/rigid_year", told.rigid_year, "household_year"),
        (f"{at}/deposits", told.deposits, "asset"),
    )
    amounts(sums, tx)
    amounts(((f"{at}/items/{i}/amount", x.amount, "household_year") for i, x in enumerate(told.items)), tx)
    amounts(((f"{at}/assets/{i}/amount", x.amount, "asset") for i, x in enumerate(told.assets)), tx)
    per = ((f"{at}/supporters/{i}/per_capita_month", x.per_capita_month) for i, x in enumerate(told.supporters))
    amounts(((field, amount, "person_month") for field, amount in per), tx)


def personal(given: Mapping[str, Any], tx: Transaction) -> None:
    """The facts of a programme of one person, as its form gives them. Raises NotPlausible."""
    told: list[tuple[str, Money, Sum]] = []
    if "elder_nursing" in given:
        told.append(("facts/elder_nursing", Money(given["elder_nursing"]), "person_month"))
    for i, income in enumerate(given.get("incomes", [])):
        match income:
            case [str(), int(fen)]:  # with its amount; the elderly allowance asks for the kind alone
                told.append((f"facts/incomes/{i}/amount_month", Money(fen), "person_month"))
    amounts(told, tx)
    for i, supporter in enumerate(given.get("supporters", [])):
        born(date.fromisoformat(supporter["born"]), f"facts/supporters/{i}/born", tx)
    if given.get("expired_on") is not None:
        day(date.fromisoformat(given["expired_on"]), "facts/expired_on", tx)


def standards(rows: Iterable[Parameter], division: Division, known: Parameters, at: str, tx: Transaction) -> None:
    """What a document would set in a division, beside what held there the day before. Raises NotPlausible.

    `at`: before the names of the fields in the request.
    """
    for row in rows:
        if row.key == "dibao.bands":
            amounts(((f"{at}value", Money.yuan(band), "standard_month") for band in row.value.values()), tx)
        elif row.key in get_args(StandardKey):
            before = _before(row, division, known)
            found = rules.plausible.standard_is_plausible(row.key, _month(row), before, on=tx.today)
            possible(found, f"{at}amount")


def _before(row: Parameter, division: Division, known: Parameters) -> Money | None:
    try:
        return _month(known.at(row.key, on=row.valid_from, division=division))
    except MissingParameter:
        return None


def _month(row: Parameter) -> Money:
    return round_half_up(row.money.exact / MONTHS_A_YEAR) if row.period == "YEAR" else row.money


def standard_day(valid_from: date, field: str, tx: Transaction) -> None:
    """The day from which a standard holds. Raises NotPlausible."""
    possible(rules.plausible.standard_day_is_plausible(valid_from, on=tx.today), field)


def day(told: date, field: str, tx: Transaction, *, after: date | None = None, what: str = "") -> None:
    """A day on which something happened, after `what` of the day `after`. Raises NotPlausible."""
    possible(rules.plausible.day_is_plausible(told, after=after, what=what, on=tx.today), field)


def change(told: date, by_birth: date | None, field: str, tx: Transaction) -> None:
    """A day on which a household changed, and the birth of the member whom it is about. Raises NotPlausible."""
    possible(rules.plausible.change_is_plausible(told, by_birth, on=tx.today), field)


def trial_day(told: date | None, field: str, tx: Transaction) -> None:
    """The day whose rules are tried; None: today's. Raises NotPlausible."""
    if told is not None:
        possible(rules.plausible.trial_day_is_plausible(told, on=tx.today), field)


def born(told: date, field: str, tx: Transaction, by_number: date | None = None) -> None:
    """Somebody's birth, and what the ID number says of it. Raises NotPlausible."""
    possible(rules.plausible.birth_is_plausible(told, by_number, on=tx.today), field)
