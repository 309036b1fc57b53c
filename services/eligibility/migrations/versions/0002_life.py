"""An award's life: interventions, reviews, changes, holds, tapers, work offers; samples; what dates were told."""

from __future__ import annotations

from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

# One application may lead to several awards: a household that splits, or moves. `…_near…` and `…_late…` keep of which
# date it was said that it comes near or passed, so that it is said once; their indexes hold what was not said yet.
_CHANGES = """
ALTER TABLE award DROP CONSTRAINT award_application_id_key;
ALTER TABLE award DROP CONSTRAINT award_status_check;
ALTER TABLE award ADD CONSTRAINT award_status_check CHECK (status IN ('ACTIVE', 'SUSPENDED', 'TAPER', 'STOPPED'));
ALTER TABLE award ADD COLUMN account jsonb, ADD COLUMN succeeds uuid REFERENCES award (id),
    ADD COLUMN held_from text, ADD COLUMN held_because text, ADD COLUMN decide_by date, ADD COLUMN taper_until text,
    ADD CONSTRAINT award_held CHECK ((status = 'SUSPENDED') = (held_from IS NOT NULL)),
    ADD CONSTRAINT award_tapers CHECK (status <> 'TAPER' OR taper_until IS NOT NULL);
CREATE INDEX award_application ON award (application_id);
ALTER TABLE award ADD COLUMN review_near date, ADD COLUMN review_late date, ADD COLUMN hold_near date,
    ADD COLUMN hold_late date;
CREATE INDEX award_review_near ON award (review_due_on)
    WHERE status IN ('ACTIVE', 'SUSPENDED') AND review_near IS DISTINCT FROM review_due_on;
CREATE INDEX award_review_late ON award (review_due_on)
    WHERE status IN ('ACTIVE', 'SUSPENDED') AND review_late IS DISTINCT FROM review_due_on;
CREATE INDEX award_held ON award (decide_by) WHERE status = 'SUSPENDED';
CREATE INDEX award_taper ON award (taper_until) WHERE taper_until IS NOT NULL AND status <> 'STOPPED';
DROP INDEX award_review;
DROP INDEX award_unit;
CREATE INDEX award_unit ON award USING gin ((facts->'unit') jsonb_path_ops) WHERE status <> 'STOPPED';
ALTER TABLE county_case ADD COLUMN decision_due_on date, ADD COLUMN notice_served_on date,
    ADD COLUMN reported boolean NOT NULL DEFAULT false, ADD COLUMN drawn boolean NOT NULL DEFAULT false;
ALTER TABLE county_case ADD COLUMN term text GENERATED ALWAYS AS (CASE
        WHEN status IN ('COUNTY', 'PREPARED', 'CHECKED') THEN 'COUNTY_OPINION'
        WHEN status = 'POSTED' THEN 'FINAL_DECISION' WHEN status = 'OBJECTION_2' THEN 'REINVESTIGATION'
        WHEN status = 'REJECTED' AND notice_served_on IS NULL THEN 'REFUSAL_NOTICE' END) STORED,
    ADD COLUMN term_due_on date GENERATED ALWAYS AS (CASE
        WHEN status IN ('COUNTY', 'PREPARED', 'CHECKED') THEN opinion_due_on WHEN status = 'POSTED' THEN decision_due_on
        WHEN status = 'OBJECTION_2' THEN reinvestigate_by
        WHEN status = 'REJECTED' AND notice_served_on IS NULL THEN notice_due_on END) STORED,
    ADD COLUMN near_term text, ADD COLUMN near_due_on date, ADD COLUMN late_term text, ADD COLUMN late_due_on date;
CREATE INDEX county_case_near ON county_case (term_due_on)
    WHERE term IS DISTINCT FROM near_term OR term_due_on IS DISTINCT FROM near_due_on;
CREATE INDEX county_case_late ON county_case (term_due_on)
    WHERE term IS DISTINCT FROM late_term OR term_due_on IS DISTINCT FROM late_due_on;
CREATE TABLE intervention (
    id uuid PRIMARY KEY, version integer NOT NULL, division text NOT NULL,
    award_id uuid NOT NULL REFERENCES award (id), others jsonb NOT NULL,
    kind text NOT NULL CHECK (kind IN ('RAISE', 'REDUCE', 'SUSPEND', 'TAPER', 'STOP', 'TRANSFER', 'SPLIT', 'MERGE',
        'MOVE')),
    ground text NOT NULL, reason text NOT NULL CHECK (reason <> ''),
    status text NOT NULL CHECK (status IN ('PROPOSED', 'NOTICED', 'HEARD', 'DECIDED', 'DONE', 'DROPPED')),
    rule_set text, basis text NOT NULL, plan jsonb NOT NULL, findings jsonb NOT NULL, relatives jsonb NOT NULL,
    proposed_by text NOT NULL, proposed_on date NOT NULL, noticed_by text, noticed_on date, answer_by date,
    hearing text CHECK (hearing IN ('HEARD', 'DECLINED', 'NO_ANSWER')), heard_by text, heard_on date, statement text,
    accepted_by text, checked_by text, decided_by text, decided_on date, dropped_because text,
    CHECK (decided_by IS NULL OR (decided_by <> proposed_by AND decided_by <> checked_by
        AND proposed_by <> checked_by)),
    CHECK (status NOT IN ('DECIDED', 'DONE') OR kind = 'RAISE' OR noticed_on IS NOT NULL)
);
CREATE UNIQUE INDEX intervention_one_open ON intervention (award_id) WHERE status NOT IN ('DONE', 'DROPPED');
CREATE INDEX intervention_division ON intervention (division text_pattern_ops, id);
CREATE INDEX intervention_move ON intervention ((plan->>'division') text_pattern_ops, id)
    WHERE kind = 'MOVE' AND accepted_by IS NULL;
CREATE INDEX intervention_status ON intervention (status, division text_pattern_ops, id);
CREATE TABLE review (
    id uuid PRIMARY KEY, version integer NOT NULL, division text NOT NULL,
    award_id uuid NOT NULL REFERENCES award (id), was_due_on date NOT NULL, reviewed_on date NOT NULL,
    reviewed_by text NOT NULL, determination_id uuid NOT NULL REFERENCES determination (id),
    outcome text NOT NULL CHECK (outcome IN ('UNCHANGED', 'RAISE', 'REDUCE', 'STOP')),
    before_fen bigint NOT NULL, after_fen bigint NOT NULL, intervention_id uuid REFERENCES intervention (id)
);
CREATE INDEX review_award ON review (award_id, id);
CREATE TABLE change_report (
    id uuid PRIMARY KEY, version integer NOT NULL, division text NOT NULL,
    award_id uuid NOT NULL REFERENCES award (id),
    kind text NOT NULL CHECK (kind IN ('INCOME', 'MEMBER_ADDED', 'MEMBER_LEFT', 'MOVED')),
    happened_on date NOT NULL, reported_on date NOT NULL, reported_by text NOT NULL, person_id uuid,
    review_by date NOT NULL
);
CREATE INDEX change_report_award ON change_report (award_id, id);
CREATE TABLE taper (
    id uuid PRIMARY KEY, version integer NOT NULL, division text NOT NULL,
    award_id uuid NOT NULL REFERENCES award (id), match_key text NOT NULL, job text NOT NULL,
    first_month text NOT NULL, last_month text NOT NULL, granted_on date NOT NULL, UNIQUE (match_key, job)
);
CREATE TABLE work_offer (
    id uuid PRIMARY KEY, version integer NOT NULL, division text NOT NULL,
    award_id uuid NOT NULL REFERENCES award (id), person_id uuid NOT NULL, offered_on date NOT NULL,
    outcome text NOT NULL CHECK (outcome IN ('ACCEPTED', 'EXCUSED', 'REFUSED')), recorded_by text NOT NULL
);
CREATE INDEX work_offer_person ON work_offer (award_id, person_id, offered_on, id);
CREATE TABLE sample_frame (
    township text NOT NULL, quarter text NOT NULL, seed text NOT NULL, rate text NOT NULL, opened_on date NOT NULL,
    size integer NOT NULL DEFAULT 0, drawn integer NOT NULL DEFAULT 0, PRIMARY KEY (township, quarter)
);
CREATE TABLE sample_entry (
    case_id uuid PRIMARY KEY, township text NOT NULL, quarter text NOT NULL, position integer NOT NULL,
    drawn boolean NOT NULL, entered_on date NOT NULL, UNIQUE (township, quarter, position),
    FOREIGN KEY (township, quarter) REFERENCES sample_frame (township, quarter)
);
"""


def upgrade() -> None:
    """Takes the spine further."""
    for statement in _CHANGES.split(";\n"):
        if statement.strip():
            op.get_bind().exec_driver_sql(statement)


def downgrade() -> None:
    """Steps back are made by a new step forward."""
    raise NotImplementedError("write a new migration that goes forward")
