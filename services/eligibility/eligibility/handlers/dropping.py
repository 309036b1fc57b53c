"""A proposal is given up, by a person or because its award came to an end: that is said, and nothing was changed."""

from __future__ import annotations

from doudi.division import Division
from doudi.events.eligibility_steps import InterventionDropped
from doudi.transaction import Transaction
from eligibility.model import Intervention


async def drop(made: Intervention, because: str, by: str, tx: Transaction) -> None:
    """Gives it up. Raises NotInThisState when it is done or dropped already."""
    made.drop(because)
    await tx.announce(
        InterventionDropped(
            intervention_id=made.id,
            award_id=made.award_id,
            division=Division(made.division),
            kind=made.kind,
            because=because,
            dropped_on=tx.today,
            by=by,
        )
    )
