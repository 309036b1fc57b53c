"""Tapers and recoveries that were heard of, and how far a death was looked at."""

from __future__ import annotations

from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

# `watched`: 0 not yet, 1 after thirty days, 2 after three months.
_TABLES = """
ALTER TABLE death ADD COLUMN watched smallint NOT NULL DEFAULT 0;
CREATE INDEX death_to_watch ON death (died_on) WHERE watched < 2;
CREATE INDEX award_line_person ON award_line (person_id);
CREATE TABLE taper (
    event_id uuid PRIMARY KEY, said_at timestamptz NOT NULL, award_id uuid NOT NULL, division text,
    from_month date, last_month date, granted_on date, CHECK ((from_month IS NULL) = (last_month IS NULL))
);
CREATE INDEX taper_award ON taper (award_id, said_at);
CREATE TABLE recovery (
    recovery_id uuid PRIMARY KEY, event_id uuid NOT NULL, said_at timestamptz NOT NULL, division text NOT NULL,
    found_fen bigint NOT NULL, opened_on date NOT NULL, answered_on date, watched boolean NOT NULL DEFAULT false
);
CREATE INDEX recovery_to_watch ON recovery (opened_on) WHERE answered_on IS NULL AND NOT watched
"""


def upgrade() -> None:
    """Makes everything."""
    for statement in _TABLES.split(";\n"):
        if statement.strip():
            op.get_bind().exec_driver_sql(statement)


def downgrade() -> None:
    """Steps back are made by a new step forward."""
    raise NotImplementedError("write a new migration that goes forward")
