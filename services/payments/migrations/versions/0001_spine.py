"""Awards as payments knows them, payees, runs, lines, what the bank answered."""

from __future__ import annotations

from alembic import op

from doudi.migrate import create_plumbing

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

# `month` and its like are the first day of a month. The two unique indexes on payment are the promise "never twice":
# of one payment key at most one line is on its way or paid, and each try is made once.
_TABLES = """
CREATE TABLE award (
    id uuid PRIMARY KEY, version integer NOT NULL, division text NOT NULL, programme text NOT NULL,
    starts date NOT NULL, last_month date
);
CREATE INDEX award_division ON award (division text_pattern_ops, id);
CREATE TABLE award_line (
    award_id uuid NOT NULL REFERENCES award, person_id uuid NOT NULL, item text NOT NULL,
    from_month date NOT NULL, until_month date, amount_fen bigint NOT NULL CHECK (amount_fen >= 0),
    PRIMARY KEY (award_id, person_id, item, from_month), CHECK (until_month >= from_month)
);
CREATE TABLE death (person_id uuid PRIMARY KEY, month date NOT NULL);
CREATE TABLE payee (
    subject_id uuid PRIMARY KEY, version integer NOT NULL, division text NOT NULL, person_id uuid NOT NULL,
    name text NOT NULL, id_number text NOT NULL, account_number text, bank_code text,
    account_version integer NOT NULL, proof text, corrected_by text, corrected_on date,
    CHECK ((account_number IS NULL) = (bank_code IS NULL))
);
CREATE TABLE payment_run (
    id uuid PRIMARY KEY, version integer NOT NULL, division text NOT NULL, month date NOT NULL,
    kind text NOT NULL CHECK (kind IN ('MONTHLY', 'ONE_OFF', 'REPAYMENT')),
    status text NOT NULL CHECK (status IN ('OPEN', 'CHECKED', 'CONFIRMED', 'SENT', 'DONE', 'CANCELLED')),
    lines integer NOT NULL CHECK (lines >= 0), total_fen bigint NOT NULL CHECK (total_fen >= 0),
    maker text NOT NULL, checker text, finance text,
    opened_on date NOT NULL, checked_on date, confirmed_on date, confirmed_at timestamptz, sent_on date, done_on date,
    cancelled_on date, cancelled_by text, cancelled_because text,
    sha256 text, bank_trouble text, told boolean NOT NULL,
    CHECK (maker <> checker), CHECK (maker <> finance), CHECK (checker <> finance),
    CHECK ((confirmed_on IS NULL) = (sha256 IS NULL)),
    CHECK (status NOT IN ('CONFIRMED', 'SENT', 'DONE') OR (checker IS NOT NULL AND finance IS NOT NULL))
);
CREATE INDEX payment_run_division ON payment_run (division text_pattern_ops, id);
CREATE INDEX payment_run_month ON payment_run (month, division text_pattern_ops, id);
CREATE INDEX payment_run_status ON payment_run (status, id) WHERE status IN ('CONFIRMED', 'SENT');
CREATE TABLE errand (
    run_id uuid PRIMARY KEY REFERENCES payment_run, not_before timestamptz NOT NULL
);
CREATE TABLE payment (
    id uuid PRIMARY KEY, run_id uuid NOT NULL REFERENCES payment_run, line integer NOT NULL,
    subject_id uuid NOT NULL, person_id uuid NOT NULL, programme text NOT NULL, division text NOT NULL,
    month date NOT NULL, item text NOT NULL, sequence integer NOT NULL CHECK (sequence > 0),
    payment_key text NOT NULL, attempt integer NOT NULL CHECK (attempt > 0),
    amount_fen bigint NOT NULL CHECK (amount_fen > 0),
    status text NOT NULL CHECK (status IN ('PREPARED', 'HELD', 'INSTRUCTED', 'PAID', 'RETURNED', 'CANCELLED')),
    reason text, payee_name text NOT NULL, payee_id_number text NOT NULL, account_number text, bank_code text,
    account_version integer NOT NULL, told boolean NOT NULL DEFAULT false,
    instructed_on date, settled_on date,
    CHECK (status = 'HELD' OR status = 'CANCELLED' OR account_number IS NOT NULL),
    CHECK (status NOT IN ('HELD', 'RETURNED', 'CANCELLED') OR reason IS NOT NULL)
);
CREATE UNIQUE INDEX payment_once ON payment (payment_key) WHERE status NOT IN ('RETURNED', 'CANCELLED');
CREATE UNIQUE INDEX payment_try ON payment (payment_key, attempt) WHERE status <> 'CANCELLED';
CREATE UNIQUE INDEX payment_run_line ON payment (run_id, line);
CREATE INDEX payment_run_state ON payment (run_id, status, line);
CREATE INDEX payment_untold ON payment (run_id, line) WHERE status = 'INSTRUCTED' AND NOT told;
CREATE INDEX payment_subject ON payment (subject_id, month, id);
CREATE INDEX payment_person ON payment (person_id, programme, item, month);
CREATE INDEX payment_division ON payment (division text_pattern_ops, id);
CREATE INDEX payment_month ON payment (month, status, id);
CREATE INDEX payment_again ON payment (subject_id, payment_key, attempt) WHERE status IN ('HELD', 'RETURNED');
CREATE TABLE bank_result (
    payment_id uuid PRIMARY KEY REFERENCES payment, run_id uuid NOT NULL REFERENCES payment_run,
    status text NOT NULL CHECK (status IN ('PAID', 'RETURNED')), reason text, value_date date NOT NULL,
    applied boolean NOT NULL DEFAULT false, brought_by text NOT NULL, brought_on date NOT NULL,
    CHECK ((status = 'RETURNED') = (reason IS NOT NULL))
);
CREATE INDEX bank_result_waiting ON bank_result (run_id, payment_id) WHERE NOT applied;
"""

# PostgreSQL 15 makes no UUIDv7; this one orders by the millisecond, so that ids page lists in order of time.
_NEW_ID = """
CREATE FUNCTION new_payment_id() RETURNS uuid LANGUAGE sql VOLATILE AS $$
    SELECT (lpad(to_hex((extract(epoch FROM clock_timestamp()) * 1000)::bigint), 12, '0') || '7' || substr(r, 14))::uuid
    FROM replace(gen_random_uuid()::text, '-', '') AS r
$$
"""


def upgrade() -> None:
    """Makes everything."""
    create_plumbing(op)
    for statement in _TABLES.split(";\n"):
        if statement.strip():
            op.get_bind().exec_driver_sql(statement)
    op.get_bind().exec_driver_sql(_NEW_ID)


def downgrade() -> None:
    """Steps back are made by a new step forward."""
    raise NotImplementedError("write a new migration that goes forward")
