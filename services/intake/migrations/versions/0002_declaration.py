"""Urban households, one member's own application, and what the law asks of a member's place in the household."""

from __future__ import annotations

from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

_CHANGES = """
ALTER TABLE household_member ADD COLUMN lives_apart boolean NOT NULL DEFAULT false,
    ADD COLUMN registered_apart boolean NOT NULL DEFAULT false,
    ADD COLUMN cannot_register_apart boolean NOT NULL DEFAULT false,
    ADD CHECK (NOT (registered_apart AND cannot_register_apart));
ALTER TABLE application ADD COLUMN applies_alone boolean NOT NULL DEFAULT false,
    DROP CONSTRAINT application_programme_check,
    ADD CONSTRAINT application_programme_check CHECK (programme IN ('DIBAO_R', 'DIBAO_U'));
"""


def upgrade() -> None:
    """Adds columns that say nothing of what is on file already."""
    for statement in _CHANGES.split(";\n"):
        if statement.strip():
            op.get_bind().exec_driver_sql(statement)


def downgrade() -> None:
    """Steps back are made by a new step forward."""
    raise NotImplementedError("write a new migration that goes forward")
