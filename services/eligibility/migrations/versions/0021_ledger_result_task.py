"""A comparison's results are not indexed by task: they are only ever asked for by comparison."""

from __future__ import annotations

from alembic import op

revision = "0021"
down_revision = "0020"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """The index cost a comparison more to write than any question to it saved."""
    op.get_bind().exec_driver_sql("DROP INDEX ledger_result_task")


def downgrade() -> None:
    """Steps back are made by a new step forward."""
    raise NotImplementedError("write a new migration that goes forward")
