"""Further help in a case after its advance."""

from __future__ import annotations

from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

_STEPS = (
    """
    CREATE TABLE follow_up (
        id uuid PRIMARY KEY, version integer NOT NULL, case_id uuid NOT NULL REFERENCES relief_case,
        status text NOT NULL CHECK (status IN ('PROPOSED', 'GRANTED', 'PAID', 'REFUSED', 'WITHDRAWN')),
        amount_fen bigint NOT NULL CHECK (amount_fen > 0), proposed_by text NOT NULL, proposed_on date NOT NULL,
        settled_by text, settled_at timestamptz, reason text, findings jsonb NOT NULL,
        payment_key text UNIQUE, paid_on date, returned_on date, return_reason text,
        CHECK ((status = 'PROPOSED') = (settled_by IS NULL)),
        CHECK ((settled_by IS NULL) = (settled_at IS NULL)),
        CHECK ((status IN ('REFUSED', 'WITHDRAWN')) = (reason IS NOT NULL)),
        CHECK ((status IN ('GRANTED', 'PAID')) = (payment_key IS NOT NULL)),
        CHECK ((status = 'PAID') = (paid_on IS NOT NULL))
    )
    """,
    "CREATE INDEX follow_up_case ON follow_up (case_id, id)",
    "CREATE UNIQUE INDEX follow_up_pending ON follow_up (case_id) WHERE status IN ('PROPOSED', 'GRANTED')",
)


def upgrade() -> None:
    """Steps forward."""
    for step in _STEPS:
        op.get_bind().exec_driver_sql(step)


def downgrade() -> None:
    """Steps back are made by a new step forward."""
    raise NotImplementedError("write a new migration that goes forward")
