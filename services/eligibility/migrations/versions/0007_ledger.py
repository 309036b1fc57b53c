"""The ledger comparison: registers and their columns, comparisons with results, tasks, screening lists, reports."""

from __future__ import annotations

from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None

_TABLES = """
CREATE TABLE register_mapping (
    id uuid PRIMARY KEY, version integer NOT NULL, division text NOT NULL,
    kind text NOT NULL CHECK (kind IN ('POVERTY_REGISTRY', 'PREVENTION', 'BENEFICIARIES')),
    columns jsonb NOT NULL, words jsonb NOT NULL, set_on date NOT NULL, set_by text NOT NULL
);
CREATE INDEX register_mapping_place ON register_mapping (kind, division text_pattern_ops, id);
CREATE TABLE register_file (
    id uuid PRIMARY KEY, version integer NOT NULL, division text NOT NULL,
    kind text NOT NULL CHECK (kind IN ('POVERTY_REGISTRY', 'PREVENTION', 'BENEFICIARIES')),
    source text NOT NULL CHECK (source IN ('FILE', 'AWARDS')),
    snapshot_on date NOT NULL, sha256 text NOT NULL, bytes bigint NOT NULL, mapping_id uuid REFERENCES register_mapping,
    rows integer NOT NULL, kept integer NOT NULL, bad integer NOT NULL, households integer NOT NULL,
    numbers_bad integer NOT NULL, imported_on date NOT NULL, imported_by text NOT NULL
);
CREATE INDEX register_file_place ON register_file (kind, division text_pattern_ops, snapshot_on);
CREATE TABLE register_error (
    file_id uuid NOT NULL REFERENCES register_file (id), n integer NOT NULL, place integer NOT NULL,
    field text NOT NULL, what text NOT NULL, reason text NOT NULL, PRIMARY KEY (file_id, n, place)
);
CREATE TABLE register_entry (
    file_id uuid NOT NULL, n integer NOT NULL, household uuid NOT NULL, person uuid, name uuid NOT NULL,
    fallback uuid, active boolean NOT NULL, here boolean NOT NULL, programme text COLLATE "C" NOT NULL
        CHECK (programme IN ('', 'DIBAO_R', 'TEKUN', 'ELDER', 'ORPHAN')),
    state text COLLATE "C" NOT NULL CHECK (state IN ('NORMAL', 'DEAD', 'MOVED', 'IN_CUSTODY')), stopped_on date,
    number text COLLATE "C" NOT NULL CHECK (number IN ('OK', 'INVALID', 'MISSING')),
    status text COLLATE "C" CHECK (status IN ('OUT', 'NOT_OUT', 'RETURNED')),
    class text COLLATE "C", in_taper boolean NOT NULL, born date,
    labour text COLLATE "C" CHECK (labour IN ('NONE', 'PARTIAL', 'FULL')), marks integer NOT NULL, income_year bigint
);
CREATE INDEX register_entry_household ON register_entry (file_id, household);
CREATE INDEX register_entry_file ON register_entry USING brin (file_id) WITH (pages_per_range = 32);
CREATE TABLE register_household (
    file_id uuid NOT NULL, household uuid NOT NULL, programme text COLLATE "C" NOT NULL, active boolean NOT NULL,
    status text COLLATE "C" NOT NULL, members integer NOT NULL, known integer NOT NULL,
    people integer NOT NULL, lost integer NOT NULL, partly integer NOT NULL, old integer NOT NULL,
    young integer NOT NULL, marks integer NOT NULL, income_year bigint,
    class text COLLATE "C", in_taper boolean NOT NULL, PRIMARY KEY (file_id, household, programme)
);
CREATE INDEX register_household_file ON register_household USING brin (file_id) WITH (pages_per_range = 32);
CREATE TABLE register_odd (
    file_id uuid NOT NULL, household uuid NOT NULL, programme text COLLATE "C" NOT NULL, person uuid NOT NULL,
    note text COLLATE "C" NOT NULL CHECK (note IN ('INVALID', 'MISSING', 'TWO_NAMES', 'TWICE')),
    PRIMARY KEY (file_id, note, person, household, programme)
);
CREATE TABLE register_sealed (file_id uuid NOT NULL, n integer NOT NULL, sealed text NOT NULL);
CREATE UNIQUE INDEX register_sealed_row ON register_sealed (file_id, n);
CREATE TABLE comparison (
    id uuid PRIMARY KEY, version integer NOT NULL, division text NOT NULL,
    kind text NOT NULL CHECK (kind IN ('POVERTY_REGISTRY', 'PREVENTION')),
    left_source text NOT NULL CHECK (left_source IN ('FILE', 'AWARDS')),
    left_id uuid NOT NULL REFERENCES register_file (id), right_id uuid NOT NULL REFERENCES register_file (id),
    left_on date NOT NULL, right_on date NOT NULL, standard_fen bigint NOT NULL, standard_source text NOT NULL,
    started_on date NOT NULL, started_by text NOT NULL, automatic boolean NOT NULL,
    status text NOT NULL CHECK (status IN ('RUNNING', 'DONE')),
    step text NOT NULL CHECK (step IN ('SNAPSHOT', 'COMPARE', 'TASKS', 'ANNOUNCE', 'DONE')),
    cursor uuid, runs integer NOT NULL, counts jsonb NOT NULL, fingerprint text, finished_on date
);
CREATE INDEX comparison_place ON comparison (division text_pattern_ops, id);
CREATE INDEX comparison_running ON comparison (id) WHERE status = 'RUNNING';
CREATE TABLE ledger_probable (
    comparison_id uuid NOT NULL REFERENCES comparison (id), n integer NOT NULL, id uuid NOT NULL,
    left_n integer NOT NULL, right_n integer NOT NULL, left_household uuid NOT NULL, right_household uuid NOT NULL,
    link uuid NOT NULL, verdict text CHECK (verdict IN ('SAME', 'DIFFERENT')), reason text, settled_on date,
    settled_by text, PRIMARY KEY (comparison_id, n), UNIQUE (comparison_id, id)
);
CREATE TABLE ledger_screened (
    comparison_id uuid NOT NULL, household uuid NOT NULL, must boolean NOT NULL, priority boolean NOT NULL,
    "key" boolean NOT NULL, first boolean NOT NULL, why integer NOT NULL, PRIMARY KEY (comparison_id, household)
);
CREATE TABLE ledger_result (
    comparison_id uuid NOT NULL, n integer NOT NULL, code text NOT NULL CHECK (code IN ('BOTH', 'CA_ONLY',
        'PR_ONLY_LIKELY', 'PR_ONLY_UNLIKELY', 'MEMBER_GAP', 'ID_CONFLICT', 'STATUS_CONFLICT', 'EXITED_STILL_CA',
        'STOPPED_STILL_POOR', 'DUPLICATE_CA', 'RETURNED')),
    programme text, left_household uuid, right_household uuid, person uuid, shared integer, together integer,
    note text NOT NULL, actionable boolean NOT NULL, task_id uuid, PRIMARY KEY (comparison_id, n)
);
CREATE INDEX ledger_result_task ON ledger_result (task_id) WHERE task_id IS NOT NULL;
CREATE TABLE ledger_task (
    id uuid PRIMARY KEY, version integer NOT NULL, division text NOT NULL, kind text NOT NULL, code text NOT NULL,
    programme text, household uuid NOT NULL, person uuid, note text NOT NULL,
    status text NOT NULL CHECK (status IN ('OPEN', 'CLOSED', 'LAPSED')),
    owner text NOT NULL CHECK (owner IN ('CIVIL_AFFAIRS', 'POVERTY_OFFICE')),
    opened_on date NOT NULL, due_on date NOT NULL, comparison_id uuid NOT NULL REFERENCES comparison (id),
    seen_on date NOT NULL, outcome text, reason text, closed_on date, closed_by text, unsaid text
);
CREATE INDEX ledger_task_place ON ledger_task (division text_pattern_ops, status, id);
CREATE INDEX ledger_task_comparison ON ledger_task (comparison_id, id);
CREATE INDEX ledger_task_unsaid ON ledger_task (id) WHERE unsaid IS NOT NULL;
CREATE TABLE ledger_report (
    id uuid PRIMARY KEY, version integer NOT NULL, division text NOT NULL, kind text NOT NULL, quarter text NOT NULL,
    figures jsonb NOT NULL, sha256 text NOT NULL, status text NOT NULL CHECK (status IN ('DRAFT', 'SIGNED')),
    made_on date NOT NULL, made_by text NOT NULL, civil_affairs_by text, civil_affairs_on date,
    poverty_office_by text, poverty_office_on date, UNIQUE (division, kind, quarter)
);
"""


def upgrade() -> None:
    """Makes everything. Entries have no foreign key: they come by the hundred thousand with their file."""
    for statement in _TABLES.split(";\n"):
        if statement.strip():
            op.get_bind().exec_driver_sql(statement)


def downgrade() -> None:
    """Steps back are made by a new step forward."""
    raise NotImplementedError("write a new migration that goes forward")
