"""Money of an award may be held, owed but not due, from a month on; a taper has a last month that may be given up."""

from __future__ import annotations

from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """`held_before`: the last month before a hold; `taper_until`: a taper's last month; null where there is none."""
    op.get_bind().exec_driver_sql("ALTER TABLE award ADD COLUMN held_before date, ADD COLUMN taper_until date")


def downgrade() -> None:
    """Steps back are made by a new step forward."""
    raise NotImplementedError("write a new migration that goes forward")
