"""R80: papers that follow an advance late."""

from __future__ import annotations

from datetime import date

from doudi.events.relief import EmergencyReported, PaperworkDone, PaperworkFellOverdue
from doudi.transaction import Transaction
from oversight import rules
from oversight.handlers.flags import ask, heard
from oversight.model import Ground
from oversight.store import grants
from oversight.store import heard as facts


async def reported(event: EmergencyReported, tx: Transaction) -> None:
    """Where a relief case belongs, and what it is about."""
    await facts.alone(tx)
    await facts.place(tx, event.relief_case_id, event.division)
    await grants.add_report(tx, event)


async def papers_overdue(event: PaperworkFellOverdue, tx: Transaction) -> None:
    """The last day passed without papers."""
    await facts.alone(tx)
    await _judge(tx, event, event.noticed_on)


async def papers_done(event: PaperworkDone, tx: Transaction) -> None:
    """The papers came, perhaps late."""
    await facts.alone(tx)
    await _judge(tx, event, event.done_on)


async def _judge(tx: Transaction, event: PaperworkFellOverdue | PaperworkDone, on: date) -> None:
    found = rules.papers_in_time(event.due_on, on)
    if not found.met:
        case = event.relief_case_id
        await ask(tx, [Ground.of("R80", ("relief-case", case), case, found.because, [heard(tx)])])
