"""An award says by which entry one member alone is insured."""

from __future__ import annotations

from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Null on awards of before: their determination has it."""
    op.get_bind().exec_driver_sql(
        """ALTER TABLE award ADD COLUMN single_basis text CHECK (single_basis IN
           ('REGISTERED_APART', 'POVERTY_REGISTRY', 'MARGIN', 'ADULT_SEVERELY_DISABLED'))"""
    )


def downgrade() -> None:
    """Steps back are made by a new step forward."""
    raise NotImplementedError("write a new migration that goes forward")
