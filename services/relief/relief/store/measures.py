"""What relief measures of itself (卫民发〔2019〕21号 二(二)6: hours to pay, overdue papers)."""

from __future__ import annotations

from doudi.telemetry import Measure, counted
from doudi.telemetry.measures import Rows
from doudi.transaction import Transaction

_UNPAID = """
SELECT left(division, 6), extract(epoch FROM $1::timestamptz - min(granted_at)) / 3600 FROM relief_case
WHERE granted_at IS NOT NULL AND paid_on IS NULL AND status <> 'CLOSED' GROUP BY 1
"""


async def unpaid(tx: Transaction) -> Rows:
    """By the hour, of each county the advance that has waited longest."""
    return [tuple(row) for row in await tx.fetch(_UNPAID, tx.now)]


MEASURES: tuple[Measure, ...] = (
    counted(
        "doudi_relief_hours_to_pay",
        "Mean hours from the report to the account, of advances paid in the last 30 days",
        ("county",),
        "SELECT left(division, 6), avg(hours_to_pay) FROM relief_case "
        "WHERE paid_on > $1 - 30 AND hours_to_pay IS NOT NULL GROUP BY 1",
    ),
    Measure(
        "doudi_relief_unpaid_hours",
        "Hours since the oldest advance was granted that is not in the account yet",
        ("county",),
        unpaid,
    ),
    counted(
        "doudi_relief_papers",
        "Cases whose papers are not done after the emergency's end, by whether their day has passed",
        ("county", "state"),
        "SELECT left(division, 6), CASE WHEN paperwork_due_on < $1 THEN 'overdue' ELSE 'in_time' END, count(*) "
        "FROM relief_case WHERE status IN ('EMERGENCY_ENDED', 'PAPERWORK_OVERDUE') GROUP BY 1, 2",
    ),
    counted(
        "doudi_relief_cases",
        "Relief cases that are not closed, by state",
        ("county", "state"),
        "SELECT left(division, 6), status, count(*) FROM relief_case WHERE status <> 'CLOSED' GROUP BY 1, 2",
    ),
    counted(
        "doudi_relief_requests",
        "Requests of the expenditure type that are not decided, by step",
        ("county", "step"),
        "SELECT left(division, 6), status, count(*) FROM relief_request "
        "WHERE status IN ('ACCEPTED', 'REVIEWED', 'POSTED', 'COUNTY', 'RETURNED') GROUP BY 1, 2",
    ),
    counted(
        "doudi_relief_requests_overdue",
        "Requests of the expenditure type whose last day has passed, by whose it was",
        ("county", "level"),
        "SELECT left(division, 6), CASE WHEN status = 'COUNTY' THEN 'COUNTY' ELSE 'TOWNSHIP' END, count(*) "
        "FROM relief_request WHERE status IN ('ACCEPTED', 'REVIEWED', 'RETURNED', 'COUNTY') "
        "AND CASE WHEN status = 'COUNTY' THEN county_due_on ELSE township_due_on END < $1 GROUP BY 1, 2",
    ),
    counted(
        "doudi_relief_granted_fen",
        "Fen of relief granted in the last 365 days, by kind",
        ("county", "kind"),
        "SELECT county, kind, sum(fen)::bigint FROM ("
        "SELECT left(division, 6) AS county, 'ADVANCE' AS kind, amount_fen AS fen FROM relief_case "
        "WHERE granted_on > $1 - 365 "
        "UNION ALL SELECT left(c.division, 6), 'FOLLOW_UP', f.amount_fen FROM follow_up f "
        "JOIN relief_case c ON c.id = f.case_id "
        "WHERE f.status IN ('GRANTED', 'PAID') AND f.settled_at > $1 - 365 "
        "UNION ALL SELECT left(division, 6), 'EXPENDITURE', amount_fen FROM relief_request "
        "WHERE status IN ('GRANTED', 'PAID') AND decided_on > $1 - 365) AS granted GROUP BY 1, 2",
    ),
)
