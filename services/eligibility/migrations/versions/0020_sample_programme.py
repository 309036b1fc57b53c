"""The draw of tekun keeps frame, seed and list as that of dibao does (民发〔2021〕43号 art. 16; domain §4.10)."""

from __future__ import annotations

from alembic import op

revision = "0020"
down_revision = "0018"
branch_labels = None
depends_on = None

# What was drawn until now is dibao's. Open cases of tekun keep what was said of their visit.
_STEPS = (
    "ALTER TABLE sample_entry DROP CONSTRAINT sample_entry_township_quarter_fkey, "
    "DROP CONSTRAINT sample_entry_township_quarter_position_key, ADD COLUMN programme text NOT NULL DEFAULT 'DIBAO'",
    "ALTER TABLE sample_frame ADD COLUMN programme text NOT NULL DEFAULT 'DIBAO', DROP CONSTRAINT sample_frame_pkey",
    "ALTER TABLE sample_frame ADD PRIMARY KEY (programme, township, quarter), ALTER COLUMN programme DROP DEFAULT",
    "ALTER TABLE sample_entry ADD UNIQUE (programme, township, quarter, position), "
    "ADD FOREIGN KEY (programme, township, quarter) REFERENCES sample_frame (programme, township, quarter), "
    "ALTER COLUMN programme DROP DEFAULT",
)


def upgrade() -> None:
    """Frames and entries have their programme."""
    for statement in _STEPS:
        op.get_bind().exec_driver_sql(statement)


def downgrade() -> None:
    """Steps back are made by a new step forward."""
    raise NotImplementedError("write a new migration that goes forward")
