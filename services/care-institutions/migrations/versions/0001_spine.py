"""Homes, rosters, residents, assessments, who waits, who died."""

from __future__ import annotations

from alembic import op

from doudi.migrate import create_plumbing

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

_TABLES = """
CREATE TABLE institution (
    id uuid PRIMARY KEY, version integer NOT NULL, division text NOT NULL,
    credit_code text NOT NULL CONSTRAINT institution_credit_code UNIQUE, name text NOT NULL,
    kind text NOT NULL CHECK (kind IN ('RURAL_HOME', 'WELFARE_HOME', 'PRIVATE')),
    beds integer NOT NULL CHECK (beds >= 0), licence_until date, fire_accepted_on date,
    registered_on date NOT NULL, registered_by text NOT NULL, short_since date, judged_on date NOT NULL
);
CREATE INDEX institution_division ON institution (division text_pattern_ops, id);
CREATE INDEX institution_short ON institution (division text_pattern_ops, id) WHERE short_since IS NOT NULL;
CREATE INDEX institution_judged ON institution (judged_on);
CREATE TABLE roster_entry (
    id uuid PRIMARY KEY, version integer NOT NULL, division text NOT NULL,
    institution_id uuid NOT NULL REFERENCES institution (id), name text NOT NULL,
    role text NOT NULL CHECK (role IN ('CARE', 'OTHER')),
    share_hundredths integer NOT NULL CHECK (share_hundredths BETWEEN 1 AND 100),
    started_on date NOT NULL, ended_on date CHECK (ended_on >= started_on),
    leave_from date, leave_until date CHECK (leave_until >= leave_from)
);
CREATE INDEX roster_entry_institution ON roster_entry (institution_id, id);
CREATE TABLE resident (
    id uuid PRIMARY KEY, version integer NOT NULL, division text NOT NULL,
    institution_id uuid NOT NULL REFERENCES institution (id),
    person_id uuid NOT NULL, match_key text NOT NULL, name text NOT NULL, id_number text NOT NULL,
    admission_group text NOT NULL CHECK (admission_group IN ('TEKUN', 'SEVERE_CARE', 'ENTRUST', 'OTHER')),
    consent_by text NOT NULL CHECK (consent_by IN ('PERSON', 'GUARDIAN')), consented_on date NOT NULL,
    admitted_on date NOT NULL, left_on date CHECK (left_on >= admitted_on),
    left_reason text CHECK (left_reason IN ('MOVED', 'DIED', 'AGREEMENT_ENDED', 'OTHER')),
    grade text CHECK (grade IN ('SELF_CARING', 'PARTLY_DISABLED', 'DISABLED')),
    assessed_on date, next_due_on date, change_reported_on date, reassess_due_on date,
    CHECK ((left_on IS NULL) = (left_reason IS NULL)),
    CHECK ((grade IS NULL) = (next_due_on IS NULL)),
    CHECK ((change_reported_on IS NULL) = (reassess_due_on IS NULL))
);
CREATE INDEX resident_institution ON resident (institution_id, id);
CREATE INDEX resident_person ON resident (match_key, id);
CREATE UNIQUE INDEX resident_one_bed ON resident (match_key) WHERE left_on IS NULL;
CREATE TABLE self_care_assessment (
    id uuid PRIMARY KEY, version integer NOT NULL, division text NOT NULL,
    resident_id uuid NOT NULL REFERENCES resident (id), items jsonb NOT NULL,
    items_failed integer NOT NULL CHECK (items_failed BETWEEN 0 AND 6), grade text NOT NULL,
    assessors jsonb NOT NULL, assessed_on date NOT NULL, next_due_on date NOT NULL, recorded_by text NOT NULL
);
CREATE INDEX self_care_assessment_resident ON self_care_assessment (resident_id, id);
CREATE TABLE waiting (
    id uuid PRIMARY KEY, version integer NOT NULL, division text NOT NULL,
    match_key text NOT NULL, name text NOT NULL, id_number text NOT NULL,
    admission_group text NOT NULL CHECK (admission_group IN ('TEKUN', 'SEVERE_CARE', 'ENTRUST', 'OTHER')),
    grade text, harsh_place boolean NOT NULL, waiting_since date NOT NULL,
    ended_on date, ended_reason text CHECK (ended_reason IN ('ADMITTED', 'REFUSED_BED', 'NO_LONGER_WISHES', 'DIED')),
    CHECK ((ended_on IS NULL) = (ended_reason IS NULL))
);
CREATE INDEX waiting_division ON waiting (division text_pattern_ops, id);
CREATE INDEX waiting_open ON waiting (admission_group, division text_pattern_ops) WHERE ended_on IS NULL;
CREATE UNIQUE INDEX waiting_once ON waiting (match_key) WHERE ended_on IS NULL;
CREATE TABLE death (match_key text PRIMARY KEY, died_on date NOT NULL);
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
