"""What oversight heard about relief: reports, grants and closes (R81-R85)."""

from __future__ import annotations

from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

_STEPS = (
    """
    CREATE TABLE relief_report (case_id uuid PRIMARY KEY, cause text NOT NULL, registry text NOT NULL)
    """,
    """
    CREATE TABLE relief_grant (
        event_id uuid PRIMARY KEY, said_at timestamptz NOT NULL,
        kind text NOT NULL CHECK (kind IN ('ADVANCE', 'FOLLOW_UP', 'EXPENDITURE')),
        case_id uuid NOT NULL, division text NOT NULL, people uuid[] NOT NULL, persons integer NOT NULL,
        cause text NOT NULL, registry text NOT NULL, level text NOT NULL CHECK (level IN ('TOWNSHIP', 'COUNTY')),
        amount_fen bigint NOT NULL, granted_on date NOT NULL
    )
    """,
    "CREATE INDEX relief_grant_case ON relief_grant (case_id)",
    "CREATE INDEX relief_grant_people ON relief_grant USING gin (people)",
    "CREATE INDEX relief_grant_township ON relief_grant (division text_pattern_ops, granted_on)",
)


def upgrade() -> None:
    """Steps forward."""
    for step in _STEPS:
        op.get_bind().exec_driver_sql(step)


def downgrade() -> None:
    """Steps back are made by a new step forward."""
    raise NotImplementedError("write a new migration that goes forward")
