"""Notices of programmes of one person, kept as they were given; decisions made before get theirs."""

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
"""


def upgrade() -> None:
    """Makes the table, and the notices of the decisions that stand."""
    for statement in _TABLES.split(";\n"):
        if statement.strip():
            op.get_bind().exec_driver_sql(statement)


def downgrade() -> None:
    """Steps back are made by a new step forward."""
    raise NotImplementedError("write a new migration that goes forward")
