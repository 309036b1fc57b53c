"""Notices of programmes of one person, kept as they were given; decisions made before get theirs. Terms and reviews.

A term that ran when this was made is said once as of now; a refusal of before is not said to be overdue.
"""

from __future__ import annotations

from alembic import op

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None

_TABLES = """
CREATE TABLE personal_notice (
    id uuid PRIMARY KEY, version integer NOT NULL, division text NOT NULL,
    kind text NOT NULL CHECK (kind IN ('APPROVAL', 'REFUSAL', 'CHANGE', 'STOP')),
    programme text NOT NULL, application_id uuid NOT NULL REFERENCES programme_case (id), decision_id uuid,
    award_id uuid REFERENCES programme_award (id),
    issued_on date NOT NULL, due_on date NOT NULL, addressee text NOT NULL, to_family boolean NOT NULL,
    because text NOT NULL, amount_fen bigint NOT NULL CHECK (amount_fen >= 0), before_fen bigint,
    from_month text, last_month text, rule_set text NOT NULL, findings jsonb NOT NULL,
    CHECK ((kind IN ('APPROVAL', 'REFUSAL')) = (decision_id IS NOT NULL)),
    CHECK ((kind IN ('CHANGE', 'STOP')) = (award_id IS NOT NULL)),
    CHECK (kind NOT IN ('APPROVAL', 'CHANGE') OR from_month IS NOT NULL),
    CHECK (kind <> 'STOP' OR last_month IS NOT NULL)
);
CREATE INDEX personal_notice_application ON personal_notice (application_id, id);
CREATE INDEX personal_notice_award ON personal_notice (award_id, id) WHERE award_id IS NOT NULL;
CREATE UNIQUE INDEX personal_notice_decision ON personal_notice (decision_id) WHERE decision_id IS NOT NULL;
INSERT INTO personal_notice (id, version, division, kind, programme, application_id, decision_id, issued_on, due_on,
    addressee, to_family, because, amount_fen, from_month, rule_set, findings)
SELECT c.decision_id, 1, c.division, CASE c.status WHEN 'APPROVED' THEN 'APPROVAL' ELSE 'REFUSAL' END, c.programme,
    c.id, c.decision_id, c.decided_on, coalesce(c.notice_due_on, c.decided_on), c.person_name, false,
    coalesce(c.outcome_because, ''),
    CASE c.status WHEN 'APPROVED' THEN replace(c.result->>'amount', '.', '')::bigint ELSE 0 END,
    CASE c.status WHEN 'APPROVED' THEN c.result->>'starts' END, c.rule_set, c.result->'findings'
FROM programme_case c
WHERE c.decision_id IS NOT NULL AND (c.status = 'REJECTED' OR c.status = 'APPROVED' AND c.kind = 'NEW');
ALTER TABLE programme_case ADD COLUMN notice_served_on date, ADD COLUMN certificate text;
ALTER TABLE programme_case ADD COLUMN term text GENERATED ALWAYS AS (CASE
        WHEN status IN ('RECEIVED', 'POSTED', 'PREPARED', 'CHECKED') AND due_on IS NOT NULL
            THEN CASE kind WHEN 'CHANGE' THEN 'REASSESSMENT' ELSE 'COUNTY_OPINION' END
        WHEN status = 'OBJECTED' THEN 'REINVESTIGATION'
        WHEN status = 'REJECTED' AND notice_served_on IS NULL THEN 'REFUSAL_NOTICE' END) STORED,
    ADD COLUMN term_due_on date GENERATED ALWAYS AS (CASE
        WHEN status IN ('RECEIVED', 'POSTED', 'PREPARED', 'CHECKED') THEN due_on
        WHEN status = 'OBJECTED' THEN answer_due_on
        WHEN status = 'REJECTED' AND notice_served_on IS NULL THEN notice_due_on END) STORED,
    ADD COLUMN near_term text, ADD COLUMN near_due_on date, ADD COLUMN late_term text, ADD COLUMN late_due_on date;
UPDATE programme_case SET near_term = term, near_due_on = term_due_on, late_term = term, late_due_on = term_due_on
WHERE status = 'REJECTED';
CREATE INDEX programme_case_near ON programme_case (term_due_on)
    WHERE term IS DISTINCT FROM near_term OR term_due_on IS DISTINCT FROM near_due_on;
CREATE INDEX programme_case_late ON programme_case (term_due_on)
    WHERE term IS DISTINCT FROM late_term OR term_due_on IS DISTINCT FROM late_due_on;
ALTER TABLE programme_award ADD COLUMN review_near date, ADD COLUMN review_late date;
CREATE INDEX programme_award_review_near ON programme_award (review_due_on)
    WHERE status = 'ACTIVE' AND review_near IS DISTINCT FROM review_due_on;
CREATE INDEX programme_award_review_late ON programme_award (review_due_on)
    WHERE status = 'ACTIVE' AND review_late IS DISTINCT FROM review_due_on;
"""


def upgrade() -> None:
    """Makes the table, and the notices of the decisions that stand."""
    for statement in _TABLES.split(";\n"):
        if statement.strip():
            op.get_bind().exec_driver_sql(statement)


def downgrade() -> None:
    """Steps back are made by a new step forward."""
    raise NotImplementedError("write a new migration that goes forward")
