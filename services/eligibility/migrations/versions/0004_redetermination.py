"""Redeterminations and simulations: their progress, and what they found award by award and refusal by refusal."""

from __future__ import annotations

from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

_TABLES = """
CREATE TABLE redetermination (
    id uuid PRIMARY KEY, version integer NOT NULL, division text NOT NULL,
    kind text NOT NULL CHECK (kind IN ('REDETERMINATION', 'SIMULATION')),
    status text NOT NULL CHECK (status IN ('COUNTING', 'COUNTED', 'PROPOSED', 'APPROVED', 'EXECUTING', 'EXECUTED',
        'FAILED')),
    from_month text NOT NULL, standard_ids jsonb NOT NULL, draft jsonb, changes jsonb NOT NULL,
    numbers jsonb NOT NULL, phase text NOT NULL CHECK (phase IN ('AWARDS', 'CASES')), after uuid,
    done integer NOT NULL, total integer NOT NULL, journal_position bigint NOT NULL, sha256 text NOT NULL,
    figures jsonb NOT NULL, floors jsonb NOT NULL, settled jsonb NOT NULL,
    proposed_by text NOT NULL, proposed_on date NOT NULL, approved_by text, approved_on date, approved_sha256 text,
    executed_by text, executed_on date, finished_on date, failed_because text,
    CHECK (approved_by <> proposed_by), CHECK (status NOT IN ('APPROVED', 'EXECUTING', 'EXECUTED') OR
        (approved_by IS NOT NULL AND approved_sha256 IS NOT NULL AND kind = 'REDETERMINATION'))
);
CREATE INDEX redetermination_division ON redetermination (division text_pattern_ops, id);
CREATE INDEX redetermination_at_work ON redetermination (id) WHERE status IN ('COUNTING', 'EXECUTING');
CREATE TABLE redetermined_award (
    redetermination_id uuid NOT NULL REFERENCES redetermination (id), award_id uuid NOT NULL REFERENCES award (id),
    division text NOT NULL, programme text NOT NULL, counted_version integer,
    outcome text NOT NULL CHECK (outcome IN ('GAINS', 'LOSES', 'LEAVES', 'SAME')), effective text NOT NULL,
    old_lines jsonb NOT NULL, new_lines jsonb NOT NULL, old_fen bigint NOT NULL, new_fen bigint NOT NULL,
    listed_because text,
    settled text CHECK (settled IN ('ADJUSTED', 'UNCHANGED', 'LISTED', 'GONE')), settled_fen bigint,
    changed_because text, changed_event uuid,
    PRIMARY KEY (redetermination_id, award_id)
);
CREATE TABLE rescreened_case (
    redetermination_id uuid NOT NULL REFERENCES redetermination (id),
    application_id uuid NOT NULL REFERENCES county_case (id),
    division text NOT NULL, refused_on date NOT NULL, assistance_class text NOT NULL, amount_fen bigint NOT NULL,
    announced_on date,
    PRIMARY KEY (redetermination_id, application_id)
);
CREATE INDEX county_case_refused ON county_case (division text_pattern_ops, id) WHERE status = 'REJECTED'
"""


def upgrade() -> None:
    """Makes everything."""
    for statement in _TABLES.split(";\n"):
        if statement.strip():
            op.get_bind().exec_driver_sql(statement)


def downgrade() -> None:
    """Steps back are made by a new step forward."""
    raise NotImplementedError("write a new migration that goes forward")
