"""What the homes measure of themselves (卫民发〔2019〕21号 二(三)8, 10: homes at the ratio, occupancy by group)."""

from __future__ import annotations

from doudi.telemetry import Measure, counted

MEASURES: tuple[Measure, ...] = (
    counted(
        "doudi_homes",
        "Homes with residents, by whether their staff is at the ratio",
        ("county", "staffing"),
        "SELECT left(i.division, 6), CASE WHEN i.short_since IS NULL THEN 'at_ratio' ELSE 'short' END, count(*) "
        "FROM institution i WHERE EXISTS (SELECT FROM resident r WHERE r.institution_id = i.id AND r.left_on IS NULL) "
        "GROUP BY 1, 2",
    ),
    counted(
        "doudi_home_short_days",
        "Days for which the home that is longest below the ratio has been so",
        ("county",),
        "SELECT left(division, 6), max($1 - short_since) FROM institution WHERE short_since IS NOT NULL GROUP BY 1",
    ),
    counted(
        "doudi_home_beds",
        "Beds on record",
        ("county",),
        "SELECT left(division, 6), sum(beds) FROM institution GROUP BY 1",
    ),
    counted(
        "doudi_residents",
        "People who live in homes, by the group that they were admitted in",
        ("county", "group"),
        "SELECT left(division, 6), admission_group, count(*) FROM resident WHERE left_on IS NULL GROUP BY 1, 2",
    ),
    counted(
        "doudi_assessments_overdue",
        "Residents whose self-care assessment is overdue, yearly or after a change",
        ("county",),
        "SELECT left(division, 6), count(*) FROM resident "
        "WHERE left_on IS NULL AND least(next_due_on, reassess_due_on) < $1 GROUP BY 1",
    ),
    counted(
        "doudi_homes_waiting",
        "People who wait for a bed, by group",
        ("county", "group"),
        "SELECT left(division, 6), admission_group, count(*) FROM waiting WHERE ended_on IS NULL GROUP BY 1, 2",
    ),
)
