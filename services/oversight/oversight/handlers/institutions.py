"""R88: an institution that stays short of staff."""

from __future__ import annotations

from datetime import date, timedelta

from doudi.events.care_institutions import StaffingFellShort, StaffingRecovered
from doudi.transaction import Transaction
from oversight import rules
from oversight.handlers.flags import ask, heard, hold
from oversight.model import Ground
from oversight.store import heard as facts
from oversight.store.heard import Shortage

_AT_ONCE = 500


async def fell_short(event: StaffingFellShort, tx: Transaction) -> None:
    """Staff are too few from now on; it becomes a question when it lasts."""
    await facts.alone(tx)
    await facts.add_shortage(tx, event, heard(tx))


async def recovered(event: StaffingRecovered, tx: Transaction) -> None:
    """Staff are enough again, perhaps too late."""
    await facts.alone(tx)
    shown = heard(tx)
    shortage = await facts.end_shortage(tx, event.institution_id, event.short_since, event.recovered_on, shown.event_id)
    if shortage is not None:
        await hold(tx, [_scope(shortage)], _lasted(shortage, event.recovered_on))


async def watch_shortages(tx: Transaction) -> int:
    """Shortages that have lasted too long by today. Returns how many were looked at."""
    await facts.alone(tx)
    days = (rules.short_too_long_from(tx.today) - tx.today).days
    over = await facts.shortages_since(tx, tx.today - timedelta(days=days), _AT_ONCE)
    await ask(tx, [ground for shortage in over for ground in _lasted(shortage, tx.today)])
    return len(over)


def _scope(shortage: Shortage) -> str:
    return f"R88/{shortage.institution_id}/{shortage.since}"


def _lasted(shortage: Shortage, on: date) -> list[Ground]:
    """Dated by the first day that was too long, whenever it is found; its beginning shows it."""
    found = rules.staffed_again_in_time(
        shortage.since, on, required=shortage.required, staff_hundredths=shortage.staff_hundredths
    )
    if found.met:
        return []
    subject = ("institution", f"{shortage.institution_id}/{shortage.since}")
    return [
        Ground.of(
            "R88",
            subject,
            shortage.institution_id,
            found.because,
            [shortage.shown],
            scope=f"{shortage.institution_id}/{shortage.since}",
            division=shortage.division,
            on=rules.short_too_long_from(shortage.since),
        )
    ]
