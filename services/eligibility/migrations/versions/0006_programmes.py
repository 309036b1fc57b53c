"""Programmes of one person: applications and awards (TEKUN, the disability subsidies, children, elders)."""

from __future__ import annotations

from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None

# One open application, and one active award, for a person and programme.
_TABLES = """
CREATE TABLE programme_case (
    id uuid PRIMARY KEY, version integer NOT NULL, division text NOT NULL,
    status text NOT NULL CHECK (status IN ('RECEIVED', 'POSTING', 'OBJECTED', 'POSTED', 'PREPARED', 'CHECKED',
        'APPROVED', 'REJECTED', 'WITHDRAWN')),
    kind text NOT NULL CHECK (kind IN ('NEW', 'CHANGE')), award_id uuid, circumstances jsonb NOT NULL,
    programme text NOT NULL, person_id uuid NOT NULL, match_key text NOT NULL, person_name text NOT NULL,
    born date NOT NULL, given jsonb NOT NULL, account jsonb NOT NULL, relatives jsonb NOT NULL,
    applied_on date NOT NULL, accepted_by text NOT NULL, due_on date,
    facts jsonb NOT NULL, numbers jsonb NOT NULL, holdings jsonb NOT NULL, result jsonb NOT NULL,
    sha256 text NOT NULL, rule_set text NOT NULL, determined_on date NOT NULL,
    posted_on date, posting_ends_on date, posting_ended_on date, objected_on date, objection text, answer text,
    answer_due_on date, visit_because text, visited_on date, prepared_by text, checked_by text, signed_by text,
    decision_id uuid, decided_on date, outcome_because text, notice_due_on date, outcome text,
    heard_on date, hearing text, CHECK ((kind = 'CHANGE') = (award_id IS NOT NULL)),
    CHECK (signed_by IS NULL OR (signed_by <> prepared_by AND signed_by <> checked_by AND prepared_by <> checked_by))
);
CREATE INDEX programme_case_division ON programme_case (division text_pattern_ops, id);
CREATE INDEX programme_case_status ON programme_case (status, division text_pattern_ops, id);
CREATE UNIQUE INDEX programme_case_open ON programme_case (match_key, programme)
    WHERE status NOT IN ('APPROVED', 'REJECTED', 'WITHDRAWN');
CREATE INDEX programme_case_person ON programme_case (person_id);
CREATE INDEX programme_case_posting ON programme_case (posting_ends_on) WHERE status = 'POSTING';
CREATE TABLE programme_award (
    id uuid PRIMARY KEY, version integer NOT NULL, division text NOT NULL,
    application_id uuid NOT NULL UNIQUE REFERENCES programme_case (id), decision_id uuid NOT NULL,
    programme text NOT NULL, person_id uuid NOT NULL, match_key text NOT NULL,
    status text NOT NULL CHECK (status IN ('ACTIVE', 'STOPPED')), rule_set text NOT NULL, lines jsonb NOT NULL,
    amount_fen bigint NOT NULL CHECK (amount_fen >= 0), "whole" boolean NOT NULL,
    starts text NOT NULL, last_month text, granted_on date NOT NULL, review_due_on date NOT NULL, stopped_because text,
    case_id uuid NOT NULL REFERENCES programme_case (id), checked_month text NOT NULL, checked_on date NOT NULL,
    question text,
    CHECK ((status = 'STOPPED') = (last_month IS NOT NULL))
);
CREATE INDEX programme_award_division ON programme_award (division text_pattern_ops, id);
CREATE UNIQUE INDEX programme_award_once ON programme_award (match_key, programme) WHERE status = 'ACTIVE';
CREATE INDEX programme_award_review ON programme_award (review_due_on) WHERE status = 'ACTIVE';
CREATE INDEX programme_award_unchecked ON programme_award (checked_month, id) WHERE status = 'ACTIVE';
CREATE INDEX programme_award_living ON programme_award (checked_on, id)
    WHERE status = 'ACTIVE' AND programme = 'LIVING_SUB'
;
CREATE TABLE price_run (
    id uuid PRIMARY KEY, version integer NOT NULL, division text NOT NULL, month text NOT NULL,
    status text NOT NULL CHECK (status IN ('PREPARED', 'CHECKED', 'SIGNED', 'DONE')),
    amount_fen bigint NOT NULL CHECK (amount_fen > 0), prepared_by text NOT NULL, prepared_on date NOT NULL,
    checked_by text, signed_by text, signed_on date, granted integer NOT NULL, UNIQUE (division, month),
    CHECK (signed_by IS NULL OR (signed_by <> prepared_by AND signed_by <> checked_by AND prepared_by <> checked_by))
);
CREATE INDEX price_run_division ON price_run (division text_pattern_ops, id);
CREATE INDEX price_run_signed ON price_run (id) WHERE status = 'SIGNED';
CREATE TABLE price_grant (
    id uuid PRIMARY KEY, run_id uuid NOT NULL REFERENCES price_run (id), match_key text NOT NULL,
    person_id uuid NOT NULL, month text NOT NULL, amount_fen bigint NOT NULL, UNIQUE (match_key, month)
)
"""


def upgrade() -> None:
    """Makes the tables."""
    for statement in _TABLES.split(";\n"):
        if statement.strip():
            op.get_bind().exec_driver_sql(statement)


def downgrade() -> None:
    """Steps back are made by a new step forward."""
    raise NotImplementedError("write a new migration that goes forward")
