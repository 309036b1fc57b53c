"""What oversight has heard, and its flags."""

from __future__ import annotations

from alembic import op

from doudi.migrate import create_plumbing

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

_TABLES = """
CREATE TABLE place (case_id uuid PRIMARY KEY, division text NOT NULL);
CREATE TABLE death (
    event_id uuid PRIMARY KEY, said_at timestamptz NOT NULL, person_id uuid NOT NULL, died_on date NOT NULL
);
CREATE INDEX death_person ON death (person_id);
CREATE TABLE line (
    event_id uuid PRIMARY KEY, said_at timestamptz NOT NULL,
    kind text NOT NULL CHECK (kind IN ('INSTRUCTED', 'PAID', 'RETURNED')),
    payment_id uuid NOT NULL, payment_key text NOT NULL, money text NOT NULL, subject_id uuid NOT NULL,
    person_id uuid NOT NULL, month date NOT NULL, item text NOT NULL, amount_fen bigint NOT NULL,
    happened_on date NOT NULL
);
CREATE INDEX line_money ON line (money);
CREATE INDEX line_payment ON line (payment_id) WHERE kind = 'INSTRUCTED';
CREATE INDEX line_subject ON line (subject_id);
CREATE INDEX line_person ON line (person_id) WHERE kind = 'PAID';
CREATE TABLE award_version (
    event_id uuid PRIMARY KEY, said_at timestamptz NOT NULL, award_id uuid NOT NULL,
    kind text NOT NULL CHECK (kind IN ('GRANTED', 'ADJUSTED', 'STOPPED')), from_month date NOT NULL
);
CREATE INDEX award_version_award ON award_version (award_id);
CREATE TABLE award_line (
    event_id uuid NOT NULL REFERENCES award_version, person_id uuid NOT NULL, item text NOT NULL,
    amount_fen bigint NOT NULL, PRIMARY KEY (event_id, person_id, item)
);
CREATE TABLE posting (
    application_id uuid NOT NULL, which text NOT NULL CHECK (which IN ('FIRST', 'SECOND')), posted_on date NOT NULL,
    ends_on date, ended_on date, event_id uuid NOT NULL, said_at timestamptz NOT NULL,
    PRIMARY KEY (application_id, which, posted_on), CHECK (coalesce(ends_on, ended_on) IS NOT NULL)
);
CREATE TABLE forwarded (
    event_id uuid PRIMARY KEY, said_at timestamptz NOT NULL, application_id uuid NOT NULL,
    posting_ended_on date NOT NULL
);
CREATE INDEX forwarded_application ON forwarded (application_id);
CREATE TABLE decision (
    event_id uuid PRIMARY KEY, said_at timestamptz NOT NULL, application_id uuid NOT NULL, decision_id uuid NOT NULL,
    division text NOT NULL, approved boolean NOT NULL, decided_on date NOT NULL,
    first_ended_on date NOT NULL, second_ended_on date
);
CREATE INDEX decision_application ON decision (application_id);
CREATE TABLE shortage (
    institution_id uuid NOT NULL, since date NOT NULL, division text NOT NULL, required integer NOT NULL,
    staff_hundredths integer NOT NULL, event_id uuid NOT NULL, said_at timestamptz NOT NULL,
    recovered_on date, recovered_event uuid, watched boolean NOT NULL DEFAULT false,
    PRIMARY KEY (institution_id, since)
);
CREATE INDEX shortage_going_on ON shortage (since) WHERE recovered_on IS NULL AND NOT watched;
CREATE TABLE flag (
    id uuid PRIMARY KEY, version integer NOT NULL, indicator text NOT NULL, severity text NOT NULL
        CHECK (severity IN ('H', 'M', 'L')),
    subject_kind text NOT NULL, subject_id text NOT NULL, case_id uuid NOT NULL, division text,
    about_officials boolean NOT NULL,
    status text NOT NULL CHECK (status IN ('OPEN', 'ASSIGNED', 'VERIFIED', 'FALSE_POSITIVE', 'RECTIFIED', 'CLOSED')),
    raised_on date NOT NULL, due_on date NOT NULL, assigned_to text, assigned_on date,
    settled_by text, settled_on date, reason text,
    UNIQUE (indicator, subject_kind, subject_id),
    CHECK (status <> 'ASSIGNED' OR assigned_to IS NOT NULL),
    CHECK (status IN ('OPEN', 'ASSIGNED') OR (settled_by IS NOT NULL AND reason IS NOT NULL))
);
CREATE INDEX flag_division ON flag (division text_pattern_ops, id);
CREATE INDEX flag_indicator ON flag (indicator, id);
CREATE INDEX flag_status ON flag (status, due_on);
CREATE INDEX flag_without_place ON flag (case_id) WHERE division IS NULL;
CREATE TABLE ground (
    flag_id uuid NOT NULL REFERENCES flag, evidence uuid[] NOT NULL, scope text NOT NULL, because text NOT NULL,
    shown_on date NOT NULL, PRIMARY KEY (flag_id, evidence, because)
);
CREATE INDEX ground_scope ON ground (scope);
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
