"""A notice may come from a changed standard: one for each award that a redetermination adjusted, and never two."""

from __future__ import annotations

from alembic import op

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None

_STEPS = (
    "ALTER TABLE notice ADD COLUMN redetermination_id uuid REFERENCES redetermination (id)",
    "CREATE UNIQUE INDEX notice_redetermination ON notice (redetermination_id, award_id) "
    "WHERE redetermination_id IS NOT NULL",
    "CREATE INDEX notice_redetermination_page ON notice (redetermination_id, id) WHERE redetermination_id IS NOT NULL",
)


def upgrade() -> None:
    """`redetermination_id` names the change of standard that a notice tells of."""
    for step in _STEPS:
        op.get_bind().exec_driver_sql(step)


def downgrade() -> None:
    """Steps back are made by a new step forward."""
    raise NotImplementedError("write a new migration that goes forward")
