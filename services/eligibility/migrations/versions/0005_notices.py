"""Notices (通知书) and decision certificates, kept as they were given; decisions made before get their notice."""

from __future__ import annotations

from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

_TABLES = """
CREATE TABLE notice (
    id uuid PRIMARY KEY, version integer NOT NULL, division text NOT NULL,
    kind text NOT NULL CHECK (kind IN ('APPROVAL', 'REFUSAL', 'CHANGE', 'STOP')),
    programme text NOT NULL,
    application_id uuid NOT NULL REFERENCES county_case (id), decision_id uuid, award_id uuid REFERENCES award (id),
    issued_on date NOT NULL, due_on date NOT NULL, addressee text NOT NULL, to_family boolean NOT NULL,
    because text NOT NULL, amount_fen bigint NOT NULL CHECK (amount_fen >= 0), before_fen bigint,
    from_month text, last_month text, rule_set text NOT NULL, findings jsonb NOT NULL,
    CHECK ((kind IN ('APPROVAL', 'REFUSAL')) = (decision_id IS NOT NULL)),
    CHECK ((kind IN ('CHANGE', 'STOP')) = (award_id IS NOT NULL)),
    CHECK (kind NOT IN ('APPROVAL', 'CHANGE') OR from_month IS NOT NULL),
    CHECK (kind <> 'STOP' OR last_month IS NOT NULL)
);
CREATE INDEX notice_application ON notice (application_id, id);
CREATE INDEX notice_award ON notice (award_id, id) WHERE award_id IS NOT NULL;
CREATE UNIQUE INDEX notice_decision ON notice (decision_id) WHERE decision_id IS NOT NULL;
CREATE TABLE certificate (
    id uuid PRIMARY KEY, version integer NOT NULL, division text NOT NULL,
    application_id uuid NOT NULL REFERENCES county_case (id), text text NOT NULL, sha256 text NOT NULL
);
CREATE INDEX county_case_decision ON county_case (decision_id) WHERE decision_id IS NOT NULL;
INSERT INTO notice (id, version, division, kind, programme, application_id, decision_id, issued_on, due_on, addressee,
    to_family, because, amount_fen, from_month, rule_set, findings)
SELECT c.decision_id, 1, c.division, CASE c.status WHEN 'APPROVED' THEN 'APPROVAL' ELSE 'REFUSAL' END, 'DIBAO_R', c.id,
    c.decision_id, c.decided_on, coalesce(c.notice_due_on, c.decided_on),
    (SELECT m->>'name' FROM jsonb_array_elements(c.household->'members') m ORDER BY m->>'relation' <> 'HEAD' LIMIT 1),
    false, coalesce(c.outcome_because, ''),
    CASE c.status WHEN 'APPROVED' THEN replace(d.result->>'amount', '.', '')::bigint ELSE 0 END,
    CASE c.status WHEN 'APPROVED' THEN to_char(c.decided_on + interval '1 month', 'YYYY-MM') END,
    d.rule_set, d.result->'findings'
FROM county_case c JOIN determination d ON d.id = c.determination_id
WHERE c.status IN ('APPROVED', 'REJECTED');
"""


def upgrade() -> None:
    """Makes the tables, and the notices of the decisions that stand."""
    for statement in _TABLES.split(";\n"):
        if statement.strip():
            op.get_bind().exec_driver_sql(statement)


def downgrade() -> None:
    """Steps back are made by a new step forward."""
    raise NotImplementedError("write a new migration that goes forward")
