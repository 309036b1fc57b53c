"""R79: overpayments that nobody decides on."""

from __future__ import annotations

from datetime import date, timedelta

from doudi.events.payments_recovery import RecoveryDecided, RecoveryOpened, RecoveryWithdrawn
from doudi.transaction import Transaction
from oversight import rules
from oversight.handlers.flags import ask, heard, hold
from oversight.model import Ground
from oversight.store import heard as facts
from oversight.store import life as store
from oversight.store.life import Overpayment

_AT_ONCE = 500


async def opened(event: RecoveryOpened, tx: Transaction) -> None:
    """An overpayment was found; it becomes a question when nobody decides."""
    await facts.alone(tx)
    await facts.place(tx, event.recovery_id, event.division)
    await store.add_recovery(tx, event, heard(tx))


async def decided(event: RecoveryDecided, tx: Transaction) -> None:
    """It was decided on, perhaps too late."""
    await facts.alone(tx)
    recovery = await store.answer_recovery(tx, event.recovery_id, event.decided_on)
    if recovery is not None:
        await hold(tx, [f"R79/{event.recovery_id}"], _late(recovery, event.decided_on, event.decided_on))


async def withdrawn(event: RecoveryWithdrawn, tx: Transaction) -> None:
    """Nothing is to be taken back after all: no question is left."""
    await facts.alone(tx)
    await store.answer_recovery(tx, event.recovery_id, event.withdrawn_on)
    await hold(tx, [f"R79/{event.recovery_id}"], [])


async def watch_recoveries(tx: Transaction) -> int:
    """Overpayments that wait too long by today. Returns how many were looked at."""
    await facts.alone(tx)
    days = rules.recovery_decided_by(tx.today) - tx.today
    over = await store.recoveries_to_watch(tx, tx.today - days, _AT_ONCE)
    await ask(tx, [ground for recovery in over for ground in _late(recovery, None, tx.today)])
    return len(over)


def _late(recovery: Overpayment, decided_on: date | None, on: date) -> list[Ground]:
    """Dated by the first day that was too late, whenever it is found; its finding shows it."""
    found = rules.overpayment_followed(recovery.opened_on, recovery.found, decided_on, on=on)
    if found.met:
        return []
    case, first = recovery.recovery_id, rules.recovery_decided_by(recovery.opened_on) + timedelta(days=1)
    subject = ("recovery", case)
    return [Ground.of("R79", subject, case, found.because, [recovery.shown], division=recovery.division, on=first)]
