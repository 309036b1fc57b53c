"""County standards: set by document and date; they win over the file from their date on (domain §2.4, C11 art. 10)."""

from __future__ import annotations

from datetime import date
from typing import Any, Literal

from doudi.dated import MissingParameter, Parameters
from doudi.division import Division, Level
from doudi.errors import Conflict, Forbidden, Invalid
from doudi.events.eligibility_standards import ClassTableSet, StandardSet, TableRow
from doudi.money import Money
from doudi.transaction import Transaction
from eligibility import rules, store
from eligibility.handlers import common, plausible
from eligibility.model import Standard
from eligibility.rules import draft, standards
from eligibility.rules.standards import StandardKey, TableKey


async def set_standard(
    key: StandardKey,
    division: Division,
    amount: Money,
    period: Literal["MONTH", "YEAR"],
    valid_from: date,
    document: str,
    tx: Transaction,
) -> Standard:
    """Sets a standard of a county or city; it starts nothing by itself.

    A second one for the same place and day is refused.
    """
    own_county(division, tx)
    money_fits(key, period)
    standard = Standard(
        division=division.code,
        key=key,
        amount_fen=amount.fen,
        period=period,
        valid_from=valid_from,
        document=document,
        set_on=tx.today,
        set_by=common.officer(tx),
    )
    await _keep(standard, tx)
    await tx.announce(
        StandardSet(
            standard_id=standard.id,
            division=division,
            standard=key,
            amount=amount,
            period=period,
            valid_from=valid_from,
            document=document,
            set_on=standard.set_on,
            by=standard.set_by,
        )
    )
    return standard


async def set_table(
    key: TableKey, division: Division, value: Any, valid_from: date, document: str, tx: Transaction
) -> Standard:
    """Sets how classes are told apart or what each is paid (domain §3.7 D-01); it starts nothing by itself.

    Raises Invalid for a value that the number cannot have, and for one that leaves a day without a table that holds.
    """
    own_county(division, tx)
    standard = Standard(
        division=division.code,
        key=key,
        value=table_value(key, value),
        valid_from=valid_from,
        document=document,
        set_on=tx.today,
        set_by=common.officer(tx),
    )
    await _keep(standard, tx)
    told = standard.value
    await tx.announce(
        ClassTableSet(
            standard_id=standard.id,
            division=division,
            standard=key,
            value=None if isinstance(told, dict) else told,
            table=[TableRow(assistance_class=name, value=cell) for name, cell in sorted(told.items())]
            if isinstance(told, dict)
            else [],
            valid_from=valid_from,
            document=document,
            set_on=standard.set_on,
            by=standard.set_by,
        )
    )
    return standard


def own_county(division: Division, tx: Transaction) -> None:
    """Raises Forbidden unless it is a county or city of the officer's."""
    assert tx.principal is not None
    if not tx.principal.may_see(division) or division.level > Level.COUNTY:
        raise Forbidden(field="division", detail="只能为本辖区的县（区）设定标准")


def money_fits(key: StandardKey, period: Literal["MONTH", "YEAR"]) -> None:
    """Raises Invalid for a yearly amount of what is paid by the month."""
    if period == "YEAR" and key not in standards.YEARLY:
        raise Invalid(field="period", detail="该标准按月设定")


def table_value(key: str, value: Any) -> Any:
    """The value as the law's files would have it. Raises Invalid."""
    try:
        return standards.table_value(key, value)
    except draft.NoSuchValue as error:
        raise Invalid(field="value", detail=f"{key}：{error}") from error


def tables_hold(division: Division, parameters: Parameters) -> None:
    """Raises Invalid where, on a day from which a table was set, dibao could not be determined by the tables."""
    days = {p.valid_from for p in parameters if p.key in standards.TABLES and p.division.startswith(division.prefix)}
    below = [d for d in Division.known() if d.level is Level.COUNTY and division.contains(d)]
    for day in sorted(days):
        for county in below or [division.county]:
            _hold_on(day, county, parameters)


def _hold_on(day: date, county: Division, parameters: Parameters) -> None:
    """Raises Invalid where the tables of a day are not in order, or lack what they need."""
    try:
        for programme in standards.PROGRAMMES:
            n = rules.numbers(day, county, parameters, programme)
    except (MissingParameter, rules.RuleSetNotImplemented, ValueError) as error:
        raise Invalid(field="value", detail=str(error)) from error
    bands = parameters.at("dibao.bands", on=day, division=county).value
    found = standards.tables_hold(n, bands)
    if not found.met:
        raise Invalid(field="value", detail=found.because)


async def _plausible(standard: Standard, tx: Transaction) -> None:
    """Raises NotPlausible for a day or an amount that cannot be meant."""
    plausible.standard_day(standard.valid_from, "valid_from", tx)
    known, division = await store.parameters(tx), Division(standard.division)
    plausible.standards([standard.parameter], division, known, "", tx)


async def _keep(standard: Standard, tx: Transaction) -> None:
    """Raises Conflict where the day has its standard already, NotPlausible for what cannot be meant."""
    await _plausible(standard, tx)
    # Two at once wait for each other, so that the second is refused by name and not by the index.
    place = "tables" if standard.key in standards.TABLES else standard.key
    await tx.execute("SELECT pg_advisory_xact_lock(hashtextextended($1, 8))", f"standard {place} {standard.division}")
    taken = await tx.fetchval(
        "SELECT 1 FROM standard WHERE key = $1 AND division = $2 AND valid_from = $3",
        standard.key,
        standard.division,
        standard.valid_from,
    )
    if taken:
        raise Conflict(field="valid_from", detail="该日期的标准已经设定")
    tx.session.add(standard)
    await tx.session.flush()
