"""What several handlers do."""

from __future__ import annotations

from datetime import date

from care_institutions.model.refusals import DateInTheFuture, OutsideOwnDivision
from doudi.division import Division
from doudi.transaction import Transaction


def officer(tx: Transaction) -> str:
    """Who acts."""
    assert tx.principal is not None
    return tx.principal.sub


def own_division(tx: Transaction, division: Division) -> None:
    """Raises OutsideOwnDivision."""
    if tx.principal is None or not tx.principal.may_see(division):
        raise OutsideOwnDivision(field="division")


def not_in_the_future(tx: Transaction, day: date, field: str) -> None:
    """Raises DateInTheFuture."""
    if day > tx.today:
        raise DateInTheFuture(field=field)
