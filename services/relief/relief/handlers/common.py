"""What several handlers do."""

from __future__ import annotations

from uuid import UUID

from doudi import service
from doudi.transaction import Transaction
from relief import store
from relief.model import ReliefCase


async def case(tx: Transaction, case_id: UUID, version: int | None) -> ReliefCase:
    """The case, locked, for an officer who acts on it: unchanged since they saw it."""
    found = await store.case_for_update(tx, case_id)
    service.check_version(found.version, version)
    return found


def officer(tx: Transaction) -> str:
    """Who acts."""
    assert tx.principal is not None
    return tx.principal.sub
