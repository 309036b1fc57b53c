"""What people get to see of a recovery. Persons by their ids only."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any
from uuid import UUID

from doudi.calendar import Month
from doudi.money import Money
from doudi.service import View
from payments.model import RECOVERY_CHINESE, Recovery, RecoveryState
from payments.store.recoveries import PartOf


class RecoveryView(View):
    """A case. `found`: overpaid as far as known; `amount`: decided to be taken back, null before the decision."""

    id: UUID
    version: int
    division: str
    subject_id: UUID
    origin: str
    status: RecoveryState
    status_name: str
    found: Money
    amount: Money | None
    repaid: Money
    written_off: Money
    outstanding: Money
    because: str
    opened_on: date
    opened_by: str
    fault: str | None
    clause: str | None
    decided_because: str | None
    decided_on: date | None
    decided_by: str | None
    heard_on: date | None
    notified_on: date | None
    notified_by: str | None
    write_off_because: str | None
    write_off_proposed_by: str | None
    written_off_on: date | None
    written_off_by: str | None
    ended_on: date | None
    ended_by: str | None
    ended_because: str | None

    @classmethod
    def of(cls, recovery: Recovery) -> RecoveryView:
        """The view of a case."""
        return RecoveryView(**_plain(recovery))


class PartView(View):
    """What is claimed of one person's item of one month, and what of it came back."""

    person_id: UUID
    programme: str
    item: str
    month: Month
    claimed: Money
    repaid: Money


class RepaymentView(View):
    """An instalment."""

    receipt: str
    amount: Money
    way: str
    repaid_on: date
    recorded_by: str
    recorded_on: date


class OneRecoveryView(RecoveryView):
    """A case with its months, the earliest first, and its instalments."""

    months: list[PartView]
    repayments: list[RepaymentView]

    @classmethod
    def whole(cls, recovery: Recovery, parts: Sequence[PartOf], repayments: Sequence[Any]) -> OneRecoveryView:
        """The view of a case and what belongs to it."""
        return cls(
            **_plain(recovery),
            months=[
                PartView(
                    person_id=part.money.person_id,
                    programme=part.money.programme,
                    item=part.money.item,
                    month=part.money.month,
                    claimed=part.claimed,
                    repaid=part.repaid,
                )
                for part in parts
            ],
            repayments=[
                RepaymentView(
                    receipt=row["receipt"],
                    amount=Money(row["amount_fen"]),
                    way=row["way"],
                    repaid_on=row["repaid_on"],
                    recorded_by=row["recorded_by"],
                    recorded_on=row["recorded_on"],
                )
                for row in repayments
            ],
        )


def _plain(recovery: Recovery) -> dict[str, Any]:
    same = {name: getattr(recovery, name) for name in RecoveryView.model_fields if hasattr(recovery, name)}
    return {
        **same,
        "status": recovery.state,
        "status_name": RECOVERY_CHINESE[recovery.state],
        "amount": recovery.amount if recovery.decided_on else None,
        "repaid": Money(recovery.repaid_fen),
        "written_off": Money(recovery.written_off_fen),
    }
