"""What oversight measures (domain §9, 卫民发〔2019〕21号 三(二)): flags by indicator, severity, state and age."""

from __future__ import annotations

from doudi.telemetry import Measure, counted

MEASURES: tuple[Measure, ...] = (
    counted(
        "doudi_flags",
        "Flags, by indicator, severity and state",
        ("indicator", "severity", "state"),
        "SELECT indicator, severity, status, count(*) FROM flag GROUP BY 1, 2, 3",
    ),
    counted(
        "doudi_flags_overdue",
        "Flags whose term has passed and that nobody has settled",
        ("severity",),
        "SELECT severity, count(*) FROM flag WHERE status IN ('OPEN', 'ASSIGNED') AND due_on < $1 GROUP BY 1",
    ),
    counted(
        "doudi_flag_oldest_days",
        "Days for which the oldest flag that nobody has settled has stood",
        ("severity",),
        "SELECT severity, max($1 - raised_on) FROM flag WHERE status IN ('OPEN', 'ASSIGNED') GROUP BY 1",
    ),
)
