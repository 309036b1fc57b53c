"""People, households, applications and what happens to them up to the county."""

from __future__ import annotations

from alembic import op

from doudi.migrate import create_plumbing

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

_PEOPLE = """
CREATE TABLE person (
    id uuid PRIMARY KEY, version integer NOT NULL, division text NOT NULL,
    match_key text NOT NULL UNIQUE,
    name text NOT NULL, id_number text NOT NULL, phone text, address text,
    birth_date date NOT NULL, sex text NOT NULL CHECK (sex IN ('M', 'F')),
    labour text NOT NULL CHECK (labour IN ('FULL', 'PARTIAL', 'NONE')),
    student boolean NOT NULL, earns boolean NOT NULL, seriously_ill boolean NOT NULL,
    disability jsonb, registered_on date NOT NULL, died_on date
);
CREATE INDEX person_division ON person (division text_pattern_ops, id);
CREATE TABLE household (
    id uuid PRIMARY KEY, version integer NOT NULL, division text NOT NULL,
    hukou text NOT NULL CHECK (hukou IN ('RURAL', 'URBAN')),
    poverty_registry text NOT NULL CHECK (poverty_registry IN ('NONE', 'NOT_OUT', 'OUT', 'RETURNED')),
    number text, registered_on date NOT NULL
);
CREATE INDEX household_division ON household (division text_pattern_ops, id);
CREATE TABLE household_member (
    household_id uuid NOT NULL REFERENCES household (id),
    person_id uuid NOT NULL REFERENCES person (id),
    relation text NOT NULL CHECK (relation IN
        ('HEAD', 'SPOUSE', 'CHILD', 'PARENT', 'GRANDPARENT', 'GRANDCHILD', 'SIBLING', 'OTHER')),
    in_unit boolean NOT NULL, out_reason text,
    PRIMARY KEY (household_id, person_id),
    CHECK (in_unit = (out_reason IS NULL))
);
CREATE UNIQUE INDEX household_one_head ON household_member (household_id) WHERE relation = 'HEAD';
CREATE INDEX household_member_person ON household_member (person_id);
CREATE TABLE death_report (
    id uuid PRIMARY KEY, version integer NOT NULL, division text NOT NULL,
    match_key text NOT NULL, person_id uuid REFERENCES person (id),
    died_on date NOT NULL, reported_on date NOT NULL, source text NOT NULL, reported_by text NOT NULL,
    UNIQUE (match_key, died_on)
);
"""

_APPLICATION = """
CREATE TABLE application (
    id uuid PRIMARY KEY, version integer NOT NULL, division text NOT NULL,
    household_id uuid NOT NULL REFERENCES household (id),
    applicant_id uuid NOT NULL REFERENCES person (id),
    programme text NOT NULL CHECK (programme = 'DIBAO_R'),
    channel text NOT NULL CHECK (channel IN ('WINDOW', 'VILLAGE', 'ONLINE', 'DISCOVERY')),
    status text NOT NULL CHECK (status IN
        ('DRAFT', 'SUBMITTED', 'CORRECTION', 'NOT_ACCEPTED', 'ACCEPTED', 'SURVEY', 'CHECK_FAILED', 'ASSESSMENT',
         'REVIEWED', 'POSTING_1', 'OBJECTION_1', 'COUNTY', 'RETURNED', 'APPROVED', 'REJECTED', 'WITHDRAWN',
         'TERMINATED')),
    submitted_on date NOT NULL, submitted_by text NOT NULL,
    entrusted boolean NOT NULL, signed boolean NOT NULL, truth_promised boolean NOT NULL,
    consents jsonb NOT NULL, declared jsonb, relatives jsonb, near_relative boolean NOT NULL,
    payee_person_id uuid REFERENCES person (id), account_number text, bank_code text,
    correction_requested_on date, correction_due_on date, supplied_on date,
    missing jsonb, accepted_on date, survey_due_on date,
    match_round integer NOT NULL,
    matching text CHECK (matching IN ('RUNNING', 'PASSED', 'FAILED', 'INCOMPLETE')),
    matched_on date, explained jsonb NOT NULL,
    visited_on date, surveyors jsonb NOT NULL, means jsonb, assessment_due_on date, assessed_on date,
    opinion text CHECK (opinion IN ('SUPPORT', 'REFUSE')), opinion_reason text, reviewed_on date,
    posted_on date, posting_ends_on date, posting_ended_on date, forwarded_on date,
    returned_because text, decision_id uuid, closed_on date, closing_reason text, officers jsonb NOT NULL
);
CREATE INDEX application_division ON application (division text_pattern_ops, id);
CREATE INDEX application_status ON application (status, division text_pattern_ops, id);
CREATE INDEX application_submitted ON application (submitted_on, id);
CREATE INDEX application_household ON application (household_id);
CREATE INDEX application_applicant ON application (applicant_id);
CREATE INDEX application_relatives ON application (division text_pattern_ops, id) WHERE near_relative;
CREATE INDEX application_posted ON application (posting_ends_on) WHERE status = 'POSTING_1';
CREATE INDEX application_waiting ON application (correction_due_on) WHERE status = 'CORRECTION';
CREATE TABLE open_member (
    person_id uuid PRIMARY KEY REFERENCES person (id),
    application_id uuid NOT NULL REFERENCES application (id)
);
CREATE INDEX open_member_application ON open_member (application_id);
"""

_STEPS = """
CREATE TABLE match_query (
    id uuid PRIMARY KEY, version integer NOT NULL, division text NOT NULL,
    application_id uuid NOT NULL REFERENCES application (id), round integer NOT NULL,
    person_id uuid NOT NULL REFERENCES person (id), source text NOT NULL,
    attempts integer NOT NULL, claimed_until timestamptz,
    code text CHECK (code IN ('MATCH', 'NO_RECORD', 'MISMATCH', 'UNAVAILABLE', 'CONSENT_MISSING')),
    amount_fen bigint, detail text, answered_on date,
    UNIQUE (application_id, round, person_id, source)
);
CREATE INDEX match_query_due ON match_query (id) WHERE code IS NULL;
CREATE TABLE home_visit (
    id uuid PRIMARY KEY, version integer NOT NULL, division text NOT NULL,
    application_id uuid NOT NULL REFERENCES application (id), visited_on date NOT NULL,
    surveyors jsonb NOT NULL, means jsonb NOT NULL, found jsonb NOT NULL, recorded_by text NOT NULL
);
CREATE INDEX home_visit_application ON home_visit (application_id, id);
CREATE TABLE assessment (
    id uuid PRIMARY KEY, version integer NOT NULL, division text NOT NULL,
    application_id uuid NOT NULL REFERENCES application (id), held_on date NOT NULL,
    present integer NOT NULL CHECK (present > 0),
    representatives integer NOT NULL CHECK (representatives BETWEEN 0 AND present),
    steps jsonb NOT NULL, conclusion text NOT NULL CHECK (conclusion IN ('AGREED', 'DISPUTED')),
    late boolean NOT NULL, recorded_by text NOT NULL
);
CREATE INDEX assessment_application ON assessment (application_id, id);
CREATE TABLE posting (
    id uuid PRIMARY KEY, version integer NOT NULL, division text NOT NULL,
    application_id uuid NOT NULL REFERENCES application (id), applicant_name text, members integer NOT NULL,
    posted_on date NOT NULL, ends_on date NOT NULL, ended_on date, "full" boolean,
    CHECK ((ended_on IS NULL) = ("full" IS NULL))
);
CREATE UNIQUE INDEX posting_one_hangs ON posting (application_id) WHERE ended_on IS NULL;
CREATE INDEX posting_hanging ON posting (division text_pattern_ops, id) WHERE ended_on IS NULL;
CREATE INDEX posting_due ON posting (ends_on) WHERE ended_on IS NULL;
CREATE TABLE objection (
    id uuid PRIMARY KEY, version integer NOT NULL, division text NOT NULL,
    application_id uuid NOT NULL REFERENCES application (id), posting_id uuid NOT NULL REFERENCES posting (id),
    objected_on date NOT NULL, statement text NOT NULL, name text, phone text, answer text, answered_on date
);
CREATE INDEX objection_application ON objection (application_id, id);
"""


def upgrade() -> None:
    """Makes everything."""
    create_plumbing(op)
    for statement in (_PEOPLE + _APPLICATION + _STEPS).split(";\n"):
        if statement.strip():
            op.get_bind().exec_driver_sql(statement)


def downgrade() -> None:
    """Steps back are made by a new step forward."""
    raise NotImplementedError("write a new migration that goes forward")
