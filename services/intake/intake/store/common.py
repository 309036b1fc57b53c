"""Who may see what: the division subtree of the principal."""

from __future__ import annotations

from doudi.division import Division
from doudi.transaction import Transaction


def visible(tx: Transaction, division: str) -> bool:
    """Whether the principal's subtree holds the division. Nobody without a principal sees anything here."""
    return tx.principal is not None and tx.principal.may_see(Division(division))
