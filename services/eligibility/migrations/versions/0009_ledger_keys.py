"""A household of a register is known by its people as one, and a settled probable match by who they are."""

from __future__ import annotations

from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Registers that are there already have no `folk`: their people are compared one by one, as before."""
    for statement in (
        "ALTER TABLE register_household ADD COLUMN folk uuid",
        "ALTER TABLE ledger_probable ADD COLUMN who uuid, ADD COLUMN carried_from uuid REFERENCES comparison (id)",
        "CREATE INDEX ledger_probable_who ON ledger_probable (who) WHERE verdict IS NOT NULL",
    ):
        op.get_bind().exec_driver_sql(statement)


def downgrade() -> None:
    """Steps back are made by a new step forward."""
    raise NotImplementedError("write a new migration that goes forward")
