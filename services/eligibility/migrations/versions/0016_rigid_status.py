"""The status of 刚性支出困难家庭, with its term. Decisions of before get theirs, the latest of a household."""

from __future__ import annotations

from alembic import op

revision = "0016"
down_revision = "0015"
branch_labels = None
depends_on = None

_STEPS = (
    """CREATE TABLE rigid_status (
        id uuid PRIMARY KEY, version integer NOT NULL, division text NOT NULL,
        status text NOT NULL CHECK (status IN ('ACTIVE', 'ENDED')),
        application_id uuid NOT NULL REFERENCES county_case (id), household_id uuid NOT NULL, rule_set text NOT NULL,
        decided_on date NOT NULL, valid_until date NOT NULL, ended_on date,
        cause text CHECK (cause IN ('TERM', 'DIBAO', 'DECIDED_ANEW')),
        CHECK (valid_until >= decided_on), CHECK ((status = 'ENDED') = (ended_on IS NOT NULL)),
        CHECK ((ended_on IS NULL) = (cause IS NULL))
    )""",
    "CREATE UNIQUE INDEX rigid_status_household ON rigid_status (household_id) WHERE status = 'ACTIVE'",
    "CREATE INDEX rigid_status_term ON rigid_status (valid_until) WHERE status = 'ACTIVE'",
    "CREATE INDEX rigid_status_division ON rigid_status (division text_pattern_ops, id)",
    """INSERT INTO rigid_status
           (id, version, division, status, application_id, household_id, rule_set, decided_on, valid_until)
       SELECT decision_id, 1, division, 'ACTIVE', id, household_of, rule_set, decided_on,
           (decided_on + interval '12 months')::date
       FROM (SELECT DISTINCT ON (c.household->>'household_id') c.*, d.rule_set, d.result->>'outcome' AS found,
                 (c.household->>'household_id')::uuid AS household_of
             FROM county_case c JOIN determination d ON d.id = c.determination_id
             WHERE c.status IN ('APPROVED', 'REJECTED') AND c.decided_on IS NOT NULL
             ORDER BY c.household->>'household_id', c.decided_on DESC, c.id DESC) latest
       WHERE status = 'REJECTED' AND found = 'RIGID'""",
)


def upgrade() -> None:
    """Makes the table."""
    for statement in _STEPS:
        op.get_bind().exec_driver_sql(statement)


def downgrade() -> None:
    """Steps back are made by a new step forward."""
    raise NotImplementedError("write a new migration that goes forward")
