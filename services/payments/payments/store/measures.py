"""What payments measures of itself (民发〔2012〕220号 art. 31: 每月10日前): lines by state, money, the pay day."""

from __future__ import annotations

from doudi.calendar import Month
from doudi.telemetry import Measure, counted
from doudi.telemetry.measures import Rows
from doudi.transaction import Transaction
from payments import rules

_LATE = """
SELECT left(division, 6), count(*) FROM payment
WHERE month = $1 AND status IN ('PREPARED', 'HELD', 'INSTRUCTED', 'RETURNED') GROUP BY 1
"""
_UNRUN = """
SELECT left(a.division, 6), count(*) FROM award a
WHERE a.starts <= $1 AND coalesce(a.last_month >= $1, true) AND coalesce(a.held_before >= $1, true)
    AND NOT EXISTS (SELECT FROM payment_run r WHERE r.month = $1 AND r.kind = 'MONTHLY' AND r.status <> 'CANCELLED'
        AND left(r.division, 6) = left(a.division, 6))
GROUP BY 1
"""
_PAID = """
SELECT left(division, 6), CASE WHEN settled_on <= $2 THEN 'yes' ELSE 'no' END, count(*) FROM payment
WHERE month = $1 AND status = 'PAID' GROUP BY 1, 2
"""


async def _after_the_pay_day(tx: Transaction, sql: str) -> Rows:
    """Of this month, once its last day in time is over; before it nothing is late."""
    month = Month.of(tx.today)
    if tx.today <= rules.deadline(month, on=tx.today):
        return ()
    return [tuple(row) for row in await tx.fetch(sql, month.first_day)]


async def late(tx: Transaction) -> Rows:
    """Lines of this month that are not in the account."""
    return await _after_the_pay_day(tx, _LATE)


async def without_a_run(tx: Transaction) -> Rows:
    """Awards that are due this month in a county that has put in no run."""
    return await _after_the_pay_day(tx, _UNRUN)


async def paid(tx: Transaction) -> Rows:
    """Lines of this month in the account, by whether they came in time."""
    month = Month.of(tx.today)
    return [tuple(row) for row in await tx.fetch(_PAID, month.first_day, rules.deadline(month, on=tx.today))]


MEASURES: tuple[Measure, ...] = (
    counted(
        "doudi_payments",
        "Lines of this month and the last, by programme and state",
        ("month", "programme", "state"),
        "SELECT to_char(month, 'YYYY-MM'), programme, status, count(*) FROM payment "
        "WHERE month BETWEEN date_trunc('month', $1 - interval '1 month') AND $1 GROUP BY 1, 2, 3",
    ),
    counted(
        "doudi_payment_yuan",
        "Money of the lines of this month and the last, in yuan, by programme and state",
        ("month", "programme", "state"),
        "SELECT to_char(month, 'YYYY-MM'), programme, status, sum(amount_fen) / 100 FROM payment "
        "WHERE month BETWEEN date_trunc('month', $1 - interval '1 month') AND $1 GROUP BY 1, 2, 3",
    ),
    Measure(
        "doudi_payments_late",
        "Lines of this month that are not in the account after its last day in time",
        ("county",),
        late,
    ),
    Measure(
        "doudi_awards_without_run",
        "Awards due this month in a county without a run after the last day in time",
        ("county",),
        without_a_run,
    ),
    Measure(
        "doudi_payments_paid",
        "Lines of this month in the account, by whether they came in time",
        ("county", "in_time"),
        paid,
    ),
    counted(
        "doudi_recoveries",
        "Recoveries that go on, by county and state",
        ("county", "state"),
        "SELECT left(division, 6), status, count(*) FROM recovery "
        "WHERE status IN ('OPEN', 'DECIDED', 'NOTIFIED') GROUP BY 1, 2",
    ),
    counted(
        "doudi_recovery_outstanding_fen",
        "Overpaid money that recoveries have still to bring back, in fen, by county",
        ("county",),
        "SELECT left(division, 6), sum(CASE status WHEN 'OPEN' THEN found_fen ELSE amount_fen - repaid_fen END) "
        "FROM recovery WHERE status IN ('OPEN', 'DECIDED', 'NOTIFIED') GROUP BY 1",
    ),
)
