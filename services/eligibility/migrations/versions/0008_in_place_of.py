"""An application for a programme of one person may ask to take the place of dibao."""

from __future__ import annotations

from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """`in_place_of` names the dibao award that would end when the programme begins."""
    op.get_bind().exec_driver_sql("ALTER TABLE programme_case ADD COLUMN in_place_of uuid REFERENCES award (id)")


def downgrade() -> None:
    """Steps back are made by a new step forward."""
    raise NotImplementedError("write a new migration that goes forward")
