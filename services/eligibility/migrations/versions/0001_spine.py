"""Cases at the county, determinations, second postings, awards, standards."""

from __future__ import annotations

from alembic import op

from doudi.migrate import create_plumbing

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

_TABLES = """
CREATE TABLE county_case (
    id uuid PRIMARY KEY, version integer NOT NULL, division text NOT NULL,
    status text NOT NULL CHECK (status IN ('COUNTY', 'PREPARED', 'CHECKED', 'POSTING_2', 'OBJECTION_2', 'POSTED',
        'APPROVED', 'REJECTED', 'RETURNED', 'WITHDRAWN')),
    household jsonb NOT NULL, means jsonb NOT NULL, account jsonb NOT NULL,
    near_relative boolean NOT NULL, doubtful boolean NOT NULL,
    opinion text NOT NULL CHECK (opinion IN ('SUPPORT', 'REFUSE')),
    officers jsonb NOT NULL, relatives jsonb NOT NULL,
    first_posted_on date NOT NULL, first_posting_ended_on date NOT NULL, forwarded_on date NOT NULL,
    opinion_due_on date NOT NULL, visit_because text,
    determination_id uuid, prepared_by text, checked_by text, visited_on date,
    posting_id uuid, posting_ends_on date, posting_ended_on date, reinvestigate_by date,
    decision_id uuid, decided_on date, signed_by text, outcome_because text, notice_due_on date,
    CHECK (signed_by IS NULL OR (signed_by <> prepared_by AND signed_by <> checked_by AND prepared_by <> checked_by))
);
CREATE INDEX county_case_division ON county_case (division text_pattern_ops, id);
CREATE INDEX county_case_status ON county_case (status, division text_pattern_ops, id);
CREATE TABLE determination (
    id uuid PRIMARY KEY, version integer NOT NULL, division text NOT NULL,
    application_id uuid NOT NULL, made_on date NOT NULL, made_by text, rule_set text NOT NULL,
    facts jsonb NOT NULL, numbers jsonb NOT NULL, choice jsonb NOT NULL, result jsonb NOT NULL, sha256 text NOT NULL
);
CREATE INDEX determination_application ON determination (application_id, id);
CREATE TABLE posting (
    id uuid PRIMARY KEY, version integer NOT NULL, division text NOT NULL,
    application_id uuid NOT NULL REFERENCES county_case (id), applicant_name text NOT NULL, members integer NOT NULL,
    assistance_class text NOT NULL, amount_fen bigint NOT NULL,
    posted_on date NOT NULL, ends_on date NOT NULL, ended_on date, "full" boolean
);
CREATE UNIQUE INDEX posting_one_hangs ON posting (application_id) WHERE ended_on IS NULL;
CREATE INDEX posting_hanging ON posting (division text_pattern_ops, id) WHERE ended_on IS NULL;
CREATE INDEX posting_due ON posting (ends_on) WHERE ended_on IS NULL;
CREATE TABLE objection (
    id uuid PRIMARY KEY, version integer NOT NULL, division text NOT NULL,
    application_id uuid NOT NULL REFERENCES county_case (id), posting_id uuid NOT NULL REFERENCES posting (id),
    objected_on date NOT NULL, statement text NOT NULL, answer text, answered_on date
);
CREATE INDEX objection_application ON objection (application_id, id);
CREATE TABLE standard (
    id uuid PRIMARY KEY, version integer NOT NULL, division text NOT NULL, key text NOT NULL,
    amount_fen bigint NOT NULL CHECK (amount_fen > 0), period text NOT NULL CHECK (period IN ('MONTH', 'YEAR')),
    valid_from date NOT NULL, document text NOT NULL, set_on date NOT NULL, set_by text NOT NULL,
    UNIQUE (key, division, valid_from)
);
CREATE TABLE award (
    id uuid PRIMARY KEY, version integer NOT NULL, division text NOT NULL,
    application_id uuid NOT NULL UNIQUE REFERENCES county_case (id), decision_id uuid NOT NULL,
    household_id uuid NOT NULL, status text NOT NULL CHECK (status IN ('ACTIVE', 'STOPPED')),
    programme text NOT NULL, rule_set text NOT NULL, assistance_class text NOT NULL, household_size integer NOT NULL,
    insured jsonb NOT NULL, amount_fen bigint NOT NULL CHECK (amount_fen >= 0), starts text NOT NULL, last_month text,
    granted_on date NOT NULL, review_due_on date NOT NULL, facts jsonb NOT NULL, choice jsonb NOT NULL
);
CREATE INDEX award_division ON award (division text_pattern_ops, id);
CREATE INDEX award_review ON award (review_due_on) WHERE status = 'ACTIVE';
CREATE INDEX award_unit ON award USING gin ((facts->'unit') jsonb_path_ops) WHERE status = 'ACTIVE';
CREATE TABLE award_line (
    award_id uuid NOT NULL REFERENCES award (id), person_id uuid NOT NULL, item text NOT NULL,
    from_month text NOT NULL, to_month text, amount_fen bigint NOT NULL,
    PRIMARY KEY (award_id, person_id, item, from_month)
);
CREATE TABLE covered (
    match_key text NOT NULL, award_id uuid NOT NULL REFERENCES award (id), person_id uuid NOT NULL,
    active boolean NOT NULL DEFAULT true, PRIMARY KEY (match_key, award_id)
);
CREATE UNIQUE INDEX covered_once ON covered (match_key) WHERE active;
CREATE TABLE death (
    match_key text PRIMARY KEY, person_id uuid NOT NULL, died_on date NOT NULL, reported_on date NOT NULL
);
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
