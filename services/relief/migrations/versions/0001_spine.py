"""The relief case."""

from __future__ import annotations

from alembic import op

from doudi.migrate import create_plumbing

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

_TABLES = """
CREATE TABLE relief_case (
    id uuid PRIMARY KEY, version integer NOT NULL, division text NOT NULL,
    status text NOT NULL CHECK (status IN
        ('REPORTED', 'VERIFIED', 'ADVANCE_PAID', 'EMERGENCY_ENDED', 'PAPERWORK_OVERDUE', 'PAPERWORK_DONE', 'CLOSED')),
    cause text NOT NULL CHECK (cause IN ('FIRE', 'TRAFFIC_ACCIDENT', 'SUDDEN_ILLNESS', 'OTHER')),
    persons integer NOT NULL CHECK (persons > 0),
    poverty_registry text NOT NULL CHECK (poverty_registry IN ('NONE', 'NOT_OUT', 'OUT', 'RETURNED')),
    channel text NOT NULL, urgency jsonb NOT NULL,
    reported_at timestamptz NOT NULL, reported_by text NOT NULL,
    person_id uuid, match_key text, name text, id_number text, phone text, account_number text, bank_code text,
    officers jsonb NOT NULL, evidence jsonb NOT NULL, verified_at timestamptz,
    amount_fen bigint CHECK (amount_fen > 0), level text CHECK (level IN ('TOWNSHIP', 'COUNTY')),
    granted_by text, granted_at timestamptz, granted_on date, findings jsonb NOT NULL,
    follow_up_owed_fen bigint NOT NULL CHECK (follow_up_owed_fen >= 0),
    payment_key text UNIQUE, paid_on date, hours_to_pay integer, returned_on date, return_reason text,
    end_assumed_on date, ended_on date, end_assumed boolean NOT NULL,
    paperwork_due_on date, overdue_noticed_on date, paperwork_done_on date, paperwork_late boolean, paperwork_by text,
    closed_on date, outcome text CHECK (outcome IN ('COMPLETE', 'INVALID')), invalid_because text,
    CHECK ((granted_on IS NULL) = (amount_fen IS NULL)),
    CHECK ((person_id IS NULL) = (account_number IS NULL)),
    CHECK ((ended_on IS NULL) = (paperwork_due_on IS NULL)),
    CHECK ((status = 'CLOSED') = (outcome IS NOT NULL)),
    CHECK ((outcome IS NOT DISTINCT FROM 'INVALID') = (invalid_because IS NOT NULL))
);
CREATE INDEX relief_case_division ON relief_case (division text_pattern_ops, id);
CREATE INDEX relief_case_status ON relief_case (status, division text_pattern_ops, id);
CREATE INDEX relief_case_cause ON relief_case (cause, division text_pattern_ops, id);
CREATE INDEX relief_case_person ON relief_case (match_key, cause) WHERE match_key IS NOT NULL;
CREATE INDEX relief_case_unended ON relief_case (end_assumed_on) WHERE status IN ('VERIFIED', 'ADVANCE_PAID');
CREATE INDEX relief_case_papers ON relief_case (paperwork_due_on)
    WHERE status IN ('EMERGENCY_ENDED', 'PAPERWORK_OVERDUE');
"""


def upgrade() -> None:
    """Makes everything."""
    create_plumbing(op)
    for statement in _TABLES.split(";\n"):
        if statement.strip():
            op.get_bind().exec_driver_sql(statement)


def downgrade() -> None:
    """Steps back are made by a new step forward."""
    raise NotImplementedError("write a new migration that goes forward")
