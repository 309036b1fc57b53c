"""County standards: set by document and date; they win over the file from their date on (domain §2.4, C11 art. 10)."""

from __future__ import annotations

from datetime import date
from typing import Literal

from doudi.division import Division, Level
from doudi.errors import Conflict, Forbidden, Invalid
from doudi.events.eligibility_standards import StandardSet
from doudi.money import Money
from doudi.transaction import Transaction
from eligibility.handlers import common
from eligibility.model import Standard
from eligibility.rules import standards
from eligibility.rules.standards import StandardKey


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
    assert tx.principal is not None
    if not tx.principal.may_see(division) or division.level > Level.COUNTY:
        raise Forbidden(field="division", detail="只能为本辖区的县（区）设定标准")
    if period == "YEAR" and key not in standards.YEARLY:
        raise Invalid(field="period", detail="该标准按月设定")
    await _hold_the_day(key, division, valid_from, tx)
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
    tx.session.add(standard)
    await tx.announce(_set(standard, period))
    return standard


async def _hold_the_day(key: StandardKey, division: Division, valid_from: date, tx: Transaction) -> None:
    """Raises Conflict where the day has its standard already."""
    # Two at once wait for each other, so that the second is refused by name and not by the index.
    await tx.execute("SELECT pg_advisory_xact_lock(hashtextextended($1, 8))", f"standard {key} {division.code}")
    taken = await tx.fetchval(
        "SELECT 1 FROM standard WHERE key = $1 AND division = $2 AND valid_from = $3",
        key,
        division.code,
        valid_from,
    )
    if taken:
        raise Conflict(field="valid_from", detail="该日期的标准已经设定")


def _set(standard: Standard, period: Literal["MONTH", "YEAR"]) -> StandardSet:
    return StandardSet(
        standard_id=standard.id,
        division=Division(standard.division),
        standard=standard.key,
        amount=Money(standard.amount_fen),
        period=period,
        valid_from=standard.valid_from,
        document=standard.document,
        set_on=standard.set_on,
        by=standard.set_by,
    )
