"""A county sets its table of classes; a changed standard settles awards of one person; the whole procedure's term."""

from __future__ import annotations

from alembic import op

revision = "0016"
down_revision = "0015"
branch_labels = None
depends_on = None

# What an award pays since when, and since when on the same facts: as far as the notices know it.
_STEPS = (
    "ALTER TABLE standard ADD COLUMN value jsonb, ALTER COLUMN amount_fen DROP NOT NULL, "
    "ALTER COLUMN period DROP NOT NULL",
    "ALTER TABLE standard ADD CHECK ((amount_fen IS NULL) = (value IS NOT NULL)), "
    "ADD CHECK ((amount_fen IS NULL) = (period IS NULL))",
    "ALTER TABLE redetermination ADD COLUMN keys jsonb NOT NULL DEFAULT '[]'",
    "ALTER TABLE redetermination DROP CONSTRAINT redetermination_phase_check",
    "ALTER TABLE redetermination ADD CONSTRAINT redetermination_phase_check "
    "CHECK (phase IN ('AWARDS', 'CASES', 'PEOPLE', 'REGISTER', 'DONE'))",
    "ALTER TABLE redetermined_award DROP CONSTRAINT redetermined_award_award_id_fkey, "
    "ADD COLUMN personal boolean NOT NULL DEFAULT false",
    "ALTER TABLE programme_award ADD COLUMN lines_from text, ADD COLUMN facts_from text",
    """UPDATE programme_award a SET lines_from = coalesce(n.last, a.starts), facts_from = coalesce(n.last, a.starts)
    FROM programme_award b LEFT JOIN LATERAL (
        SELECT max(from_month) AS last FROM personal_notice WHERE award_id = b.id AND kind = 'CHANGE'
    ) n ON true WHERE b.id = a.id""",
    "ALTER TABLE programme_award ALTER COLUMN lines_from SET NOT NULL, ALTER COLUMN facts_from SET NOT NULL",
    "ALTER TABLE personal_notice ADD COLUMN redetermination_id uuid REFERENCES redetermination (id)",
    "ALTER TABLE county_case ADD COLUMN accepted_on date, ADD COLUMN whole_due_on date, "
    "ADD COLUMN whole_extended_because text, ADD COLUMN whole_near date, ADD COLUMN whole_late date",
    "CREATE INDEX county_case_whole_near ON county_case (whole_due_on) WHERE whole_due_on IS DISTINCT FROM whole_near",
    "CREATE INDEX county_case_whole_late ON county_case (whole_due_on) WHERE whole_due_on IS DISTINCT FROM whole_late",
    "CREATE UNIQUE INDEX personal_notice_change ON personal_notice (redetermination_id, award_id) "
    "WHERE redetermination_id IS NOT NULL",
)


def upgrade() -> None:
    """More columns; what is known of before goes in."""
    for statement in _STEPS:
        op.get_bind().exec_driver_sql(statement)


def downgrade() -> None:
    """Steps back are made by a new step forward."""
    raise NotImplementedError("write a new migration that goes forward")
