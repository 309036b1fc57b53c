"""What several handlers do."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import asyncpg

from doudi.events.payments import PaymentInstructed
from doudi.transaction import Transaction


def officer(tx: Transaction) -> str:
    """Who acts."""
    assert tx.principal is not None
    return tx.principal.sub


def said_of(row: asyncpg.Record) -> dict[str, Any]:
    """What every event about one payment says."""
    return {
        "payment_id": row["id"],
        "payment_key": row["payment_key"],
        "subject_id": row["subject_id"],
        "run_id": row["run_id"],
        "person_id": row["person_id"],
        "programme": row["programme"],
        "month": row["month"],
        "item": row["item"],
        "amount": f"{row['amount_fen'] // 100}.{row['amount_fen'] % 100:02d}",
        "attempt": row["attempt"],
    }


async def announce_instructed(rows: Sequence[asyncpg.Record], tx: Transaction) -> None:
    """Says of each line that it stands in a file."""
    await tx.announce(
        *(PaymentInstructed.model_validate({**said_of(row), "instructed_on": tx.today}) for row in rows)
    )
