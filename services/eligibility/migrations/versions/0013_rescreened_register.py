"""A changed standard re-screens the register too, and a simulation counts the awards of one person."""

from __future__ import annotations

from alembic import op

revision = "0013"
down_revision = "0011"
branch_labels = None
depends_on = None

_STEPS = (
    "ALTER TABLE redetermination DROP CONSTRAINT redetermination_phase_check",
    "ALTER TABLE redetermination ADD CONSTRAINT redetermination_phase_check "
    "CHECK (phase IN ('AWARDS', 'CASES', 'PEOPLE', 'REGISTER'))",
    """CREATE TABLE rescreened_register (
        redetermination_id uuid NOT NULL REFERENCES redetermination (id),
        household uuid NOT NULL, comparison_id uuid NOT NULL REFERENCES comparison (id), division text NOT NULL,
        income_fen bigint NOT NULL, announced_on date,
        PRIMARY KEY (redetermination_id, household)
    )""",
    """CREATE TABLE simulated_person (
        redetermination_id uuid NOT NULL REFERENCES redetermination (id),
        award_id uuid NOT NULL REFERENCES programme_award (id), division text NOT NULL, programme text NOT NULL,
        outcome text NOT NULL CHECK (outcome IN ('GAINS', 'LOSES', 'LEAVES', 'SAME')),
        old_fen bigint NOT NULL, new_fen bigint NOT NULL, because text NOT NULL,
        PRIMARY KEY (redetermination_id, award_id)
    )""",
)


def upgrade() -> None:
    """Two more phases, and what they find."""
    for statement in _STEPS:
        op.get_bind().exec_driver_sql(statement)


def downgrade() -> None:
    """Steps back are made by a new step forward."""
    raise NotImplementedError("write a new migration that goes forward")
