"""Recovery of what was paid beyond what was due: cases, their months, what was repaid, and what is to be looked at."""

from __future__ import annotations

from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

# `undue`: what was paid is not due by the award itself, so that money repaid counts as not put in and is owed again
# should it be due again. A claim made by hand on money that the award still says is due is not.
_TABLES = """
CREATE TABLE recovery (
    id uuid PRIMARY KEY, version integer NOT NULL, division text NOT NULL, subject_id uuid NOT NULL,
    origin text NOT NULL CHECK (origin IN ('DETECTED', 'BY_HAND')),
    status text NOT NULL
        CHECK (status IN ('OPEN', 'DECIDED', 'NOTIFIED', 'REPAID', 'WRITTEN_OFF', 'CLOSED', 'WITHDRAWN')),
    found_fen bigint NOT NULL CHECK (found_fen >= 0), amount_fen bigint NOT NULL CHECK (amount_fen >= 0),
    repaid_fen bigint NOT NULL CHECK (repaid_fen >= 0),
    written_off_fen bigint NOT NULL CHECK (written_off_fen >= 0),
    because text NOT NULL, opened_on date NOT NULL, opened_by text NOT NULL,
    fault text CHECK (fault IN ('CONCEALMENT', 'NO_FAULT')), clause text, decided_because text, decided_on date,
    decided_by text, heard_on date, notified_on date, notified_by text,
    write_off_because text, write_off_proposed_by text, written_off_on date, written_off_by text,
    ended_on date, ended_by text, ended_because text,
    CHECK (opened_by <> decided_by), CHECK (write_off_proposed_by <> written_off_by),
    CHECK ((decided_on IS NULL) = (fault IS NULL)), CHECK (repaid_fen <= found_fen)
);
CREATE INDEX recovery_division ON recovery (division text_pattern_ops, id);
CREATE INDEX recovery_subject ON recovery (subject_id, id);
CREATE INDEX recovery_state ON recovery (status, id);
CREATE UNIQUE INDEX recovery_found_once ON recovery (subject_id) WHERE origin = 'DETECTED' AND status = 'OPEN';
CREATE TABLE recovery_part (
    recovery_id uuid NOT NULL REFERENCES recovery, person_id uuid NOT NULL, programme text NOT NULL,
    item text NOT NULL, month date NOT NULL, fen bigint NOT NULL CHECK (fen >= 0),
    repaid_fen bigint NOT NULL DEFAULT 0 CHECK (repaid_fen BETWEEN 0 AND fen), undue boolean NOT NULL,
    PRIMARY KEY (recovery_id, person_id, programme, item, month)
);
CREATE INDEX recovery_part_money ON recovery_part (person_id, programme, item, month);
CREATE INDEX recovery_part_month ON recovery_part (month);
CREATE TABLE repayment (
    id uuid PRIMARY KEY, recovery_id uuid NOT NULL REFERENCES recovery, receipt text NOT NULL,
    amount_fen bigint NOT NULL CHECK (amount_fen > 0),
    way text NOT NULL CHECK (way IN ('TRANSFER', 'BANK_REVERSAL', 'CASH')),
    repaid_on date NOT NULL, recorded_by text NOT NULL, recorded_on date NOT NULL, UNIQUE (recovery_id, receipt)
);
CREATE TABLE to_examine (position bigserial PRIMARY KEY, subject_id uuid NOT NULL);
CREATE INDEX award_line_person ON award_line (person_id)
"""


def upgrade() -> None:
    """Makes everything; every award that paid something is looked at once for what was overpaid before."""
    for statement in _TABLES.split(";\n"):
        if statement.strip():
            op.get_bind().exec_driver_sql(statement)
    op.get_bind().exec_driver_sql(
        "INSERT INTO to_examine (subject_id) SELECT DISTINCT subject_id FROM payment WHERE programme <> 'RELIEF'"
    )


def downgrade() -> None:
    """Steps back are made by a new step forward."""
    raise NotImplementedError("write a new migration that goes forward")
