"""What hangs is a posting before the decision or, from RS2021, a publication after it."""

from __future__ import annotations

from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """All that hung so far were postings."""
    op.execute(
        "ALTER TABLE posting ADD COLUMN kind text NOT NULL DEFAULT 'POSTING' CHECK (kind IN ('POSTING', 'PUBLICATION'))"
    )


def downgrade() -> None:
    """Steps back are made by a new step forward."""
    raise NotImplementedError("write a new migration that goes forward")
