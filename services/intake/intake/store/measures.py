"""What intake measures of itself: applications by state, against the terms of 民发〔2012〕220号 art. 18, 21, 25."""

from __future__ import annotations

from doudi.telemetry import Measure, counted

_TERM = (
    "CASE status WHEN 'CORRECTION' THEN correction_due_on WHEN 'ACCEPTED' THEN survey_due_on "
    "WHEN 'SURVEY' THEN survey_due_on WHEN 'ASSESSMENT' THEN assessment_due_on "
    "WHEN 'POSTING_1' THEN posting_ends_on END"
)
_CLOSED = "('NOT_ACCEPTED', 'APPROVED', 'REJECTED', 'WITHDRAWN', 'TERMINATED')"
MEASURES: tuple[Measure, ...] = (
    counted(
        "doudi_applications",
        "Applications that are not closed, by state and by whether the term of that state has passed",
        ("county", "state", "term"),
        f"SELECT left(division, 6), status, CASE WHEN {_TERM} < $1 THEN 'passed' WHEN {_TERM} IS NULL THEN 'none' "
        f"ELSE 'in_time' END, count(*) FROM application WHERE status NOT IN {_CLOSED} GROUP BY 1, 2, 3",
    ),
    counted(
        "doudi_first_postings",
        "First postings that ended in the last 90 days, by whether they hung for their full time",
        ("county", "full"),
        "SELECT left(division, 6), CASE WHEN \"full\" THEN 'yes' ELSE 'no' END, count(*) FROM posting "
        "WHERE ended_on > $1 - 90 GROUP BY 1, 2",
    ),
)
