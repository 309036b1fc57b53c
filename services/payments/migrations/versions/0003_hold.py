"""Money of an award may be held: it is owed, but not due, from a month on."""

from __future__ import annotations

from alembic import op

revision = "0003"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """`held_before` is the first day of the last month before the hold; null where nothing is held."""
    op.get_bind().exec_driver_sql("ALTER TABLE award ADD COLUMN held_before date")


def downgrade() -> None:
    """Steps back are made by a new step forward."""
    raise NotImplementedError("write a new migration that goes forward")
