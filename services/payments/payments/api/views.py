"""What people get to see. No name, ID number or account: those are in the bank file only."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from uuid import UUID

import asyncpg

from doudi.calendar import Month
from doudi.money import Money
from doudi.service import View
from payments import rules
from payments.model import LINE_CHINESE, RUN_CHINESE, LineState, Run, RunState


class RunView(View):
    """A run. `lines` and `total` are of what goes to the bank; held and cancelled lines do not count."""

    id: UUID
    version: int
    division: str
    month: Month
    kind: str
    status: RunState
    status_name: str
    lines: int
    total: Money
    maker: str
    checker: str | None
    finance: str | None
    opened_on: date
    checked_on: date | None
    confirmed_on: date | None
    sent_on: date | None
    done_on: date | None
    cancelled_on: date | None
    cancelled_by: str | None
    cancelled_because: str | None
    pay_by: date
    """The last day on which the month's money is in time."""
    file_id: str | None
    sha256: str | None
    bank_trouble: str | None

    @classmethod
    def of(cls, run: Run) -> RunView:
        """The view of a run."""
        plain = {name: getattr(run, name) for name in cls.model_fields if hasattr(run, name)}
        return cls(
            **{
                **plain,
                "status": run.state,
                "status_name": RUN_CHINESE[run.state],
                "pay_by": rules.deadline(run.month, on=run.opened_on),
                "file_id": run.file_id if run.sha256 else None,
            }
        )


class TotalView(View):
    """The lines of a run in one state."""

    status: LineState
    status_name: str
    lines: int
    total: Money

    @classmethod
    def all(cls, rows: Sequence[asyncpg.Record]) -> list[TotalView]:
        """Each state that occurs."""
        return [
            cls(status=s, status_name=LINE_CHINESE[s], lines=row["lines"], total=Money(row["fen"]))
            for row in rows
            for s in (LineState(row["status"]),)
        ]


class ProgrammeView(View):
    """What of a run goes to the bank for one programme and item, e.g. DIBAO_U and BASE."""

    programme: str
    item: str
    lines: int
    total: Money

    @classmethod
    def of(cls, row: asyncpg.Record) -> ProgrammeView:
        """One sum."""
        return cls(programme=row["programme"], item=row["item"], lines=row["lines"], total=Money(row["fen"]))


class PaymentView(View):
    """A line: one try of one payment key. `reason` says why it is held, came back or was cancelled."""

    id: UUID
    payment_key: str
    attempt: int
    run_id: UUID
    line: int
    subject_id: UUID
    person_id: UUID
    programme: str
    division: str
    month: Month
    item: str
    amount: Money
    status: LineState
    status_name: str
    reason: str | None
    instructed_on: date | None
    settled_on: date | None
    late: bool
    """Whether it was paid after the day by which the month's money is due."""
    lies_too_long: bool
    """Whether it came back and waits for another account for longer than it should."""

    @classmethod
    def of(cls, row: asyncpg.Record, today: date) -> PaymentView:
        """The view of a line on a day."""
        status, month, settled = LineState(row["status"]), Month.of(row["month"]), row["settled_on"]
        same = {name: row[name] for name in cls.model_fields if name in row.keys()}  # noqa: SIM118 -- `in row` asks values
        due = rules.deadline(month, on=today)
        return cls(
            **{
                **same,
                "month": month,
                "amount": Money(row["amount_fen"]),
                "status": status,
                "status_name": LINE_CHINESE[status],
                "late": status is LineState.PAID and row["programme"] != "RELIEF" and settled > due,
                "lies_too_long": status is LineState.RETURNED and rules.lies_too_long(settled, on=today),
            }
        )


class ReconciliationView(View):
    """Where a month's money is:
    due + overpaid + recovered = not put in + prepared + held + instructed + paid + returned."""

    division: str
    month: Month
    due: Money
    overpaid: Money
    """Put in beyond what is due by now, e.g. because an award was ended for a month that was paid."""
    recovered: Money
    """Of what was not due: paid, and repaid since. Should it be due again, it is owed again."""
    in_recovery: Money
    """Claimed back by cases that go on, and not repaid."""
    not_put_in: Money
    prepared: Money
    held: Money
    instructed: Money
    """In a bank file, and not answered for yet."""
    paid: Money
    returned: Money
    adds_up: bool

    @classmethod
    def of(cls, division: str, month: Month, row: asyncpg.Record) -> ReconciliationView:
        """The view of the sums."""
        sums = {name: Money(fen) for name, fen in row.items()}
        places = ("not_put_in", "prepared", "held", "instructed", "paid", "returned")
        there = sum((sums[name] for name in places), Money.zero())
        asked = sums["due"] + sums["overpaid"] + sums["recovered"]
        return cls(**{**sums, "division": division, "month": month, "adds_up": asked == there})


class ResultsView(View):
    """What a results file did."""

    run: RunView
    new: int
    """Lines that are answered by this file and were not before."""


class PayeeView(View):
    """A corrected payee; the account is not shown."""

    subject_id: UUID
    version: int
    person_id: UUID
